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
  keepTelling,
  openTellings,
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
/** So many jobs that do not answer mean that the engine is away; the rest is tried later. */
const mostMissed = 20;
/** Jobs that do not answer are tried for so long, milliseconds. */
const tryForMs = 3 * 86_400_000;
/** How often a running API looks for what was left behind, milliseconds. */
const lookEveryMs = 30_000;

/**
 * Takes every noted change of the registers to the running jobs it reaches, oldest first, as long as `goesOn`. Each job
 * gets one command whose id names the change, so whoever goes on after a crash, or at the same time, changes nothing
 * twice. What cannot be told because the engine is away stays noted. Never throws.
 */
export async function tellJobs(deps: TellDeps, goesOn: () => boolean = () => true): Promise<void> {
  try {
    const later = new Set<string>();
    for (const telling of await openTellings(deps.store, deps.clock())) {
      const { cause } = telling;
      const entry = cause.kind === 'calendar' ? cause.calendarId : cause.absenceId;
      // Versions of one calendar reach the jobs in their order: each is counted from the one before.
      if (!goesOn() || later.has(entry) || !(await stands(deps, telling))) continue;
      const now = deps.clock();
      const claimed = await claimTelling(deps.store, telling._id, { now, leaseUntil: addMs(now, leaseMs) });
      if (!claimed || !(await tell(deps, telling, goesOn))) later.add(entry);
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

/**
 * Tells every job that a change reaches; false when some could not be told. They are tried again once the lease has run
 * out, for three days: then a job the engine has lost is an operator's case and holds nobody else up.
 */
async function tell(deps: TellDeps, telling: Telling, goesOn: () => boolean): Promise<boolean> {
  const { store, clock, logger } = deps;
  const { _id, cause } = telling;
  const waiting = await reachedBy(deps, cause);
  const missed: string[] = [];
  let jobs = 0;
  const open = (): boolean => missed.length < mostMissed && goesOn();
  const work = async (): Promise<void> => {
    for (let processId = waiting.pop(); processId !== undefined; processId = waiting.pop()) {
      if (!open()) return void missed.push(processId);
      const answer = await deps.door.send(processId, {
        id: `${_id}/${processId}`,
        actor: { kind: 'system', name: 'tell' },
        act: { type: 'refresh', cause },
      });
      if (answer.kind === 'unavailable') missed.push(processId);
      else if (answer.kind === 'accepted' || answer.kind === 'received') jobs += 1;
      else if (answer.kind === 'refused')
        logger.error({ processId, cause, code: answer.refusal.code }, 'a job refused a change of the registers');
      if ((jobs + missed.length) % keepEvery === 0)
        await keepTelling(store, _id, { jobs, leaseUntil: addMs(clock(), leaseMs) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const now = clock();
  const tired = diffMs(telling.notBefore ?? telling.notedAt, now) > tryForMs;
  if (missed.length > 0 && tired) logger.error({ cause, missed }, 'jobs could not be told of a change for three days');
  if (missed.length === 0 || tired) await endTelling(store, _id, { jobs, doneAt: now });
  else await keepTelling(store, _id, { jobs, leaseUntil: addMs(now, leaseMs) });
  return missed.length === 0;
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
  let current: Promise<void> | undefined;
  const look = (): void => {
    current ??= tellJobs(deps, () => !stopped).finally(() => (current = undefined));
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
