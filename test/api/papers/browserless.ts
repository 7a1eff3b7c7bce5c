import type { House } from '../support/house.ts';

/** A page as somebody without JavaScript sees it. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
}

/** What somebody types, by field name; a list is a name several times. `File`s go as files. */
export type Typing = Readonly<Record<string, string | readonly string[] | File | readonly File[]>>;

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}(?:="([^"]*)")?(?=[\\s/>]|$)`).exec(tag);
  return found ? unescaped(found[1] ?? '') : undefined;
};

/** A person at a browser without JavaScript: opens pages, fills in the form that stands there, presses a button. */
export function sitAt(house: Pick<House, 'url'>, cookie?: { readonly name: string; readonly value: string }) {
  const headers: Record<string, string> = {
    Accept: 'text/html',
    'Sec-Fetch-Site': 'same-origin',
    ...(cookie ? { Cookie: `${cookie.name}=${cookie.value}` } : {}),
  };

  async function open(path: string): Promise<Page> {
    const answer = await fetch(house.url + path, { headers, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location !== null && answer.status === 303 && location.startsWith('/')) return open(location);
    return { status: answer.status, text: await answer.text(), location };
  }

  /** The fields of a form as they stand in the page. */
  function fieldsOf(inner: string): [string, string | File][] {
    const fields: [string, string | File][] = [];
    for (const [, tag = ''] of inner.matchAll(/<input([^>]*)>/g)) {
      const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')];
      const unticked = (type === 'checkbox' || type === 'radio') && attribute(tag, 'checked') === undefined;
      if (name !== undefined && type !== 'file' && !unticked && attribute(tag, 'disabled') === undefined)
        fields.push([name, attribute(tag, 'value') ?? '']);
    }
    for (const [, tag = '', text = ''] of inner.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g))
      fields.push([attribute(tag, 'name') ?? '', unescaped(text)]);
    for (const [, tag = '', options = ''] of inner.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
      const chosen = [...options.matchAll(/<option([^>]*)>/g)]
        .map(([, option = '']) => option)
        .find((option) => attribute(option, 'selected') !== undefined);
      fields.push([attribute(tag, 'name') ?? '', chosen === undefined ? '' : (attribute(chosen, 'value') ?? '')]);
    }
    return fields;
  }

  /** Sends a form of a page as it stands, with what was typed; `at` picks the form by the end of its address. */
  async function send(page: Page, typing: Typing, at = ''): Promise<Page> {
    const forms = [...page.text.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].filter(
      ([, tag = '']) => attribute(tag, 'method') === 'post' && !(attribute(tag, 'action') ?? '').includes('sign-out'),
    );
    const [, tag = '', inner = ''] = forms.find(([, one = '']) => (attribute(one, 'action') ?? '').endsWith(at)) ?? [];
    if (tag === '')
      throw new Error(
        `no form ${at} in: ${page.text
          .replace(/<[^>]+>/g, ' ')
          .replace(/\s+/g, ' ')
          .slice(0, 400)}`,
      );
    const fields = fieldsOf(inner).filter(([name]) => !Object.hasOwn(typing, name));
    for (const [name, value] of Object.entries(typing))
      for (const one of Array.isArray(value) ? (value as readonly (string | File)[]) : [value as string | File])
        fields.push([name, one]);
    const multipart = attribute(tag, 'enctype') === 'multipart/form-data';
    const body = multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of fields) {
      if (body instanceof FormData) body.append(name, value);
      else if (typeof value === 'string') body.append(name, value);
    }
    const answer = await fetch(house.url + (attribute(tag, 'action') ?? ''), {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    });
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
  }

  return { open, send, fill: async (path: string, typing: Typing, at = '') => send(await open(path), typing, at) };
}

/** What a page says above its form and beside its fields. */
export function saidBy(page: Page): string {
  return [...page.text.matchAll(/class="(?:notice-title|error|fullness-line)"[^>]*>([\s\S]*?)<\/p>/g)]
    .map(([, text = '']) => unescaped(text.replace(/<[^>]+>/g, ' ')))
    .join(' | ');
}
