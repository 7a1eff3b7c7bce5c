import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personCalendarId } from '../../../domain/calendar/desk.ts';
import { affectedSteps } from '../../../store/affected.ts';
import { auditOf } from '../../../store/audit.ts';
import { calendarChange, calendars } from '../../../store/calendars.ts';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { saidBy, sitAt, type Page } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';
import { desk, fired, officeOf } from './desks.ts';

// Tuesday 10 March 2026, 11:00 in Shanghai.
const now = '2026-03-10T03:00:00.000Z';
let house: House;
beforeAll(async () => {
  house = await openHouse();
  house.moveClock(Date.parse(now) - Date.now());
  await fillAgency(house.api.deps.store);
  await officeOf(house);
}, 120_000);
afterAll(() => house.close());

const at = async (personId: string) => sitAt(house, await cookieFor(house.api.deps, personId));
const store = () => house.api.deps.store;
const typhoon = { from: '2026-03-11', to: '', kind: 'closed', nameZh: '台风', nameEn: 'Typhoon' };
/** Which form of the page: the kind of change is a hidden field, so it is simply typed over. */
const days = { change: 'days' };
const plain = (page: Page): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('what a change of the office’s calendar would move', () => {
  it('M-22: is shown before it is saved, desk by desk; what fired stays, a date moved by hand stays, and nothing is saved by looking', async () => {
    // Asked Tuesday 10:00, so due 14:00; the rungs behind lie on Wednesday and later.
    const today = await desk(house, { askedAt: '2026-03-10T02:00:00.000Z' });
    // Asked Tuesday 16:00: due Wednesday 12:00, which the typhoon moves to Thursday 12:00.
    const late = await desk(house, { askedAt: '2026-03-10T08:00:00.000Z', holders: ['linxia'] });
    await desk(house, {
      askedAt: '2026-03-10T08:00:00.000Z',
      dueMoved: true,
      dueAt: '2026-03-11T08:00:00.000Z',
      rungs: fired(late.rungs, '2026-12-31T00:00:00.000Z'),
    });
    const sun = await at('sunlan');
    const seen = await sun.fill('/admin/calendars/office', { ...days, ...typhoon }, '/office');
    expect(seen.status, saidBy(seen)).toBe(200);
    const text = plain(seen);
    expect(text).toContain('看了 3 个打开的步骤，2 个会移动，涉及 2 项工作、2 位');
    expect(text).toMatch(/期限 明天 12:00 → 周四 12:00|期限 明天 12:00 → 3月12日 12:00/);
    expect(text).toContain('晚 1 天');
    expect(text).toContain(late.title);
    expect(text).toContain(today.title);
    expect((await calendars.get(store(), 'office'))?.revision).toBe(1);

    const unsaid = await sun.send(seen, { do: 'save', why: ' ' }, '/office');
    expect(unsaid.status).toBe(422);
    expect(saidBy(unsaid)).toContain('请写明原因');
    const saved = await sun.send(unsaid, { do: 'save', why: '台风停工' }, '/office');
    expect(saved.status, saidBy(saved)).toBe(303);
    const entry = await calendars.get(store(), 'office');
    expect(entry).toMatchObject({ revision: 2, changed: { by: 'sunlan', words: '台风停工' } });
    expect(entry?.value.days['2026-03-11']).toEqual({ kind: 'closed', name: { zh: '台风', en: 'Typhoon' } });
    expect((await auditOf(store(), 'calendars', 'office'))[0]).toMatchObject({
      by: 'sunlan',
      words: '台风停工',
      revision: 2,
    });

    // Two keepers at once: the second is told, and keeps what was typed.
    const older = await sun.send(seen, { do: 'save', why: '台风' }, '/office');
    expect(older.status).toBe(409);
    expect(older.text).toContain('value="Typhoon"');
  });

  it('a client’s own calendar rules only that client’s desks, a person’s own only theirs', async () => {
    const ids = async (calendarId: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const step of affectedSteps(store(), { kind: 'calendar', calendarId })) found.push(step.processId);
      return found.sort();
    };
    const theirs = await desk(house, { askedAt: '2026-03-10T02:00:00.000Z', side: 'client' });
    expect(await ids('yifeng')).toEqual([theirs.processId]);
    expect(await ids('office')).toContain(theirs.processId);

    const sun = await at('sunlan');
    const opened = await sun.open('/admin/calendars/yifeng');
    expect(plain(opened)).toContain('怡丰饮料 现在跟公司的日历');
    const week = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '10:00-12:00, 13:00-16:00']),
    );
    const hours = { change: 'hours', zone: 'Europe/Berlin', ...week, sat: '', sun: '' };
    const seen = await sun.send(opened, hours, '/yifeng');
    expect(plain(seen)).toContain('看了 1 个打开的步骤，1 个会移动');
    expect((await sun.send(seen, { do: 'save', why: '客户在柏林' }, '/yifeng')).status).toBe(303);
    expect((await calendars.get(store(), 'yifeng'))?.value).toMatchObject({
      zone: 'Europe/Berlin',
      name: { zh: '怡丰饮料' },
    });
    expect(await ids('office')).not.toContain(theirs.processId);

    const lin = personCalendarId('linxia');
    expect((await ids(lin)).length).toBe(1);
    const page = `/admin/calendars/${encodeURIComponent(lin)}`;
    const own = await sun.fill(page, { ...hours, zone: 'Asia/Urumqi' }, encodeURIComponent(lin));
    expect(own.status, saidBy(own)).toBe(200);
    expect((await sun.send(own, { do: 'save', why: '在乌鲁木齐上班' }, encodeURIComponent(lin))).status).toBe(303);
    expect((await calendars.get(store(), lin))?.value).toMatchObject({ zone: 'Asia/Urumqi', name: { zh: '林夏' } });
    expect(plain(await sun.open('/admin/calendars'))).toContain('林夏 Asia/Urumqi');
  });
});

