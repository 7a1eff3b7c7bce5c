import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SingleCalendar, WeeklyHours } from '../../../domain/calendar/types.ts';
import { weekdays } from '../../../domain/calendar/types.ts';
import type { Person } from '../../../domain/people/types.ts';
import { calendars } from '../../../store/calendars.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable } from '../../../store/log.ts';
import { people } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieOf } from '../approve/office.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';

/** Pressing for a step by hand, on the job page, from the desk and by JSON: real engine, store and mail server. */
let all: ClientHouse;
let house: ClientHouse['house'];
let contact: Person;
let clientId = '';
beforeAll(async () => {
  all = await openClientHouse('job-nudges');
  ({ house, contact } = all);
  clientId = contact.clientId ?? '';
}, 180_000);
afterAll(() => all.close());
// Whatever hour the test runs at: the client works around the clock unless a test says otherwise.
beforeEach(() => clientWorks(weekdays));

const store = () => house.api.deps.store;

/** The client's hours: round the clock on these days of the week, and on no other. */
async function clientWorks(days: readonly (typeof weekdays)[number][]): Promise<void> {
  const open = [{ from: '00:00', to: '24:00' }];
  const weekly = Object.fromEntries(
    weekdays.map((day) => [day, days.includes(day) ? open : []]),
  ) as unknown as WeeklyHours;
  const kept = await calendars.get(store(), clientId);
  const name = { zh: '客户', en: 'Client' };
  const value: SingleCalendar = { id: clientId, name, zone: 'UTC', weekly, days: {}, publishedThrough: '2999-12-31' };
  const saved = await calendars.save(store(), clientId, kept?.revision ?? 0, value, {
    by: 'test',
    at: '2026-01-01T00:00:00.000Z',
    words: 'hours',
  });
  expect(saved).not.toBeUndefined();
}

const personOf = async (id: string): Promise<Person> => {
  const entry = await people.get(store(), id);
  if (!entry) throw new Error(`nobody is ${id}`);
  return entry.value;
};
const sit = async (person: Person) => sitAt(house, await cookieOf(house, person));
const nudges = (id: string): Promise<number> => logTable(store()).countDocuments({ processId: id, type: 'nudged' });
const remindersTo = (address: string) =>
  house.mails.filter(({ to, text }) => to === address && /催办|A reminder/.test(text));

