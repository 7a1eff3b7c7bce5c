import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import type { MinutesState } from '../../../domain/minutes/state.ts';
import type { Person } from '../../../domain/people/types.ts';
import { calendars } from '../../../store/calendars.ts';
import { areMinutes, caseRow, pointOf } from '../../../store/cases.ts';
import { grantTable } from '../../../store/grants.ts';
import { idleAfterMs } from '../../../store/link-uses.ts';
import { linkFor } from '../../../store/links.ts';
import { findGrants } from '../../../store/grants.ts';
import { absences } from '../../../store/people.ts';
import { noteTelling } from '../../../store/tellings.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { until } from '../approve/client-house.ts';
import { cookieFor } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { samples } from '../../papers/samples.ts';
import { openHouse, type House } from '../support/house.ts';

/** Running minutes with engine, worker, mail and pages: calendars and leave reach them, tasks lie on desks, old links ask. */
let house: House;
let worker: RunningWorker;
let executive: Person;
let manager: Person;
let director: Person;
let artist: Person;
let contact: Person;
let place: Awaited<ReturnType<House['brand']>>;
const tokens = new Map<string, string>();

beforeAll(async () => {
  const taskQueue = `running-${randomUUID()}`;
  house = await openHouse({ MAIL_GATHER_SECONDS: '0', MAIL_PILE_MINUTES: '0' }, { taskQueue });
  const zh = { language: 'zh-CN' } as const;
  executive = await house.person(['ACCOUNT_EXECUTIVE'], zh);
  manager = await house.person(['ACCOUNT_MANAGER'], zh);
  director = await house.person(['PLANNING_MANAGER'], zh);
  artist = await house.person(['ARTIST'], zh);
  place = await house.brand([executive, manager, director, artist]);
  contact = await house.person(['CLIENT_LEAD'], { ...zh, side: 'client', clientId: place.clientId });
  for (const one of [executive, manager, director, artist]) tokens.set(one.id, await house.token(one));
  await calendars.save(store(), 'office', 0, shanghaiOffice(), { by: 'house', at: deps().clock() });
  const { config, logger } = deps();
  worker = await startWorker(config, { taskQueue, bundle: await bundleWorkflows(), logger });
}, 180_000);
afterAll(async () => {
  await worker.stop();
  await house.close();
});

const deps = () => house.api.deps;
const store = () => deps().store;
const dayOf = (at: string): string => zoneNamed('Asia/Shanghai').toLocal(at).date;
const today = (): string => dayOf(deps().clock());

async function call(who: Person, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${tokens.get(who.id) ?? ''}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  expect(answer.ok, JSON.stringify(said)).toBe(true);
  return said;
}
const move = (who: Person, id: string, act: object) =>
  call(who, `/cases/${id}/acts`, { act: { type: 'move', ...act } });

async function minutesOf(id: string): Promise<MinutesState> {
  const row = await caseRow(store(), id);
  const state = row && pointOf(row).state;
  if (!state || !areMinutes(state)) throw new Error('no minutes');
  return state;
}

/** Minutes that lie with their reviewer. */
async function atReviewer(title = '夏季主视觉沟通'): Promise<{ readonly id: string; readonly hash: string }> {
  const begun = await call(executive, '/minutes', {
    title,
    clientId: place.clientId,
    brandId: place.brandId,
    ownerId: executive.id,
    parts: { confirmer: [contact.id], reviewer: [manager.id] },
  });
  const id = String(begun['id']);
  const nextSteps = [{ action: '改竖版海报', executor: artist.id, keyDate: addDays(today(), 20) }];
  const content = {
    ...samples['F-15'],
    participants: [executive.id, contact.id],
    reporter: executive.id,
    nextSteps,
  };
  await move(executive, id, { move: 'submit', paper: { form: 'F-15', content } });
  await until(async () =>
    (await minutesOf(id)).asked['reviewMinutes']?.people[manager.id]?.acceptedAt ? true : undefined,
  );
  return { id, hash: (await minutesOf(id)).papers['F-15']?.hash ?? '' };
}

/** Minutes at the client, with the window known. */
async function atClient(title?: string): Promise<string> {
  const { id, hash } = await atReviewer(title);
  await move(manager, id, { move: 'approve', hash });
  await until(async () => (await minutesOf(id)).window);
  return id;
}

/** The link in the mail that asked somebody, as whoever opens that mail has it. */
async function linkOf(id: string, asking: 'confirmMinutes' | 'reviewMinutes', personId: string): Promise<string> {
  const row = await grantTable(store())
    .findOne({ processId: id, step: asking, personId })
    .lean<{ readonly _id: string }>();
  const grant = row && (await findGrants(store(), [row._id])).get(row._id);
  if (!grant) throw new Error('no link');
  return linkFor(grant, deps().keys.links);
}

