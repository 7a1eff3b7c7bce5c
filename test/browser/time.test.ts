import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio, tell } from '../api/time/studio.ts';
import { timeTales } from '../api/time/tales.ts';
import type { Diary } from '../domain/time-kept/diary.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
let house: House;
let director: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  const people = await openStudio(house);
  await timeTales(house);
  await tell(house, {
    id: 'time-met',
    number: 'YFLC2026050',
    title: '秋茶上市',
    until: 'PROPOSED',
    hoursAgo: 30,
    then: meets,
  });
  const person = people.director;
  if (!person) throw new Error('nobody');
  director = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
  await director.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** The team met, meets again, and the client said something that could not wait. */
function meets(job: Diary): void {
  const people = ['executive', 'designer', 'creativeDirector'];
  const words = '缺产品照片，客户周五前补齐；补不齐就先用去年的。';
  const progress = [{ module: 'poster', standing: 'atRisk', words }] as const;
  job.does('executive', { type: 'recordMeeting', heldAt: job.at, people, progress });
  const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
  job.does('executive', { type: 'callMeeting', at, place: '二楼会议室', people });
  const said = '董事长看了不满意：茶汤颜色太深，下周要换方案。';
  job.does('executive', { type: 'recordOpinion', kind: 'doubt', words: said, from: 'lead', important: true });
  job.does('executive', { type: 'recordOpinion', kind: 'correction', words: '标题放大', from: 'contact' });
}

const looks = [
  [390, 'light', 'zh-CN'],
  [1280, 'dark', 'en'],
  [390, 'dark', 'en'],
  [1280, 'light', 'zh-CN'],
] as const;

/** Pictures are taken where somebody wants to look at them: `TIME_PICTURES=<folder>`. */
const folder = process.env['TIME_PICTURES'];

describe('WCAG 2.2 AA and our own eye, in both schemes and widths', () => {
  test.each([
    '/jobs/time-archived/time',
    '/jobs/time-qc/time',
    '/late',
    '/load',
    '/spent?days=365',
    '/jobs/time-late2',
    '/desk',
    '/jobs/time-met',
    '/jobs/time-met/acts/callMeeting',
    '/jobs/time-met/acts/recordMeeting',
    '/jobs/time-met/acts/reportOpinion',
  ])('page %s', { timeout: 120_000 }, async (path) => {
    const page = await director.newPage();
    for (const [width, colorScheme, lang] of looks) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'load' });
      // What one can do about a step is folded below its ladder.
      for (const fold of await page.locator('.round-ladder details > summary').all()) await fold.click();
      // Where a click has scrolled to is chance, and with it what lies under the head that stays in place.
      await page.evaluate('scrollTo(0, 0)');
      if (folder !== undefined)
        await page.screenshot({
          path: `${folder}/${path.replace(/\W+/g, '-')}.${String(width)}.${lang}.${colorScheme}.png`,
          fullPage: true,
        });
      expect([...(await findings(page)), ...(await flaws(page))], `${path} ${String(width)} ${lang}`).toEqual([]);
    }
    await page.close();
  });
});
