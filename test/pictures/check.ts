import type { Page } from 'playwright-core';
import { findings, flaws } from '../browser/axe.ts';
import { untranslated, type PageText, type Spoken } from './words.ts';

/** What a browser window is set to for one picture. */
export interface Look {
  readonly width: 390 | 1280;
  readonly lang: 'zh-CN' | 'en';
  readonly scheme: 'light' | 'dark';
}

/** All eight. */
export const looks: readonly Look[] = ([390, 1280] as const).flatMap((width) =>
  (['zh-CN', 'en'] as const).flatMap((lang) => (['light', 'dark'] as const).map((scheme) => ({ width, lang, scheme }))),
);

/** A look as file names carry it. */
export function lookName({ width, lang, scheme }: Look): string {
  return `${String(width)}.${lang}.${scheme}`;
}

/** Every text one can see on the page, with the language it is marked as; what somebody typed or code says is left out. */
async function textsOf(page: Page): Promise<readonly PageText[]> {
  const found: unknown = await page.evaluate(`(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.parentElement;
      const text = node.textContent.trim();
      if (text === '' || at.closest('script, style, code, pre, .code, .hash, .num code, textarea, blockquote, .json, .token')) continue;
      found.push({ text, lang: at.closest('[lang]')?.getAttribute('lang') ?? '' });
    }
    for (const at of document.querySelectorAll('[placeholder], [aria-label], [title]'))
      for (const name of ['placeholder', 'aria-label', 'title']) {
        const text = (at.getAttribute(name) ?? '').trim();
        if (text !== '') found.push({ text, lang: at.closest('[lang]')?.getAttribute('lang') ?? '' });
      }
    return found;
  })()`);
  return Array.isArray(found) ? (found as PageText[]) : [];
}

/**
 * What is wrong with the page as it stands: axe against WCAG 2.2 A and AA, wider than its window, small targets, headings
 * out of order, another language than asked for, words that were never translated.
 */
export async function faultsOf(page: Page, look: Look, spoken: Spoken): Promise<readonly string[]> {
  const lang = await page.locator('html').getAttribute('lang');
  return [
    ...(lang === look.lang ? [] : [`the page says its language is ${lang ?? 'none'}`]),
    ...(await flaws(page)),
    ...(await findings(page)),
    ...untranslated(await textsOf(page), look.lang, spoken),
  ];
}
