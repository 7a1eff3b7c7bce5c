import type { Connection } from 'mongoose';
import { calendarOwner } from '../domain/calendar/desk.ts';
import type { RefreshCause } from '../domain/job/acts.ts';
import type { CaseRow } from './cases.ts';
import { caseTable } from './cases.ts';
import { op } from './table.ts';

/**
 * The running cases and minutes that a change of the registers may reach, what is due first in front: the one place that
 * says so, for the preview before it is saved and for whoever takes it there afterwards. A person's own calendar counts
 * their desks in jobs and nothing in a case. Which of their clocks a calendar rules the cases and the registers know.
 */
export async function* affectedCases(connection: Connection, cause: RefreshCause): AsyncGenerator<CaseRow> {
  const narrow = narrowed(cause);
  if (narrow === undefined) return;
  yield* caseTable(connection)
    .find({ open: true, ...narrow })
    .sort({ dueSort: 1, _id: 1 })
    .lean<CaseRow[]>()
    .cursor({ batchSize: 200 });
}

function narrowed(cause: RefreshCause): object | undefined {
  if (cause.kind === 'absence') return { people: op({ $in: [cause.personId] }) };
  const owner = calendarOwner(cause.calendarId);
  if (owner.kind === 'person') return undefined;
  return owner.kind === 'client' ? { clientId: owner.clientId } : {};
}
