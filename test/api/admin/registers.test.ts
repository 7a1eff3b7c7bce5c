import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { auditOf } from '../../../store/audit.ts';
import { clients } from '../../../store/clients.ts';
import { issueLoginCode, tryLoginCode } from '../../../store/login-codes.ts';
import { brandTeams, people } from '../../../store/people.ts';
import { issueNumber } from '../../../store/numbers.ts';
import { newestRoute } from '../../../store/routes.ts';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await fillAgency(house.api.deps.store);
}, 120_000);
afterAll(() => house.close());

const at = async (personId: string) => sitAt(house, await cookieFor(house.api.deps, personId));
const store = () => house.api.deps.store;

describe('people', () => {
  it('a keeper adds a person; a corrected address is a new revision; switching off ends the sessions', async () => {
    const sun = await at('sunlan');
    const added = await sun.fill(
      '/admin/people/new',
      { name: '许知远', address: 'xu@agency.example', roles: ['COPY_CHIEF'] },
      '/new',
    );
    expect(added.status, saidBy(added)).toBe(303);
    const made = (await people.all(store())).find(({ value }) => value.name === '许知远');
    expect(made?.value).toMatchObject({ side: 'agency', roles: ['COPY_CHIEF'], mail: { revision: 1 }, active: true });
    const page = `/admin/people/${made?.id ?? ''}`;
    const { keys, clock } = house.api.deps;
    const before = await at(made?.id ?? '');
    expect((await before.open('/admin/people')).text).not.toContain('验证码');
    const onItsWay = await issueLoginCode(store(), made?.id, keys.cookies, clock());
    expect((await sun.fill(page, { address: 'xu.z@agency.example' }, made?.id)).status).toBe(303);
    // Whoever reads the old address is signed out, and the code that is still on its way there opens nothing.
    expect((await before.open('/admin/people')).text).toContain('验证码');
    const { requestId, code } = onItsWay;
    expect(await tryLoginCode(store(), requestId, code, keys.cookies, clock())).toBeUndefined();
    expect((await people.get(store(), made?.id ?? ''))?.value.mail).toMatchObject({
      address: 'xu.z@agency.example',
      revision: 2,
    });
    expect((await people.get(store(), made?.id ?? ''))?.value.mail.since).toMatch(/Z$/);
    const xu = await at(made?.id ?? '');
    expect((await xu.open('/admin/people')).status).toBe(200);
    expect((await sun.fill(page, { active: '' }, made?.id)).status).toBe(303);
    expect((await xu.open('/admin/people')).text).toContain('验证码');
  });

  it('wrong titles, wrong addresses and taken addresses are named beside the field, and nothing is saved', async () => {
    const sun = await at('sunlan');
    const before = (await people.all(store())).length;
    const wrong = await sun.fill(
      '/admin/people/new',
      { name: '', address: 'no address', roles: ['CLIENT_LEAD'] },
      '/new',
    );
    expect(wrong.status).toBe(422);
    expect(saidBy(wrong)).toContain('客户项目负责人');
    expect(wrong.text).toContain('no address');
    const taken = await sun.fill(
      '/admin/people/new',
      { name: '另一位', address: 'WANGFANG@agency.example', roles: ['ARTIST'] },
      '/new',
    );
    expect(taken.status).toBe(409);
    expect(saidBy(taken)).toContain('已是别人的');
    expect((await people.all(store())).length).toBe(before);
  });

  it('S-144: a designer changes nobody, and sees no address of a client’s people of another brand', async () => {
    const lin = await at('linxia');
    const page = await lin.open('/admin/people/wangfang');
    expect(page.text).toContain('您可以看，不能改');
    expect(page.text).not.toContain('action="/admin/people/wangfang"');
    expect(page.text).toContain('客户主任');
    // Whoever makes the form up by hand is told the same.
    const forged = { ...page, text: '<form method="post" action="/admin/people/wangfang"></form>' };
    const sent = await lin.send(forged, { name: '改名' });
    expect(sent.status).toBe(403);
    expect((await lin.open('/admin/people/new')).status).toBe(403);
    expect((await people.get(store(), 'wangfang'))?.value.name).toBe('王芳');
  });
});

