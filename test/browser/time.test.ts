import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio } from '../api/time/studio.ts';
import { timeTales } from '../api/time/tales.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
let house: House;
let director: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  const people = await openStudio(house);
  await timeTales(house);
  const person = people.director;
  if (!person) throw new Error('nobody');
  director = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
  await director.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
});
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
  ])('page %s', { timeout: 120_000 }, async (path) => {
    const page = await director.newPage();
    for (const [width, colorScheme, lang] of looks) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'load' });
      // What one can do about a step is folded below its ladder.
      for (const fold of await page.locator('.round-ladder details > summary').all()) await fold.click();
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
