import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../domain/log/canonical.ts';

describe('canonical JSON', () => {
  test('RFC 8785: any JSON value has the text the kept library gives it', () => {
    const json = fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' });
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('RFC 8785: the key order of a value does not change its text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        expect(canonical(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonical(value));
      }),
    );
  });

  test('RFC 8785 §3.2.3: keys sort by UTF-16 code units, not by code points', () => {
    expect(canonical({ '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, a: 4 })).toBe(
      '{"a":4,"\u20ac":3,"\u{1f600}":2,"\ufb33":1}',
    );
  });

  test('RFC 8785 §3.2.2.3: numbers are spelled as ECMAScript spells them', () => {
    expect(canonical([-0, 1e21, 1e-7, 333333333.33333329, 4.5])).toBe('[0,1e+21,1e-7,333333333.3333333,4.5]');
  });

  test('a key without a value is left out, as on the wire', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  test('a text with half a character can be recorded and reads back the same', () => {
    const words = 'x\ud83dy';
    expect(JSON.parse(canonical({ words }))).toEqual({ words });
  });

  test('what JSON cannot say is refused instead of being lost', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const bad of [NaN, Infinity, 1n, () => 1, Symbol('s'), undefined, [undefined], cycle]) {
      expect(() => canonical(bad)).toThrow(TypeError);
    }
  });

  test('one object in two places is no cycle', () => {
    const shared = { a: 1 };
    expect(canonical([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});
