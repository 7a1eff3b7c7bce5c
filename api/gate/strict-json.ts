/** Why a text is not the JSON we take; `why` is for the person who sent it. */
export class NotOurJson extends Error {
  readonly why: string;

  constructor(why: string) {
    super(why);
    this.name = 'NotOurJson';
    this.why = why;
  }
}

/** Names that mean something to the language itself; nobody has a field of that name, so sending one is an attack or a mistake. */
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Deepest nesting any of our schemas needs, with room. */
const maxDepth = 32;

/**
 * Reads JSON more strictly than `JSON.parse`: UTF-8 without a byte order mark, a bounded depth, no key twice in one
 * object (two readers of one message must not see two things), no key that means something to the language.
 * Throws NotOurJson.
 */
export function readStrictJson(body: Buffer): unknown {
  const text = decodeUtf8(body);
  if (text.startsWith('\ufeff')) throw new NotOurJson('byte order mark');
  // The walk goes first: it is iterative and bounds the depth, where the parser would recurse.
  walk(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new NotOurJson('syntax');
  }
}

/** Bytes as text, without guessing. Throws NotOurJson when they are no UTF-8. */
export function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new NotOurJson('not UTF-8');
  }
}

interface Open {
  /** Keys seen in an object; undefined for a list. */
  readonly keys?: Set<string>;
  expectsKey: boolean;
}

/** Looks at brackets and keys only; whatever else is wrong the parser finds. */
function walk(text: string): void {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const inside = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ keys: new Set(), expectsKey: true });
        break;
      case '[':
        open.push({ expectsKey: false });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (inside?.keys !== undefined) inside.expectsKey = true;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (inside?.keys !== undefined && inside.expectsKey) {
          inside.expectsKey = false;
          take(inside.keys, text.slice(at, end + 1));
        }
        at = end;
        break;
      }
      default:
    }
    if (open.length > maxDepth) throw new NotOurJson(`nested deeper than ${maxDepth}`);
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  throw new NotOurJson('syntax');
}

function take(keys: Set<string>, quoted: string): void {
  let key: unknown;
  try {
    key = JSON.parse(quoted);
  } catch {
    throw new NotOurJson('syntax');
  }
  if (typeof key !== 'string') throw new NotOurJson('syntax');
  if (dangerousKeys.has(key)) throw new NotOurJson(`key ${key}`);
  if (keys.has(key)) throw new NotOurJson(`key ${JSON.stringify(key.slice(0, 60))} twice`);
  keys.add(key);
}
