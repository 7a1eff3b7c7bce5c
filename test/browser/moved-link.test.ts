import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../api/approve/client-house.ts';
import { artworkLink, correctAddress } from '../api/session/roads.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { startChromium } from './chromium.ts';

/** Where pictures go; none are taken when it is not set. */
const pictures = process.env['JOBBAG_PICTURES'];

let browser: Browser;
let house: House;
beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Whether the artwork is drawn on the page. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    `Promise.all([...document.querySelectorAll('.art-stage img')].map((one) => one.decode().then(() => one.naturalWidth > 0, () => false))).then((all) => all.length > 0 && all.every(Boolean))`,
  );

describe('a link that went to an address corrected since, in a real browser', { timeout: 120_000 }, () => {
  test('a few presses open it with its pictures; it stays open there when it is loaded again, and closed everywhere else', async () => {
    const { link, personId, shows } = await artworkLink(house);
    const { now } = await correctAddress(house, personId);
    const [theirs, stranger] = [
      await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } }),
      await browser.newContext({ locale: 'zh-CN' }),
    ];
    const page = await theirs.newPage();
    await page.goto(house.url + link);
    expect(await page.content()).not.toContain(shows);
    await picture(page, 'moved-closed');
    await page.click('button[name=linkCodeAgain]');
    await page.waitForURL(/asked=/);
    // In the other language the page still knows which code it asked for.
    await page.click('a.lang');
    expect(await page.locator('input[name=linkCode]').count()).toBe(1);
    const mail = await until(() => house.mails.find(({ to, subject }) => to === now && subject.includes('链接验证码')));
    await page.fill('input[name=linkCode]', /\d{4} \d{4}/.exec(mail.text)?.[0] ?? '');
    await page.press('input[name=linkCode]', 'Enter');
    await page.waitForURL(/proved=1/);
    expect(await page.content()).toContain(shows);
    expect(await drawn(page)).toBe(true);
    await picture(page, 'moved-open');
    await page.goto(house.url + link);
    expect(await drawn(page)).toBe(true);
    const other = await stranger.newPage();
    await other.goto(house.url + link);
    expect(await other.content()).not.toContain(shows);
    await Promise.all([theirs.close(), stranger.close()]);
  });
});
