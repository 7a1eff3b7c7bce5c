import type { Request, Response } from 'express';
import { safeError } from '../../config/logging.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Grant } from '../../store/grants.ts';
import { noteLinkUse, whyUnproven, type Unproven } from '../../store/link-uses.ts';
import { issueLoginCode, tryLoginCode } from '../../store/login-codes.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { limits, type LimitAnswer } from '../gate/limits.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import type { Lang } from '../view/lang.ts';
import { codeFields, LinkCodePage, type CodeView } from './link-code-page.tsx';
import { codeWords } from './link-code-words.ts';

/** Who acts by a road that may be a personal link, and where its forms post to. */
export interface LinkComer {
  /** The grant behind a personal link; absent by any other road, which proves itself. */
  readonly grant?: Grant;
  readonly person: Person;
  readonly base: string;
  readonly lang: Lang;
}

/** What the code of one grant is bound to: it opens nothing else, and no code for anything else opens this. */
const useOf = (grant: Grant): string => `link:${grant.id}`;

/**
 * Why an act by this road needs a mailed code first, if it does: a link that did nothing for 30 days (design §6), or one that
 * was mailed before its person's address was corrected. Reads only.
 */
export async function whyCode(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  { grant, person }: Pick<LinkComer, 'grant' | 'person'>,
): Promise<Unproven | undefined> {
  return grant === undefined ? undefined : whyUnproven(deps.store, grant, deps.clock(), person.mail.since);
}

/** Notes that a link acted. What was decided is decided; that this could not be noted only asks for a code some day. */
export async function noteUse(
  deps: Pick<ApiDeps, 'store' | 'clock' | 'logger'>,
  { grant, person }: Pick<LinkComer, 'grant' | 'person'>,
): Promise<void> {
  if (grant === undefined) return;
  await noteLinkUse(deps.store, grant, deps.clock(), person.mail.since).catch((error: unknown) =>
    deps.logger.warn({ err: safeError(error) }, 'the use of a link could not be noted'),
  );
}

/**
 * Lets an act by a link go on, or answers with the page that asks for the code and returns false. The whole form travels
 * along with that page, so the right code finishes what was begun, under the same decision id. Codes go to the address
 * on file and nowhere else; how many are mailed and tried is limited for the link, whoever holds it.
 */
export async function proven(deps: ApiDeps, req: Request, res: Response, comer: LinkComer): Promise<boolean> {
  const { grant, person, base, lang } = comer;
  const why = await whyCode(deps, comer);
  if (grant === undefined || why === undefined) return true;
  const carried = fieldsOf(req.body);
  const request = oneOf(carried, codeFields.request);
  const code = oneOf(carried, codeFields.code).replace(/[\s-]/g, '');
  const ask = (status: number, more: Partial<CodeView> = {}): false => {
    const shown = { lang, why, viewer: person.name, action: base, carried, wrong: false, ...more };
    sendPage(res, <LinkCodePage view={shown} />, status);
    return false;
  };
  const tooMany = (limit: LimitAnswer): false => {
    res.set('Retry-After', String(limit.retryAfterSeconds));
    const minutes = Math.ceil(limit.retryAfterSeconds / 60);
    return ask(429, { remark: words(lang, codeWords)('tooMany', { minutes }), ...requestOf(request) });
  };

  if (request !== '' && oneOf(carried, codeFields.again) === '') {
    const tried = await deps.limiter.use(limits.linkCodeTried, grant.id);
    if (!tried.allowed) return tooMany(tried);
    const who =
      /^[A-Za-z0-9_-]{22}$/.test(request) && /^\d{8}$/.test(code)
        ? await tryLoginCode(deps.store, request, code, deps.keys.cookies, deps.clock(), useOf(grant))
        : undefined;
    if (who !== person.id) return ask(422, { wrong: true, ...requestOf(request) });
    await noteLinkUse(deps.store, grant, deps.clock(), person.mail.since);
    return true;
  }
  const mailed = await deps.limiter.use(limits.linkCode, grant.id);
  if (!mailed.allowed) return tooMany(mailed);
  const issued = await issueLoginCode(deps.store, person.id, deps.keys.cookies, deps.clock(), useOf(grant));
  deps.codeMail.send(person.mail.address, issued.code, 'link');
  return ask(200, { request: issued.requestId });
}

function requestOf(request: string): Pick<CodeView, 'request'> {
  return request === '' ? {} : { request };
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
