import type { Calendar, SingleCalendar } from './types.ts';

/** Whose desk it is, as far as a calendar depends on it. */
export interface DeskSide {
  readonly side: 'agency' | 'client';
  readonly clientId: string;
  /** Who holds the desk, the one who was asked first in front. */
  readonly holders: readonly string[];
}

/** Id in the register of the office's calendar. */
export const officeCalendarId = 'office';

/** Id in the register of a person's own calendar; a client's is kept under the client's id as it is. */
export function personCalendarId(personId: string): string {
  return `person:${personId}`;
}

/** Whose calendar an id of the register means. */
export function calendarOwner(
  id: string,
):
  | { readonly kind: 'office' }
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'client'; readonly clientId: string } {
  if (id === officeCalendarId) return { kind: 'office' };
  if (id.startsWith('person:')) return { kind: 'person', personId: id.slice('person:'.length) };
  return { kind: 'client', clientId: id };
}

/**
 * Ids of the calendars that could rule a desk, the first that exists does: at a client's desk the client's own, at one
 * of ours the own one of who was asked first, else the office's (P-21).
 */
export function calendarIdsOfDesk({ side, clientId, holders }: DeskSide): readonly string[] {
  if (side === 'client') return [clientId, officeCalendarId];
  const [first] = holders;
  return first === undefined ? [officeCalendarId] : [personCalendarId(first), officeCalendarId];
}

/** The calendar that counts a desk; `office` where the register holds none of them. */
export function calendarOfDesk(desk: DeskSide, kept: ReadonlyMap<string, SingleCalendar>, office: Calendar): Calendar {
  for (const id of calendarIdsOfDesk(desk)) {
    const calendar = kept.get(id);
    if (calendar !== undefined) return calendar;
  }
  return office;
}
