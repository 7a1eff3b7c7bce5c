import { leavingOf, nextBehind, remindsHolders } from '../../domain/cases/telling.ts';
import type { Instant } from '../../domain/instant.ts';
import { nextOfTask, remindsExecutor } from '../../domain/minutes/telling.ts';
import { nextOfEntry, remindsOwner } from '../../domain/schedule/telling.ts';
import { areMinutes, isSchedule, type CasePoint } from '../../store/cases.ts';
import { putNoticeBy } from '../../store/notices.ts';
import { findMail, mailIdOf } from '../../store/outbox.ts';
import type { Slot } from '../../store/reminders.ts';
import { morningWithoutLeave } from '../digest/parts.ts';
import { putBy } from '../digest/put.ts';
import type { MailDeps } from '../mail/parts.ts';
import type { Noticing } from './notice.ts';

/**
 * Puts a notice by for the digest that tells it, where it is one that only reminds somebody of the house who has the case
 * or the task; false where it leaves at once, as a mail of its own: what asks, what tells others as well or above them,
 * and what is needed soon. Safe to run any number of times: once put by it stays put by, once written it is sent.
 */
export async function putNotice(deps: MailDeps, { input, point, house, person }: Noticing): Promise<boolean> {
  const { connection, digests } = deps;
  const ahead = reminderAt(point, deps.clock());
  if (digests === undefined || ahead === undefined || input.asks || person.side !== 'agency') return false;
  const morning = async (now: Instant): Promise<Slot | undefined> => {
    const slot = await morningWithoutLeave(house, person, deps.office, now);
    return leavingOf(ahead.next, now, slot?.at) === 'morning' ? slot : undefined;
  };
  const known = await findMail(connection, mailIdOf(input.name));
  if (known?.mail !== undefined) return false;
  const now = deps.clock();
  if (known === undefined && leavingOf(ahead.next, now, (await morning(now))?.at) === 'once') return false;
  const { name, processId } = input;
  const row = { name, processId, personId: person.id, addressRevision: person.mail.revision, input };
  await putBy(deps, digests, {
    name,
    person,
    morning,
    queue: (times) => putNoticeBy(connection, { ...row, ...times }),
  });
  return true;
}

/** What comes next behind the reminder that an entry is; undefined where the entry reminds nobody, or not holders alone. */
function reminderAt({ state, event }: CasePoint, now: Instant): { readonly next: Instant | undefined } | undefined {
  if (event?.type === 'clockRang' && remindsHolders(state, event)) return { next: nextBehind(state, event, now) };
  if (event?.type === 'taskReminded' && areMinutes(state) && remindsExecutor(state, event))
    return { next: nextOfTask(state, event) };
  if (event?.type === 'entryReminded' && isSchedule(state) && remindsOwner(state, event))
    return { next: nextOfEntry(state, event, now) };
  return undefined;
}