const subjects = (to: Person): string[] =>
  house.mails.filter((mail) => mail.to === to.mail.address).map(({ subject }) => subject);

describe('M-22, P-21: a calendar that is saved reaches running minutes', { timeout: 120_000 }, () => {
  it('the preview names them, the window moves, whoever waits is told once, and the page says how many were told', async () => {
    const ids = [await atClient(), await atClient()];
    const ends = (await minutesOf(ids[0] ?? '')).window?.endsAt ?? '';
    const keeper = await house.person(['MANAGEMENT'], { language: 'zh-CN' });
    const sun = sitAt(house, await cookieFor(deps(), keeper.id));
    const day = dayOf(ends);
    const typhoon = { change: 'days', from: day, to: '', kind: 'closed', nameZh: '台风', nameEn: 'Typhoon' };
    const seen = await sun.fill('/admin/calendars/office', typhoon, '/office');
    expect(seen.status, saidBy(seen)).toBe(200);
    expect(seen.text).toContain('2 项的时限会移动');
    expect(seen.text).toContain('夏季主视觉沟通');
    expect((await minutesOf(ids[0] ?? '')).window?.endsAt).toBe(ends);
    expect((await sun.send(seen, { do: 'save', why: '台风停工' }, '/office')).status).toBe(303);
    for (const id of ids)
      await until(async () => (((await minutesOf(id)).window?.endsAt ?? '') > ends ? true : undefined));
    await until(async () => {
      const page = await sun.open('/admin/calendars/office');
      return page.text.includes('、2 项会议和记录') ? true : undefined;
    });
    const told = await until(() => {
      const found = subjects(contact).filter((one) => one.includes('期限随之移动'));
      return found.length > 0 ? found : undefined;
    });
    expect(told).toHaveLength(1);
    const entry = await calendars.get(store(), 'office');
    // The same change once more: as after a crash that lost the note's end.
    const again = await deps().door.send(ids[0] ?? '', {
      id: randomUUID(),
      actor: { kind: 'system', name: 'tell' },
      act: { type: 'refresh', cause: { kind: 'calendar', calendarId: 'office', revision: entry?.revision ?? 0 } },
    });
    expect(again.kind).toBe('accepted');
  });

  it('a client’s own calendar moves their windows and no other; given up, the office’s rules again and no window gets shorter', async () => {
    const id = await atClient();
    const { endsAt = '' } = (await minutesOf(id)).window ?? {};
    const office = (await calendars.get(store(), 'office'))?.value ?? shanghaiOffice();
    const off = { kind: 'closed', name: { zh: '客户停工', en: 'client closed' } } as const;
    const own = withStretch({ ...office, id: place.clientId }, today(), addDays(today(), 6), off);
    const by = { by: 'test', at: deps().clock(), words: '客户停工一周' };
    const cause = (revision: number) => ({ kind: 'calendar', calendarId: place.clientId, revision }) as const;
    await noteTelling(store(), cause(1), deps().clock());
    await calendars.save(store(), place.clientId, 0, own, by);
    await tellJobs(deps());
    const later = await until(async () => {
      const now = (await minutesOf(id)).window?.endsAt ?? '';
      return now > endsAt ? now : undefined;
    });
    await noteTelling(store(), cause(2), deps().clock());
    await calendars.drop(store(), place.clientId, 1, by);
    await tellJobs(deps());
    await until(async () => ((await minutesOf(id)).refreshed?.[place.clientId] === 2 ? true : undefined));
    expect((await minutesOf(id)).window?.endsAt).toBe(later);
  });
});

describe('R-227 to R-229: leave of who reviews reaches running minutes', { timeout: 120_000 }, () => {
  it('who stands in is mailed a link of their own and signs with both names', async () => {
    const { id } = await atReviewer('评审在休假');
    const from = deps().clock();
    const leave = {
      personId: manager.id,
      from,
      to: new Date(Date.parse(from) + 86_400_000).toISOString(),
      standInId: director.id,
    };
    const cause = { kind: 'absence', absenceId: 'leave-1', revision: 1, personId: manager.id, what: 'begins' } as const;
    await noteTelling(store(), cause, deps().clock());
    await absences.save(store(), 'leave-1', 0, leave, { by: 'test', at: deps().clock() });
    await tellJobs(deps());
    await until(async () => (await minutesOf(id)).asked['reviewMinutes']?.people[manager.id]?.standInId);
    const mail = await until(() =>
      house.mails.find((one) => one.to === director.mail.address && one.subject.includes('请审阅')),
    );
    expect(mail.text).toContain(manager.name);
    expect((await caseRow(store(), id))?.holders).toEqual([director.id]);
    expect((await sitAt(house, await cookieFor(deps(), director.id)).open('/desk')).text).toContain('评审在休假');
    const guest = sitAt(house);
    const link = await linkOf(id, 'reviewMinutes', director.id);
    const pressed = await guest.send(await guest.open(link), { do: 'approve' });
    expect(pressed.status, saidBy(pressed)).toBe(303);
    await until(async () => ((await minutesOf(id)).state === 'SENT' ? true : undefined));
    expect((await minutesOf(id)).made['approve']).toMatchObject({ by: director.id, standInFor: manager.id });
    // The leave is over before the next thing waits.
    await absences.save(store(), 'leave-1', 1, { ...leave, to: from }, { by: 'test', at: deps().clock() });
  });
});

