import type { Connection } from 'mongoose';
import type { SingleCalendar } from '../domain/calendar/types.ts';
import { defineRegister } from './registers.ts';

/** Register `calendars`: working hours of the office, of clients and of people. The id is whose it is, e.g. `office`. */
export const calendars = defineRegister<SingleCalendar>('calendars');

/** Calendars by their ids, in that order; those that do not exist are left out. */
export async function calendarsOf(connection: Connection, ids: readonly string[]): Promise<SingleCalendar[]> {
  const found = new Map((await calendars.some(connection, ids)).map(({ id, value }) => [id, value]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
