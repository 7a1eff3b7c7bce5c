import { z } from 'zod';

/** The kinds of values that settings have, each with the sentence that says what would be right. */

/** A variable that is set to nothing counts as not set, as `docker compose` hands on what nobody gave. */
export const blankIsUnset = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

/** A whole number inside limits, with a default when the variable is not set. */
export function whole(min: number, max: number, fallback: number) {
  return z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^-?\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
      .transform(Number)
      .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`)
      .optional()
      .transform((n) => n ?? fallback),
  );
}

/** A whole number inside limits that may be absent. */
export function optionalWhole(min: number, max: number) {
  return z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
      .transform(Number)
      .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`)
      .optional(),
  );
}

/** One line of at most `max` characters, with a default when the variable is not set. */
export const text = (max: number, fallback: string) =>
  z.preprocess(
    blankIsUnset,
    z
      .string()
      .max(max, `must be ${max} characters at most`)
      .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain line breaks or control characters')
      .optional()
      .transform((value) => value ?? fallback),
  );
/** A text of at most `max` characters that may be absent. */
export const optionalText = (max: number) =>
  z.preprocess(blankIsUnset, z.string().max(max, `must be ${max} characters at most`).optional());

/** `true` or `false`; not set is false. */
export const flag = z.preprocess(
  blankIsUnset,
  z
    .enum(['true', 'false'], 'must be true or false')
    .optional()
    .transform((value) => value === 'true'),
);

/** A URL of one of these schemes; `example` is shown when it is not. */
export function url(schemes: readonly string[], example: string) {
  const hint = `must be a URL that starts with ${schemes.map((s) => `${s}//`).join(' or ')}, for example ${example}`;
  return z.string(hint).refine((value) => {
    // Store addresses may list several hosts, which the URL parser refuses, so only the scheme and a host are asked.
    const scheme = schemes.find((s) => value.startsWith(`${s}//`));
    return scheme !== undefined && value.length > scheme.length + 2 && !/\s/.test(value);
  }, hint);
}

/** `host:port`; `example` is shown when it is not. */
export const address = (example: string) =>
  z
    .string(`must be host:port, for example ${example}`)
    .regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, `must be host:port, for example ${example}`);

/** The address people open: scheme, host and port, nothing behind them. */
export const origin = z
  .string('must be the address people open, for example https://jobbag.example.com')
  .transform((value, ctx) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    const good =
      parsed !== undefined &&
      (parsed.protocol === 'https:' || parsed.protocol === 'http:') &&
      parsed.pathname === '/' &&
      parsed.search === '' &&
      parsed.hash === '' &&
      parsed.username === '' &&
      parsed.password === '';
    if (!good) {
      ctx.addIssue(
        'must be an http or https address without path, query or password, for example https://jobbag.example.com',
      );
      return z.NEVER;
    }
    return parsed.origin;
  });

/** A time zone of the IANA list; Asia/Shanghai when the variable is not set. */
export const zone = z.preprocess(
  blankIsUnset,
  z
    .string()
    .optional()
    .transform((value) => value ?? 'Asia/Shanghai')
    .refine((value) => {
      try {
        new Intl.DateTimeFormat('en', { timeZone: value });
        return true;
      } catch {
        return false;
      }
    }, 'must be a time zone of the IANA list, for example Asia/Shanghai'),
);
