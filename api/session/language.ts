import type { Request } from 'express';
import { langOf, type Lang } from '../view/lang.ts';

/** Name of the cookie that keeps the choice of somebody who is not signed in. */
export const languageCookie = 'jobbag_lang';

const chosen = new WeakMap<Request, Lang>();

/** Remembers the language of this request: a signed-in person's own choice beats what the browser says. */
export function chooseLanguage(req: Request, language: Lang): void {
  chosen.set(req, language);
}

/** The language to answer in: `?lang`, the person's choice, the cookie, `Accept-Language`, then Chinese, the first language of the house. */
export function languageOf(req: Request): Lang {
  const kept = /(?:^|;\s*)jobbag_lang=(zh-CN|en)(?:;|$)/.exec(req.headers.cookie ?? '')?.[1];
  return langOf(req.query.lang, chosen.get(req) ?? kept, req.headers['accept-language']);
}
