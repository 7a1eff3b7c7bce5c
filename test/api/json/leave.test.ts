import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import type { Person } from '../../../domain/people/types.ts';
import { absences, people } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

let there: ClientHouse;
let manager: Person;
let second: Person;
const tokens = new Map<string, string>();
beforeAll(async () => {
  there = await openClientHouse('leave-json');
  const known = (await people.all(there.house.api.deps.store)).map(({ value }) => value);
  const found = known.find(({ roles }) => roles.includes('ACCOUNT_MANAGER'));
  if (!found) throw new Error('no account manager');
  manager = found;
  second = await there.house.person(['CREATIVE_DIRECTOR'], { name: '另一位' });
}, 120_000);
afterAll(() => there.close());

const deps = () => there.house.api.deps;
const today = (days = 0): string => addDays(zoneNamed('Asia/Shanghai').toLocal(deps().clock()).date, days);

interface Said {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly errors?: readonly { readonly field: string; readonly code: string; readonly detail: string }[];
  };
}
async function ask(as: Person, method: string, path: string, body?: unknown, ifMatch?: string): Promise<Said> {
  const token = tokens.get(as.id) ?? (await there.house.token(as));
  tokens.set(as.id, token);
  const answer = await fetch(`${there.house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Accept-Language': 'en',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, etag: answer.headers.get('ETag'), body: (await answer.json()) as Said['body'] };
}
const typed = (more: Record<string, unknown> = {}) => ({
  personId: there.creative.id,
  kind: 'annual',
  from: today(7),
  to: today(9),
  standInId: second.id,
  ...more,
});
const mailTo = (person: Person, subject: string) =>
  until(() => there.house.mails.find((mail) => mail.to === person.mail.address && mail.subject.includes(subject)));
const mailsTo = (person: Person, subject: string) =>
  there.house.mails.filter((mail) => mail.to === person.mail.address && mail.subject.includes(subject));

describe('leave by the JSON API', () => {
  it('M-21, R-227: announced it waits and whoever must agree is asked by mail; the answer goes to who announced it and the stand-in', async () => {
    const wish = typed({ id: 'wish-annual-1' });
    const said = await ask(there.creative, 'POST', '/leave', wish);
    expect([said.status, said.etag]).toEqual([201, '"1"']);
    expect(said.body).toMatchObject({ state: 'asked', from: today(7), to: today(9), standInId: second.id });
    const id = String(said.body.id);
    const asked = await mailTo(manager, 'please agree');
    expect(asked.text).toContain(there.creative.name);
    expect(asked.text).toContain('/admin/absences');
    // The same wish once more is the same leave and the same mail.
    expect((await ask(there.creative, 'POST', '/leave', wish)).body).toMatchObject({ id, revision: 1 });

    expect((await ask(there.creative, 'GET', '/leave?state=asked')).body).toMatchObject({ leave: [{ id }] });
    expect((await ask(manager, 'POST', `/leave/${id}/agree`)).status).toBe(428);
    expect((await ask(manager, 'POST', `/leave/${id}/agree`, undefined, '"7"')).status).toBe(412);
    const own = await ask(there.creative, 'POST', `/leave/${id}/agree`, undefined, '"1"');
    expect([own.status, own.body.code]).toEqual([403, 'FORBIDDEN']);
    const agreed = await ask(manager, 'POST', `/leave/${id}/agree`, undefined, '"1"');
    expect([agreed.status, agreed.etag]).toEqual([200, '"2"']);
    expect(agreed.body).toMatchObject({ state: 'coming', agreedBy: manager.id });
    await mailTo(there.creative, 'leave is agreed');
    await mailTo(second, 'you stand in');
    expect(mailsTo(manager, 'please agree')).toHaveLength(1);

    const back = await ask(there.creative, 'POST', `/leave/${id}/end`, undefined, '"2"');
    expect(back.status).toBe(200);
    // It never began, so nothing moves back.
    expect((await mailTo(second, 'leave is withdrawn')).text).toContain('nothing had moved');
    expect((await ask(there.creative, 'GET', '/leave')).body).toEqual({ leave: [] });
    expect((await ask(there.creative, 'POST', `/leave/${id}/end`, undefined, '"3"')).status).toBe(404);
  });

  it('M-21: a no is the end of leave that waits, and whoever announced it hears of it', async () => {
    const said = await ask(there.creative, 'POST', '/leave', typed({ from: today(40), to: today(41) }));
    const no = await ask(manager, 'POST', `/leave/${String(said.body.id)}/end`, undefined, '"1"');
    expect(no.status).toBe(200);
    const mail = await mailTo(there.creative, 'leave is not agreed');
    expect(mail.text).toContain('announce it again');
  });

  it('M-21: who takes back what they announced for a sick colleague has not refused it', async () => {
    const said = await ask(there.executive, 'POST', '/leave', typed({ kind: 'sick', from: today(80), to: today(81) }));
    expect(said.status).toBe(201);
    const back = await ask(there.executive, 'POST', `/leave/${String(said.body.id)}/end`, undefined, '"1"');
    expect(back.status).toBe(200);
    const mail = await mailTo(there.creative, 'leave is withdrawn');
    expect(mail.text).not.toContain('did not agree');
  });

  it.each([
    [
      'ends before it starts',
      () => ({ from: today(3), to: today(2) }),
      'to',
      'endsBeforeStart',
      'make it the same day or later',
    ],
    ['is over', () => ({ from: today(-9), to: today(-8) }), 'to', 'isOver', 'write today or later'],
    ['names oneself', () => ({ standInId: there.creative.id }), 'standInId', 'oneself', 'choose somebody else'],
    ['names a lower title', () => ({ standInId: there.executive.id }), 'standInId', 'mayNotStandIn', 'such as'],
    ['names nobody we know', () => ({ standInId: 'p-nobody' }), 'standInId', 'unknownStandIn', 'Choose a colleague'],
  ])('R-227, R-228: leave that %s is a 422 that says what to change', async (_what, more, field, code, sentence) => {
    const before = (await absences.all(deps().store)).length;
    const said = await ask(there.creative, 'POST', '/leave', typed(more()));
    expect(said.status).toBe(422);
    expect(said.body.errors).toMatchObject([{ field, code }]);
    expect(said.body.errors?.[0]?.detail).toContain(sentence);
    expect(await absences.all(deps().store)).toHaveLength(before);
  });

  it('M-21: leave that overlaps what is announced already is a 422; what begins the day after is fine', async () => {
    expect((await ask(there.creative, 'POST', '/leave', typed({ from: today(20), to: today(22) }))).status).toBe(201);
    const said = await ask(there.creative, 'POST', '/leave', typed({ from: today(22), to: today(24) }));
    expect(said.status).toBe(422);
    expect(said.body.errors).toMatchObject([{ field: 'from', code: 'alreadyAway' }]);
    expect(said.body.errors?.[0]?.detail).toContain('withdraw that first');
    expect((await ask(there.creative, 'POST', '/leave', typed({ from: today(23), to: today(24) }))).status).toBe(201);
  });

  it('R-227: a stand-in who is away is refused when leave is announced, and when it is agreed to though it was well before', async () => {
    const waits = await ask(there.creative, 'POST', '/leave', typed({ from: today(60), to: today(61) }));
    const leave = {
      personId: second.id,
      from: `${today(58)}T00:00:00.000Z`,
      to: `${today(64)}T00:00:00.000Z`,
      standInId: there.creative.id,
    };
    await absences.save(deps().store, 'leave-second', 0, leave, { by: 'test', at: deps().clock() });
    const said = await ask(there.creative, 'POST', '/leave', typed({ from: today(62), to: today(62) }));
    expect(said.status).toBe(422);
    expect(said.body.errors).toMatchObject([{ field: 'standInId', code: 'standInAway' }]);
    expect(said.body.errors?.[0]?.detail).toMatch(/另一位 is away from .+; choose somebody who is there then/);
    const late = await ask(manager, 'POST', `/leave/${String(waits.body.id)}/agree`, undefined, '"1"');
    expect(late.status).toBe(422);
    expect(late.body.errors).toMatchObject([{ field: 'standInId', code: 'standInAway' }]);
  });

  it('what is no leave at all is named field by field, and leave of others is not everybody’s to announce', async () => {
    const said = await ask(there.creative, 'POST', '/leave', { personId: 7, kind: 'long', from: '2026-02-30' });
    expect(said.status).toBe(422);
    expect(said.body.errors?.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['personId', 'kind', 'from', 'to', 'standInId']),
    );
    const others = await ask(there.executive, 'POST', '/leave', typed());
    expect(others.status).toBe(422);
    expect(others.body.errors).toMatchObject([{ field: 'kind', code: 'onlySick' }]);
    const strangers = await ask(there.executive, 'POST', '/leave', typed({ kind: 'sick', personId: second.id }));
    expect([strangers.status, strangers.body.code]).toEqual([403, 'FORBIDDEN']);
    const document = (await (await fetch(`${there.house.url}/api/v1/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, unknown>>;
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/leave', '/api/v1/leave/{leaveId}/agree', '/api/v1/leave/{leaveId}/end']),
    );
  });
});
