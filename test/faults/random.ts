/** A row of random numbers that comes again from the same seed, so a failed run can be played once more. */
export interface Random {
  /** From 0 up to but not 1. */
  next(): number;
  /** A whole number from `from` up to and with `to`. */
  whole(from: number, to: number): number;
  /** One of the given things. */
  oneOf<T>(things: readonly [T, ...T[]]): T;
  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): T[];
  /** A row of its own, e.g. for one of many that run side by side: their order must not change what each one draws. */
  branch(): Random;
}

/** Starts a row (mulberry32: 32 bits of state are plenty for choosing moments and victims). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    oneOf: (things) => things[whole(0, things.length - 1)] ?? things[0],
    shuffled: (things) => {
      const rest = [...things];
      for (let place = rest.length - 1; place > 0; place -= 1) {
        const other = whole(0, place);
        [rest[place], rest[other]] = [rest[other] as (typeof rest)[number], rest[place] as (typeof rest)[number]];
      }
      return rest;
    },
    branch: () => randomFrom(whole(0, 0xffff_ffff)),
  };
}
