import type { Connection } from 'mongoose';
import { safeError } from '../../config/logging.ts';
import { addMs, diffMs } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { isAbsent } from '../../domain/people/holders.ts';
import type { AbsenceCause, CalendarCause, RefreshCause } from '../../domain/job/acts.ts';
import type { HandOverCause } from '../../domain/people/hand-over.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { affectedCases } from '../../store/affected-cases.ts';
import { affectedSteps, desksOpening, jobsOfLeave } from '../../store/affected.ts';
import { calendarChange } from '../../store/calendars.ts';
import { isCaseId } from '../../store/cases.ts';
import { handOvers } from '../../store/hand-overs.ts';
import { absences } from '../../store/people.ts';
import {
  claimTelling,
  dropTelling,
  endTelling,
  keepTelling,
  openTellings,
  tellingId,
  type Telling,
  type TellingCause,
} from '../../store/tellings.ts';
import { jobsWithTimetable } from '../../store/timetables.ts';
import type { ApiDeps } from '../deps.ts';
import type { Wish } from '../door/door.ts';
import { askDirectors } from '../handover/ask.ts';
import { climbLadders } from '../handover/clock.ts';
import { endHandOver, keepList, moveDrafts, moveTeam, reachedByHandOver } from '../handover/move.ts';

/** What telling the jobs needs. */
export type TellDeps = Pick<ApiDeps, 'store' | 'door' | 'clock' | 'config' | 'logger'>;

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
    await askDirectors(deps);
    await climbLadders(deps);
    const later = new Set<string>();
    let ended = false;
    for (const telling of await openTellings(deps.store, deps.clock())) {
      const { cause } = telling;
      const entry = entryOf(cause);
      // Versions of one calendar reach the jobs in their order: each is counted from the one before.
      if (!goesOn() || later.has(entry) || !(await stands(deps, telling))) continue;
      const now = deps.clock();
      const claimed = await claimTelling(deps.store, telling._id, { now, leaseUntil: addMs(now, leaseMs) });
      if (!claimed || !(await tell(deps, telling, goesOn))) later.add(entry);
      else ended ||= cause.kind === 'handOver';
    }
    // What a hand-over has come to is told by letters noted at its end; nobody waits for the next look.
    if (ended && goesOn()) await tellJobs(deps, goesOn);
  } catch (error) {
    deps.logger.warn({ err: safeError(error) }, 'running jobs could not be told of a change; it stays noted');
  }
}

/** What must be told in its order: versions of one entry. Letters wait for nothing. */
function entryOf(cause: TellingCause): string {
  switch (cause.kind) {
    case 'calendar':
      return cause.calendarId;
    case 'absence':
      return cause.absenceId;
    case 'handOver':
      return cause.handOverId;
    case 'letter':
      return tellingId(cause);
  }
}

/** A change is noted before it is saved, so that no death in between loses it; one that never was is forgotten. */
async function stands({ store, clock }: TellDeps, { _id, cause, notedAt }: Telling): Promise<boolean> {
  const now = clock();
  const saved = await isSaved(store, cause, now);
  if (saved === false || (saved === undefined && diffMs(notedAt, now) > unsavedMs)) await dropTelling(store, _id);
  return saved === true;
}

/** Whether what was noted is so; false when it was changed since, undefined while it is not saved. */
async function isSaved(store: Connection, cause: TellingCause, now: Instant): Promise<boolean | undefined> {
  switch (cause.kind) {
    case 'calendar':
      return (await calendarChange(store, cause.calendarId, cause.revision)) !== undefined || undefined;
    case 'absence':
      return isLeave(store, cause, now);
    case 'handOver':
      return isSigned(store, cause);
    case 'letter':
      return hasRevision(store, cause.letter.register, cause.letter.entry, cause.letter.revision);
  }
}

/** A note may be older than the signature that was to make it true. */
async function isSigned(store: Connection, { handOverId, revision }: HandOverCause): Promise<true | undefined> {
  const entry = await handOvers.get(store, handOverId);
  const both = entry?.value.state === 'signed' || entry?.value.state === 'done';
  return (both && (entry?.revision ?? 0) >= revision) || undefined;
}

async function hasRevision(
  store: Connection,
  register: HouseLetter['register'],
  id: string,
  revision: number,
): Promise<true | undefined> {
  const entry = await (register === 'handOvers' ? handOvers.get(store, id) : absences.get(store, id));
  return (entry?.revision ?? 0) >= revision || undefined;
}

/** Whether leave stands as it was noted; false when it was changed since or is over before it was told, undefined while it is not saved. */
async function isLeave(store: Connection, cause: AbsenceCause, now: Instant): Promise<boolean | undefined> {
  const entry = await absences.get(store, cause.absenceId);
  if (entry === null || entry.revision < cause.revision) return undefined;
  if (entry.revision > cause.revision) return false;
  return isAbsent(cause.personId, [entry.value], now) === (cause.what === 'begins');
}

/**
 * Tells every process that a change reaches; false when some could not be told. They are tried again once the lease has
 * run out, for three days: then a job the engine has lost is an operator's case and holds nobody else up.
 */
