import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Connection } from 'mongoose';
import type { Circulation, Route, RouteStep, Stay } from '../../domain/circulation/types.ts';
import { evolveJob, initialJobState } from '../../domain/job/evolve.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import type { JobState } from '../../domain/job/state.ts';
import { readEntry } from '../../domain/log/entry.ts';
import { foldRememberedAt } from '../../store/fold-memory.ts';
import { jobStateTable, readState } from '../../store/jobs.ts';
import type { JobStateRow } from '../../store/jobs.ts';
import { entriesOf, logId, logTable } from '../../store/log.ts';
import type { LogRow } from '../../store/log.ts';

/** How long to wait for an entry that is being recorded at this moment. */
const recordingMs = 300;

/** A job as it stood right after an entry, with that entry's hash and what it says. */
export interface JobAt {
  readonly state: JobState;
  readonly hash: string;
  readonly event?: JobEvent;
}

/**
 * The job right after entry `seq`, folded from the log by the core's own rules: what a mail says is what was recorded,
 * and says the same however late it is written. Throws a retryable failure while the entry is not in the log yet.
 */
export async function jobAt(connection: Connection, processId: string, seq: number): Promise<JobAt> {
  // What this process saw the log take it need not ask for: entries are never changed.
  const remembered = foldRememberedAt(connection, processId, seq);
  if (remembered) return { state: remembered.state, hash: remembered.head.hash, event: remembered.event };
  // Mostly the mail speaks about the newest entry, and the kept fold stands exactly there: no need to read the whole log.
  const [kept, row] = await Promise.all([
    jobStateTable(connection).findById(processId).lean<JobStateRow>(),
    logTable(connection).findById(logId(processId, seq)).lean<LogRow>(),
  ]);
  const newest = row === null ? undefined : readEntry(row.body);
  if (kept?.seq === seq && kept.headHash === row?.hash && newest !== undefined)
    return { state: readState(kept), hash: row.hash, event: newest.event as JobEvent };
  if (row === null) throw notYet(processId, seq);
  const rows = await entriesOf(connection, processId, { toSeq: seq });
  const last = rows.at(-1);
  if (last === undefined || last.seq < seq) {
    throw notYet(processId, seq);
  }
  let state = initialJobState(processId);
  let event: JobEvent | undefined;
  for (const row of rows) {
    const entry = readEntry(row.body);
    // Only the recorder writes here, and only what the core decided; the chain over it is checked elsewhere.
    if (entry === undefined) continue;
    event = entry.event as JobEvent;
    state = evolveJob(state, event, entry.stamp);
  }
  return { state, hash: last.hash, ...(event === undefined ? {} : { event }) };
}

function notYet(processId: string, seq: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: `entry ${seq} of ${processId} is not recorded yet`,
    type: 'NotRecordedYet',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: recordingMs,
  });
}

/** Everybody a mail can name: its own people, who did what it tells, and who holds, signed or wrote what it is about. */
export function namedIn(job: JobAt, input: MailInput): string[] {
  const { circulation } = spotOf(job, input);
  const stays = (circulation?.stays ?? []).flatMap(({ holders, decisions }) => [...holders, ...decisions]);
  const ids = [
    input.ownerId,
    input.authorId,
    circulation?.authorId,
    ...(job.event !== undefined && 'by' in job.event ? [job.event.by] : []),
    ...(job.event?.type === 'handedOver' ? [job.event.to] : []),
    ...stays.flatMap(({ personId, standInFor }) => [personId, standInFor]),
  ];
  return ids.filter((id) => id !== undefined);
}

/** Where in a job a mail belongs; what is not there is undefined. */
export interface Spot {
  readonly circulation?: Circulation;
  readonly route?: Route;
  readonly step?: RouteStep;
  readonly stay?: Stay;
}

/** Finds the circulation, the route and the step a mail is about; where the mail names none, those of the entry it speaks about. */
export function spotOf({ state, event }: JobAt, input: MailInput): Spot {
  const fromEvent =
    event !== undefined && 'circulation' in event && typeof event.circulation === 'string'
      ? event.circulation
      : undefined;
  const id = input.where?.circulation ?? fromEvent;
  const circulation = id === undefined ? undefined : state.circulations[id];
  const route = circulation === undefined ? undefined : state.routes[circulation.route];
  const key = input.where?.step ?? input.route?.key;
  const step = route?.steps.find((one) => one.key === key) ?? input.route;
  const stay = circulation?.stays.find((one) => one.step === key);
  return {
    ...(circulation === undefined ? {} : { circulation }),
    ...(route === undefined ? {} : { route }),
    ...(step === undefined ? {} : { step }),
    ...(stay === undefined ? {} : { stay }),
  };
}
