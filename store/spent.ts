import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs } from '../domain/instant.ts';
import type { TimeCalendars } from '../domain/time-kept/account.ts';
import { spent, type ClosedStay, type Held, type Spent } from '../domain/time-kept/spent.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import { logTable, type LogRow } from './log.ts';
import { shortMemory } from './short-memory.ts';
import { stepTable, type StepRow } from './steps.ts';
import { op } from './table.ts';

/** Stays counted at most; of more the newest are. */
export const mostStays = 20_000;
const dayMs = 86_400_000;
/** How long before the time looked at a hold may have begun. */
const longestHoldMs = 400 * dayMs;
/** Holds looked at at most. */
const mostHolds = 5_000;
/** How old an answer may be that is shown; milliseconds. */
const oldestMs = 60_000;

/** Where time went in the last days, and what it was counted from. */
export interface SpentLately extends Spent {
  readonly from: Instant;
  readonly stays: number;
  /** There were more stays than are counted. */
  readonly cut: boolean;
}

const memory = shortMemory<SpentLately>(oldestMs);

/** Where time went on the desks that closed in the last `days`; an answer may be a minute old. */
export async function spentLately(
  connection: Connection,
  query: { readonly scope: BrandScope; readonly now: Instant; readonly days: number },
  calendars: TimeCalendars,
): Promise<SpentLately> {
  const { scope, now, days } = query;
  const from = addMs(now, -days * dayMs);
  if (scope !== 'all' && scope.length === 0) return { from, stays: 0, cut: false, steps: [], clients: [] };
  return memory(connection, `${String(days)} ${JSON.stringify(scope)}`, now, async () => {
    const rows = await stepTable(connection)
      .find(
        { open: false, closedAt: op({ $gte: from }), ...inScope(scope) },
        {
          processId: 1,
          point: 1,
          step: 1,
          role: 1,
          side: 1,
          clientId: 1,
          holders: 1,
          openedAt: 1,
          askedAt: 1,
          closedAt: 1,
          dueAt: 1,
        },
      )
      .sort({ closedAt: -1 })
      .limit(mostStays + 1)
      .lean<StepRow[]>();
    const stays = rows.slice(0, mostStays).flatMap(closedStay);
    const holds = await holdsOf(connection, new Set(stays.map(({ processId }) => processId)), from);
    return { from, stays: stays.length, cut: rows.length > mostStays, ...spent(stays, holds, calendars) };
  });
}

function closedStay(row: StepRow): readonly ClosedStay[] {
  const { processId, point, step, role, side, clientId, holders, openedAt, askedAt, closedAt, dueAt } = row;
  // Where nobody at the client's was reached, nobody there had it.
  const from = side === 'client' ? askedAt : openedAt;
  if (from === undefined || closedAt === undefined) return [];
  const stay = { processId, point, step, role, side, clientId, holders, from, to: closedAt };
  return [dueAt === undefined ? stay : { ...stay, dueAt }];
}

/** When these jobs stood still, by process id. Jobs on hold are rare, so they are looked for first. */
async function holdsOf(
  connection: Connection,
  processIds: ReadonlySet<string>,
  from: Instant,
): Promise<ReadonlyMap<string, readonly Held[]>> {
  const held = await logTable(connection)
    .find({ type: 'held', at: op({ $gte: addMs(from, -longestHoldMs) }) }, { processId: 1 })
    .sort({ at: -1 })
    .limit(mostHolds)
    .lean<Pick<LogRow, 'processId'>[]>();
  const ids = [...new Set(held.map(({ processId }) => processId))].filter((id) => processIds.has(id));
  if (ids.length === 0) return new Map();
  const rows = await logTable(connection)
    .find(
      { processId: op({ $in: ids }), type: op({ $in: ['held', 'resumed', 'reopened'] }) },
      { processId: 1, seq: 1, type: 1, at: 1 },
    )
    .sort({ processId: 1, seq: 1 })
    .lean<Pick<LogRow, 'processId' | 'seq' | 'type' | 'at'>[]>();
  const found = new Map<string, Held[]>();
  for (const { processId, type, at } of rows) {
    const holds = found.get(processId) ?? [];
    const last = holds.at(-1);
    if (type === 'held') holds.push({ from: at });
    else if (last && last.to === undefined) holds[holds.length - 1] = { ...last, to: at };
    found.set(processId, holds);
  }
  return found;
}
