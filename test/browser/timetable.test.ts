import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusGrant } from '../../api/staff/status-link.ts';
import type { Person } from '../../domain/people/types.ts';
import { tokenFor } from '../../store/links.ts';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio, tell } from '../api/time/studio.ts';
import { inSummer, offeredTale, timetableTale } from '../api/time/timetables.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
let house: House;
/** Somebody of account service, and somebody who reads what they may not do. */
let seats: Readonly<Record<'executive' | 'designer', BrowserContext>>;
let statusPath: string;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  inSummer(house);
  const people = await openStudio(house);
  await timetableTale(house, 'time-table');
  await timetableTale(house, 'time-extended', 'extended');
  await timetableTale(house, 'time-drafted', 'drafted');
  await tell(house, { id: 'time-begin', title: '没有进度表', until: 'OPENED', hoursAgo: 40 });
  await timetableTale(house, 'time-passed', 'passed');
  await offeredTale(house, 'time-offered');
  const { executive, designer, contact } = people;
  if (!executive || !designer || !contact) throw new Error('nobody');
  const sits = async (person: Person): Promise<BrowserContext> => {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
    return context;
  };
  seats = { executive: await sits(executive), designer: await sits(designer) };
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
    ['inside', 'executive', (): string => '/jobs/time-table/timetable'],
    ['read', 'designer', (): string => '/jobs/time-table/timetable'],
    ['passed-read', 'designer', (): string => '/jobs/time-passed/timetable'],
    ['offered', 'designer', (): string => '/jobs/time-offered/timetable'],
    ['none-read', 'designer', (): string => '/jobs/time-begin/timetable'],
    ['outside', 'executive', (): string => '/jobs/time-table/timetable?version=outside'],
    ['extended', 'executive', (): string => '/jobs/time-extended/timetable'],
    ['draft', 'executive', (): string => '/jobs/time-table/papers/F-10/edit'],
    ['desk', 'executive', (): string => '/desk'],
    ['begin', 'executive', (): string => '/jobs/time-begin/papers/F-10/edit'],
    ['client', 'executive', (): string => statusPath],
  ] as const)('page %s as %s', { timeout: 120_000 }, async (name, who, pathOf) => {
    const page = await seats[who].newPage();
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