describe('an own calendar is given up again', () => {
  it('P-21: shown first with what it would move, saved with a reason; its desks count by the office’s, its history stays', async () => {
    const theirs = await desk(house, { askedAt: '2026-03-10T02:00:00.000Z', side: 'client', clientId: 'yifeng' });
    const sun = await at('sunlan');
    const opened = await sun.open('/admin/calendars/yifeng');
    const seen = await sun.send(opened, { change: 'drop' }, '/yifeng');
    expect(seen.status, saidBy(seen)).toBe(200);
    expect(plain(seen)).toContain('怡丰饮料 将重新跟公司的日历');
    expect(plain(seen)).toMatch(/看了 \d 个打开的步骤，\d 个会移动/);
    expect(plain(seen)).toContain(theirs.title);
    expect(await calendars.get(store(), 'yifeng')).not.toBeNull();
    const silent = await sun.send(seen, { do: 'save', why: ' ' }, '/yifeng');
    expect([silent.status, plain(silent).includes('请写明原因')]).toEqual([422, true]);
    const saved = await sun.send(seen, { do: 'save', why: '客户搬回上海' }, '/yifeng');
    expect(saved.status, saidBy(saved)).toBe(303);
    expect(await calendars.get(store(), 'yifeng')).toBeNull();
    expect((await auditOf(store(), 'calendars', 'yifeng'))[0]).toMatchObject({
      revision: 2,
      words: '客户搬回上海',
      after: null,
    });
    expect(await calendarChange(store(), 'yifeng', 2)).toMatchObject({
      before: { zone: 'Europe/Berlin' },
      after: null,
    });
    const page = plain(await sun.open('/admin/calendars/yifeng'));
    expect(page).toContain('怡丰饮料 现在跟公司的日历');
    expect(page).toContain('去掉：客户搬回上海');
    // It can be made again, behind what was.
    const anew = await sun.fill('/admin/calendars/yifeng', { ...days, ...typhoon }, '/yifeng');
    expect((await sun.send(anew, { do: 'save', why: '客户停工' }, '/yifeng')).status).toBe(303);
    expect((await calendars.get(store(), 'yifeng'))?.revision).toBe(3);
  });

  it('the office’s, one that is not there, a stale page and who may not: refused in words, nothing changed', async () => {
    const sun = await at('sunlan');
    const office = await sun.send(
      await sun.open('/admin/calendars/office'),
      { change: 'drop', revision: '2' },
      '/office',
    );
    expect([office.status, plain(office).includes('公司的日历不能去掉')]).toEqual([422, true]);
    const stale = await sun.send(
      await sun.open('/admin/calendars/yifeng'),
      { change: 'drop', revision: '1' },
      '/yifeng',
    );
    expect(stale.status).toBe(409);
    const none = encodeURIComponent(personCalendarId('chenmo'));
    const absent = await sun.send(await sun.open(`/admin/calendars/${none}`), { change: 'drop' }, none);
    expect([absent.status, plain(absent).includes('没有要保存的')]).toEqual([422, true]);
    expect((await calendars.get(store(), 'yifeng'))?.revision).toBe(3);
  });
});

