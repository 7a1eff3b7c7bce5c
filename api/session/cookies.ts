import type { Request, Response } from 'express';

/** Names of our cookies. The `__Host-` prefix ties them to this very host over https; plain http cannot have it. */
export interface CookieNames {
  readonly session: string;
  /** The request to sign in that is under way in this browser. */
  readonly signIn: string;
  /** The journey to the identity provider that is under way in this browser. */
  readonly oidc: string;
  /** That the reader of one link proved who they are; lies below that link, which `__Host-` would not let it. */
  readonly link: string;
  readonly secure: boolean;
}

/** The names for this address of the house. */
export function cookieNames(publicBaseUrl: string): CookieNames {
  const secure = publicBaseUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  return {
    session: `${prefix}jobbag`,
    signIn: `${prefix}jobbag_signin`,
    oidc: `${prefix}jobbag_oidc`,
    link: `${secure ? '__Secure-' : ''}jobbag_link`,
    secure,
  };
}

/** The value of a cookie as the browser sent it; undefined when it is not there or comes twice. */
export function cookieOf(req: Request, name: string): string | undefined {
  const found = (req.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return found.length === 1 ? found[0] : undefined;
}

/** Sets a cookie that scripts cannot read and foreign pages cannot send along with a POST; for all our pages, or those below `path`. */
export function setCookie(
  res: Response,
  name: string,
  value: string,
  options: { readonly secure: boolean; readonly maxAgeMs: number; readonly path?: string },
): void {
  res.append(
    'Set-Cookie',
    `${name}=${value}; Path=${options.path ?? '/'}; Max-Age=${Math.floor(options.maxAgeMs / 1_000)}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`,
  );
}

/** Takes a cookie away. */
export function clearCookie(res: Response, name: string, options: { readonly secure: boolean }): void {
  setCookie(res, name, '', { secure: options.secure, maxAgeMs: 0 });
}
