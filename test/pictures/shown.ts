import type { Page } from 'playwright-core';

/** One page of the product: where it is, who looks at it, and what is done there before the picture is taken. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  /** Id of the person who is signed in; a page of a link or of nobody has none. */
  readonly as?: string;
  /** The answer that is right; 200 unless said. */
  readonly status?: number;
  /** What the page answers to what is done there, where that is no refusal (422). */
  readonly answers?: number;
  readonly act?: (page: Page) => Promise<void>;
}

/** A page whose picture is wanted; it is looked for, and what it needs is made, only then, and once for all its looks. */
export interface Wanted {
  readonly name: string;
  readonly show: () => Promise<Shown>;
}

/** Makes something the first time it is asked for, and answers with the same ever after. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** A page that is there in every house. */
export function here(shown: Shown): Wanted {
  return { name: shown.name, show: () => Promise.resolve(shown) };
}

/** A page that is found, or made, when it is wanted. */
export function later(name: string, find: () => Promise<Omit<Shown, 'name'>>): Wanted {
  return { name, show: once(async () => ({ name, ...(await find()) })) };
}

/** Pages of one person by name and address. */
export function signedIn(as: string, pages: Readonly<Record<string, string>>): readonly Wanted[] {
  return Object.entries(pages).map(([name, path]) => here({ name, path, as }));
}

/** Presses a button of the page; the browser's own questions stay out of the way. */
export const press = (selector: string) => async (page: Page) => {
  await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
  await Promise.all([page.waitForEvent('load'), page.locator(`main ${selector}`).last().click()]);
};

/** Fills fields by their names, then presses. */
export const fill = (fields: Readonly<Record<string, string>>, selector: string) => async (page: Page) => {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`);
    const kind = await field.first().evaluate((one) => one.getAttribute('type') ?? one.tagName);
    if (kind === 'SELECT') await field.first().selectOption(value);
    else if (kind === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check();
    else await field.first().fill(value);
  }
  await press(selector)(page);
};

/** Opens every fold, so that nothing behind one goes unlooked at. */
export const unfold = async (page: Page): Promise<void> => {
  await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })');
};
