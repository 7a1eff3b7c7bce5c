import type { CaseMailEffect } from '../../domain/cases/acts.ts';
import { notNeededNotice } from '../../domain/cases/not-needed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import type { CasePoint } from '../../store/cases.ts';
import type { HouseNow } from '../house.ts';
import { peopleIn } from '../house.ts';
import { nameText } from '../mail/clean.ts';
import { labels, mailKinds } from '../mail/kinds.ts';
import type { Sheet } from '../mail/letter.ts';
import type { sayer } from '../mail/sheet.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Why nothing is needed any more of somebody who was asked about a case, by the move that settled it. `{by}` made it. */
function leadOf(move: string | undefined): Words {
  switch (move) {
    case 'approve':
      return w(
        '{by}已审阅通过，这份会议记录不必再由您审阅。',
        '{by} has approved these minutes; your review is not needed any more.',
      );
    case 'return':
      return w(
        '{by}已退回修改，这一版不必再由您审阅；再次送审时，会另有邮件请您处理。',
        '{by} sent the minutes back, so this version needs no review. When they come again, a mail of its own asks you.',
      );
    case 'object':
      return w(
        '这份会议记录已有异议，这一版不必再签复；更正以后，会另有邮件请您签复。',
        'An objection is on record, so this version needs no answer. Once it is corrected, a mail of its own asks you.',
      );
    case 'endWithJob':
      return w(
        '这项工作已经结束，执行排期随之停用，您的任务不必再确认。',
        'The job has ended and its schedule with it, so your tasks need no confirmation.',
      );
    default:
      return w('请您处理的这件事已经有了结果。', 'What you were asked about is settled.');
  }
}

/** What a mail says to whoever was asked about a case and has not answered: why nothing is needed any more, and since when. */
export async function settledSheet(
  house: HouseNow,
  { state, event }: CasePoint,
  { say, when }: { readonly say: ReturnType<typeof sayer>; readonly when: (at: Instant) => string },
): Promise<Pick<Sheet, 'lead' | 'next' | 'facts'>> {
  const moved = event?.type === 'caseMoved' ? event : undefined;
  const by = moved?.by ?? '';
  const name = (await peopleIn(house, [by])).get(by)?.name ?? by;
  return {
    lead: say(leadOf(moved?.move), { by: nameText(name) }),
    next: say(mailKinds.notNeeded.next ?? w('', '')),
    facts: [{ label: say(labels.ended), value: when(state.since) }],
  };
}

/** Notices in which what the house says of its reasons is not for the client's eyes. */
const reasonsInside: readonly string[] = [notNeededNotice, 'minutesUnanswered'];

/** The words of the move that a notice quotes for this reader; none where they are the house's own. */
export function wordsFor({ side }: Person, { notice, words = '' }: CaseMailEffect['input']): string {
  return side === 'client' && reasonsInside.includes(notice) ? '' : words;
}