/** An act by JSON, as somebody with a token. */
async function byJson(who: Person, id: string, act: object) {
  const answer = await fetch(`${house.url}/api/v1/jobs/${id}/acts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await house.token(who)}`,
      'accept-language': 'en',
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ act }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function waiting() {
  const { id, link } = await all.asked();
  const job = await wholeJob(store(), id);
  const executive = await personOf(job?.row.ownerId ?? '');
  const seat = await sit(executive);
  return { id, link, executive, seat, page: await seat.open(`/jobs/${id}`) };
}
const desk = { circulation: 'requirementBrief', round: '1', step: 'client' };

describe('M-22: reminding by hand', { timeout: 90_000 }, () => {
  test('the owner presses once: the holder has a mail with the words and the link, the ladder shows it, and then it says when again', async () => {
    const { id, link, seat, page } = await waiting();
    const other = await seat.open(`/jobs/${id}`);
    expect(page.text).toContain('Remind now');
    const before = remindersTo(contact.mail.address).length;
    const sent = await seat.send(page, { ...desk, words: '印刷厂等到四点' }, '/nudges');
    expect([sent.status, sent.location]).toEqual([303, expect.stringContaining('done=nudge')]);
    const mail = await until(() => remindersTo(contact.mail.address)[before]);
    expect(mail.text).toContain('印刷厂等到四点');
    expect(/\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0]).toBe(link);
    const after = await seat.open(sent.location ?? '');
    expect(after.text).toContain('The reminder is on its way');
    expect(after.text).toMatch(/class="rung-done"><b>Reminded by hand<\/b><span>赵一/);
    expect(after.text).toMatch(
      /No reminder now: a step is pressed for once in four working hours\. It is possible again from \S/,
    );
    expect(after.text).toContain('by hand: Requirement brief');
    // The same press again is the same wish; a new one is told to wait.
    await seat.send(page, { ...desk, words: '印刷厂等到四点' }, '/nudges');
    const soon = await seat.send(other, { ...desk, words: '' }, '/nudges');
    expect(soon.status).toBe(429);
    expect(saidBy(soon)).toContain('possible again from');
    expect(await nudges(id)).toBe(1);
    const state = (await wholeJob(store(), id))?.state.circulations.requirementBrief;
    expect(state?.stays.find(({ step }) => step === 'client')).toMatchObject({ state: 'open', decisions: [] });
  });

  test('in the client’s closed hours nothing goes out, and the page says from when on', async () => {
    const { id, seat, page } = await waiting();
    const today = new Date(house.api.deps.clock()).getUTCDay();
    await clientWorks([weekdays[(today + 2) % 7] ?? 'mon']);
    expect((await seat.open(`/jobs/${id}`)).text).toMatch(
      /No reminder now: these are not their working hours\. It is possible again from \S.* 08:00\./,
    );
    const refused = await seat.send(page, desk, '/nudges');
    expect([refused.status, saidBy(refused)]).toEqual([429, expect.stringContaining('not their working hours')]);
    expect(await nudges(id)).toBe(0);
  });

  test('from the desk: a button at what I sent out, and back to the desk', async () => {
    const { id, seat } = await waiting();
    const page = await seat.open('/desk');
    const [form = ''] = page.text.match(new RegExp(`<form[^>]*action="/jobs/${id}/nudges"[\\s\\S]*?</form>`)) ?? [];
    expect(form).toContain('Remind now');
    const value = /name="formValue" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const sent = await seat.send(page, { ...desk, back: 'desk', formValue: value }, `/jobs/${id}/nudges`);
    expect([sent.status, sent.location]).toEqual([303, '/desk?nudged=1']);
    expect((await seat.open('/desk?nudged=1')).text).toContain('The reminder is on its way');
    expect(await nudges(id)).toBe(1);
  });

  test('by JSON: recorded under its id, refused with the moment when it is possible again, and nobody says for themselves that it is the hour', async () => {
    const { id, executive } = await waiting();
    const call = (one: object) => byJson(executive, id, one);
    const act = { type: 'nudge', circulation: 'requirementBrief', round: 1, step: 'client', words: '请尽快' };
    const reach = { holders: [{ personId: contact.id, from: { at: '2020-01-01T00:00:00.000Z', said: '' } }] };
    const forged = await call({ ...act, reach });
    expect([forged.status, JSON.stringify(forged.body)]).toEqual([422, expect.stringContaining('act.reach')]);
    expect((await call({ ...act, round: 0 })).status).toBe(422);
    expect(await call(act)).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
    const again = await call(act);
    expect(again).toMatchObject({ status: 429, body: { code: 'NUDGE_LATER', rule: 'R-230' } });
    expect(String(again.body.detail)).toMatch(/possible again from \d{4}-\d\d-\d\d \d\d:\d\d/);
    const document = await (await fetch(`${house.url}/api/v1/openapi.json`)).text();
    expect(document).toContain('"nudge"');
  });

  test('only who may: a maker of the team is offered nothing and refused, a stranger finds nothing there', async () => {
    const { id, page } = await waiting();
    const creative = (await people.now(store())).all.find(({ name }) => name === '王冉');
    if (!creative) throw new Error('the team is there');
    const maker = await sit(creative);
    const shown = await maker.open(`/jobs/${id}`);
    expect(shown.text).not.toContain('/nudges');
    const act = { type: 'nudge', circulation: 'requirementBrief', round: 1, step: 'client' };
    expect(await byJson(creative, id, act)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    const stranger = await house.person(['ACCOUNT_DIRECTOR']);
    await house.brand([stranger]);
    expect((await (await sit(stranger)).send(page, desk, '/nudges')).status).toBe(404);
    expect((await sitAt(house).send(page, desk, '/nudges')).status).toBe(401);
    expect(await nudges(id)).toBe(0);
  });

  test('bad input is told what is wrong and sends nothing', async () => {
    const { id, seat, page } = await waiting();
    const cases: readonly [Readonly<Record<string, string>>, number][] = [
      [{ ...desk, circulation: 'nowhere' }, 404],
      [{ ...desk, step: '__proto__' }, 404],
      [{ ...desk, round: '2' }, 409],
      [{ ...desk, round: 'x' }, 422],
      [{ ...desk, words: 'x'.repeat(20_000) }, 422],
      [{ ...desk, formValue: 'forged' }, 409],
    ];
    for (const [fields, status] of cases) {
      const fresh = await seat.open(`/jobs/${id}`);
      const answer = await seat.send(fresh, fields, '/nudges');
      expect(answer.status, JSON.stringify(fields).slice(0, 60)).toBe(status);
      expect(saidBy(answer)).not.toBe('');
    }
    expect(page.status).toBe(200);
    expect(await nudges(id)).toBe(0);
  });
});
