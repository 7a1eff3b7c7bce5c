import type { Connection } from 'mongoose';
import { readEntry } from '../../domain/log/entry.ts';
import { caseRow, isCaseId, pointOf } from '../../store/cases.ts';
import { jobRow, wholeJob } from '../../store/jobs.ts';
import { logTable, type LogRow } from '../../store/log.ts';
import { stepsOf } from '../../store/steps.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { isKnownRefusal } from './answer.ts';
import type { DoorRecords } from './door.ts';

/**
 * What became of a command, from the log: refused when the process recorded that it turned out impossible, accepted
 * with its last entry otherwise; undefined while nothing is recorded, which says nothing either way.
 */
export async function outcomeOf(store: Connection, processId: string, commandId: string): Promise<Outcome | undefined> {
  const rows = await logTable(store).find({ processId, commandId }).sort({ seq: 1 }).limit(500).lean<LogRow[]>();
  const refusal = rows.map(refusalIn).find((found) => found !== undefined);
  if (refusal !== undefined) return { accepted: false, refusal };
  const last = rows.at(-1);
  return last === undefined ? undefined : { accepted: true, seq: last.seq };
}

function refusalIn(row: LogRow) {
  if (row.type !== 'commandRefused') return undefined;
  const event = readEntry(row.body)?.event;
  return typeof event === 'object' && event !== null && 'refusal' in event && isKnownRefusal(event.refusal)
    ? event.refusal
    : undefined;
}

/** Command ids a process knows; the fold leaves out what only the process needs. Below zero: taken up, and the answer was no. */
async function seenBy(store: Connection, processId: string): Promise<Readonly<Record<string, number>>> {
  const rows = await logTable(store)
    .find({ processId }, { commandId: 1, seq: 1, type: 1 })
    .sort({ seq: 1 })
    .lean<Pick<LogRow, 'commandId' | 'seq' | 'type'>[]>();
  return Object.fromEntries(
    rows.map(({ commandId, seq, type }) => [commandId, type === 'commandRefused' ? -seq : seq]),
  );
}

/** The door's window to the records. */
export function doorRecords(store: Connection): DoorRecords {
  return {
    async finalState(processId) {
      if (isCaseId(processId)) {
        const row = await caseRow(store, processId);
        if (row === undefined) return undefined;
        const { state, head } = pointOf(row);
        return { ...state, seen: await seenBy(store, processId), head, effects: [] };
      }
      const job = await wholeJob(store, processId);
      if (job === null) return undefined;
      const head = { seq: job.row.seq, hash: job.row.headHash };
      return { ...job.state, seen: await seenBy(store, processId), head, effects: [] };
    },
    outcomeOf: (processId, commandId) => outcomeOf(store, processId, commandId),
    async standing(processId) {
      if (isCaseId(processId)) {
        const row = await caseRow(store, processId);
        if (row === undefined) return { kind: 'unknown' };
        if (row.open) return { kind: 'running' };
        return { kind: 'closed', closed: { phase: row.standing, endedAt: row.updatedAt } };
      }
      const row = await jobRow(store, processId);
      if (row === null) return { kind: 'unknown' };
      if (row.open) return { kind: 'running' };
      const last = (await stepsOf(store, processId))
        .filter((step) => step.verdict !== undefined && step.closedAt !== undefined && step.decidedBy.length > 0)
        .sort((a, b) => (String(a.closedAt) < String(b.closedAt) ? -1 : 1))
        .at(-1);
      return {
        kind: 'closed',
        closed: {
          phase: row.phase,
          endedAt: row.archivedAt ?? row.since,
          ...(row.jobNumber === undefined ? {} : { jobNumber: row.jobNumber }),
          ...(last?.verdict === undefined || last.closedAt === undefined
            ? {}
            : {
                lastDecision: {
                  personId: last.decidedBy.at(-1) ?? '',
                  verdict: last.verdict,
                  step: last.step,
                  at: last.closedAt,
                },
              }),
        },
      };
    },
  };
}
