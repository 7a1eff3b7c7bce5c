import type { Connection } from 'mongoose';
import { safeError } from '../../config/logging.ts';
import { addMs, diffMs } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { isAbsent } from '../../domain/people/holders.ts';
import type { AbsenceCause, RefreshCause } from '../../domain/job/acts.ts';
import { affectedSteps, jobsOfLeave } from '../../store/affected.ts';
import { calendarChange } from '../../store/calendars.ts';
import { absences } from '../../store/people.ts';
import {
  claimTelling,
  dropTelling,
  endTelling,
  freeTelling,
  keepTelling,
  openTellings,
  tellingId,
  type Telling,
} from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';

/** What telling the jobs needs. */
export type TellDeps = Pick<ApiDeps, 'store' | 'door' | 'clock' | 'logger'>;

/** Jobs that are told at the same time: people's decisions go through the same door. */
const atOnce = 6;
/** Somebody who holds a telling says so again after this many jobs. */
const keepEvery = 50;
/** Who died with a telling in hand is followed after this, milliseconds. */
const leaseMs = 60_000;
/** A change that was noted so long ago and is not there was never saved, milliseconds. */
const unsavedMs = 10 * 60_000;
/** How often a running API looks for what was left behind, milliseconds. */
const lookEveryMs = 30_000;

/**
 * Takes every noted change of the registers to the running jobs it reaches, oldest first. Each job gets one command whose
 * id names the change, so whoever goes on after a crash, or at the same time, changes nothing twice. What cannot be told
 * because the engine is away stays noted. Never throws.
 */
export async function tellJobs(deps: TellDeps): Promise<void> {
  try {
    const inOtherHands = new Set<string>();
    for (const telling of await openTellings(deps.store, deps.clock())) {
      const { cause } = telling;
      const entry = cause.kind === 'calendar' ? cause.calendarId : cause.absenceId;
      // Versions of one calendar reach the jobs in their order: each is counted from the one before.
      if (inOtherHands.has(entry) || !(await stands(deps, telling))) continue;
      const now = deps.clock();
      const claimed = await claimTelling(deps.store, telling._id, { now, leaseUntil: addMs(now, leaseMs) });
      if (!claimed) inOtherHands.add(entry);
      else if (!(await tell(deps, telling))) return;
    }
  } catch (error) {
    deps.logger.warn({ err: safeError(error) }, 'running jobs could not be told of a change; it stays noted');
  }
}

/** A change is noted before it is saved, so that no death in between loses it; one that never was is forgotten. */
async function stands({ store, clock }: TellDeps, { _id, cause, notedAt }: Telling): Promise<boolean> {
  const now = clock();
  const saved =
    cause.kind === 'calendar'
      ? (await calendarChange(store, cause.calendarId, cause.revision)) !== undefined || undefined
      : await isLeave(store, cause, now);
  if (saved === false || (saved === undefined && diffMs(notedAt, now) > unsavedMs)) await dropTelling(store, _id);
  return saved === true;
}

/** Whether leave stands as it was noted; false when it was changed since or is over before it was told, undefined while it is not saved. */
async function isLeave(store: Connection, cause: AbsenceCause, now: Instant): Promise<boolean | undefined> {
  const entry = await absences.get(store, cause.absenceId);
  if (entry === null || entry.revision < cause.revision) return undefined;
  if (entry.revision > cause.revision) return false;
  return isAbsent(cause.personId, [entry.value], now) === (cause.what === 'begins');
}

/** Tells every job that a change reaches; false when the engine does not answer. */
async function tell(deps: TellDeps, { _id, cause }: Telling): Promise<boolean> {
  const { store, clock, logger } = deps;
  const waiting = await reachedBy(deps, cause);
  let jobs = 0;
  let away = false;
  const work = async (): Promise<void> => {
    for (let processId = waiting.pop(); processId !== undefined && !away; processId = waiting.pop()) {
      const answer = await deps.door.send(processId, {
        id: `${tellingId(cause)}/${processId}`,
        actor: { kind: 'system', name: 'tell' },
        act: { type: 'refresh', cause },
      });
      if (answer.kind === 'unavailable') away = true;
      else if (answer.kind === 'accepted' || answer.kind === 'received') jobs += 1;
      else if (answer.kind === 'refused')
        logger.error({ processId, cause, code: answer.refusal.code }, 'a job refused a change of the registers');
      if (jobs % keepEvery === 1) await keepTelling(store, _id, { jobs, leaseUntil: addMs(clock(), leaseMs) });
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    away = true;
    logger.warn({ err: safeError(error), cause }, 'a change of the registers could not be told to the end');
  }
  if (away) await freeTelling(store, _id, jobs);
  else await endTelling(store, _id, { jobs, doneAt: clock() });
  return !away;
}

/** The jobs that have a desk open which a change may reach. */
async function reachedBy({ store }: TellDeps, cause: RefreshCause): Promise<string[]> {
  if (cause.kind === 'absence') return [...(await jobsOfLeave(store, cause))];
  const jobs = new Set<string>();
  for await (const step of affectedSteps(store, { kind: 'calendar', calendarId: cause.calendarId }))
    jobs.add(step.processId);
  return [...jobs];
}

/** Looks for what was left behind, at once and from then on; `stop` waits for what is under way. */
export function startTelling(deps: TellDeps): { stop(): Promise<void> } {
  let stopped = false;
  let current: Promise<void> = Promise.resolve();
  const look = (): void => {
    current = current.then(() => (stopped ? undefined : tellJobs(deps)));
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
    },
  };
}
