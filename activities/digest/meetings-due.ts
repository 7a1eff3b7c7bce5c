import type { Clock } from '../../config/clock.ts';
import { furtherPeriods, meetingDueAt } from '../../domain/calendar/meeting-period.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { Person } from '../../domain/people/types.ts';
import { holdersOfPosition } from '../../domain/people/positions.ts';
import type { JobRow } from '../../store/jobs.ts';
import { meetingPeriods, overdueMeetings, periodOf } from '../../store/meetings.ts';
import { queueMail } from '../../store/outbox.ts';
import { meetingKind } from '../../store/reminders.ts';
import { zoneNamed } from '../calendar/zone.ts';
import { calendarIn, holdingIn, peopleIn, type HouseNow } from '../house.ts';
import { problemOf } from '../mail/reachable.ts';
import { hoursOf, morningAfter, type PlanDeps } from './parts.ts';
import { putBy } from './put.ts';

/** What reminding of internal meetings needs. */
export interface MeetingDeps extends PlanDeps {
  readonly clock: Clock;
  /** How often a project has one where its brand says nothing, working days. */
  readonly meetingDays: number;
}

/** Jobs reminded of in one go; whoever is behind by more than that is not helped by a longer mail. */
const mostJobs = 5_000;

/**
 * Puts by, for the next morning of each account manager, which of their jobs had no internal meeting in the set period
 * one line a job and period, whenever and however often this runs, because the name of the reminder holds both. A
 * job for which a meeting is called and still to come is being seen to. Returns how many jobs it looked at.
 */
export async function remindOfMeetings(deps: MeetingDeps, house: HouseNow): Promise<number> {
  const { connection, clock, digests } = deps;
  const now = clock();
  const [periods, office] = await Promise.all([
    meetingPeriods(connection, deps.meetingDays),
    calendarIn(house, 'agency', '', deps.office),
  ]);
  const { jobs } = await overdueMeetings(connection, {
    scope: 'all',
    periods,
    office,
    zones: zoneNamed,
    now,
    limit: mostJobs,
  });
  const managers = new Map<string, Person | undefined>();
  for (const job of jobs) {
    if (job.meetingFrom === undefined || (job.meetingAt !== undefined && job.meetingAt > now)) continue;
    const team = `${job.brandId} ${job.ownerId}`;
    if (!managers.has(team)) managers.set(team, await managerOf(house, job, now));
    const person = managers.get(team);
    if (person === undefined) continue;
    const workingDays = periodOf(periods, job.brandId);
    const { name, input } = reminderOf(job, job.meetingFrom, { office, now, workingDays });
    const { _id: processId } = job;
    const mail = {
      name,
      processId,
      kind: meetingKind,
      personId: person.id,
      addressRevision: person.mail.revision,
      input,
    };
    await putBy({ connection, clock, office: deps.office }, digests, {
      name,
      person,
      morning: async (at) => morningAfter(await hoursOf(house, person, deps.office), at),
      queue: async (times) => (await queueMail(connection, { ...mail, ...times })).row,
    });
  }
  return jobs.length;
}

/** The account manager of a job, who must be there to be written to; else nobody. */
async function managerOf(house: HouseNow, job: JobRow, at: Instant): Promise<Person | undefined> {
  const { brandId, clientId, ownerId } = job;
  const context = await holdingIn(house, { brandId, clientId, ownerId, authorId: '', signedBy: [], at });
  const id = holdersOfPosition('accountManager', context)[0] ?? ownerId;
  const person = (await peopleIn(house, [id])).get(id);
  return person === undefined || problemOf(person) !== undefined ? undefined : person;
}

/** The reminder of one job in the period that runs now: its name, and what it says. */
function reminderOf(
  { _id: processId, brandId, clientId, ownerId, seq }: JobRow,
  from: Instant,
  { office, now, workingDays }: { readonly office: Calendar; readonly now: Instant; readonly workingDays: number },
): { readonly name: string; readonly input: MailInput } {
  const { at: dueAt } = meetingDueAt(office, zoneNamed, from, workingDays);
  const further = furtherPeriods(office, zoneNamed, { dueAt, now, workingDays });
  const name = `${processId}/meetingDue/${from}/${String(further)}`;
  const to = { position: 'accountManager' } as const;
  const input = { processId, name, kind: meetingKind, to, brandId, clientId, ownerId, seq, meeting: { from, dueAt } };
  return { name, input };
}