describe('bad input is refused with the sentence that says what to change, and changes nothing', () => {
  it.each([
    [
      'a week without a single working hour',
      { change: 'hours', mon: '', tue: '', wed: '', thu: '', fri: '', sat: '', sun: '' },
      '一周里至少要有一个小时',
    ],
    ['hours that overlap', { change: 'hours', mon: '09:00-12:30, 12:00-17:00' }, '12:00–17:00 与同一天的另一段重叠'],
    ['hours that end before they start', { change: 'hours', tue: '17:00-09:00' }, '结束不晚于开始'],
    ['hours nobody can read', { change: 'hours', wed: 'nine to five' }, '“nine to five”读不懂'],
    ['an unknown zone', { change: 'hours', zone: 'Asia/Nowhere' }, '没有“Asia/Nowhere”这个时区'],
    [
      'a closure that ends before it starts',
      { ...days, ...typhoon, to: '2026-03-09' },
      '结束（2026-03-09）早于开始（2026-03-11）',
    ],
    ['a date that does not exist', { ...days, ...typhoon, from: '2026-02-30' }, '请写一个存在的日期'],
    ['a short day without hours', { ...days, ...typhoon, kind: 'short' }, '请写明那天的时间'],
    ['hours on a closed day', { ...days, ...typhoon, hours: '09:00-12:00' }, '不要写工作时间'],
    ['a day without a name', { ...days, ...typhoon, nameEn: '' }, '请写中文和英文的名称'],
    ['a stretch of more than a year', { ...days, ...typhoon, to: '2027-12-31' }, '一次最多 366 天'],
    ['a list nobody can read', { change: 'list', year: '2027', lines: '2027-01-01 元旦' }, '第 1 行读不懂'],
    [
      'a list of another year',
      { change: 'list', year: '2027', lines: '2026-01-01 休 元旦 / New Year' },
      '第 1 行不是 2027 年的',
    ],
    [
      'a list with a day twice',
      { change: 'list', year: '2027', lines: '2027-01-01 休 元旦 / New Year\n2027-01-01 班 元旦 / New Year' },
      '2027-01-01 出现了两次',
    ],
    ['a list without a day off', { change: 'list', year: '2027', lines: '' }, '没有 2027 年的放假'],
    ['days that are ordinary already', { change: 'remove', from: '2026-03-17', to: '2026-03-17' }, '本来就与平日一样'],
  ])('P-21: %s', async (_what, typed, sentence) => {
    const sun = await at('sunlan');
    const page = await sun.open('/admin/calendars/office');
    const form = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '09:00-17:00']));
    const refused = await sun.send(page, { ...form, zone: 'Asia/Shanghai', ...typed }, '/office');
    expect(refused.status).toBe(422);
    expect(`${saidBy(refused)} ${plain(refused)}`).toContain(sentence);
    expect((await calendars.get(store(), 'office'))?.revision).toBe(2);
  });

  it('only keepers change a calendar; everybody of the house may look; a client’s page is for whoever serves the client', async () => {
    const lin = await at('linxia');
    const page = await lin.open('/admin/calendars/office');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('name="change"');
    const forged = await (await at('sunlan')).open('/admin/calendars/office');
    expect((await lin.send(forged, { ...days, ...typhoon }, '/office')).status).toBe(403);
    expect((await lin.open('/admin/calendars/no-such-client')).status).toBe(404);
    expect((await lin.open('/admin/calendars/person%3Anobody')).status).toBe(404);
  });
});

