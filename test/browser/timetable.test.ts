import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusGrant } from '../../api/staff/status-link.ts';
import { tokenFor } from '../../store/links.ts';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio, tell } from '../api/time/studio.ts';
import { inSummer, timetableTale } from '../api/time/timetables.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
let house: House;
let executive: BrowserContext;
let statusPath: string;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  inSummer(house);
  const people = await openStudio(house);
  await timetableTale(house, 'time-table');
  await timetableTale(house, 'time-extended', 'extended');
  await timetableTale(house, 'time-drafted', 'drafted');
  await tell(house, { id: 'time-begin', title: '没有进度表', until: 'OPENED', hoursAgo: 40 });
  const { executive: person, contact } = people;
  if (!person || !contact) throw new Error('nobody');
  executive = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
  await executive.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
  const { store, keys, clock } = house.api.deps;
  const grant = await statusGrant(store, contact, 'yunfeng', keys.links, clock());
  statusPath = `/c/a/${tokenFor(grant, keys.links)}`;
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
    ['inside', (): string => '/jobs/time-table/timetable'],
    ['outside', (): string => '/jobs/time-table/timetable?version=outside'],
    ['extended', (): string => '/jobs/time-extended/timetable'],
    ['draft', (): string => '/jobs/time-table/papers/F-10/edit'],
    ['desk', (): string => '/desk'],
    ['begin', (): string => '/jobs/time-begin/papers/F-10/edit'],
    ['client', (): string => statusPath],
  ] as const)('page %s', { timeout: 120_000 }, async (name, pathOf) => {
    const page = await executive.newPage();
    const path = pathOf();
    for (const [width, colorScheme, lang] of looks) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'load' });
      for (const fold of await page.locator('details.status-nodes > summary').all()) await fold.click();
      if (folder !== undefined)
        await page.screenshot({
          path: `${folder}/tt-${name}.${String(width)}.${lang}.${colorScheme}.png`,
          fullPage: true,
        });
      expect([...(await findings(page)), ...(await flaws(page))], `${name} ${String(width)} ${lang}`).toEqual([]);
    }
    await page.close();
  });
});
