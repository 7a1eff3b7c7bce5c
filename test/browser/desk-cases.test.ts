import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendars } from '../../store/calendars.ts';
import { officeOf } from '../api/admin/desks.ts';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';
import { meetingPages } from './meetings-house.ts';

/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];

let browser: Browser;
let house: House;
let executive: BrowserContext;
let keeper: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  const pages = await meetingPages(house);
  await officeOf(house);
  const office = (await calendars.get(house.api.deps.store, 'office'))?.value;
  const by = { by: pages.executive.id, at: house.api.deps.clock(), words: '客户在乌鲁木齐' };
  const own = { id: 'yunfeng', zone: 'Asia/Urumqi', name: { zh: '云峰茶业', en: 'Yunfeng Tea' } };
  if (office) await calendars.save(house.api.deps.store, 'yunfeng', 0, { ...office, ...own }, by);
  const sits = async (person: Parameters<typeof cookieOf>[1]): Promise<BrowserContext> => {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
    return context;
  };
  executive = await sits(pages.executive);
  keeper = await sits(await house.person(['MANAGEMENT'], { name: '孙兰' }));
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

async function inAllLooks(
  context: BrowserContext,
  name: string,
  path: string,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await context.newPage();
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

const pressed = async (page: Page, selector: string): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.locator(selector).first().click()]);
};

describe('meetings, minutes and tasks where people look for them, in both languages, schemes and widths', () => {
  test('S-40: the desk has tasks with what and by when, and whose turn it is', { timeout: 180_000 }, () =>
    inAllLooks(executive, 'desk-cases', '/desk', async (page) => {
      expect(await page.locator('.card a[href*="#task-"]').count()).toBeGreaterThan(0);
      expect(await page.getByText('补交产品照片的版权文件').count()).toBeGreaterThan(0);
    }),
  );

  test('issue 4, 6: answers per person on the page of where time goes', { timeout: 180_000 }, () =>
    inAllLooks(keeper, 'answers', '/spent?days=365', async (page) => {
      expect(await page.locator('#answers tbody tr').count()).toBeGreaterThan(0);
    }),
  );

  test('M-22: what a closure would move in minutes, before it is saved', { timeout: 180_000 }, () =>
    inAllLooks(keeper, 'calendar-cases', '/admin/calendars/office', async (page) => {
      await page.locator('#add input[name="from"]').fill('2026-03-12');
      await page.locator('#add input[name="nameZh"]').fill('台风停工');
      await page.locator('#add input[name="nameEn"]').fill('Typhoon');
      await pressed(page, '#add .btn');
      expect(await page.locator('#effect a[href^="/meetings/"]').count()).toBeGreaterThan(0);
    }),
  );

  test('P-21: an own calendar is given up: what it would move, and the reason', { timeout: 180_000 }, () =>
    inAllLooks(keeper, 'calendar-drop', '/admin/calendars/yunfeng', async (page) => {
      await pressed(page, '#drop .btn');
      expect(await page.locator('input[name="why"]').count()).toBe(1);
    }),
  );
});
