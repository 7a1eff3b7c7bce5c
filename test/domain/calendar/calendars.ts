import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { mondayToFriday, shanghaiOffice, urumqiOffice } from '../../../activities/calendar/holidays.ts';
import { instantAt } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { minutesOfDay, timeOfMinutes } from '../../../domain/calendar/dates.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';

/** Real calendars and zones the calendar tests share. */
export const shanghai = zoneNamed('Asia/Shanghai');
export const berlin = zoneNamed('Europe/Berlin');
export const urumqi = zoneNamed('Asia/Urumqi');

export const office: Calendar = shanghaiOffice();
export const farOffice: Calendar = urumqiOffice();

/** A German client without any holidays, 09:00 to 17:00. */
export const berlinClient: Calendar = {
  id: 'berlin',
  name: { zh: '柏林客户', en: 'Berlin client' },
  zone: 'Europe/Berlin',
  weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  days: {},
  publishedThrough: '2030-12-31',
};

/** The instant at which a wall clock in Shanghai shows "2026-03-12 16:30". */
export function inShanghai(dateAndTime: string): Instant {
  return wall(shanghai, dateAndTime);
}

/** The instant at which a wall clock of the zone shows "2026-03-12 16:30". */
export function wall(zone: typeof shanghai, dateAndTime: string): Instant {
  const [date = '', time = ''] = dateAndTime.split(' ');
  return zone.toInstant(date, minutesOfDay(time));
}

/** What a wall clock of the zone shows, "2026-03-12 16:30". */
export function shown(zone: typeof shanghai, instant: Instant): string {
  const { date, minutes } = zone.toLocal(instant);
  return `${date} ${timeOfMinutes(minutes)}`;
}

/** A moment by milliseconds, for property tests. */
export const at = instantAt;
