import { decodeUtf8, NotOurJson } from './strict-json.ts';

/** Fields of a form; a name that came several times is a list, which a schema for one value refuses by name. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

const maxFields = 2_000;

/**
 * Reads an `application/x-www-form-urlencoded` body: valid percent-encoding of valid UTF-8, a bounded number of
 * fields, and no name that means something to the language. Throws NotOurJson.
 */
export function readForm(body: Buffer): FormFields {
  const text = decodeUtf8(body);
  const fields = new Map<string, string[]>();
  const pairs = text === '' ? [] : text.split('&');
  if (pairs.length > maxFields) throw new NotOurJson(`more than ${maxFields} fields`);
  for (const pair of pairs) {
    const split = pair.indexOf('=');
    const name = decodePart(split < 0 ? pair : pair.slice(0, split));
    const value = split < 0 ? '' : decodePart(pair.slice(split + 1));
    if (name.split(/[.[\]]/).some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) {
      throw new NotOurJson(`field ${name.slice(0, 60)}`);
    }
    const list = fields.get(name);
    if (list === undefined) fields.set(name, [value]);
    else list.push(value);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new NotOurJson('percent-encoding');
  }
}
