import type { Request, Response } from 'express';
import { safeError } from '../../config/logging.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Grant } from '../../store/grants.ts';
import { isIdle, noteLinkUse } from '../../store/link-uses.ts';
import { issueLoginCode, tryLoginCode } from '../../store/login-codes.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { limits, type LimitAnswer } from '../gate/limits.ts';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { codeFields, LinkCodePage, type CodeView, type CodeWhy } from './link-code-page.tsx';
import { codeWords } from './link-code-words.ts';
import { maskedAddress } from './masked-address.ts';

/** Who acts by a road that may be a personal link, and where its forms post to. */
export interface LinkComer {
  /** The grant behind a personal link; absent by any other road, which proves itself. */
  readonly grant?: Grant;
  readonly person: Person;
  readonly base: string;
  readonly lang: Lang;
  /** Whether this browser had the code already before the link opened at all (`personal-links.tsx`). */
  readonly proved?: boolean;
}

/** Who came by a personal link. */
export type LinkGuest = LinkComer & { readonly grant: Grant };

/**
 * What the code of one link is bound to: it opens nothing else, no code for anything else opens this, and one that is on its
 * way to an address corrected since opens nothing.
 */
const useOf = ({ grant, person }: Pick<LinkGuest, 'grant' | 'person'>): string =>
  `link:${grant.id}:${String(person.mail.revision)}`;

/** Why an act by this road needs a mailed code first, if it does: a link that did nothing for 30 days (design §6). Reads only. */
export async function whyCode(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  { grant, proved = false }: Pick<LinkComer, 'grant' | 'proved'>,
): Promise<'idle' | undefined> {
  if (grant === undefined || proved) return undefined;
  return (await isIdle(deps.store, grant, deps.clock())) ? 'idle' : undefined;
}

/** Notes that a link acted. What was decided is decided; that this could not be noted only asks for a code some day. */
export async function noteUse(
  deps: Pick<ApiDeps, 'store' | 'clock' | 'logger'>,
  { grant }: Pick<LinkComer, 'grant'>,
): Promise<void> {
  if (grant === undefined) return;
  await noteLinkUse(deps.store, grant, deps.clock()).catch((error: unknown) =>
    deps.logger.warn({ err: safeError(error) }, 'the use of a link could not be noted'),
  );
}

/**
 * Lets an act by a link go on, or answers with the page that asks for the code and returns false. The whole form travels
 * along with that page, so the right code finishes what was begun, under the same decision id.
 */
export async function proven(deps: ApiDeps, req: Request, res: Response, comer: LinkComer): Promise<boolean> {
  const { grant } = comer;
  const why = await whyCode(deps, comer);
  if (grant === undefined || why === undefined) return true;
  if (!(await codeTyped(deps, req, res, { ...comer, grant }, why))) return false;
  await noteLinkUse(deps.store, grant, deps.clock());
  return true;
}

/** Whether a form was sent for the sake of a code and nothing else: no act of a reader travels along. */
export function codeOnly(body: unknown): boolean {
  const names = Object.keys(fieldsOf(body));
  return names.length > 0 && names.every((name) => ownFields.has(name));
}

const ownFields: ReadonlySet<string> = new Set(Object.values(codeFields));
const requestShape = /^[A-Za-z0-9_-]{22}$/;

/**
 * Shows to a reader what stands before a link: what it needs, and the button that mails a code. After it was pressed the
 * address of the page keeps which code is asked for. Reads only.
 */
export function askForCode(deps: ApiDeps, req: Request, res: Response, guest: LinkGuest, status: number): void {
  const asked = typeof req.query['asked'] === 'string' ? req.query['asked'] : '';
  // The code was right a moment ago, and this browser has no cookie of it.
  const remark = req.query['proved'] === '1' ? words(guest.lang, codeWords)('noCookie') : undefined;
  const more = {
    ...(requestShape.test(asked) ? { request: asked } : {}),
    ...(remark === undefined ? {} : { remark }),
  };
  sendPage(res, <LinkCodePage view={viewOf(deps, guest, 'moved', {}, more)} />, status);
}

function viewOf(
  deps: Pick<ApiDeps, 'config'>,
  { person, base, lang }: LinkGuest,
  why: CodeWhy,
  carried: FormFields,
  more: Partial<CodeView>,
): CodeView {
  return {
    lang,
    why,
    house: pick(deps.config.agencyName, lang),
    // Who it is for is no business of whoever reads the old mailbox.
    ...(why === 'idle' ? { viewer: person.name } : {}),
    to: maskedAddress(person.mail.address),
    action: base,
    carried: Object.fromEntries(Object.entries(carried).filter(([name]) => !ownFields.has(name))),
    wrong: false,
    ...more,
  };
}

/**
 * Takes the code that was posted for a link and returns true, or mails one, answers with the page that asks for it and
 * returns false. Codes go to the address on file and nowhere else; how many are mailed and tried is limited for the link,
 * whoever holds it.
 */
export async function codeTyped(
  deps: ApiDeps,
  req: Request,
  res: Response,
  guest: LinkGuest,
  why: CodeWhy,
): Promise<boolean> {
  const { grant, person, base, lang } = guest;
  const posted = fieldsOf(req.body);
  const request = oneOf(posted, codeFields.request);
  const code = oneOf(posted, codeFields.code).replace(/[\s-]/g, '');
  const known = requestShape.test(request) ? { request } : {};
  const ask = (status: number, more: Partial<CodeView> = {}): false => {
    sendPage(res, <LinkCodePage view={viewOf(deps, guest, why, posted, more)} />, status);
    return false;
  };
  const tooMany = (limit: LimitAnswer): false => {
    res.set('Retry-After', String(limit.retryAfterSeconds));
    const minutes = Math.ceil(limit.retryAfterSeconds / 60);
    const said = codeOnly(posted) ? 'tooManyAsked' : 'tooMany';
    return ask(429, { remark: words(lang, codeWords)(said, { minutes }), ...known });
  };

  // Nothing was pressed: no mail for that.
  if (Object.keys(posted).length === 0) return ask(422);
  if (request !== '' && oneOf(posted, codeFields.again) === '') {
    const tried = await deps.limiter.use(limits.linkCodeTried, grant.id);
    if (!tried.allowed) return tooMany(tried);
    const who =
      requestShape.test(request) && /^\d{8}$/.test(code)
        ? await tryLoginCode(deps.store, request, code, deps.keys.cookies, deps.clock(), useOf(guest))
        : undefined;
    return who === person.id || ask(422, { wrong: true, ...known });
  }
  const mailed = await deps.limiter.use(limits.linkCode, grant.id);
  if (!mailed.allowed) return tooMany(mailed);
  const issued = await issueLoginCode(deps.store, person.id, deps.keys.cookies, deps.clock(), useOf(guest));
  deps.codeMail.send(person.mail.address, issued.code, why === 'moved' ? 'opening' : 'link');
  if (!codeOnly(posted)) return ask(200, { request: issued.requestId });
  // A page of its own address: it can be loaded again, and read in the other language, without another mail.
  res.redirect(303, `${base}?asked=${issued.requestId}`);
  return false;
}

function fieldsOf(body: unknown): FormFields {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter(
      (field): field is [string, string | string[]] =>
        typeof field[1] === 'string' ||
        (Array.isArray(field[1]) && field[1].every((one: unknown) => typeof one === 'string')),
    ),
  );
}

function oneOf(fields: FormFields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}
