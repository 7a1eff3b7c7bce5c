import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forms } from '../../papers/index.ts';
import { artworkJob, cookieOf, type ArtworkJob } from '../api/approve/office.ts';
import { fillAgency } from '../api/papers/agency.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';
import { place, tabTo } from './keyboard.ts';

let browser: Browser;
let house: House;
let job: ArtworkJob;
let keeper: BrowserContext;
let account: BrowserContext;
let designer: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  await fillAgency(house.api.deps.store);
  job = await artworkJob(house, 'copywriter');
  const sits = async (person: ArtworkJob['people'][string] | undefined): Promise<BrowserContext> => {
    if (!person) throw new Error('nobody');
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
    return context;
  };
  keeper = await sits(await house.person(['MANAGEMENT'], { name: '孙岚' }));
  account = await sits(job.people.ACCOUNT_EXECUTIVE);
  designer = await sits(job.people.ARTIST);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const looks = [
  [390, 'light', 'zh-CN'],
  [1280, 'dark', 'en'],
  [390, 'dark', 'zh-CN'],
] as const;

/** Opens a page in each look, does something there, and expects nothing to be wrong with what then stands on the screen. */
async function inAllLooks(
  context: () => BrowserContext,
  path: string,
  act: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const page = await context().newPage();
  for (const [width, colorScheme, lang] of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { waitUntil: 'load' });
    await act(page);
    const found = [...(await findings(page)), ...(await flaws(page))];
    expect(found, `${path} at ${width} ${colorScheme} ${lang}`).toEqual([]);
  }
  await page.close();
}

/** Presses a button of the page's own form as it stands; the browser's own questions stay out of the way. */
const press = (selector: string) => async (page: Page) => {
  await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
  const button = page.locator(`main ${selector}`).last();
  await Promise.all([page.waitForEvent('load'), button.click()]);
};

/** After a refusal the reader's place is the list of what is wrong, and its first line leads to its field. */
async function listTakesPlace(page: Page): Promise<void> {
  const list = page.locator('[role="alert"]').first();
  expect(await list.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  const target = await list.locator('a').first().getAttribute('href');
  expect(await page.locator(`[id="${(target ?? '#').slice(1)}"]`).count()).toBe(1);
}

describe('WCAG 2.2 AA and our own eye, in both schemes and widths', () => {
  test.each([
    '/admin/people',
    '/admin/people/new',
    '/admin/people/wangfang',
    '/admin/teams',
    '/admin/teams/yunfeng',
    '/admin/clients',
    '/admin/clients/yifeng',
    '/admin/clients/new',
    '/admin/clients/yifeng/brands/yunfeng',
    '/admin/routes',
    '/admin/calendar',
    '/admin/absences',
    '/admin/tokens',
    '/admin/audit',
  ])('register %s', { timeout: 120_000 }, (path) => inAllLooks(() => keeper, path));

  test.each(['/admin/people/new', '/admin/clients/new', '/admin/tokens'])(
    'register %s with errors: the list takes the reader’s place',
    { timeout: 120_000 },
    (path) =>
      inAllLooks(
        () => keeper,
        path,
        async (page) => {
          await press('.btn-ink')(page);
          await listTakesPlace(page);
        },
      ),
  );

  test('a person nobody here may change', { timeout: 120_000 }, () =>
    inAllLooks(() => designer, '/admin/people/wangfang'),
  );

  test.each(Object.keys(forms))('form %s, as it comes', { timeout: 120_000 }, (form) =>
    inAllLooks(() => account, `/jobs/${job.processId}/papers/${form === 'F-08' ? 'F-08:R1' : form}/edit`),
  );

  test('a form with errors', { timeout: 120_000 }, () =>
    inAllLooks(
      () => account,
      `/jobs/${job.processId}/papers/F-09/edit`,
      async (page) => {
        await press('.actions .btn-ink')(page);
        await listTakesPlace(page);
      },
    ),
  );

  test('a form with a draft', { timeout: 120_000 }, () =>
    inAllLooks(
      () => account,
      `/jobs/${job.processId}/papers/F-19/edit`,
      async (page) => {
        await page.locator('main textarea').first().fill('市场在变。');
        await press('.actions .btn-plain')(page);
      },
    ),
  );

  test('upload', { timeout: 120_000 }, () =>
    inAllLooks(() => designer, `/jobs/${job.processId}/pieces/P1/versions/new`),
  );

  test('new job with errors', { timeout: 120_000 }, () =>
    inAllLooks(
      () => account,
      '/jobs/new',
      async (page) => {
        await press('.btn-ink')(page);
        await listTakesPlace(page);
      },
    ),
  );

  test.each(['/sign-in', '/sign-in/code', '/nothing', '/problems/WRONG_PHASE'])(
    'page %s of nobody',
    { timeout: 120_000 },
    async (path) => {
      const nobody = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
      await inAllLooks(() => nobody, path);
      await nobody.close();
    },
  );
});

describe('by keyboard alone', () => {
  test('the approver’s page: Tab shows its place, folds open, and a signature without answers leads to what is missing', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${house.url}${job.link}?lang=zh-CN`, { waitUntil: 'load' });
    const toBack = await tabTo(page, /^不签，退回$/);
    // In the order of the page: skip link, language, artwork, checklist, then the two decisions.
    expect(toBack[0]).toBe('跳到正文');
    expect(toBack.findIndex((name) => name.startsWith('check.'))).toBeLessThan(toBack.indexOf('verdict'));
    await page.keyboard.press('Enter');
    expect((await tabTo(page, /^(reason|backWords)$/)).length).toBeLessThan(6);
    await page.locator('button[value="sign"]').focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await listTakesPlace(page);
    await tabTo(page, /./);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect((await place(page)).name).toMatch(/^check\./);
    await context.close();
  });

  test('a form: typed, sent with Enter on its button, and led back to the first field that is wrong', async () => {
    const page = await keeper.newPage();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${house.url}/admin/people/new?lang=en`, { waitUntil: 'load' });
    await tabTo(page, /^name$/);
    await page.keyboard.type('Ada Lin');
    await tabTo(page, /^address$/);
    await page.keyboard.type('no address');
    await tabTo(page, /^Save$/);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await listTakesPlace(page);
    expect(await page.locator('input[name="name"]').inputValue()).toBe('Ada Lin');
    await tabTo(page, /^Mail/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect((await place(page)).name).toBe('address');
    await page.close();
  });
});
