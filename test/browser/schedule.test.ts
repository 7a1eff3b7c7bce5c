import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseEffect } from '../../domain/cases/acts.ts';
import { addMs } from '../../domain/instant.ts';
import { genesis } from '../../domain/log/entry.ts';
import { isRefusal, type Stamp } from '../../domain/process.ts';
import { scheduleProcess } from '../../domain/schedule/process.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from '../../domain/schedule/state.ts';
import { initialSchedule } from '../../domain/schedule/state.ts';
import { freeze } from '../../papers/form.ts';
import { executionSchedule } from '../../papers/timing/schedule.ts';
import { recordCase } from '../../store/case-recorder.ts';
import { mintGrant } from '../../store/grants.ts';
import { linkFor } from '../../store/links.ts';
import { freezePaper } from '../../store/papers.ts';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio, tell } from '../api/time/studio.ts';
import { Play } from '../domain/cases/play.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];
const dayMs = 86_400_000;
const [jobId, processId] = ['job-browser01', 'schedule-browser01'];

let browser: Browser;
let house: House;
let link: string;
const contexts = new Map<string, BrowserContext>();

/** A schedule as its process would have recorded it: one task late and unconfirmed, one declined, one done, one confirmed, one asked for. */
async function fill(cast: Awaited<ReturnType<typeof openStudio>>): Promise<void> {
  const { store, clock, keys } = house.api.deps;
  const now = clock();
  const row = (stage: string, task: string, owner: string, days: number, standard: string) => ({
    stage,
    task,
    owner,
    timeNode: addMs(now, days * dayMs),
    standard,
  });
  const entries = [
    row('筹备', '灯箱喷绘打样', 'designer', -1, 'A1 小样一张，颜色与正稿一致，客户签收'),
    row('筹备', '点位照片与安装尺寸核对', 'copywriter', 1, '全部十二个点位，误差不超过一厘米'),
    row('制作', '十二块灯箱画面输出', 'artDirector', 6, '按核对后的尺寸，无接缝、无色差'),
    row('执行', '现场安装', 'designer', 9, '当晚二十二点前亮灯，逐块拍照'),
    row('执行', '安装监督与验收', 'creativeDirector', 9, '验收单由商场和我方共同签字'),
  ];
  const frozen = freeze(executionSchedule, { entries });
  await freezePaper(store, 'F-11', frozen.content, frozen.facts);
  const recorded: { stamp: Stamp; event: ScheduleEvent }[] = [];
  const play: Play<ScheduleState, ScheduleAct, ScheduleEvent> = new Play(
    {
      ...scheduleProcess,
      evolve: (state, event, stamp) => {
        recorded.push({ stamp, event });
        return scheduleProcess.evolve(state, event, stamp);
      },
      effects: (state, event, stamp): readonly CaseEffect[] => scheduleProcess.effects(state, event, stamp),
    },
    initialSchedule(processId),
  );
  play.now = addMs(now, -4 * dayMs);
  const actor = (id: string) =>
    ({ kind: 'person', personId: id, roles: cast[id]?.roles ?? [], side: 'agency', proof: 'session' }) as const;
  const say = (id: string, act: ScheduleAct): void => {
    const answer = play.act(actor(id), act);
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
  };
  const about = { title: '夏季主视觉 灯箱海报', clientId: 'yunfeng', brandId: 'yunfeng', ownerId: 'executive', jobId };
  say('executive', { type: 'begin', ...about, parts: {} });
  say('executive', { type: 'move', move: 'layDown', paper: { form: 'F-11', hash: frozen.hash, facts: frozen.facts } });
  const entry = (n: number) => ({ entry: `e${String(n)}`, mark: play.state.entries[n - 1]?.mark ?? '' });
  say('artDirector', { type: 'declineEntry', ...entry(3), words: '喷绘机那两天检修，十天之后才能全部输出。' });
  say('creativeDirector', { type: 'confirmEntry', ...entry(5) });
  play.until(addMs(now, -2 * dayMs));
  say('copywriter', { type: 'reportEntry', ...entry(2), evidence: '点位核对表已放进项目文件夹“制作”，照片十二张' });
  play.until(now);
  await recordCase(store, { processId, after: genesis, entries: recorded }, now);
  const scope = {
    personId: 'designer',
    processId,
    circulation: 'F-11',
    round: 1,
    step: 'confirmEntries',
    purpose: 'schedule',
  };
  link = linkFor(await mintGrant(store, { ...scope, hash: frozen.hash }, keys.links, now), keys.links);
}

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  const cast = await openStudio(house);
  await tell(house, {
    id: jobId,
    until: 'CREATING',
    hoursAgo: 200,
    title: '夏季主视觉 灯箱海报',
    number: 'YFLC2026001',
  });
  await tell(house, {
    id: 'job-browser02',
    until: 'CREATING',
    hoursAgo: 90,
    title: '乌龙茶礼盒 户外',
    number: 'YFLC2026002',
  });
  await fill(cast);
  for (const id of ['executive', 'designer', 'director']) {
    const person = cast[id];
    if (!person) throw new Error(`nobody is called ${id}`);
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
    contexts.set(id, context);
  }
  contexts.set('', await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' }));
}, 180_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

