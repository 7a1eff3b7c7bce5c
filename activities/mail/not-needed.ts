import type { JobEvent } from '../../domain/job/events.ts';
import type { Words } from '../../domain/process.ts';
import type { KindFacts } from './kinds.ts';
import { mailKinds } from './kinds.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Why a step needs nobody any more, by the entry that closed it. `{by}` is who did, `{to}` who has it now. */
function leadOf(event: JobEvent | undefined): Words | undefined {
  switch (event?.type) {
    case 'circulationEnded':
      switch (event.verdict) {
        case 'return':
          return w(
            '{by}退回了这一版，这一轮结束了。有了新的版本，会另有邮件请您处理。',
            '{by} sent this version back, so the round is over. When there is a new one, a mail of its own asks you.',
          );
        case 'refuse':
          return w(
            '{by}没有接单，这一轮结束了。补齐后重新送签时，会另有邮件请您处理。',
            '{by} refused the order, so the round is over. When it goes round again, a mail of its own asks you.',
          );
        case 'object':
          return w(
            '{by}提出了异议，这一轮结束了。重新送出时，会另有邮件请您处理。',
            '{by} objected, so the round is over. When it goes round again, a mail of its own asks you.',
          );
        case 'withdrawn':
          return w('{by}撤回了请您处理的这一版。', '{by} took back the version you were asked about.');
        case 'closed':
          return event.alsoEnded
            ? w('{by}结束了下面几项。', '{by} closed what is listed below.')
            : w('{by}结束了这一轮。', '{by} closed this round.');
        case 'passed':
          return undefined;
      }
      return undefined;
    case 'cancelled':
      return w('{by}取消了这项工作。', '{by} cancelled this job.');
    case 'decided':
      return w('{by}已经签字，这一步不再需要别人签。', '{by} has signed, and this step needs no further signature.');
    case 'handedOver':
      return w('{by}把这一步移交给了{to}。', '{by} handed this step over to {to}.');
    default:
      return undefined;
  }
}

/** What a mail of kind `notNeeded` says: why nothing is needed any more. */
export function notNeededFacts(event: JobEvent | undefined): KindFacts {
  const facts = mailKinds.notNeeded;
  const lead = leadOf(event);
  const known = lead === undefined ? facts : { ...facts, lead };
  // Several rounds have no version in common.
  if (event?.type === 'circulationEnded' && event.alsoEnded)
    return { ...known, shows: facts.shows.filter((row) => row !== 'version') };
  if (event?.type !== 'cancelled') return known;
  // A job that is gone has no version worth naming; its desks are what the reader was asked about.
  return {
    ...known,
    title: w('工作已取消，不必再处理', 'The job is cancelled, nothing is needed any more'),
    shows: ['ended', 'jobPage'],
  };
}
