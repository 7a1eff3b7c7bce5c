import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChromium } from './chromium.ts';
import { startStories, stories } from './story/server.tsx';

/**
 * Takes pictures of pages: `tsx test/browser/pictures.ts <folder> [--all] [name or URL …]`.
 * Names are stories, anything with `//` is opened as it is. As it comes one picture at 390 and one at 1280 px, Chinese,
 * light; with `--all` both languages and both schemes.
 */
const [folder = 'pictures', ...rest] = process.argv.slice(2);
const all = rest.includes('--all');
const wanted = rest.filter((one) => !one.startsWith('--'));
const names = wanted.length > 0 ? wanted : Object.keys(stories);
mkdirSync(folder, { recursive: true });

const { origin, server } = await startStories();
const browser = await startChromium();
for (const scheme of all ? (['light', 'dark'] as const) : (['light'] as const)) {
  for (const width of [390, 1280]) {
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 844 : 860 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      deviceScaleFactor: 1,
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`${page.url()}: ${message.text()}`);
    });
    for (const lang of all ? ['zh-CN', 'en'] : ['zh-CN']) {
      for (const name of names) {
        const url = new URL(name.includes('//') ? name : `${origin}/story/${name}`);
        url.searchParams.set('lang', lang);
        await page.goto(url.href, { waitUntil: 'networkidle' });
        const file = `${(name.includes('//') ? url.pathname : name).replace(/\W+/g, '-')}.${width}.${lang}.${scheme}.png`;
        const fixed = await page.locator('.actions-fixed').count();
        await page.screenshot({ path: join(folder, file), fullPage: fixed === 0 || width > 500 });
        if (fixed > 0 && width < 500) {
          const bar = page.locator('.actions-fixed').first();
          await bar.evaluate((element) => element.classList.remove('actions-fixed'));
          await page.screenshot({ path: join(folder, file.replace('.png', '.full.png')), fullPage: true });
        }
      }
    }
    await context.close();
  }
}
await browser.close();
server.close();
