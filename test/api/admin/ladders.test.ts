import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { auditOf } from '../../../store/audit.ts';
import { ladderInForce, ladderSet } from '../../../store/ladders.ts';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { saidBy, sitAt, type Page } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';
import { officeOf } from './desks.ts';

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
const plain = (page: Page): string =>
  page.text
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<option[\s\S]*?<\/option>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

const scope = 'qcSeven/copywriter';
/** A ladder as the form sends it: two hours, then three, the second on the desk alone. */
const brisk = {
  typed: '1',
  unit: 'hours',
  limit: '2',
  warns: '50',
  warnBy: 'mail',
  after1: '2',
  whom1: 'holder',
  by1: 'mail',
  after2: '3',
  whom2: 'accountManager',
  copy2: 'ae',
  by2: 'desk',
  quietFrom: '18:00',
  quietTo: '9:30',
};
const address = (typed: Readonly<Record<string, string>>, step = scope): string =>
  `/admin/ladder?${new URLSearchParams({ step, calendar: 'office', at: '2026-03-10T16:30', lang: 'zh-CN', ...typed }).toString()}`;

describe('a ladder that is changed on its page', () => {
  it('M-22: is tried out before it is saved, beside what happens now, and trying saves nothing', async () => {
    const sun = await at('sunlan');
    const page = await sun.open(address(brisk));
    expect(page.status, saidBy(page)).toBe(200);
    const text = plain(page);
    expect(text).toContain('现在用的是标准阶梯：内部签核');
    expect(text).toContain('改了以后会这样发生（还没有保存）');
    // 16:30 and half an hour today, the rest on Wednesday from nine.
    expect(text).toContain('第 1 级 提醒 3月11日（周三） 10:30，2 个工作小时后 3月11日（周三） 12:30');
    expect(text).toContain('客户经理、客户主任 只在桌面和工作页上');
    expect(text).toMatch(/第 4 级 升级 不再有/);
    expect(text).toContain('保存这份阶梯');
    expect(text).toContain('只这一步：');
    expect(await ladderSet(store())).toEqual({});
  });

  it('M-22: quiet hours say when the mail of a rung leaves, the rung itself counts on time', async () => {
    const sun = await at('sunlan');
    const late = { ...brisk, after1: '0.5', limit: '0.5', warns: '', quietFrom: '16:55', by2: 'mail' };
    const text = plain(await sun.open(address(late)));
    // The next morning lies behind the second rung, so the reminder does not wait for the digest.
    expect(text).toMatch(/第 1 级 提醒 3月10日（周二） 17:00[^第]*邮件，免打扰后 3月11日（周三） 09:30/);
    const calm = plain(await sun.open(address({ ...late, after2: '40', by2: 'digest' })));
    expect(calm).toMatch(/第 1 级 提醒 3月10日（周二） 17:00[^第]*摘要，3月12日（周四） 09:00/);
    expect(calm).toMatch(/第 2 级 升级 3月17日（周二） 16:30[^第]*摘要，3月18日（周三） 09:00/);
    const loud = plain(await sun.open(address({ ...late, whom1: 'ae' })));
    expect(loud).toContain('邮件，免打扰后 3月11日（周三） 09:30');
  });

  it('is saved with a reason, for jobs that start from now on; the history says who, when and why', async () => {
    const sun = await at('sunlan');
    const tried = await sun.open(address(brisk));
    const unsaid = await sun.send(tried, { do: 'save', why: ' ' }, '/ladder');
    expect(unsaid.status).toBe(422);
    expect(saidBy(unsaid)).toContain('请写明原因');
    const saved = await sun.send(unsaid, { do: 'save', why: '客户要当天答复' }, '/ladder');
    expect(saved.status, saidBy(saved)).toBe(303);
    expect(await ladderInForce(store(), scope)).toMatchObject({
      version: 1,
      ladder: {
        id: scope,
        limit: { workingMinutes: 120 },
        quiet: { from: '18:00', to: '09:30' },
        rungs: [
          { n: 1, whom: 'holder', kind: 'remind', by: 'mail', copy: [] },
          { n: 2, whom: 'accountManager', kind: 'escalate', by: 'desk', copy: ['ae'] },
        ],
      },
    });
    expect((await auditOf(store(), 'ladders', scope))[0]).toMatchObject({ by: 'sunlan', words: '客户要当天答复' });
    const text = plain(await sun.open(saved.location ?? ''));
    expect(text).toContain('已保存，此后开始的工作使用');
    expect(text).toContain('现在用的是这一步自己的阶梯，第 1 版');
    expect(text).toMatch(/第 1 版 .*孙.*客户要当天答复/);
    // The same once more is no new version.
    const again = await sun.send(tried, { do: 'save', why: '再来一次', [`seen:${scope}`]: '1' }, '/ladder');
    expect(again.status).toBe(422);
    expect(saidBy(again)).toContain('没有新版本可保存');
  });

  it('whoever saw an older version saves nothing over the newer one', async () => {
    const sun = await at('sunlan');
    const tried = await sun.open(address({ ...brisk, limit: '3' }));
    const stale = await sun.send(tried, { do: 'save', why: '改', [`seen:${scope}`]: '0' }, '/ladder');
    expect(stale.status).toBe(409);
    expect(await ladderInForce(store(), scope)).toMatchObject({ version: 1 });
  });

  it('a kind’s own ladder is that of every step without one of its own', async () => {
    const sun = await at('sunlan');
    const tried = await sun.open(address({ ...brisk, limit: '5', after1: '5', after2: '6' }, 'workOrder/designer'));
    const saved = await sun.send(tried, { do: 'save', why: '全公司放宽一小时', scope: 'internalSignature' }, '/ladder');
    expect(saved.status, saidBy(saved)).toBe(303);
    expect(plain(await sun.open(address({}, 'workOrder/artDirector')))).toContain(
      '现在用的是本公司的“内部签核”阶梯，第 1 版',
    );
    expect(plain(await sun.open(address({})))).toContain('这一步自己的阶梯，第 1 版');
  });

  it('going back to the standard is a version too, with its reason; an earlier one can be looked at again', async () => {
    const sun = await at('sunlan');
    const page = await sun.open(address({}));
    const back = await sun.send(page, { do: 'back', why: '试过了，太紧' }, '/ladder');
    expect(back.status, saidBy(back)).toBe(303);
    expect(await ladderInForce(store(), scope)).toMatchObject({ version: 2, ladder: null });
    const after = await sun.open(back.location ?? '');
    expect(plain(after)).toMatch(/第 2 版 .*试过了，太紧 改回标准/);
    const look = /href="([^"]*typed=1[^"]*)"/.exec(after.text)?.[1]?.replace(/&amp;/g, '&') ?? '';
    expect(plain(await sun.open(look))).toContain('改了以后会这样发生（还没有保存）');
  });

  it('R-67: whoever may not draw routes may try and look, and saves nothing', async () => {
    const lin = await at('linxia');
    const page = await lin.open(address(brisk));
    expect(page.status).toBe(200);
    expect(plain(page)).not.toContain('保存这份阶梯');
    const sun = await at('sunlan');
    const theirs = await sun.open(address(brisk));
    const tried = await lin.send(theirs, { do: 'save', why: '我也要' }, '/ladder');
    expect(tried.status).toBe(403);
    expect(await ladderInForce(store(), scope)).toMatchObject({ version: 2 });
  });

  it.each([
    ['a negative offset', { after1: '-2' }, '时限要大于 0，不能是 -2'],
    ['rungs that are not in order', { after2: '1' }, '第 2 级要晚于第 1 级'],
    ['no rung', { after1: '', after2: '' }, '至少要有一级提醒'],
    ['a rung to nobody', { whom2: '' }, '第 2 级没有人可提醒，请选一个人'],
    ['somebody told twice', { copy2: 'accountManager' }, '第 2 级把同一个人写了两次'],
    ['the client told of the agency’s step', { whom2: 'clientContact' }, '这一步在公司内部；请选公司的人'],
    ['quiet hours over the whole office day', { quietFrom: '08:00', quietTo: '18:00' }, '盖住了全部办公时间'],
    ['quiet hours that are no time', { quietFrom: '25:00' }, '“25:00”不是时间'],
    ['warnings that do not ascend', { warns: '80, 50' }, '预警的百分比要一个比一个大'],
  ])(
    'a ladder with %s is refused with the sentence that says what to change, and nothing is saved',
    async (_what, change, sentence) => {
      const sun = await at('sunlan');
      const page = await sun.open(address({ ...brisk, ...change }));
      expect(page.status).toBe(422);
      expect(saidBy(page)).toContain(sentence);
      expect(plain(page)).not.toContain('保存这份阶梯');
      const good = await sun.open(address(brisk));
      const forced = await sun.send(good, { ...change, do: 'save', why: '硬来' }, '/ladder');
      expect(forced.status).toBe(422);
      expect(await ladderInForce(store(), scope)).toMatchObject({ version: 2 });
    },
  );

  it('a step that does not exist is named', async () => {
    const sun = await at('sunlan');
    expect(saidBy(await sun.open(address({}, 'qcSeven/nobody')))).toContain('没有“qcSeven/nobody”这一步');
  });
});

