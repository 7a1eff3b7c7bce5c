import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../../config/logging.ts';
import { readEntry } from '../../../domain/log/entry.ts';
import { jobRow, jobTable, wholeJob } from '../../../store/jobs.ts';
import { draftsOf, saveDraft } from '../../../store/drafts.ts';
import type { LogRow } from '../../../store/log.ts';
import { logTable } from '../../../store/log.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { openHouse, type House } from '../support/house.ts';
import { cookieFor, fillAgency } from './agency.ts';
import { saidBy, sitAt } from './browserless.ts';

const taskQueue = 'papers-write';
let house: House;
let worker: RunningWorker;

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '20000' }, { taskQueue });
  await fillAgency(house.api.deps.store);
  const { config } = house.api.deps;
  worker = await startWorker(config, { logger: createLogger({ name: 'worker', level: 'silent' }), taskQueue });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await house.close();
});

const at = async (personId: string) => sitAt(house, await cookieFor(house.api.deps, personId));
const sheet = {
  do: 'begin',
  lineId: 'lvcha',
  title: '春季海报',
  need: '为春茶上市做一张主海报',
  deliverables: '主海报一张',
  wantedDate: '2027-01-15',
  orderedBy: 'zhoulan',
  workTypes: ['print'],
  owner: 'wangfang',
} as const;
const jobs = () => jobTable(house.api.deps.store).countDocuments({});

async function begun(): Promise<string> {
  const page = await (await at('wangfang')).fill('/jobs/new', sheet);
  expect(page.status, saidBy(page)).toBe(303);
  return (page.location ?? '').split('?')[0] ?? '';
}