describe('brand teams', () => {
  it('R-99: a team in which a step has nobody is refused, and the steps are named', async () => {
    const sun = await at('sunlan');
    const page = await sun.open('/admin/teams/yunfeng');
    const ticked = [
      'wangfang:ACCOUNT_EXECUTIVE',
      'liuyang:ACCOUNT_MANAGER',
      'zhaoming:ACCOUNT_DIRECTOR',
      'nora:CREATIVE_DIRECTOR',
      'gaoyuan:ART_DIRECTOR',
      'linxia:ARTIST',
    ];
    const refused = await sun.send(page, { member: ticked });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('文案 没有人可签');
    expect((await brandTeams.get(store(), 'team-yunfeng'))?.revision).toBe(1);
    expect(
      (await sun.send(page, { member: [...ticked, 'chenmo:COPYWRITER', 'hejing:ARTIST'], why: '人手调整' })).status,
    ).toBe(303);
    const [entry] = await auditOf(store(), 'brandTeams', 'team-yunfeng');
    expect(entry).toMatchObject({ by: 'sunlan', words: '人手调整', revision: 2 });
  });

  it('S-147: a brand team needs account director, account manager and account executive', async () => {
    const sun = await at('sunlan');
    const page = await sun.open('/admin/teams/yunfeng');
    const whole = [
      'wangfang:ACCOUNT_EXECUTIVE',
      'liuyang:ACCOUNT_MANAGER',
      'zhaoming:ACCOUNT_DIRECTOR',
      'nora:CREATIVE_DIRECTOR',
      'gaoyuan:ART_DIRECTOR',
      'linxia:ARTIST',
      'hejing:ARTIST',
      'chenmo:COPYWRITER',
    ];
    const before = (await brandTeams.get(store(), 'team-yunfeng'))?.revision;
    for (const title of ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR']) {
      const refused = await sun.send(page, { member: whole.filter((one) => !one.endsWith(`:${title}`)) });
      expect(refused.status, title).toBe(422);
      expect(refused.text, title).toContain('客户总监、客户经理、客户主任');
    }
    expect((await brandTeams.get(store(), 'team-yunfeng'))?.revision).toBe(before);
  });
});

describe('clients and codes', () => {
  it('P-02: only an account director chooses six steps; the choice is on record', async () => {
    const manager = await (await at('liuyang')).fill('/admin/clients/yifeng', { qcRoute: 'qcSix' }, '/yifeng');
    expect(manager.status).toBe(303);
    expect((await clients.get(store(), 'yifeng'))?.value.qcRoute.route).toBe('qcSeven');
    expect((await (await at('zhaoming')).fill('/admin/clients/yifeng', { qcRoute: 'qcSix' }, '/yifeng')).status).toBe(
      303,
    );
    expect((await clients.get(store(), 'yifeng'))?.value.qcRoute).toEqual({ route: 'qcSix', chosenBy: 'zhaoming' });
    expect((await clients.get(store(), 'yifeng'))?.value.contacts).toEqual(['zhoulan', 'lixiang']);
  });

  it('R-03, R-11: readings are confirmed, a taken code is refused with a free one, another code needs a reason', async () => {
    const zhao = await at('zhaoming');
    const suggested = await zhao.fill('/admin/clients/yifeng', { name: '重庆', do: 'suggest' }, '/brands');
    expect(suggested.status).toBe(200);
    expect(suggested.text).toContain('value="CQ"');
    expect(suggested.text).toContain('chóng');
    const clash = await zhao.fill('/admin/clients/yifeng', { name: '雅芳', code: 'YF', do: 'save' }, '/brands');
    expect(clash.status).toBe(422);
    expect(saidBy(clash)).toContain('YFA');
    const other = await zhao.send(clash, { code: 'YAF', do: 'save' }, '/brands');
    expect(saidBy(other)).toContain('请写明理由');
    const kept = await zhao.send(other, { code: 'YAF', codeReason: 'YF 已给云峰', do: 'save' }, '/brands');
    expect(kept.status, saidBy(kept)).toBe(303);
    const brand = (await clients.get(store(), 'yifeng'))?.value.brands.find((one) => one.name === '雅芳');
    expect(brand).toMatchObject({ code: 'YAF', codeReason: 'YF 已给云峰', lines: [] });
  });

  it('a line with the initials of another line of the brand is refused with a free code', async () => {
    const zhao = await at('zhaoming');
    const page = await zhao.fill('/admin/clients/yifeng', { name: '凉茶', code: 'LC', do: 'save' }, '/yunfeng/lines');
    expect(page.status).toBe(422);
    expect(saidBy(page)).toContain('LCA');
  });
});