describe('ladders by the JSON API', () => {
  interface Said {
    readonly status: number;
    readonly etag: string | null;
    readonly body: Record<string, unknown>;
  }
  const tokens = new Map<string, string>();
  async function call(who: Person, method: string, path: string, sent?: unknown, seen?: string): Promise<Said> {
    if (!tokens.has(who.id)) tokens.set(who.id, await house.token(who));
    const answer = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(who.id) ?? ''}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(seen === undefined ? {} : seen === '*' ? { 'if-none-match': '*' } : { 'if-match': seen }),
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, etag: answer.headers.get('etag'), body };
  }
  const ladder = {
    limit: { workingMinutes: 60 },
    warnPercents: [],
    rungs: [{ after: { workingMinutes: 60 }, whom: 'holder' }],
  };

  it('M-22: the director reads, tries and saves a step’s ladder; versions and the tag count', async () => {
    const director = await house.person(['ACCOUNT_DIRECTOR']);
    const path = '/ladders/timetable/client';
    const first = await call(director, 'GET', path);
    expect(first).toMatchObject({ status: 200, etag: '"0"', body: { own: false, version: 0, versions: [] } });
    const tried = await call(director, 'POST', '/ladders/try', {
      scope: 'timetable/client',
      ladder,
      from: '2026-03-13T08:30:00.000Z',
    });
    // Friday 16:30: nothing before Monday.
    expect(tried).toMatchObject({
      status: 200,
      body: {
        moments: [
          {
            key: 'L1',
            at: '2026-03-16T01:30:00.000Z',
            inWords: expect.stringMatching(/09:30，.*后$|09:30, .* later$/) as string,
          },
          { key: 'due' },
        ],
      },
    });
    const saved = await call(director, 'PUT', path, { ladder, words: '急' }, '*');
    expect(saved, JSON.stringify(saved.body)).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { own: true, version: 1 },
    });
    expect((await call(director, 'PUT', path, { ladder: null, words: '算了' }, '*')).status).toBe(412);
    const gone = await call(director, 'PUT', path, { ladder: null, words: '算了' }, '"1"');
    expect(gone).toMatchObject({ status: 200, etag: '"2"', body: { own: false, versions: [{ words: '算了' }, {}] } });
    const all = await call(director, 'GET', '/ladders');
    expect(all.body).toMatchObject({ ladders: [{ scope: 'internalSignature' }, {}, {}, {}] });
  });

  it.each([
    ['negative offsets', { ...ladder, limit: { workingMinutes: -60 } }, 'ladder.limit', 'spanNotPositive'],
    ['no rung', { ...ladder, rungs: [] }, 'ladder.rungs', 'ladderEmpty'],
    [
      'seven rungs',
      {
        ...ladder,
        rungs: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ after: { workingMinutes: n * 60 }, whom: 'ae' })),
      },
      'ladder.rungs',
      'tooManyRungs',
    ],
    [
      'rungs not in order',
      { ...ladder, rungs: [120, 60].map((workingMinutes) => ({ after: { workingMinutes }, whom: 'ae' })) },
      'ladder.rungs.1.after',
      'rungNotLater',
    ],
    [
      'quiet hours that never end',
      { ...ladder, quiet: { from: '09:00', to: '09:00' } },
      'ladder.quiet',
      'quietWholeDay',
    ],
  ])('%s are refused by field, in both languages', async (_what, bad, field, code) => {
    const director = await house.person(['ACCOUNT_DIRECTOR']);
    const said = await call(director, 'PUT', '/ladders/qcSix/artDirector', { ladder: bad, words: 'x' }, '*');
    expect(said.status).toBe(422);
    const [error] = said.body.errors as { field: string; code: string; detail: string }[];
    expect(error).toMatchObject({ field, code });
    expect(error?.detail).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
    expect(await ladderInForce(store(), 'qcSix/artDirector')).toEqual({ version: 0, ladder: null });
  });

  it('a step or a route that does not exist is told with those that do; a rung to nobody is no ladder', async () => {
    const director = await house.person(['ACCOUNT_DIRECTOR']);
    const step = await call(director, 'PUT', '/ladders/qcSix/nobody', { ladder, words: 'x' }, '*');
    expect(step).toMatchObject({ status: 404, body: { errors: [{ field: 'step' }] } });
    expect(JSON.stringify(step.body)).toContain('artDirector');
    const route = await call(director, 'GET', '/ladders/nothing');
    expect(route).toMatchObject({ status: 404, body: { errors: [{ field: 'route' }] } });
    const nobody = { ...ladder, rungs: [{ after: { workingMinutes: 60 }, whom: 'nobody' }] };
    const said = await call(director, 'PUT', '/ladders/qcSix/artDirector', { ladder: nobody, words: 'x' }, '*');
    expect(said).toMatchObject({ status: 422, body: { errors: [{ field: 'ladder.rungs.0.whom' }] } });
  });

  it('R-67: an account executive reads and tries, and saves nothing; without a tag nobody does', async () => {
    const executive = await house.person(['ACCOUNT_EXECUTIVE']);
    const place = await house.brand([executive]);
    expect(place.clientId).not.toBe('');
    expect((await call(executive, 'GET', '/ladders/clientSignature')).status).toBe(200);
    const path = '/ladders/clientSignature';
    expect((await call(executive, 'PUT', path, { ladder, words: 'x' }, '*')).status).toBe(403);
    const director = await house.person(['ACCOUNT_DIRECTOR']);
    expect((await call(director, 'PUT', path, { ladder, words: 'x' })).status).toBe(428);
  });

  it('P-21: a calendar without a single working hour is refused with the sentence that says what to change', async () => {
    const keeper = await house.person(['ADMIN']);
    const office = await call(keeper, 'GET', '/calendars/office');
    expect(office.status).toBe(200);
    const { id: _id, revision, ...calendar } = office.body;
    const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, []]));
    const none = await call(
      keeper,
      'PUT',
      '/calendars/office',
      { calendar: { ...calendar, weekly }, words: '关门' },
      office.etag ?? '',
    );
    expect(none).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'calendar.weekly', code: 'noWorkingHour' }] },
    });
    expect(JSON.stringify(none.body)).toContain('一周里至少要有一个小时工作时间');
    expect((await call(keeper, 'GET', '/calendars/office')).body.revision).toBe(revision);
    const same = await call(keeper, 'PUT', '/calendars/office', { calendar, words: '照旧' }, office.etag ?? '');
    expect(same.body, JSON.stringify(same.body)).toMatchObject({ revision: Number(revision) + 1 });
  });
});
