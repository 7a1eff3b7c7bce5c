import type { Connection } from 'mongoose';
import { calendarOfDesk } from '../domain/calendar/desk.ts';
import type { DeskSide } from '../domain/calendar/desk.ts';
import type { Calendar, SingleCalendar } from '../domain/calendar/types.ts';
import type { RecountedAct } from '../domain/circulation/acts.ts';
import { recountedAct } from '../domain/circulation/counting.ts';
import type { ChangedCalendar } from '../domain/circulation/counting.ts';
import type { CalendarShift } from '../domain/circulation/types.ts';
import type { RecountInput } from '../domain/job/effects.ts';
import { calendarChange } from '../store/calendars.ts';
import { stepAt } from '../store/steps.ts';
import { zoneNamed } from './calendar/zone.ts';
import { calendarIn, calendarsIn, houseNow } from './house.ts';
import type { HouseNow } from './house.ts';

/** What counting a desk's moments anew needs. */
export interface RecountDeps {
  readonly connection: Connection;
  /** The office's calendar while the register has none. */
  readonly office: Calendar;
}

/**
 * Counts a desk's rungs and date anew, on the calendar of its side, after a pause, a hold, a moved date or a changed
 * calendar shifted them: no rung falls into closed hours (§7.3). The same input gives the same moments.
 */
export async function recountStep({ connection, office }: RecountDeps, input: RecountInput): Promise<RecountedAct> {
  const { side, clientId, shifts } = input;
  const [step, house] = await Promise.all([stepAt(connection, input), houseNow(connection)]);
  const holders = step?.holders ?? [];
  const changes = new Map<CalendarShift, ChangedCalendar>();
  for (const shift of shifts) {
    if (shift.kind !== 'calendar') continue;
    const change = await changeOf(house, office, { side, clientId, holders }, shift);
    if (change) changes.set(shift, change);
  }
  return recountedAct(await calendarIn(house, side, clientId, office, holders), zoneNamed, input, changes);
}

/** The calendar of a desk before and after a version was saved; undefined when that version does not rule the desk. */
async function changeOf(
  house: HouseNow,
  office: Calendar,
  desk: DeskSide,
  { calendarId, revision }: CalendarShift,
): Promise<ChangedCalendar | undefined> {
  const [saved, kept] = await Promise.all([
    calendarChange(house.connection, calendarId, revision),
    calendarsIn(house, desk),
  ]);
  if (saved === undefined) return undefined;
  const ruledBy = (value: SingleCalendar | null): Calendar => {
    const then = new Map(kept);
    if (value === null) then.delete(calendarId);
    else then.set(calendarId, value);
    return calendarOfDesk(desk, then, office);
  };
  const [before, after] = [ruledBy(saved.before), ruledBy(saved.after)];
  return before === after ? undefined : { before, after };
}
