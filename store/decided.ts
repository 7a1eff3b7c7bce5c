import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { outboxTable } from './outbox.ts';
import { stepTable, type StepRow } from './steps.ts';
import { op } from './table.ts';

/** Decisions read for one person at most. */
const mostDecisions = 500;
/** Digests of one person looked at for what they told before. */
const mostDigests = 60;

/** The decisions a digest told its reader: each is the delivery entry of one decision to one person (S-45). */
export interface DecisionsTold {
  /** Keys of the steps that were decided. */
  readonly steps: readonly string[];
}

const decided = (from: Instant) =>
  ({ open: false, closedAt: op({ $gt: from }), decidedBy: op({ $exists: true, $ne: [] }) }) as const;

/** Steps decided since a moment in jobs of these brands, or of jobs this person answers for, oldest first; at most 500. */
export async function decidedSince(
  connection: Connection,
  {
    from,
    brandIds,
    ownerId,
  }: { readonly from: Instant; readonly brandIds: readonly string[]; readonly ownerId: string },
): Promise<StepRow[]> {
  return stepTable(connection)
    .find({ ...decided(from), $or: [{ brandId: op({ $in: [...brandIds] }) }, { ownerId }] })
    .sort({ closedAt: 1, _id: 1 })
    .limit(mostDecisions)
    .lean<StepRow[]>();
}

/** The brands in whose jobs something was decided since a moment, and who answers for those jobs. */
export async function decidedWhere(
  connection: Connection,
  from: Instant,
): Promise<{ readonly brandIds: readonly string[]; readonly ownerIds: readonly string[] }> {
  const steps = stepTable(connection);
  const [brandIds, ownerIds] = await Promise.all([
    steps.distinct('brandId', decided(from)),
    steps.distinct('ownerId', decided(from)),
  ]);
  return { brandIds: brandIds.map(String), ownerIds: ownerIds.map(String) };
}

/** When the last morning digest of a person left; undefined before the first. */
export async function lastMorningOf(connection: Connection, personId: string): Promise<Instant | undefined> {
  const row: unknown = await outboxTable(connection).collection.findOne(
    { personId, kind: 'digest', state: 'sent', 'input.day': { $exists: true } } as never,
    { sort: { sentAt: -1 }, projection: { sentAt: 1 } },
  );
  return typeof row === 'object' && row !== null && 'sentAt' in row && typeof row.sentAt === 'string'
    ? row.sentAt
    : undefined;
}

/** The decisions that digests since a moment told this person. */
export async function decisionsToldTo(
  connection: Connection,
  personId: string,
  since: Instant,
): Promise<ReadonlySet<string>> {
  const rows: readonly unknown[] = await outboxTable(connection)
    .collection.find({ personId, kind: 'digest', state: 'sent', sentAt: { $gte: since } } as never, {
      projection: { 'input.decided': 1 },
    })
    .sort({ sentAt: -1 })
    .limit(mostDigests)
    .toArray();
  return new Set(rows.flatMap(stepsIn));
}

function stepsIn(row: unknown): readonly string[] {
  if (typeof row !== 'object' || row === null || !('input' in row)) return [];
  const { input } = row;
  if (typeof input !== 'object' || input === null || !('decided' in input)) return [];
  const { decided: told } = input;
  if (typeof told !== 'object' || told === null || !('steps' in told) || !Array.isArray(told.steps)) return [];
  return told.steps.filter((one): one is string => typeof one === 'string');
}

/** Keeps with a digest which decisions it tells; once it is sent, that is their delivery. */
export async function noteDecisions(connection: Connection, digestId: string, told: DecisionsTold): Promise<void> {
  await outboxTable(connection).collection.updateOne({ _id: digestId } as never, { $set: { 'input.decided': told } });
}
