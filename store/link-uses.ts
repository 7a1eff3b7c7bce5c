import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs, compareInstants, laterOf } from '../domain/instant.ts';
import type { Grant } from './grants.ts';
import { defineTable, text } from './table.ts';

/**
 * When a personal link last did something. It lies beside the grant, which never changes, and says nothing about what
 * the link may do: a lost row only means that a code is asked once more.
 */
interface LinkUseRow {
  readonly _id: string;
  readonly personId: string;
  readonly lastUsedAt: Instant;
}

/** Collection `linkUses`: one row a grant, written only by requests that act. */
export const linkUseTable = defineTable<LinkUseRow>('linkUses', { _id: text, personId: text, lastUsedAt: text }, [
  [{ personId: 1 }],
]);

const DAY_MS = 86_400_000;

/** A link that did nothing for so long asks for a mailed code before it acts (design §6). */
export const idleAfterMs = 30 * DAY_MS;

// Days are what is counted, so one write a day is enough however often somebody presses.
const NOTED_EVERY_MS = DAY_MS;

async function lastUse(connection: Connection, grant: Grant): Promise<Instant | undefined> {
  return (await linkUseTable(connection).findById(grant.id).lean<LinkUseRow>())?.lastUsedAt;
}

/** Whether a link asks for a code before it acts: neither made nor used within the last 30 days. Reads only. */
export async function isIdle(connection: Connection, grant: Grant, now: Instant): Promise<boolean> {
  const newEnough = addMs(now, -idleAfterMs);
  if (compareInstants(grant.mintedAt, newEnough) > 0) return false;
  const used = await lastUse(connection, grant);
  return compareInstants(used ? laterOf(used, grant.mintedAt) : grant.mintedAt, newEnough) <= 0;
}

/** Notes that a link acted, or that its reader proved who they are. Never moves back. */
export async function noteLinkUse(connection: Connection, grant: Grant, at: Instant): Promise<void> {
  const used = await lastUse(connection, grant);
  if (used !== undefined && compareInstants(used, addMs(at, -NOTED_EVERY_MS)) >= 0) return;
  await linkUseTable(connection).updateOne(
    { _id: grant.id },
    { $max: { lastUsedAt: at }, $setOnInsert: { personId: grant.personId } },
    { upsert: true },
  );
}
