import type { Connection } from 'mongoose';
import type { LadderId, Rung } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import { defineTable, flag, json, number, op, text, texts } from './table.ts';

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
  /** Present when somebody moved the date by hand. */
  readonly dueMoved?: boolean;
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
    dueMoved: { type: Boolean },
  },
  [
    [{ holders: 1, dueSort: 1 }, open],
    [{ grantIds: 1 }, open],
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
