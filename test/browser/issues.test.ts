import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';
import { issuePages, type IssuePages } from './issues-house.ts';

/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];

let browser: Browser;
let house: House;
let issues: IssuePages;
let executive: BrowserContext;

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  issues = await issuePages(house);
  executive = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
  await executive.addCookies([{ ...(await cookieOf(house, issues.executive)), url: house.url }]);
}, 120_000);
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

describe('pages of issues (S-46): WCAG 2.2 AA and our own eye, in both languages, schemes and widths', () => {
  test.each(['raise', 'fresh', 'late', 'told', 'closed', 'record', 'job', 'archive', 'lateList', 'desk'])(
    '%s',
    async (name) => {
      const page = await executive.newPage();
      const path = issues.pages[name] ?? '';
      for (const [width, colorScheme, lang] of looks) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        const answer = await page.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, {
          waitUntil: 'load',
        });
        expect(answer?.status(), path).toBe(200);
        await page.evaluate('document.querySelectorAll("details.case-fold").forEach((fold) => { fold.open = true; })');
        if (pictures) {
          mkdirSync(pictures, { recursive: true });
          const file = `issue-${name}.${String(width)}.${lang}.${colorScheme}.png`;
          await page.screenshot({ path: join(pictures, file), fullPage: true });
        }
        const found = [...(await findings(page)), ...(await flaws(page))];
        expect(found, `${name} at ${String(width)} ${colorScheme} ${lang}`).toEqual([]);
        expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      }
      await page.close();
    },
    120_000,
  );

  test('S-46: whoever archives a job sees which of its issues are still open', async () => {
    const page = await executive.newPage();
    await page.goto(`${house.url}${issues.pages['archive'] ?? ''}?lang=en`);
    const beside = page.locator('.notice', { hasText: 'not finished yet' });
    expect((await beside.getByRole('link').allInnerTexts()).sort()).toEqual(
      ['外包装条码扫不出来', '打样色差', '模特版权还有一周到期'].sort(),
    );
    await beside.getByRole('link', { name: '打样色差' }).click();
    await page.waitForURL(/issue-late0000/);
    await page.close();
  });

  test('an issue is raised by keyboard and mouse alone: a form that lacks something comes back as it was typed', async () => {
    const page = await executive.newPage();
    await page.goto(`${house.url}${issues.pages['raise'] ?? ''}&lang=en`);
    await page.getByLabel('In One Line').fill('印厂停电');
    await page.getByRole('button', { name: 'Raise It' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('What Happened');
    expect(await page.getByLabel('In One Line').inputValue()).toBe('印厂停电');
    await page.close();
  });
});