describe('S-40, S-66: what waits lies on desks', { timeout: 120_000 }, () => {
  it('a task lies on its executor’s desk with what it is and by when, until it is settled; in JSON too', async () => {
    const id = await atClient('任务在谁桌上');
    const desk = sitAt(house, await cookieFor(deps(), artist.id));
    const open = await until(async () => {
      const page = await desk.open('/desk');
      return page.text.includes('会议记录：任务在谁桌上') ? page.text : undefined;
    });
    expect(open).toContain('改竖版海报');
    expect(open).toContain('#task-v1-1');
    const json = await call(artist, '/desk');
    expect(json['tasks']).toEqual(expect.arrayContaining([expect.objectContaining({ caseId: id, task: 'v1.1' })]));
    await call(artist, `/cases/${id}/acts`, { act: { type: 'settleTask', task: 'v1.1', done: true } });
    const after = await until(async () => {
      const page = await desk.open('/desk');
      return page.text.includes('会议记录：任务在谁桌上') ? undefined : page.text;
    });
    expect(after).not.toContain('任务在谁桌上');
    expect((await sitAt(house, await cookieFor(deps(), executive.id)).open('/desk')).text).not.toContain('#task-');
  });
});

describe(
  'design §6: a link to minutes that lay unused for 30 days asks for the mailed code',
  { timeout: 120_000 },
  () => {
    const age = (id: string, byMs: number) =>
      grantTable(store()).updateOne(
        { processId: id, step: 'confirmMinutes' },
        { $set: { mintedAt: new Date(Date.parse(deps().clock()) - byMs).toISOString() } },
      );
    const codes = (): string[] =>
      house.mails
        .filter((mail) => mail.to === contact.mail.address && mail.subject.includes('签核验证码'))
        .map((mail) => (/(\d{4}) (\d{4})/.exec(mail.text) ?? []).slice(1).join(''));

    it('reads as before; the code finishes what was begun, with every word, once; the next press needs none', async () => {
      const id = await atClient('旧链接');
      const link = await linkOf(id, 'confirmMinutes', contact.id);
      const guest = sitAt(house);
      expect((await guest.open(link)).text).not.toContain('30 天没有用过');
      await age(id, idleAfterMs + 1_000);
      const page = await guest.open(link);
      expect([page.status, page.text.includes('30 天没有用过'), page.text.includes('改竖版海报')]).toEqual([
        200,
        true,
        true,
      ]);
      const objecting =
        page.text.match(/<form[^>]*>(?:(?!<\/form>)[\s\S])*name="do" value="object"[\s\S]*?<\/form>/)?.[0] ?? '';
      const value = /name="formValue" value="([^"]*)"/.exec(objecting)?.[1] ?? '';
      const post = (fields: Readonly<Record<string, string>>) =>
        fetch(house.url + link, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            'Sec-Fetch-Site': 'same-origin',
            'Content-Type': 'application/x-www-form-urlencoded',
            Accept: 'text/html',
          },
          body: new URLSearchParams(fields).toString(),
        });
      const wish = { formValue: value, do: 'object', words: '日期<b>不对</b>' };
      const asked = await post(wish);
      const asking = await asked.text();
      expect([asked.status, asking.includes('还没有作出任何决定')]).toEqual([200, true]);
      expect((await minutesOf(id)).state).toBe('SENT');
      const code = await until(() => codes()[0]);
      const linkCodeRequest = /name="linkCodeRequest" value="([^"]*)"/.exec(asking)?.[1] ?? '';
      const wrong = await post({ ...wish, linkCodeRequest, linkCode: code === '00000000' ? '00000001' : '00000000' });
      expect([wrong.status, (await wrong.text()).includes('不对&lt;/b>')]).toEqual([422, true]);
      expect((await minutesOf(id)).state).toBe('SENT');
      const done = await post({ ...wish, linkCodeRequest, linkCode: code });
      expect(done.status).toBe(303);
      await until(async () => ((await minutesOf(id)).state === 'OBJECTED' ? true : undefined));
      expect((await minutesOf(id)).verdicts).toHaveLength(1);
      expect([200, 303, 409]).toContain((await post({ ...wish, linkCodeRequest, linkCode: code })).status);
      expect((await minutesOf(id)).verdicts).toHaveLength(1);
      expect(codes()).toHaveLength(1);
    });
  },
);
