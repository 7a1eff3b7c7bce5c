import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 A and AA, one line a rule. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).slice(0, 3).join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe gave no answer'];
}

/** What axe does not look for: a page wider than its window, one name for two fields, small targets, headings out of order. */
export async function flaws(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(`(() => {
    const said = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) said.push('scrolls sideways by ' + (root.scrollWidth - root.clientWidth));
    const ids = new Set();
    for (const { id } of document.querySelectorAll('[id]')) {
      if (ids.has(id)) said.push('two things are called ' + id);
      ids.add(id);
    }
    for (const input of document.querySelectorAll('button, select, textarea, summary, input:not([type=hidden])')) {
      const box = (input.matches('input') && input.closest('label') || input).getBoundingClientRect();
      if (input.tabIndex >= 0 && box.height > 1 && (box.height < 24 || box.width < 24)) said.push('small target: ' + (input.name || input.textContent));
    }
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.getClientRects().length > 0).map((one) => Number(one.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) said.push('not one h1');
    levels.forEach((level, at) => { if (level > (levels[at - 1] ?? 0) + 1) said.push('a heading is left out before h' + level); });
    return said;
  })()`);
  return Array.isArray(found) ? found.map(String) : ['the page gave no answer'];
}