describe('the list of a year', () => {
  it('P-21: an admin is told 60 days ahead that the next list is missing, others are not bothered; bringing it in ends it', async () => {
    const sun = await at('sunlan');
    expect(plain(await sun.open('/admin/calendars'))).not.toContain('的节假日 再过');
    house.moveClock(Date.parse('2026-11-22T03:00:00.000Z') - Date.parse(house.api.deps.clock()));
    const told = plain(await (await at('sunlan')).open('/admin/calendars'));
    expect(told).toContain('缺 2027 年的节假日');
    expect(told).toContain('再过 40 天');
    expect(plain(await (await at('linxia')).open('/admin/calendars'))).not.toContain('缺 2027 年的节假日');

    const keeper = await at('sunlan');
    expect(plain(await keeper.open('/admin/calendars/office?year=2027'))).toContain('那以后的日期都是暂定的');
    const lines =
      '2027-01-01..2027-01-03 休 元旦 / New Year\n2027-02-05..2027-02-11 休 春节 / Spring Festival\n2027-02-13 班 春节 / Spring Festival';
    const seen = await keeper.fill(
      '/admin/calendars/office?year=2027',
      { change: 'list', year: '2027', lines },
      '/office',
    );
    expect(seen.status, saidBy(seen)).toBe(200);
    expect((await keeper.send(seen, { do: 'save', why: '国务院通知' }, '/office')).status).toBe(303);
    const value = (await calendars.get(store(), 'office'))?.value;
    const kept = value?.days ?? {};
    expect(value?.publishedThrough).toBe('2027-12-31');
    expect(kept['2027-02-13']).toEqual({ kind: 'makeup', name: { zh: '春节', en: 'Spring Festival' } });
    // The house's own closure of the year before stays.
    expect(kept['2026-03-11']?.kind).toBe('closed');
    const after = await keeper.open('/admin/calendars/office?year=2027');
    expect(plain(after)).not.toContain('缺 2027 年的节假日');
    expect(plain(after)).toContain('2027年2月5日（周五） – 2027年2月11日（周四）');
  });
});

describe('what would happen when', () => {
  it('P-30: each rung with its instant in words, whom, and how', async () => {
    const lin = await at('linxia');
    const page = plain(await lin.open('/admin/ladder?step=qcSeven/copywriter&calendar=office&at=2026-09-30T16:00'));
    expect(page).toContain('第 1 级 提醒 10月8日（周四） 12:00，4 个工作小时后 手上有这一步的人 ');
    expect(page).toContain('第 4 级 升级 10月10日（周六） 16:00，3 个工作日后');
    expect(page).toContain('代理人，没有请假时是部门主管、客户主任');
    const english = plain(
      await lin.open('/admin/ladder?step=qcSeven/copywriter&calendar=office&at=2026-09-18T16:00&lang=en'),
    );
    expect(english).toContain('Rung 1: reminder Sun 20 Sep 12:00, 4 working hours later');
  });

  it('M-22: offsets that are negative, not ascending, or no numbers are refused with a sentence', async () => {
    const lin = await at('linxia');
    const tried = (more: string) =>
      lin.open(`/admin/ladder?step=qcSeven/copywriter&typed=1&unit=hours&at=2026-09-30T16:00&lang=zh-CN&${more}`);
    const negative = await tried('limit=4&after1=-4&whom1=holder');
    expect(negative.status).toBe(422);
    expect(saidBy(negative)).toContain('时限要大于 0，不能是 -4');
    expect(saidBy(await tried('limit=4&after1=8&whom1=holder&after2=8&whom2=ae'))).toContain('第 2 级要晚于第 1 级');
    expect(saidBy(await tried('limit=4&after1=x'))).toContain('“x”不是数');
    expect(saidBy(await tried('limit=4&warns=80,50&after1=4'))).toContain('预警的百分比要一个比一个大');
    expect(saidBy(await tried('limit=4'))).toContain('至少要有一级提醒');
    expect(saidBy(await lin.open('/admin/ladder?at=2026-02-30T10:00&lang=zh-CN'))).toContain('请写一个存在的时刻');
    const good = await tried('limit=1.5&after1=1.5&whom1=holder&after2=3&whom2=accountDirector');
    expect(good.status).toBe(200);
    expect(plain(good)).toMatch(/第 2 级 升级 10月8日（周四） 11:00，3 个工作小时后 .* 客户总监/);
  });
});

describe('the year of a page', () => {
  it('P-21: is the one it is on the wall of the calendar: at one in the morning of New Year’s Day it is the new one', async () => {
    const here = house.api.deps.clock();
    const midnight = '2026-12-31T17:00:00.000Z';
    house.moveClock(Date.parse(midnight) - Date.parse(here));
    try {
      expect(plain(await (await at('sunlan')).open('/admin/calendars/office'))).toContain('2027 年');
    } finally {
      house.moveClock(Date.parse(here) - Date.parse(midnight));
    }
  });
});
