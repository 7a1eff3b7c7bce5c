import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from '../browser/chromium.ts';
import { startStories, stories } from '../browser/story/server.tsx';
import { faultsOf, lookName, looks, type Look } from './check.ts';
import { DemoHouse } from './house.ts';
import { allPages } from './pages.ts';
import { layOut, type Shot } from './sheets.ts';
import { here, type Shown, type Wanted } from './shown.ts';
import { spokenWords, type Spoken } from './words.ts';

/**
 * Takes every page of a started demonstration house in all eight looks, checks each and lays them on contact sheets:
 *
 *     npm start
 *     tsx test/pictures/main.ts <folder> [part of a name …] [--look part of a look …]
 *
 * Pictures lie in the folder, contact sheets in `sheets/` below it, what is wrong in `faults.txt`; with faults the exit
 * code is 1. Names narrow the pages that are taken, and what is made for them; looks (`1280.en`, `390.zh-CN.dark`) narrow
 * in which.
 *
 * In a house that has just begun nothing is late. With `npm run rehearse` and its `JOBBAG_DATA_DIR` the pictures are those of
 * the rehearsal: take `board` once, which gives it its jobs, type `+2d` there, and then `late load spent`.
 */
const [folder, ...rest] = process.argv.slice(2);
const from = rest.indexOf('--look');
const only = from < 0 ? rest : rest.slice(0, from);
const narrowed = from < 0 ? [] : rest.slice(from + 1);
const looksWanted = looks.filter(
  (look) => narrowed.length === 0 || narrowed.some((part) => lookName(look).includes(part)),
);

/** Pages open at once: a small machine has two cores. */
const hands = 2;

interface Taken {
  readonly wanted: Wanted;
  readonly look: Look;
  /** None where the page could not even be found. */
  readonly file?: string;
  readonly faults: readonly string[];
}

async function take(
  page: Page,
  origin: string,
  shown: Shown,
  look: Look,
  spoken: Spoken,
): Promise<Omit<Taken, 'wanted'>> {
  const broken: string[] = [];
  const hear = (text: string): void => void broken.push(`the page broke: ${text}`);
  page.removeAllListeners();
  page.on('pageerror', (error) => hear(error.message));
  page.on('console', (message) => {
    // A page that is meant to say no is told to the console by the browser itself; so is a form that comes back refused.
    const meant = shown.status ?? (shown.act === undefined ? undefined : (shown.answers ?? 422));
    if (message.type() === 'error' && !(meant !== undefined && message.text().includes(`status of ${String(meant)}`)))
      hear(message.text());
  });
  await page.setViewportSize({ width: look.width, height: look.width === 390 ? 844 : 900 });
  await page.emulateMedia({ colorScheme: look.scheme });
  const url = new URL(origin + shown.path);
  url.searchParams.set('lang', look.lang);
  const answer = await page.goto(url.href, { waitUntil: 'load' });
  const [status, right] = [answer?.status() ?? 0, shown.status ?? 200];
  if (status !== right) broken.push(`answered ${String(status)}, not ${String(right)}`);
  // A button that is not there is a fault of this picture, and no reason to take none of the others.
  await shown.act?.(page).catch((error: unknown) => hear(error instanceof Error ? error.message : String(error)));
  await page.waitForLoadState('networkidle');
  // Pictures that load when they are scrolled to are wanted now.
  await page.evaluate('document.querySelectorAll("img[loading=lazy]").forEach((one) => { one.loading = "eager"; })');
  const faults = [...broken, ...(await faultsOf(page, look, spoken))];
  const file = join(folder ?? '', `${shown.name}.${lookName(look)}.png`);
  // A bar that stays at the bottom of the window would lie across the middle of a long picture.
  await page.evaluate(
    'document.querySelectorAll(".actions-fixed").forEach((bar) => bar.classList.remove("actions-fixed"))',
  );
  await page.screenshot({ path: file, fullPage: true });
  return { look, file, faults: [...faults, ...broken.filter((one) => !faults.includes(one))] };
}

/** Takes pages one after another until none is left; every signed-in person has a window of their own. */
async function work(
  browser: Browser,
  house: DemoHouse,
  next: () => { readonly wanted: Wanted; readonly look: Look; readonly origin: string } | undefined,
  spoken: Spoken,
): Promise<readonly Taken[]> {
  const rooms = new Map<string, { readonly context: BrowserContext; readonly page: Page }>();
  const roomOf = async (as: string | undefined): Promise<Page> => {
    const there = rooms.get(as ?? '');
    if (there) return there.page;
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    if (as !== undefined) await context.addCookies([await house.cookie(as)]);
    const page = await context.newPage();
    rooms.set(as ?? '', { context, page });
    return page;
  };
  const taken: Taken[] = [];
  for (let one = next(); one; one = next()) {
    const { wanted, look, origin } = one;
    try {
      const shown = await wanted.show();
      taken.push({ wanted, ...(await take(await roomOf(shown.as), origin, shown, look, spoken)) });
    } catch (error) {
      taken.push({
        wanted,
        look,
        faults: [`was not found: ${error instanceof Error ? error.message : String(error)}`],
      });
    }
  }
  for (const { context } of rooms.values()) await context.close();
  return taken;
}

async function main(): Promise<void> {
  if (folder === undefined)
    throw new Error('Use: tsx test/pictures/main.ts <folder> [part of a name …] [--look part of a look …]');
  mkdirSync(folder, { recursive: true });
  const startedAt = performance.now();
  const house = await DemoHouse.open();
  const [browser, spoken, story] = await Promise.all([startChromium(), spokenWords(), startStories()]);
  try {
    const told = Object.keys(stories).map((name) => here({ name: `story-${name}`, path: `/story/${name}` }));
    const pages = [...(await allPages(house)), ...told].filter(
      ({ name }) => only.length === 0 || only.some((part) => name.includes(part)),
    );
    const queue = pages.flatMap((wanted) =>
      looksWanted.map((look) => ({ wanted, look, origin: told.includes(wanted) ? story.origin : house.place.baseUrl })),
    );
    let at = 0;
    const next = () => queue[at++];
    const parts = await Promise.all(Array.from({ length: hands }, () => work(browser, house, next, spoken)));
    await report(pages, parts.flat(), (performance.now() - startedAt) / 1000);
  } finally {
    story.server.close();
    await browser.close();
    await house.close();
  }
}

async function report(pages: readonly Wanted[], taken: readonly Taken[], seconds: number): Promise<void> {
  const sheets = join(folder ?? '', 'sheets');
  let count = 0;
  for (const look of looksWanted) {
    const shots = pages.flatMap((wanted): Shot[] => {
      const one = taken.find((each) => each.wanted === wanted && each.look === look);
      return one?.file === undefined ? [] : [{ file: one.file, label: wanted.name }];
    });
    count += (await layOut(shots, look.width === 390 ? 'phone' : 'desk', sheets, lookName(look))).length;
  }
  const lines = taken.flatMap(({ wanted, look, faults }) =>
    faults.map((fault) => `${wanted.name} ${lookName(look)}: ${fault.replace(/\s+/g, ' ')}`),
  );
  writeFileSync(join(folder ?? '', 'faults.txt'), lines.map((line) => `${line}\n`).join(''));
  for (const line of lines) console.log(line);
  console.log(
    `${String(taken.length)} pictures of ${String(pages.length)} pages on ${String(count)} sheets, ${String(lines.length)} faults, ${seconds.toFixed(0)} s`,
  );
  if (lines.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
