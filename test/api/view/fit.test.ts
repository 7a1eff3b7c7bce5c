import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, widthOf } from '../../../api/view/fit.ts';

describe('names in pictures, which cannot break a line', () => {
  it('a Chinese name takes nearly twice the room of a Latin one of as many letters', () => {
    expect(widthOf('云峰茶业', 12)).toBe(48);
    expect(widthOf('tea', 12)).toBeLessThan(24);
  });

  it('a name with room stays whole; a long one ends in a mark that there is more', () => {
    expect(fitted('云峰茶业', 12, 60)).toBe('云峰茶业');
    expect(fitted('云峰茶业（上海）国际贸易有限公司', 12, 100)).toBe('云峰茶业（上海…');
    expect(fitted('Kaian International Appliances', 12, 100)).toMatch(/^Kaian Intern\w*…$/);
  });

  it('whatever the name, it never runs out of its place, however narrow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 40, max: 300 }), (name, width) => {
        expect(widthOf(fitted(name, 12, width), 12)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
