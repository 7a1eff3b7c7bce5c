/**
 * Canonical JSON (RFC 8785): one value has exactly one text, whoever writes it, so a hash of the text names the value.
 * Keys are sorted by UTF-16 code units, numbers are spelled as ECMAScript spells them, nothing stands between tokens.
 */

/** What may be written: JSON values; keys whose value is `undefined` are left out, as on any wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The canonical text of a value. Throws TypeError on what JSON cannot say (NaN, infinities, bigint, functions, symbols,
 * `undefined` outside an object, cycles), so that nothing is silently lost from a record.
 * A lone surrogate, which the RFC leaves to the writer, becomes its escape: what people typed must always be recordable.
 */
export function canonical(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, above: readonly unknown[]): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no number ${String(value)}`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no ${typeof value}`);
  if (above.includes(value)) throw new TypeError('canonical JSON has no cycles');
  const here = [...above, value];
  if (Array.isArray(value)) return `[${value.map((item) => write(item, here)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, here)}`);
  return `{${members.join(',')}}`;
}
