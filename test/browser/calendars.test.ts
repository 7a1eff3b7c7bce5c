import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { internalSignatureLadder } from '../../domain/calendar/ladders.ts';
import { ladderRegister } from '../../store/ladders.ts';
import { desk, officeOf } from '../api/admin/desks.ts';
import { cookieFor, fillAgency } from '../api/papers/agency.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { startChromium } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];

let browser: Browser;
let house: House;
let keeper: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  await fillAgency(house.api.deps.store);
  await officeOf(house);
  const at = Date.parse('2026-12-30T02:00:00.000Z') - Date.now();
  house.moveClock(at);
  for (let n = 0; n < 6; n += 1) await desk(house, { askedAt: `2026-12-30T0${String(n + 1)}:15:00.000Z` });
  await desk(house, { askedAt: '2026-12-29T03:00:00.000Z', side: 'client' });
  const scope = 'qcSeven/artDirector';
  const ladder = { ...internalSignatureLadder, id: scope, quiet: { from: '18:00', to: '09:30' } };
  const said = (n: number, words: string) => ({ by: 'sunlan', at: `2026-12-2${String(n)}T02:00:00.000Z`, words });
  await ladderRegister.save(house.api.deps.store, scope, 0, { scope, ladder }, said(8, '晚上不打扰'));
  await ladderRegister.save(house.api.deps.store, scope, 1, { scope, ladder: null }, said(8, '先照标准'));
  await ladderRegister.save(house.api.deps.store, scope, 2, { scope, ladder }, said(9, '还是晚上不打扰'));
  keeper = await browser.newContext({ bypassCSP: true, locale: 'zh-CN', reducedMotion: 'reduce' });
  await keeper.addCookies([{ ...(await cookieFor(house.api.deps, 'sunlan')), url: house.url }]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).slice(0, 3).join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe gave no answer'];
}

const views = [
  ['calendars', '/admin/calendars'],
  ['year', '/admin/calendars/office?year=2026'],
  ['next-year', '/admin/calendars/office?year=2027'],
  ['preview', '/admin/calendars/office?year=2026'],
  ['refused', '/admin/calendars/office?year=2026'],
  ['ladder', '/admin/ladder?step=qcSeven/copywriter&at=2026-12-31T16:30'],
  ['ladder-client', '/admin/ladder?step=qcSeven/client&at=2026-09-29T10:00'],
  [
    'ladder-save',
    '/admin/ladder?step=qcSeven/copywriter&at=2026-12-30T16:30&typed=1&unit=hours&limit=2&warns=50&warnBy=digest&after1=2&whom1=holder&by1=mail&after2=5&whom2=accountManager&copy2=ae&by2=desk&quietFrom=18:00&quietTo=09:30',
  ],
  ['ladder-own', '/admin/ladder?step=qcSeven/artDirector&at=2026-12-30T16:30'],
  [
    'ladder-bad',
    '/admin/ladder?step=qcSeven/copywriter&typed=1&unit=hours&limit=-4&warns=50&after1=8&whom1=holder&after2=4&whom2=ae',
  ],
] as const;

describe('WCAG 2.2 AA', () => {
  test.each(views)(
    '%s has no finding, in both languages, on a phone and on a desk',
    { timeout: 120_000 },
    async (name, path) => {
      const page = await keeper.newPage();
      for (const [width, colorScheme, lang] of [
        [390, 'light', 'zh-CN'],
        [1280, 'dark', 'en'],
        [390, 'dark', 'en'],
        [1280, 'light', 'zh-CN'],
      ] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        const mark = path.includes('?') ? '&' : '?';
        await page.goto(`${house.url}${path}${mark}lang=${lang}`, { waitUntil: 'networkidle' });
        if (name === 'preview' || name === 'refused') {
          const form = page.locator('#add form');
          await form.locator('[name=from]').fill('2026-12-31');
          await form.locator('[name=to]').fill(name === 'refused' ? '2026-12-30' : '');
          await form.locator('[name=nameZh]').fill('台风停工');
          await form.locator('[name=nameEn]').fill('Typhoon');
          await form.locator('button').click();
          await page.waitForLoadState('networkidle');
        }
        expect(await findings(page), `${name} at ${width} ${colorScheme}`).toEqual([]);
        const wide: unknown = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
        if (pictures) {
          mkdirSync(pictures, { recursive: true });
          await page.screenshot({
            path: join(pictures, `${name}.${width}.${lang}.${colorScheme}.png`),
            fullPage: true,
          });
        }
      }
      await page.close();
    },
  );
});