describe('new job', () => {
  it('R-13: nothing begins without a whole task sheet; every missing field is named and what was typed stays', async () => {
    const before = await jobs();
    const page = await (await at('wangfang')).fill('/jobs/new', { do: 'begin', title: '夏季海报' });
    expect(page.status).toBe(422);
    expect(saidBy(page)).toContain('“需求”还没有填写');
    expect(saidBy(page)).toContain('请选择产品线');
    expect(page.text).toContain('value="夏季海报"');
    expect(await jobs()).toBe(before);
  });

  it('R-01: the same form sent twice is one job', async () => {
    const wang = await at('wangfang');
    const before = await jobs();
    const page = await wang.open('/jobs/new');
    const [first, second] = await Promise.all([wang.send(page, sheet), wang.send(page, sheet)]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect((first.location ?? '').split('?')[0]).toBe((second.location ?? '').split('?')[0]);
    expect(await jobs()).toBe(before + 1);
  });

  it('a draft of no job yet fills the page for its owner, and is gone once the job is requested', async () => {
    const { store, clock } = house.api.deps;
    const content = { lineId: sheet.lineId, need: '秋季新品预热' };
    const draft = { ownerId: 'wangfang', form: 'F-01', revision: 0, content, updatedAt: clock() };
    await saveDraft(store, { ...draft, id: 'autumn' });
    const wang = await at('wangfang');
    const page = await wang.open('/jobs/new?draft=autumn');
    expect(page.text).toContain('秋季新品预热');
    expect((await (await at('liuyang')).open('/jobs/new?draft=autumn')).text).not.toContain('秋季新品预热');
    const { need: _typed, ...rest } = sheet;
    const refused = await wang.send(page, { ...rest, title: '' });
    expect([refused.status, refused.text.includes('秋季新品预热')]).toEqual([422, true]);
    expect((await draftsOf(store, 'wangfang')).map(({ id }) => id)).toContain('autumn');
    expect((await wang.send(refused, { title: sheet.title })).status).toBe(303);
    expect((await draftsOf(store, 'wangfang')).map(({ id }) => id)).not.toContain('autumn');
  });

  it('the page is saved half-written as it stands, found on the desk, opened again whole, and saved over or thrown away', async () => {
    const { store } = house.api.deps;
    const mine = async () => (await draftsOf(store, 'wangfang')).filter(({ processId }) => processId === undefined);
    const before = (await mine()).length;
    const wang = await at('wangfang');
    const half = { ...sheet, do: 'save', title: '冬季户外', need: '', workTypes: ['print', 'media'], campaign: '迎新' };
    const empty = await wang.open('/jobs/new');
    expect(empty.text).not.toContain('放弃草稿');
    const saved = await wang.send(empty, half);
    expect(saved.status, saidBy(saved)).toBe(303);
    const path = saved.location ?? '';
    // The same page pressed twice is one draft.
    expect((await wang.send(empty, half)).location).toBe(path);
    expect(await mine()).toHaveLength(before + 1);
    const again = await wang.open(path);
    expect(saidBy(again)).toContain('草稿已存');
    for (const words of ['value="冬季户外"', 'value="迎新"', '放弃草稿']) expect(again.text).toContain(words);
    expect(again.text).toMatch(/<input(?=[^>]*value="media")(?=[^>]*checked)/);
    const desk = await wang.open('/desk');
    expect(desk.text).toContain('冬季户外');
    expect((await (await at('liuyang')).open(path)).text).not.toContain('冬季户外');

    // Another window saves first: nothing is lost, and whoever presses again decides.
    const other = await wang.send(again, { do: 'save', title: '冬季户外二版' });
    expect(other.status).toBe(303);
    const conflict = await wang.send(again, { do: 'save', title: '冬季户外三版' });
    expect([conflict.status, saidBy(conflict).includes('另一个窗口')]).toEqual([409, true]);
    expect(conflict.text).toContain('value="冬季户外三版"');
    expect((await wang.send(conflict, { do: 'save' })).status).toBe(303);
    const last = await wang.open(path);
    expect(last.text).toContain('value="冬季户外三版"');

    // Thrown away there and saved here it is a draft again; what is requested leaves none behind.
    expect((await wang.send(last, { do: 'throw' })).status).toBe(303);
    expect(await mine()).toHaveLength(before);
    const kept = await wang.send(last, { do: 'save' });
    expect([kept.status, (await mine()).length]).toEqual([303, before + 1]);
    const whole = await wang.send(await wang.open(kept.location ?? ''), { ...sheet, title: '冬季户外' });
    expect([whole.status, (await mine()).length], saidBy(whole)).toEqual([303, before]);
  });

  it('a designer is told that account service begins jobs, and a person who ordered must be the client’s', async () => {
    expect((await (await at('linxia')).open('/jobs/new')).text).toContain('新建工作由客户部的人做');
    const page = await (await at('wangfang')).fill('/jobs/new', { ...sheet, orderedBy: 'nora' });
    expect(page.status).toBe(422);
  });

  it('a picture that is a page is not kept, and the rest of the form stays', async () => {
    const page = await (
      await at('wangfang')
    ).fill('/jobs/new', { ...sheet, material: new File(['<html>'], 'logo.png') });
    expect(page.status).toBe(422);
    expect(saidBy(page)).toContain('logo.png');
    expect(page.text).toContain('为春茶上市做一张主海报');
  });
});

describe('papers', () => {
  it('R-16: a brief is saved half-written, shows what is missing, and goes to the client only whole', async () => {
    const base = await begun();
    const wang = await at('wangfang');
    const briefing = await wang.fill(`${base}/acts/holdBriefing`, {
      client: 'zhoulan',
      account: 'wangfang',
      creative: 'nora',
    });
    expect(briefing.status, saidBy(briefing)).toBe(303);
    const saved = await wang.fill(`${base}/papers/F-03/edit`, { do: 'save', audience: '办公室人群' });
    expect(saved.status).toBe(200);
    expect(saidBy(saved)).toContain('还缺 3 项');
    const refused = await wang.fill(`${base}/papers/F-03/edit`, { do: 'submit' });
    expect(refused.status).toBe(422);
    expect(saidBy(refused)).toContain('“核心诉求点”还没有填写');
    expect(refused.text).toContain('办公室人群');
    const done = await wang.fill(`${base}/papers/F-03/edit`, {
      do: 'submit',
      mainAppeal: '一杯山风',
      expectedEffect: '铺货',
      constraints: '无',
    });
    expect(done.status, saidBy(done)).toBe(303);
    const job = await wholeJob(house.api.deps.store, base.slice('/jobs/'.length));
    expect(job?.state.papers['F-03']?.status).toBe('circulating');
    expect(
      (await draftsOf(house.api.deps.store, 'wangfang')).filter((draft) => draft.processId === job?.row._id),
    ).toEqual([]);
  });

  it('R-131: minutes begin with the client by name and its people as participants, not with an id to read', async () => {
    const base = await begun();
    const page = await (await at('wangfang')).open(`${base}/papers/F-15/edit`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<label for="f-client">客户<');
    expect(page.text).toMatch(/<option value="yifeng" selected[^>]*>怡丰饮料/);
    const chosen = [...page.text.matchAll(/name="participants" value="([^"]*)" checked/g)].map((one) => one[1]);
    expect(chosen).toContain('zhoulan');
    expect(chosen).not.toContain('wangfang');
  });

  it('a draft saved in another window is not overwritten without a word', async () => {
    const base = await begun();
    const wang = await at('wangfang');
    const [one, two] = [await wang.open(`${base}/papers/F-03/edit`), await wang.open(`${base}/papers/F-03/edit`)];
    expect((await wang.send(one, { do: 'save', audience: '甲' })).status).toBe(200);
    const late = await wang.send(two, { do: 'save', audience: '乙' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('另一个窗口');
    expect(late.text).toContain('乙');
    const again = await wang.send(late, { do: 'save' });
    expect(again.status).toBe(200);
    expect((await wang.open(`${base}/papers/F-03/edit`)).text).toContain('乙');
  });

  it('amounts, dates and hidden signs that cannot be read are named beside their field and stay as typed', async () => {
    const base = await begun();
    const wang = await at('wangfang');
    const page = await wang.fill(`${base}/papers/F-35/edit`, {
      do: 'submit',
      totalFen: '很多',
      validUntil: '2026-02-31',
      'items[0][item]': '海报\u202e设计',
    });
    expect(page.status).toBe(422);
    expect(saidBy(page)).toContain('合计');
    expect(page.text).toContain('value="很多"');
    expect(page.text).toContain('2026-02-31');
  });

  it('R-47, M-01: what cannot be done now says why and shows no form; nothing is sent', async () => {
    const base = await begun();
    const wang = await at('wangfang');
    const page = await wang.open(`${base}/acts/startProduction`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('现在还不能');
    expect(page.text).not.toContain(`action="${base}/acts/startProduction"`);
    expect((await wang.open(`${base}/acts/nothing`)).status).toBe(404);
    expect((await wang.open('/jobs/job-doesnotexist/papers/F-03/edit')).status).toBe(404);
  });

  it('R-14: a briefing without one of the three groups is refused by the core and the form comes back', async () => {
    const base = await begun();
    const page = await (
      await at('wangfang')
    ).fill(`${base}/acts/holdBriefing`, { client: 'zhoulan', account: 'wangfang' });
    expect(page.status).toBe(422);
    const row = await jobRow(house.api.deps.store, base.slice('/jobs/'.length));
    expect(row?.phase).toBe('REQUESTED');
  });

  it('GET of every writing page leaves the log as it is', async () => {
    const base = await begun();
    const wang = await at('wangfang');
    // Commands of people alone: an asking mail that was accepted meanwhile has its entry, whoever reads.
    const count = async () =>
      (await logTable(house.api.deps.store).find({}).lean<LogRow[]>()).filter(
        ({ body }) => readEntry(body)?.stamp.actor.kind === 'person',
      ).length;
    const before = await count();
    for (const form of [
      'F-01',
      'F-03',
      'F-04',
      'F-05',
      'F-09',
      'F-10',
      'F-18',
      'F-19',
      'F-20',
      'F-21',
      'F-22',
      'F-22:trio',
      'F-23',
      'F-35',
      'F-36',
      'F-54',
    ]) {
      const page = await wang.open(`${base}/papers/${encodeURIComponent(form)}/edit`);
      expect([form, page.status]).toEqual([form, 200]);
    }
    for (const act of [
      'assess',
      'huddle',
      'addPiece',
      'archive',
      'hold',
      'changeOwner',
      'recordOpinion',
      'internalAgreement',
    ])
      expect((await wang.open(`${base}/acts/${act}`)).status).toBe(200);
    expect(await count()).toBe(before);
  });
});
