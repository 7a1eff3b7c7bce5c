import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';
import { place, tabTo } from './keyboard.ts';
import { meetingPages, type MeetingPages } from './meetings-house.ts';

/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];

let browser: Browser;
let house: House;
let pages: MeetingPages;
let executive: BrowserContext;
let manager: BrowserContext;
let outside: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  pages = await meetingPages(house);
  const sits = async (person: MeetingPages['executive']): Promise<BrowserContext> => {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
    return context;
  };
  executive = await sits(pages.executive);
  manager = await sits(pages.manager);
  outside = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
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

/** Opens a page in each look, does something there, and expects nothing to be wrong with what then stands on the screen. */
async function inAllLooks(
  context: BrowserContext,
  name: string,
  path: string,
  act: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const page = await context.newPage();
  for (const [width, colorScheme, lang] of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, {
      waitUntil: 'load',
    });
    expect(answer?.status(), path).toBe(name === 'link-foreign' ? 404 : 200);
    await act(page);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      const file = `${name}.${String(width)}.${lang}.${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
    const found = [...(await findings(page)), ...(await flaws(page))];
    expect(found, `${name} at ${String(width)} ${colorScheme} ${lang}`).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  }
  await page.close();
}

/** Opens every fold of a page, so that nothing behind one goes unlooked at. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })');
}

describe('WCAG 2.2 AA and our own eye, in both languages, schemes and widths', () => {
  test.each([
    'list',
    'newMeeting',
    'newCall',
    'planned',
    'announced',
    'held',
    'due',
    'sent',
    'objected',
    'signed',
    'deemed',
    'second',
    'writeNotice',
    'writeAgenda',
    'writeMinutes',
  ])('meetings: %s', { timeout: 120_000 }, (name) =>
    inAllLooks(executive, name, pages.staff[name] ?? '', name === 'list' ? undefined : unfold),
  );

  test.each(['review', 'returned'])('R-129: whoever reviews minutes, at %s', { timeout: 120_000 }, (name) =>
    inAllLooks(manager, name, pages.staff[name] ?? '', unfold),
  );

  test.each(['client', 'reviewer', 'signed', 'objected', 'deemed', 'approved', 'returned', 'old', 'foreign'])(
    'R-135: a link to minutes: %s',
    { timeout: 120_000 },
    (name) => inAllLooks(outside, `link-${name}`, pages.links[name] ?? ''),
  );

  test('a new meeting with errors: the list of what is wrong stands first', { timeout: 120_000 }, () =>
    inAllLooks(executive, 'newMeeting-errors', `${pages.staff['newMeeting'] ?? ''}&brand=yunfeng`, async (page) => {
      await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
      await Promise.all([page.waitForEvent('load'), page.locator('main .btn-ink').click()]);
      expect(await page.locator('[role="alert"] a').count()).toBeGreaterThan(0);
    }),
  );

  test('R-137: an objection without words comes back open, with what is missing', { timeout: 120_000 }, () =>
    inAllLooks(outside, 'link-object-errors', pages.links['client'] ?? '', async (page) => {
      await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
      await unfold(page);
      await Promise.all([page.waitForEvent('load'), page.locator('button[value="object"]').click()]);
      expect(await page.locator('#move-object[open] .error').count()).toBe(1);
    }),
  );
});

describe('what the page of a link says', () => {
  test('R-140: an older link shows neither the new version nor a button; a foreign one shows nothing at all', async () => {
    const page = await outside.newPage();
    await page.goto(`${house.url}${pages.links['old'] ?? ''}?lang=zh-CN`);
    expect(await page.locator('main').innerText()).toContain('这是较早的一版');
    expect(await page.locator('main button, main .paper').count()).toBe(0);
    await page.goto(`${house.url}${pages.links['foreign'] ?? ''}?lang=zh-CN`);
    expect(await page.locator('main').innerText()).not.toContain('夏季主视觉');
    await page.close();
  });

  test('R-135: once signed, the page says who and when and offers no second signature', async () => {
    const page = await outside.newPage();
    await page.goto(`${house.url}${pages.links['signed'] ?? ''}?lang=zh-CN`);
    expect(await page.locator('.after').innerText()).toContain('李青 已签复');
    expect(await page.locator('button[value="sign"]').count()).toBe(0);
    await page.close();
  });
});

describe('by keyboard alone', () => {
  test('the client: Tab shows its place, the objection opens and takes the words', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${house.url}${pages.links['client'] ?? ''}?lang=zh-CN`, { waitUntil: 'load' });
    const way = await tabTo(page, /^有异议…$/);
    expect(way[0]).toBe('跳到正文');
    await page.keyboard.press('Enter');
    expect((await place(page)).name).toBe('words');
    await page.keyboard.type('日期不对');
    expect(await page.locator('#move-object textarea').inputValue()).toBe('日期不对');
    await tabTo(page, /^do$/);
    await context.close();
  });

  test('the account person: a folded move opens with Enter and its field is next', { timeout: 60_000 }, async () => {
    const page = await executive.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${house.url}${pages.staff['announced'] ?? ''}?lang=en`, { waitUntil: 'load' });
    await tabTo(page, /^Move to Another Time$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^words$/);
    await page.close();
  });
});
