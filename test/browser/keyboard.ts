import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where the keyboard is: what it is called, and whether one can see it there. */
export async function place(page: Page): Promise<{ readonly name: string; readonly ring: boolean }> {
  const found: unknown = await page.evaluate(`(() => {
    const at = document.activeElement;
    const ring = (one, pseudo) => { const style = getComputedStyle(one, pseudo); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; };
    return { name: at.name || at.id || at.textContent.trim() || at.tagName, ring: ring(at) || ring(at, '::after') || (at.nextElementSibling ? ring(at.nextElementSibling) : false) || (at.parentElement ? ring(at.parentElement) : false) };
  })()`);
  if (typeof found !== 'object' || found === null || !('name' in found) || !('ring' in found))
    throw new Error('the page gave no answer');
  return { name: String(found.name), ring: found.ring === true };
}

/** Presses Tab until the keyboard is at something of this name; the way there, each place visible. */
export async function tabTo(page: Page, wanted: RegExp): Promise<string[]> {
  const way: string[] = [];
  for (let n = 0; n < 120; n += 1) {
    await page.keyboard.press('Tab');
    const { name, ring } = await place(page);
    expect(ring, `no ring at ${name}`).toBe(true);
    way.push(name);
    if (wanted.test(name)) return way;
  }
  throw new Error(`Tab never came to ${String(wanted)}: ${way.join(', ')}`);
}