describe('codes in use', () => {
  it('R-11: a code is changed freely until a job number was issued with it; then it is frozen, also against a forged form', async () => {
    const zhao = await at('zhaoming');
    const page = '/admin/clients/yifeng/brands/yunfeng';
    await issueNumber(store(), { requestId: 'request-1', brandCode: 'YF', lineCode: 'LC', year: 2026 });
    const opened = await zhao.open(page);
    expect(opened.text).toContain('已发过工作号，代码不能再改');
    const forged = await zhao.send(opened, { code: 'YX', 'line[lvcha][code]': 'LX' });
    expect(forged.status).toBe(422);
    const renamed = await zhao.send(opened, { name: '云峰茶', 'line[pinpai][code]': 'PPA', why: '品牌改名' });
    expect(renamed.status, saidBy(renamed)).toBe(303);
    const brand = (await clients.get(store(), 'yifeng'))?.value.brands.find((one) => one.id === 'yunfeng');
    expect(brand).toMatchObject({ name: '云峰茶', code: 'YF' });
    expect(brand?.lines.map((line) => line.code)).toEqual(['LC', 'PPA']);
    expect((await (await at('wangfang')).open(page)).status).toBe(403);
  });

  it('of several lines an error says which it means, by the name on file', async () => {
    const lines = (await clients.get(store(), 'yifeng'))?.value.brands.find(({ id }) => id === 'yunfeng')?.lines ?? [];
    const line = lines.find(({ id }) => id === 'pinpai')?.name ?? '';
    const zhao = await at('zhaoming');
    const page = await zhao.open('/admin/clients/yifeng/brands/yunfeng');
    const wrong = await zhao.send(page, { 'line[pinpai][name]': '', 'line[pinpai][code]': '1' });
    expect(wrong.status).toBe(422);
    for (const label of ['产品线名', '代码']) expect(wrong.text).toContain(`>${line} · ${label}</a>`);
    // Emptied, the line still stands under its name.
    expect(wrong.text).toMatch(new RegExp(`id="line-pinpai"[^]*?${line}`));
  });
});

describe('routes', () => {
  it('R-66: a route that would reach the client before the agency signed is refused in a sentence; a good one is a new version', async () => {
    const sun = await at('sunlan');
    const first = standardRoutes.qcSeven.steps[0]?.key ?? '';
    const qc = {
      ...standardRoutes.qcSeven,
      steps: standardRoutes.qcSeven.steps.map((step) => (step.side === 'client' ? { ...step, after: [first] } : step)),
    };
    const good = { ...standardRoutes.timetable, title: { zh: '进度表确认（改）', en: 'Timetable (changed)' } };
    const refused = await sun.fill('/admin/routes/qcSeven', { route: JSON.stringify(qc) });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('公司签齐之前');
    expect((await sun.fill('/admin/routes/qcSeven', { route: '{' })).text).toContain('不是可读的 JSON');
    expect((await sun.fill('/admin/routes/timetable', { route: JSON.stringify(good) })).status).toBe(303);
    expect(await newestRoute(store(), 'timetable')).toMatchObject({ version: 2 });
    expect((await (await at('linxia')).open('/admin/routes/timetable')).text).not.toContain('换一版流程');
  });
});

describe('tokens, calendar, audit', () => {
  it('a token is shown once and can be taken away; only keepers read the audit', async () => {
    const wang = await at('wangfang');
    const made = await wang.fill('/admin/tokens', { name: '周报脚本', days: '30' });
    const token = /jobbag_[A-Za-z0-9_-]{43}/.exec(made.text)?.[0] ?? '';
    expect(token).not.toBe('');
    const me = () => fetch(`${house.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect((await me()).status).toBe(200);
    const listed = await wang.open('/admin/tokens');
    expect(listed.text).not.toContain(token);
    expect(house.logged.join('')).not.toContain(token);
    const drop = /name="drop" value="([^"]+)"/.exec(listed.text)?.[1] ?? '';
    expect((await wang.send(listed, { drop })).status).toBe(200);
    expect((await me()).status).toBe(401);
    expect((await wang.open('/admin/calendar')).status).toBe(200);
    expect((await wang.open('/admin/audit')).status).toBe(403);
    expect((await (await at('sunlan')).open('/admin/audit')).text).toContain('新登记');
  });
});
