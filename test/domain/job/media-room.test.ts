import { describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/dates.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper, person } from './agency.ts';

/** A job that stands before its order, with a delivery so many days ahead. */
function before(days: number): Agency {
  const a = bookUntil('OPENED');
  a.submit('executive', 'timetable', paper('F-10', { deliveryDate: addDays(a.at.slice(0, 10), days) }));
  a.signs('timetable', 'client');
  a.does('executive', { type: 'huddle', heldAt: a.at, people: ['creativeDirector', 'designer'], objections: [] });
  return a;
}
const order = (a: Agency, facts: Parameters<typeof orderPaper>[0]) =>
  a.send(person('executive'), { type: 'submit', point: 'workOrder', paper: orderPaper(facts) });
const major = { workTypes: ['media'], hasMedia: true, important: true };

describe('R-50: two weeks between media brief and due date for a major plan', () => {
  test('R-50: a major media plan that is ordered later is refused, with both dates in both languages', () => {
    const a = before(13);
    const { state } = a;
    const no = order(a, major);
    expect(no).toMatchObject({ code: 'MEDIA_ROOM_SHORT', rule: 'R-50', field: 'deliveryDate' });
    expect(a.state).toBe(state);
    const least = addDays(a.at.slice(0, 10), 14);
    for (const lang of ['zh', 'en'] as const) {
      expect(no && sayRefusal(no, lang)).toContain(least);
      expect(no && sayRefusal(no, lang)).toContain(addDays(a.at.slice(0, 10), 13));
    }
    expect(order(before(14), major)).toBeUndefined();
  });

  test('R-50: what is no media or not major, and a timetable without a delivery, are not asked', () => {
    expect(order(before(5), { ...major, important: false })).toBeUndefined();
    expect(order(before(5), { important: true })).toBeUndefined();
    const open = bookUntil('OPENED');
    open.submit('executive', 'timetable', paper('F-10'));
    open.signs('timetable', 'client');
    open.does('executive', { type: 'huddle', heldAt: open.at, people: ['designer'], objections: [] });
    expect(order(open, major)).toBeUndefined();
  });
});
