import type { FormFields } from '../gate/form-body.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { sendCaseAct, type Acting, type CaseSent } from '../cases/send.ts';
import type { ApiDeps } from '../deps.ts';
import { instantOfInput, manyTexts, oneText } from '../staff/typed.ts';
import { pick, wordingLang, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import type { EntryTyped } from './entries.tsx';
import { scheduleWords } from './words.ts';

/** Entries one press may confirm. */
const mostAtOnce = 30;

/** The acts that a posted form of entries asks for; none where it makes no sense. Nothing here can fail. */
export function actsOf(body: FormFields, zone: string): readonly object[] {
  const about = { entry: oneText(body['entry']), mark: oneText(body['mark']) };
  switch (oneText(body['do'])) {
    case 'confirm':
      return [{ type: 'confirmEntry', ...about }];
    case 'confirmAll':
      return manyTexts(body['asked'])
        .slice(0, mostAtOnce)
        .map((one) => {
          const [entry = '', mark = ''] = one.split('.');
          return { type: 'confirmEntry', entry, mark };
        });
    case 'decline':
      return [{ type: 'declineEntry', ...about, words: oneText(body['words']) }];
    case 'report': {
      const doneAt = oneText(body['doneAt']).trim();
      const at = doneAt === '' ? {} : { doneAt: instantOfInput(doneAt, zone) };
      return [{ type: 'reportEntry', ...about, evidence: oneText(body['evidence']), ...at }];
    }
    default:
      return [];
  }
}

/** What comes back into the forms of a page that was refused, and which of them it came from. */
export function typedOf(body: FormFields): EntryTyped {
  return Object.fromEntries(['do', 'entry', 'words', 'evidence', 'doneAt'].map((name) => [name, oneText(body[name])]));
}

/**
 * Sends the acts of one press one after another, each under an id made of the form's, until one is not accepted. Sent
 * again under the same id, what was accepted before is only told again.
 */
export async function sendActs(
  deps: ApiDeps,
  acting: Acting,
  processId: string,
  commandId: string,
  acts: readonly object[],
): Promise<CaseSent | undefined> {
  let sent: CaseSent | undefined;
  for (const [n, act] of acts.entries()) {
    const id = acts.length === 1 ? commandId : `${commandId}-${n}`;
    sent = await sendCaseAct(deps, acting, processId, id, act);
    if (sent.kind !== 'accepted') break;
  }
  return sent;
}

/** What a page says after acts that were not accepted: status, sentence, and which field it is about. */
export interface NotTaken {
  readonly status: number;
  readonly title: string;
  readonly field?: string;
}

/** Why acts were not taken up, in words; undefined where they were, or where the engine keeps them. */
export function notTaken(sent: CaseSent | undefined, lang: Lang): NotTaken | undefined {
  const t = words(lang, scheduleWords);
  switch (sent?.kind) {
    case 'accepted':
    case 'received':
      return undefined;
    case 'wrong': {
      const [first] = sent.problems;
      const title = first === undefined ? t('wrongAbove') : pick(first, lang);
      return { status: 422, title, ...(first === undefined ? {} : { field: first.field }) };
    }
    case 'refused': {
      const { refusal, status } = sent;
      const title = sayRefusal(refusal, wordingLang(lang));
      return { status, title, ...(refusal.field === undefined ? {} : { field: refusal.field }) };
    }
    case 'unavailable':
      return { status: 503, title: t('busy') };
    case 'closed':
    case 'unknown':
      return { status: 404, title: t('wrongAbove') };
    case undefined:
      return { status: 422, title: t('wrongAbove') };
  }
}
