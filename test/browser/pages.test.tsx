import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artworkJob, cookieOf, type ArtworkJob } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { findings } from './axe.ts';
import { startChromium } from './chromium.ts';
import { startStories, stories } from './story/server.tsx';

let browser: Browser;
let house: House;
let job: ArtworkJob;
let staff: BrowserContext;
let storyOrigin: string;
let closeStories: () => void;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  job = await artworkJob(house, 'copywriter');
  await artworkJob(house, 'client');
  const { origin, server } = await startStories();
  storyOrigin = origin;
  closeStories = () => server.close();
  staff = await browser.newContext({ bypassCSP: true, locale: 'zh-CN', reducedMotion: 'reduce' });
  const director = job.people.ACCOUNT_DIRECTOR;
  if (!director) throw new Error('nobody');
  await staff.addCookies([{ ...(await cookieOf(house, director)), url: house.url }]);
});
afterAll(async () => {
  closeStories();
  await browser.close();
  await house.close();
});

describe('WCAG 2.2 AA', () => {
  test.each(Object.keys(stories))(
    'story %s has no finding in either scheme, on a phone and on a desk',
    { timeout: 90_000 },
    async (name) => {
      for (const [colorScheme, width] of [
        ['light', 390],
        ['dark', 1280],
      ] as const) {
        const context = await browser.newContext({
          bypassCSP: true,
          colorScheme,
          viewport: { width, height: 844 },
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        await page.goto(`${storyOrigin}/story/${name}?lang=${width === 390 ? 'zh-CN' : 'en'}`, {
          waitUntil: 'networkidle',
        });
        expect(await findings(page), `${name} ${colorScheme}`).toEqual([]);
        const wide: unknown = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
        await context.close();
      }
    },
  );

  test.each(['/', '/?column=production', '/desk', '/?q=夏季', '/demo', '/jobs/new', '/api/docs', 'job', 'link'])(
    'page %s of the service has no finding',
    { timeout: 90_000 },
    async (path) => {
      const page = await staff.newPage();
      for (const [width, colorScheme] of [
        [390, 'light'],
        [1280, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        await page.goto(house.url + (path === 'job' ? `/jobs/${job.processId}` : path === 'link' ? job.link : path), {
          waitUntil: 'networkidle',
        });
        expect(await findings(page), `${path} at ${width} ${colorScheme}`).toEqual([]);
        const wide: unknown = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.close();
    },
  );
});

describe('a browser with JavaScript', () => {
  test(
    'row 2: left alone on a link it posts nothing, and the content policy is never broken',
    { timeout: 60_000 },
    async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const posts: string[] = [];
      const broken: string[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET') posts.push(request.url());
      });
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
      });
      await page.goto(house.url + job.link, { waitUntil: 'networkidle' });
      await page.mouse.wheel(0, 4_000);
      await page.waitForTimeout(process.env.JOBBAG_LONG_LOOK === '1' ? 30_000 : 6_000);
      expect(posts).toEqual([]);
      expect(broken).toEqual([]);
      expect((await context.cookies()).filter(({ name }) => name !== 'jobbag_lang')).toEqual([]);
      await context.close();
    },
  );

  test('a click on the picture becomes a numbered line of the return form; Enter in a field signs nothing', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(house.url + job.link, { waitUntil: 'networkidle' });
    await page
      .locator('.art-stage')
      .first()
      .click({ position: { x: 60, y: 60 } });
    await page.locator('.pin-row textarea').first().fill('标语太大');
    expect(await page.locator('textarea[name="pins"]').inputValue()).toMatch(/^① \d+%,\d+%: 标语太大$/);
    const before = page.url();
    await page.locator('input[name="check.C-06"]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    expect(await page.locator('button[value="sign"]').count()).toBe(1);
    await context.close();
  });
});

describe('pictures for looking at', () => {
  test.skipIf(!process.env.JOBBAG_PICTURES)('real pages, both widths, both schemes', { timeout: 120_000 }, async () => {
    const folder = process.env.JOBBAG_PICTURES ?? '';
    const cookies = await staff.cookies();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 860 },
          reducedMotion: 'reduce',
          locale: colorScheme === 'light' ? 'zh-CN' : 'en',
        });
        await context.addCookies(cookies);
        const page = await context.newPage();
        for (const [name, path] of Object.entries({
          board: '/',
          desk: '/desk',
          job: `/jobs/${job.processId}`,
          link: job.link,
          found: '/?q=夏季',
        })) {
          await page.goto(
            house.url + path + (path.includes('?') ? '&' : '?') + `lang=${colorScheme === 'light' ? 'zh-CN' : 'en'}`,
            { waitUntil: 'networkidle' },
          );
          await page.screenshot({ path: `${folder}/real-${name}.${width}.${colorScheme}.png`, fullPage: true });
        }
        await context.close();
      }
    }
  });
});
