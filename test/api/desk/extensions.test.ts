import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/dates.ts';
import type { Person } from '../../../domain/people/types.ts';
import { cookieOf } from '../approve/office.ts';
import { sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio } from '../time/studio.ts';
import { inSummer, timetableTale } from '../time/timetables.ts';

/** The desk of an account executive whose client's delay moves a delivery, with the real store. */
let house: House;
let people: Readonly<Record<string, Person>>;
beforeAll(async () => {
  house = await openHouse();
  inSummer(house);
  people = await openStudio(house);
  await timetableTale(house, 'desk-drafted', 'drafted');
  await timetableTale(house, 'desk-sent', 'extended');
});
afterAll(() => house.close());

const who = (id: string): Person => {
  const person = people[id];
  if (!person) throw new Error(`no ${id}`);
  return person;
};
const seat = async (id: string) => sitAt(house, await cookieOf(house, who(id)));
const json = async (id: string): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${house.url}/api/v1/desk`, {
    headers: { authorization: `Bearer ${await house.token(who(id))}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
};

describe('an extension that is drafted for the account executive (R-51)', () => {
  test('lies on the desk until it is sent, is counted, and leads to the form with the later dates and the reason filled in', async () => {
    const today = house.api.deps.clock().slice(0, 10);
    const at = await seat('executive');
    const { text } = await at.open('/desk');
    const href = '/jobs/YFLC2026043/papers/F-10/edit';
    expect(text).toContain(`href="${href}"`);
    expect(text).toContain('核对并送客户');
    expect(text).toContain('<span class="count num">1</span>');
    // What went to the client already asks nothing of this desk.
    expect(text).not.toContain('/jobs/YFLC2026042/papers/F-10/edit');
    expect((await at.open('/desk?lang=en')).text).toContain('The client’s delay moves the delivery of');

    const form = (await at.open(href)).text;
    expect(form).toContain(`value="${addDays(today, 21)}"`);
    expect(form).toMatch(/客户答复超出约定时间/);
    const dates = [...form.matchAll(/value="(\d{4}-\d\d-\d\d)"/g)].map(([, date = '']) => date);
    expect(dates.some((date) => date > addDays(today, 21))).toBe(true);
  });

  test('is nobody else’s', async () => {
    for (const id of ['manager', 'director', 'creativeDirector'])
      expect((await (await seat(id)).open('/desk')).text, id).not.toContain('核对并送客户');
  });

  test('stands in the answer about the desk too, with the agreed date', async () => {
    const today = house.api.deps.clock().slice(0, 10);
    expect((await json('executive'))['extensions']).toEqual([
      { jobId: 'desk-drafted', jobNumber: 'YFLC2026043', title: '国庆战役', deliveryDate: addDays(today, 21) },
    ]);
    expect((await json('manager'))['extensions']).toEqual([]);
  });
});
