import type { Connection } from 'mongoose';
import type { Ladder } from '../domain/calendar/ladders.ts';
import type { LadderId, Nudge, Rung } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import { defineTable, flag, json, number, op, rowsById, text, texts } from './table.ts';

/** One stay of a paper on a desk: whose, since when, until when, and how it ended. */
export interface StepRow {
  readonly _id: string;
  readonly processId: string;
  readonly seq: number;
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
  readonly point: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly state: string;
  readonly open: boolean;
  readonly holders: readonly string[];
  readonly grantIds: readonly string[];
  readonly openedAt?: Instant;
  readonly askedAt?: Instant;
  readonly dueAt?: Instant;
  readonly dueSort: string;
  readonly provisional: boolean;
  readonly rungs: readonly Rung[];
  /** Who pressed for it by hand, and when; absent while nobody did. */
  readonly nudges?: readonly Nudge[];
  /** When the nearest rung that was not climbed is reached; absent where none is ahead, or none will be climbed. */
  readonly nextRungAt?: Instant;
  /** Since when nobody is left to tell: every rung was climbed and the desk is still open. */
  readonly standsSince?: Instant;
  readonly closedAt?: Instant;
  readonly verdict?: string;
  readonly decidedBy: readonly string[];
  readonly hash: string;
  readonly version: number;
  readonly title: string;
  readonly jobNumber?: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly ownerId: string;
  readonly onHold: boolean;
  /** Which ladder watches the desk; what a change of a calendar does to it is counted by it. */
  readonly ladder?: LadderId;
  /** The house's own ladder that the job pinned for the desk; it counts instead. */
  readonly own?: Ladder;
  /** Present when somebody moved the date by hand. */
  readonly dueMoved?: boolean;
  /** Until when its holder said they are on it; present while the desk is open, also once that moment has passed. */
  readonly onItUntil?: Instant;
}

const open = { partialFilterExpression: { open: true } };

/** Collection `steps`. */
export const stepTable = defineTable<StepRow>(
  'steps',
  {
    _id: text,
    processId: text,
    seq: number,
    circulation: text,
    round: number,
    step: text,
    point: text,
    role: text,
    side: text,
    state: text,
    open: flag,
    holders: texts,
    grantIds: texts,
    openedAt: { type: String },
    askedAt: { type: String },
    dueAt: { type: String },
    dueSort: text,
    provisional: flag,
    rungs: json,
    nudges: json,
    nextRungAt: { type: String },
    standsSince: { type: String },
    closedAt: { type: String },
    verdict: { type: String },
    decidedBy: texts,
    hash: text,
    version: number,
    title: { type: String },
    jobNumber: { type: String },
    clientId: { type: String },
    brandId: { type: String },
    ownerId: { type: String },
    onHold: flag,
    ladder: { type: String },
    own: json,
    dueMoved: { type: Boolean },
    onItUntil: { type: String },
  },
  [
    [{ holders: 1, dueSort: 1 }, open],
    [{ grantIds: 1 }, open],
    [{ nextRungAt: 1 }, open],
    [{ standsSince: 1 }, open],
    [{ processId: 1, openedAt: 1 }],
    [{ decidedBy: 1, closedAt: -1 }],
    [{ closedAt: -1 }, { partialFilterExpression: { open: false } }],
  ],
);

/** The one key of a stay. */
export function stepId(where: {
  readonly processId: string;
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
}): string {
  return `${where.processId}:${where.circulation}:${String(where.round)}:${where.step}`;
}

/** What lies on a person's desk, due first on top, at most `limit` (200), without the first `skip` (none). */
export async function deskOf(connection: Connection, personId: string, limit = 200, skip = 0): Promise<StepRow[]> {
  return (
    stepTable(connection)
      .find({ open: true, holders: personId })
      // Steps without a date share the end of days; the id keeps them in one order from page to page.
      .sort({ dueSort: 1, _id: 1 })
      .skip(Math.max(skip, 0))
      .limit(Math.min(limit, 500))
      .lean<StepRow[]>()
  );
}

/** How much lies on a person's desk; beyond `most` (1,000) nobody counts. */
export async function deskCount(connection: Connection, personId: string, most = 1_000): Promise<number> {
  return stepTable(connection).countDocuments({ open: true, holders: personId }, { limit: most });
}

/** What a person decided lately, newest first. */
export async function decidedBy(connection: Connection, personId: string, limit = 50): Promise<StepRow[]> {
  return stepTable(connection)
    .find({ decidedBy: personId })
    .sort({ closedAt: -1 })
    .limit(Math.min(limit, 200))
    .lean<StepRow[]>();
}

/**
 * How many desks whose clock runs wait for a rung between two moments, both included: so far the engine has not caught up
 * with the clock yet. At most `most` (3,000) are counted.
 */
export async function rungsAhead(connection: Connection, from: Instant, to: Instant, most = 3_000): Promise<number> {
  const between = op({ $gte: from, $lte: to });
  return stepTable(connection).countDocuments({ open: true, onHold: false, nextRungAt: between }, { limit: most });
}

/** Open desks whose ladder has told everybody, the latest first in front, at most `limit` (20,000). */
export async function standingSteps(connection: Connection, limit = 20_000): Promise<StepRow[]> {
  return stepTable(connection)
    .find({ open: true, onHold: false, standsSince: op({ $gt: '' }) })
    .sort({ standsSince: 1, _id: 1 })
    .limit(limit)
    .lean<StepRow[]>();
}

/** Stays by their keys; those that are not there are left out. */
export function stepsById(connection: Connection, ids: readonly string[]): Promise<Map<string, StepRow>> {
  return rowsById(stepTable, connection, ids);
}

/** Every stay of a job, oldest first. */
export async function stepsOf(connection: Connection, processId: string): Promise<StepRow[]> {
  return stepTable(connection).find({ processId }).sort({ openedAt: 1, _id: 1 }).lean<StepRow[]>();
}

/** One stay, by its place in the process. */
export async function stepAt(connection: Connection, where: Parameters<typeof stepId>[0]): Promise<StepRow | null> {
  return stepTable(connection).findById(stepId(where)).lean<StepRow>();
}

/** Whether an open stay has a link made with this key. Ids of grants begin with the key's id. */
export async function openStepUsesKey(connection: Connection, keyId: string): Promise<boolean> {
  const within = op({ $elemMatch: { $gte: keyId, $lt: `${keyId}~` } });
  return (await stepTable(connection).findOne({ open: true, grantIds: within }, { _id: 1 }).lean()) !== null;
}
