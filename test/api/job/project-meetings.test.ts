import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { clients } from '../../../store/clients.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieOf } from '../approve/office.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';

/** Internal meetings and important opinions, on pages and by JSON: real engine, store and mail server. */
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('project-meetings', { DOOR_DEADLINE_MS: '30000' });
}, 180_000);
afterAll(() => all.close());

const store = () => all.house.api.deps.store;
const sit = async (person: Person) => sitAt(all.house, await cookieOf(all.house, person));
const stateOf = async (id: string) => (await wholeJob(store(), id))?.state;
const mailsTo = (person: Person, about: RegExp) =>
  all.house.mails.filter(({ to, subject }) => to === person.mail.address && about.test(subject));

async function json(who: Person, path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${all.house.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${await all.house.token(who)}`, 'accept-language': 'en' },
  });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** A job that was opened: its first order may be written. */
async function opened(): Promise<string> {
  const { id, link } = await all.asked();
  const signed = await all.press(link, (await all.page(link)).html, { verdict: 'sign' });
  expect(signed.status).toBe(303);
  const act = (one: object) => all.api(`/jobs/${id}/acts`, { act: one });
  const said = { evaluation: '清楚', discussion: '已讨论', study: '已研究', recommendation: '先做认知' };
  await act({ type: 'assess', ...said, differs: false });
  await act({ type: 'openNumber' });
  await until(async () => ((await stateOf(id))?.phase === 'OPENED' ? true : undefined));
  return id;
}

describe('S-37: internal meetings of a project', { timeout: 180_000 }, () => {
  test('called by form, mailed to who comes; held, with the progress of each module; listed once its period is over, and no more after the next', async () => {
    const id = await opened();
    const seat = await sit(all.executive);
    expect((await seat.open(`/jobs/${id}?lang=en`)).text).toContain('No internal meeting yet');
    const called = await seat.fill(`/jobs/${id}/acts/callMeeting`, {
      at: '2099-03-16T14:00',
      place: '二楼会议室',
      people: [all.executive.id, all.creative.id],
    });
    expect(called.status, saidBy(called)).toBe(303);
    const mail = await until(() => mailsTo(all.creative, /内部会议|project meeting/)[0]);
    expect(mail.text).toContain('二楼会议室');
    expect(mailsTo(all.executive, /内部会议|project meeting/)).toEqual([]);

    // A module without its line is named, and what was typed stays.
    const form = await seat.open(`/jobs/${id}/acts/recordMeeting`);
    const row = (n: number, key: string): string => `progress[${String(n)}][${key}]`;
    const gap = await seat.send(form, { people: all.executive.id, [row(0, 'module')]: '', [row(0, 'standing')]: '' });
    expect(gap.status).toBe(422);
    expect(saidBy(gap)).toContain('Progress is still missing for: Print Ad');
    const risky = await seat.send(gap, { [row(0, 'module')]: 'work-print', [row(0, 'standing')]: 'atRisk' });
    expect(risky.status).toBe(422);
    const done = await seat.send(risky, { [row(0, 'words')]: '缺产品照片，周五补齐' });
    expect(done.status, saidBy(done)).toBe(303);
    const job = (await seat.open(done.location ?? '')).text;
    for (const said of ['缺产品照片，周五补齐', '二楼会议室']) expect(job).toContain(said);
    expect((await stateOf(id))?.meetings?.last?.progress).toEqual([
      { module: 'work-print', standing: 'atRisk', words: '缺产品照片，周五补齐' },
    ]);

    const number = (await stateOf(id))?.jobNumber ?? '';
    const overdue = async () =>
      (await json(all.director, '/project-meetings/overdue'))['jobs'] as { jobId: string; dueInWords: string }[];
    expect((await overdue()).map(({ jobId }) => jobId)).not.toContain(id);
    expect((await (await sit(all.director)).open('/late?lang=en')).text).not.toContain(`${number}/acts/callMeeting`);
    all.house.moveClock(20 * 24 * 3_600_000);
    try {
      const line = (await overdue()).find(({ jobId }) => jobId === id);
      expect(line).toMatchObject({ workingDays: 5, calledFor: '2099-03-16T06:00:00.000Z' });
      expect(line?.dueInWords).toMatch(/working days? over$/);
      // Whoever was signed in a month ago signs in anew.
      const late = (await (await sit(all.director)).open('/late?lang=en')).text;
      const section = late.slice(late.indexOf('id="meetings-due"'));
      expect(section).toContain(`href="/jobs/${number}/acts/callMeeting"`);
      expect(section).toMatch(/working days? over/);
      const again = await (
        await sit(all.executive)
      ).fill(`/jobs/${id}/acts/recordMeeting`, { people: all.executive.id });
      expect(again.status, saidBy(again)).toBe(303);
      await until(async () => ((await overdue()).some(({ jobId }) => jobId === id) ? undefined : true));
    } finally {
      all.house.moveClock(-20 * 24 * 3_600_000);
    }
    const meetings = await json(all.director, `/jobs/${id}/project-meetings`);
    expect(meetings).toMatchObject({ workingDays: 5, modules: [{ id: 'work-print' }] });
  });

  test('a brand has a period of its own, on its page; what is no period is refused and nothing is saved', async () => {
    const { clientId, brandId } = all.place;
    const keeper = await sit(await all.house.person(['MANAGEMENT']));
    const path = `/admin/clients/${clientId}/brands/${brandId}`;
    const daysOf = async () => (await clients.get(store(), clientId))?.value.brands[0]?.meetingDays;
    for (const meetingDays of ['0', '61', 'often']) {
      const page = await keeper.fill(path, { meetingDays });
      expect(page.status).toBe(422);
    }
    expect(await daysOf()).toBeUndefined();
    const saved = await keeper.fill(path, { meetingDays: '10' });
    expect(saved.status, saidBy(saved)).toBe(303);
    expect(await daysOf()).toBe(10);
    expect((await keeper.fill(path, { meetingDays: '' })).status).toBe(303);
    expect(await daysOf()).toBeUndefined();
  });
});

describe('S-44: an important opinion', { timeout: 120_000 }, () => {
  test('in a telephone record is mailed to the director at once, and stands on the director’s desk and nobody else’s', async () => {
    const id = await opened();
    const content = {
      clientPerson: all.contact.id,
      talkedAt: '2026-03-12T06:00:00.000Z',
      topic: '董事长要换方向',
      toChange: ['无'],
      toCarryOut: ['无'],
      toConfirm: ['无'],
      decided: false,
      importantOpinion: true,
    };
    await all.api(`/jobs/${id}/acts`, { act: { type: 'file', paper: { form: 'F-16', content } } });
    const mail = await until(() => mailsTo(all.director, /重要意见|important opinion/)[0]);
    expect(mail.text).toContain('董事长要换方向');
    const desk = (await (await sit(all.director)).open('/desk')).text;
    expect(desk).toContain('董事长要换方向');
    expect((await (await sit(all.executive)).open('/desk')).text).not.toContain('董事长要换方向');
    const { opinions } = await json(all.director, '/opinions/important');
    expect(opinions).toMatchObject([{ jobId: id, paper: 'F-16:1', from: all.contact.id, waits: false }]);
  });
});
