import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { JobPhase, JobState } from '../domain/job/state.ts';
import { defineTable, flag, json, number, op, text, texts } from './table.ts';

/** Columns of the board: phases that belong together. */
export const boardColumns = ['intake', 'order', 'creative', 'client', 'production', 'closing'] as const;

/** One column of the board; `done` is no column but where archived and cancelled jobs lie. */
export type BoardColumn = (typeof boardColumns)[number];

/** Which column a phase stands in. */
export const columnOf: Readonly<Record<JobPhase, BoardColumn | 'done'>> = {
  REQUESTED: 'intake',
  BRIEFED: 'intake',
  ASSESSING: 'intake',
  ALIGNING: 'intake',
  OPENED: 'order',
  ORDER_SIGNOFF: 'order',
  CREATING: 'creative',
  INTERNAL_REVIEW: 'creative',
  PROPOSED: 'client',
  REVISING: 'client',
  CLIENT_CONFIRMED: 'client',
  IN_PRODUCTION: 'production',
  ARTWORK_QC: 'production',
  PROOF_QC: 'production',
  DELIVERED: 'closing',
  TRACKING: 'closing',
  CLOSING: 'closing',
  ARCHIVED: 'done',
  CANCELLED: 'done',
};

/** A desk the job lies on at this moment. */
export interface WaitingDesk {
  readonly circulation: string;
  readonly round: number;
  readonly point: string;
  readonly step: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly holders: readonly string[];
  readonly openedAt?: Instant;
  readonly dueAt?: Instant;
  readonly provisional?: boolean;
}

/**
 * The public document of a job: what lists and counts read. Lateness is never stored, `dueAt` is. It stays below 2 KB,
 * where the store begins to put documents aside; what a job is found by and its whole state lie in tables of their own.
 */
export interface JobRow {
  readonly _id: string;
  readonly seq: number;
  readonly headHash: string;
  readonly phase: JobPhase;
  readonly column: BoardColumn | 'done';
  readonly open: boolean;
  readonly onHold: boolean;
  readonly jobNumber?: string;
  readonly title: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly lineId: string;
  readonly ownerId: string;
  readonly important: boolean;
  readonly workTypes: readonly string[];
  readonly pieces: number;
  readonly holders: readonly string[];
  readonly waiting: readonly WaitingDesk[];
  /** Point and step of the desk that is due first. */
  readonly currentPoint?: string;
  readonly currentStep?: string;
  readonly dueAt?: Instant;
  /** `dueAt`, or the end of days: so that jobs without a date sort behind all others. */
  readonly dueSort: string;
  readonly withClient: boolean;
  readonly openedAt?: Instant;
  readonly since: Instant;
  readonly archivedAt?: Instant;
  readonly wantedDate?: string;
  /** The agreed date of delivery that a drafted extension asks to move, until it is laid before the client. */
  readonly extendsDelivery?: string;
  /** Since when the period of its next internal meeting runs; absent while none is asked for. */
  readonly meetingFrom?: Instant;
  /** Its last internal meeting. */
  readonly metAt?: Instant;
  /** When the one that was called is to be. */
  readonly meetingAt?: Instant;
  /** When an important opinion of its client was last reported to the account director. */
  readonly reportedAt?: Instant;
  readonly updatedAt: Instant;
}

/** Sorts behind every instant. */
export const endOfDays = '9999-12-31T23:59:59.999Z';

const open = { partialFilterExpression: { open: true } };

/** Collection `jobs`: one public document a job. */
export const jobTable = defineTable<JobRow>(
  'jobs',
  {
    _id: text,
    seq: number,
    headHash: text,
    phase: text,
    column: text,
    open: flag,
    onHold: flag,
    jobNumber: { type: String },
    title: { type: String },
    clientId: { type: String },
    brandId: { type: String },
    lineId: { type: String },
    ownerId: { type: String },
    important: flag,
    workTypes: texts,
    pieces: number,
    holders: texts,
    waiting: json,
    currentPoint: { type: String },
    currentStep: { type: String },
    dueAt: { type: String },
    dueSort: text,
    withClient: flag,
    openedAt: { type: String },
    since: { type: String },
    archivedAt: { type: String },
    wantedDate: { type: String },
    extendsDelivery: { type: String },
    meetingFrom: { type: String },
    metAt: { type: String },
    meetingAt: { type: String },
    reportedAt: { type: String },
    updatedAt: text,
  },
  [
    [{ column: 1, dueSort: 1 }, open],
    [{ brandId: 1, column: 1, dueSort: 1 }, open],
    [{ jobNumber: 1 }],
    [{ clientId: 1, since: -1 }],
    [{ ownerId: 1, dueSort: 1 }, open],
    [{ meetingFrom: 1 }, open],
    [{ reportedAt: -1 }],
    [{ updatedAt: 1 }],
  ],
);

/** The whole folded state of a job, as one text: nothing queries inside it, and lists need not carry it. */
export interface JobStateRow {
  readonly _id: string;
  readonly seq: number;
  readonly headHash: string;
  readonly stateVersion: number;
  /** Time of the entry it is folded up to. */
  readonly at: Instant;
  readonly state: string;
}

/** Collection `jobStates`. */
export const jobStateTable = defineTable<JobStateRow>('jobStates', {
  _id: text,
  seq: number,
  headHash: text,
  stateVersion: number,
  at: text,
  state: text,
});

/** A job with everything known of it. */
export interface WholeJob {
  readonly row: JobRow;
  readonly state: JobState;
}

/** A state as it was folded. Only our own fold writes this text, so its shape is known. */
export function readState(row: JobStateRow): JobState {
  return JSON.parse(row.state) as JobState;
}

/** The public document of a job by its process id, or by its job number. */
export async function jobRow(connection: Connection, idOrNumber: string): Promise<JobRow | null> {
  const jobs = jobTable(connection);
  return (
    (await jobs.findById(idOrNumber).lean<JobRow>()) ??
    (await jobs.findOne({ jobNumber: idOrNumber.toUpperCase() }).lean<JobRow>())
  );
}

/** A job with its state, by process id or job number. Null when there is none. */
export async function wholeJob(connection: Connection, idOrNumber: string): Promise<WholeJob | null> {
  const row = await jobRow(connection, idOrNumber);
  if (!row) return null;
  const state = await jobStateTable(connection).findById(row._id).lean<JobStateRow>();
  return state ? { row, state: readState(state) } : null;
}

const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 100;

/**
 * Waits until the read models have reached entry `seq` and answers with the job; undefined when they have not within
 * `timeoutMs`. Asks at growing intervals (5 to 100 ms): the fold usually follows a decision within a few milliseconds.
 */
export async function jobAtLeast(
  connection: Connection,
  processId: string,
  seq: number,
  timeoutMs: number,
): Promise<JobRow | undefined> {
  const until = performance.now() + timeoutMs;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const row = await jobTable(connection)
      .findOne({ _id: processId, seq: op({ $gte: seq }) })
      .lean<JobRow>();
    if (row) return row;
    const left = until - performance.now();
    if (left <= 0) return undefined;
    const pauseMs = Math.min(waitMs, left);
    await new Promise((wake) => setTimeout(wake, pauseMs));
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}
