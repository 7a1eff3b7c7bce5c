import type { Refusal } from '../../domain/process.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import type { Lang } from '../view/lang.ts';

/** A refusal inside an answer: its code, its sentence, its field and its rule. */
export function refusalIn(refusal: Refusal, language: Lang) {
  return {
    code: refusal.code,
    detail: sayRefusal(refusal, language === 'en' ? 'en' : 'zh'),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
  };
}
