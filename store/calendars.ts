import type { Connection } from 'mongoose';
import type { SingleCalendar } from '../domain/calendar/types.ts';
import { auditAt } from './audit.ts';
import { defineRegister } from './registers.ts';

/** Register `calendars`: working hours of the office, of clients and of people. The id is whose it is, e.g. `office`. */
export const calendars = defineRegister<SingleCalendar>('calendars');

/** A calendar before and after one version of it; null before its first, and where its owner counts by the office's again. */
export interface CalendarSaved {
  readonly before: SingleCalendar | null;
  readonly after: SingleCalendar | null;
}

/**
 * What the saving of one version changed, from the audit; from the register itself where whoever saved died before the
 * audit entry was written. Undefined for a version that never was.
 */
export async function calendarChange(
  connection: Connection,
  id: string,
  revision: number,
): Promise<CalendarSaved | undefined> {
  const audited = await auditAt(connection, calendars.name, id, revision);
  if (audited !== undefined) return audited as CalendarSaved;
  const row = await calendars.table(connection).findOne({ _id: id, revision }).lean<{
    readonly value: SingleCalendar;
    readonly before?: SingleCalendar;
    readonly dropped?: boolean;
  }>();
  return row === null ? undefined : { before: row.before ?? null, after: row.dropped === true ? null : row.value };
}