const looks = [
  [390, 'light', 'zh-CN'],
  [1280, 'dark', 'en'],
  [390, 'dark', 'en'],
  [1280, 'light', 'zh-CN'],
] as const;

async function inAllLooks(who: string, name: string, path: string, act: (page: Page) => Promise<void>): Promise<void> {
  const page = await contexts.get(who)?.newPage();
  if (!page) throw new Error(`nobody is ${who}`);
  for (const [width, colorScheme, lang] of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'load' });
    await act(page);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      const file = `${name}.${String(width)}.${lang}.${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
    const found = [...(await findings(page)), ...(await flaws(page))];
    expect(found, `${name} at ${String(width)} ${colorScheme} ${lang}`).toEqual([]);
  }
  await page.close();
}

const count = (page: Page, selector: string): Promise<number> => page.locator(selector).count();
const pressed = async (page: Page, selector: string): Promise<void> => {
  await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
  await Promise.all([page.waitForEvent('load'), page.locator(selector).first().click()]);
};

describe('the execution schedule in both languages, schemes and widths', () => {
  test(
    'R-53: an executor’s own tasks stand first, with what can be done; a late one is red',
    { timeout: 180_000 },
    () =>
      inAllLooks('designer', 'schedule-own', `/schedules/${processId}`, async (page) => {
        expect(await count(page, '#yours .case-task')).toBe(2);
        expect(await count(page, '#yours .case-task-late .chip-late')).toBe(1);
        expect(await count(page, '#yours button[value="confirmAll"]')).toBe(1);
        expect(await count(page, '#all button')).toBe(0);
      }),
  );

  test(
    'R-52: account service sees who confirmed, who declined and why, what is done and late',
    { timeout: 180_000 },
    () =>
      inAllLooks('executive', 'schedule', `/schedules/${processId}`, async (page) => {
        expect(await count(page, '.case-task')).toBe(5);
        expect(await count(page, '.case-task blockquote')).toBe(1);
        expect(await count(page, 'a[href$="/write"]')).toBe(1);
      }),
  );

  test('the form, and the form that was refused with what is missing', { timeout: 180_000 }, async () => {
    await inAllLooks('executive', 'schedule-write', `/schedules/${processId}/write`, async (page) => {
      expect(await page.locator('textarea[name="entries[0][standard]"]').inputValue()).toContain('A1 小样');
    });
    await inAllLooks('executive', 'schedule-wrong', '/schedules/schedule-browser02/write', async (page) => {
      await page.locator('input[name="entries[0][task]"]').fill('现场安装');
      await pressed(page, '.actions-fixed .btn-ink');
      expect(await count(page, '.field-bad .error')).toBe(1);
    });
  });

  test('a job without a schedule, and the schedule on the page of its job', { timeout: 180_000 }, async () => {
    await inAllLooks('executive', 'schedule-none', '/jobs/job-browser02/schedule', async (page) => {
      expect(await count(page, '#acts .btn-ink')).toBe(1);
    });
    await inAllLooks('executive', 'job-schedule', `/jobs/${jobId}`, async (page) => {
      expect(await count(page, '#papers a[href$="/schedule"]')).toBe(1);
      expect(await count(page, '#papers a[href$="/papers/F-11/1"]')).toBe(1);
    });
  });

  test('R-53: by the link of a mail, also with a fold that came back', { timeout: 180_000 }, async () => {
    await inAllLooks('', 'schedule-link', link, async (page) => {
      expect(await count(page, '.case-task')).toBe(2);
    });
    await inAllLooks('', 'schedule-link-wrong', link, async (page) => {
      await page.locator('summary').first().click();
      await pressed(page, 'details[open] .actions .btn');
      expect(await count(page, 'details[open] .field-bad .error')).toBe(1);
    });
  });

  test('R-57: late among what is late, and on the desk', { timeout: 180_000 }, async () => {
    await inAllLooks('director', 'late-schedule', '/late', async (page) => {
      expect(await count(page, '.late-line-red a[href*="#entry-e1"]')).toBe(1);
    });
    await inAllLooks('designer', 'desk-schedule', '/desk', async (page) => {
      expect(await count(page, '.card-late a[href*="#entry-e1"]')).toBe(1);
    });
  });
});