async function tell(deps: TellDeps, telling: Telling, goesOn: () => boolean): Promise<boolean> {
  const { store, clock, logger, door } = deps;
  const { _id, cause } = telling;
  if (cause.kind === 'letter') {
    const posted = await door.post(cause.letter);
    if (posted) await endTelling(store, _id, { jobs: 0, doneAt: clock() });
    else await keepTelling(store, _id, { jobs: 0, leaseUntil: addMs(clock(), leaseMs) });
    return posted;
  }
  if (cause.kind === 'handOver' && !((await keepList(deps, cause)) && (await moveTeam(deps, cause)))) return false;
  const more = await mayReachMore(deps, cause);
  const rounds = await tellAll(deps, telling._id, cause, goesOn);
  const { missed, jobs, cases } = rounds;
  const now = clock();
  const tired = diffMs(telling.notBefore ?? telling.notedAt, now) > tryForMs;
  if (missed.length > 0 && tired) logger.error({ cause, missed }, 'jobs could not be told of a change for three days');
  const whole = missed.length === 0 && !more;
  const over = whole || tired;
  const ended = cause.kind !== 'handOver' || !over || (await endHandOver(deps, cause, rounds));
  if (over && ended) await endTelling(store, _id, { jobs, cases, doneAt: now });
  else await keepTelling(store, _id, { jobs, leaseUntil: addMs(now, leaseMs) });
  return whole && ended;
}

/**
 * Whether leave has to be told once more: a desk that is being opened is in nobody's hands yet. Asked before jobs are told,
 * because what opens afterwards is judged with the leave.
 */
async function mayReachMore({ store }: TellDeps, cause: ProcessCause): Promise<boolean> {
  return cause.kind === 'absence' && cause.what === 'begins' && desksOpening(store, cause.personId);
}

/** What processes are told. */
type ProcessCause = RefreshCause | HandOverCause;

/** What telling has come to: who has it, and who could not be told. */
interface Rounds {
  readonly missed: readonly string[];
  readonly jobs: number;
  readonly cases: number;
  readonly drafts: number;
}

/** Tells whoever is reached, some at a time. What begins while a brand goes over is reached by the next look. */
async function tellAll(deps: TellDeps, id: string, cause: ProcessCause, goesOn: () => boolean): Promise<Rounds> {
  const { store, clock, logger } = deps;
  const told = new Set<string>();
  const missed: string[] = [];
  let [jobs, cases, drafts] = [0, 0, 0];
  const open = (): boolean => missed.length < mostMissed && goesOn();
  // Leave may be told to a job twice, for a desk that opened in between: what it moved before it moves no more.
  const again = cause.kind === 'absence' ? `/${clock()}` : '';
  for (let waiting = await reachedBy(deps, cause); waiting.length > 0;) {
    const work = async (): Promise<void> => {
      for (let processId = waiting.pop(); processId !== undefined; processId = waiting.pop()) {
        told.add(processId);
        if (!open()) return void missed.push(processId);
        const answer = await deps.door.send(processId, {
          id: `${id}/${processId}${again}`,
          actor: { kind: 'system', name: 'tell' },
          act: actFor(processId, cause),
        });
        if (answer.kind === 'unavailable') missed.push(processId);
        else if (answer.kind === 'refused')
          logger.error({ processId, cause, code: answer.refusal.code }, 'a job refused a change of the registers');
        else if (answer.kind === 'accepted' || answer.kind === 'received') {
          if (isCaseId(processId)) cases += 1;
          else jobs += 1;
          if (cause.kind === 'handOver' && !isCaseId(processId)) {
            const handed = await moveDrafts(deps, cause, processId);
            drafts += handed;
          }
        }
        if (told.size % keepEvery === 0) await keepTelling(store, id, { jobs, leaseUntil: addMs(clock(), leaseMs) });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const more = cause.kind === 'handOver' && missed.length === 0 ? await reachedBy(deps, cause) : [];
    waiting = more.filter((processId) => !told.has(processId));
  }
  return { missed, jobs, cases, drafts };
}

function actFor(processId: string, cause: ProcessCause): Wish['act'] {
  return cause.kind === 'handOver' && isCaseId(processId) ? { type: 'handOver', cause } : { type: 'refresh', cause };
}

/** The jobs that have a desk open or a timetable which a change may reach, and the meetings and minutes it may; all of a brand that changes hands. */
async function reachedBy(deps: TellDeps, cause: ProcessCause): Promise<string[]> {
  if (cause.kind === 'handOver') return reachedByHandOver(deps, cause);
  const { store } = deps;
  const reached = new Set(
    cause.kind === 'absence' ? await jobsOfLeave(store, cause) : await jobsOfCalendar(store, cause),
  );
  for await (const { _id } of affectedCases(store, cause)) reached.add(_id);
  return [...reached];
}

async function jobsOfCalendar(store: Connection, { calendarId }: CalendarCause): Promise<ReadonlySet<string>> {
  const jobs = new Set<string>();
  for await (const step of affectedSteps(store, { kind: 'calendar', calendarId })) jobs.add(step.processId);
  for (const processId of await jobsWithTimetable(store, calendarId)) jobs.add(processId);
  return jobs;
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
