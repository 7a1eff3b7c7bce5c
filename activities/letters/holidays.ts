import type { Connection } from 'mongoose';
import { listNearDays, missingList, type MissingList } from '../../domain/calendar/published.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { letterName } from '../../domain/people/letter.ts';
import { may } from '../../domain/people/may.ts';
import { findMail, mailIdOf } from '../../store/outbox.ts';
import { zoneNamed } from '../calendar/zone.ts';
import { houseNow } from '../house.ts';

/** A calendar whose next list of holidays must be brought in now. */
export interface CalendarMissing extends MissingList {
  readonly calendar: SingleCalendar;
}

/** The calendars of the house, of clients and of people whose next holidays are missing, in the order of the register. */
export function missingLists(all: readonly SingleCalendar[], now: Instant): readonly CalendarMissing[] {
  return all.flatMap((calendar) => {
    const missing = missingList(calendar, zoneNamed(calendar.zone).toLocal(now).date);
    return missing === undefined ? [] : [{ ...missing, calendar }];
  });
}

/**
 * The letters about missing holidays that have to go out today: to everybody who keeps the calendars, once a year and
 * person, and once more when the published days are nearly over. What was sent, or never can be, is left out.
 */
export async function holidayLetters(connection: Connection, now: Instant): Promise<readonly HouseLetter[]> {
  const house = await houseNow(connection);
  const missing = missingLists(house.calendars.all, now);
  const keepers = house.people.all.filter(
    ({ id, roles, side, active }) =>
      active && side === 'agency' && may({ personId: id, roles, side, brandIds: [] }, 'calendar.write', {}),
  );
  const years = new Map<number, number>();
  for (const { year, daysLeft } of missing) years.set(year, Math.min(daysLeft, years.get(year) ?? daysLeft));
  const letters = [...years].flatMap(([year, daysLeft]) =>
    keepers.map((person): HouseLetter => {
      const kind = daysLeft <= listNearDays ? 'holidaysNear' : 'holidaysMissing';
      return { kind, register: 'calendars', entry: 'holidays', revision: year, to: person.id };
    }),
  );
  const known = await Promise.all(letters.map((one) => findMail(connection, mailIdOf(letterName(one)))));
  return letters.filter((_letter, n) => known[n]?.state !== 'sent' && known[n]?.state !== 'failed');
}
