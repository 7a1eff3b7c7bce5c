import type { SingleCalendar } from '../domain/calendar/types.ts';
import { defineRegister } from './registers.ts';

/** Register `calendars`: working hours of the office, of clients and of people. The id is whose it is, e.g. `office`. */
export const calendars = defineRegister<SingleCalendar>('calendars');
