import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf } from '../approve/office.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio } from '../time/studio.ts';
import { inSummer, timetableTale } from '../time/timetables.ts';
import { officeOf } from './desks.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  inSummer(house);
  await officeOf(house);
});
afterAll(() => house.close());

test('R-51: before a change of the office’s calendar is saved it says how many accepted timetables are counted anew, and that their dates stay', async () => {
  const people = await openStudio(house);
  const keeper = people['management'];
  if (!keeper) throw new Error('nobody keeps the calendars');
  const seat = sitAt(house, await cookieOf(house, keeper));
  const closed = {
    change: 'days',
    from: '2026-08-03',
    to: '2026-08-03',
    kind: 'closed',
    nameZh: '台风',
    nameEn: 'Typhoon',
  };
  const look = () => seat.fill('/admin/calendars/office', closed, '/office');
  const before = await look();
  expect(before.status, saidBy(before)).toBe(200);
  expect(before.text).not.toContain('约定的日期不变');
  await timetableTale(house, 'calendar-table');
  expect((await look()).text).toContain('1 项工作有客户已接受的进度表：约定的日期不变');
});
