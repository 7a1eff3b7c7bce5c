import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { mayLeaveAt } from '../../domain/calendar/quiet.ts';
import { rungAt } from '../../domain/circulation/clock.ts';
import { compareInstants, diffMs } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { findMail, mailIdOf } from '../../store/outbox.ts';
import { stepAt } from '../../store/steps.ts';
import { zoneNamed } from '../calendar/zone.ts';
import { calendarIn, peopleIn } from '../house.ts';
import { spotOf } from './job-at.ts';
import { later } from './later.ts';
import type { MailDeps, Speaking } from './parts.ts';
import type { Addressee } from './recipients.ts';

/** A waiting mail looks again at least this often: calendars change, and clocks are moved in rehearsals; milliseconds. */
const lookAgainMs = 3_600_000;

/**
 * Lets the mail of a rung wait while it is quiet for its reader. False: it is not needed any more, because somebody
 * acted or the desk went to somebody else while it waited. Throws for the engine to come again; a mail that was begun
 * is always finished.
 */
export async function mayLeave(deps: MailDeps, { input, job, house }: Speaking, to: Addressee): Promise<boolean> {
  const { quiet, where } = input;
  if (quiet === undefined || where === undefined) return true;
  const { connection, office } = deps;
  if ((await findMail(connection, mailIdOf(to.name))) !== undefined) return true;
  const desk = await stepAt(connection, { processId: input.processId, ...where });
  if (desk !== null && !desk.open) return false;
  if (desk !== null && 'personId' in input.to && !desk.holders.includes(to.personId)) return false;
  const reader = (await peopleIn(house, [to.personId])).get(to.personId);
  const side = reader?.side === 'client' ? 'client' : 'agency';
  const calendar = await calendarIn(house, side, input.clientId, office, [to.personId]);
  const now = deps.clock();
  let free: Instant;
  try {
    // Counted from when the rung was due, so that whoever looks on a loud Saturday still waits for Monday.
    free = mayLeaveAt(calendar, zoneNamed, quiet, { due: dueAt({ input, job, house }) ?? now, now });
  } catch (error) {
    // A reader without any working time ahead cannot be waited for.
    if (error instanceof CalendarRefusal) return true;
    throw error;
  }
  if (compareInstants(free, now) > 0)
    throw later('QuietHours', 'waits for the end of quiet hours', Math.min(lookAgainMs, diffMs(now, free)));
  return true;
}

/**
 * When the rung that the mail tells of was due, however much later it was climbed: while no worker runs nothing is, and
 * what fell due on a quiet Friday evening must not speak on the loud Saturday on which a worker is back.
 */
function dueAt({ input, job }: Speaking): Instant | undefined {
  const { event } = job;
  if (event?.type !== 'rungClimbed') return undefined;
  const { stay } = spotOf(job, input);
  const rung = stay?.rungs.find(({ kind, n }) => kind === event.kind && n === event.n);
  return stay && rung && rungAt(stay, rung.at);
}
