import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLimiter } from '../../../api/gate/limits.ts';
import { Problem } from '../../../api/problems.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const limit = { name: 'test', points: 50, windowMs: 3_600_000 };

describe('limits', () => {
  it('200 uses at once by two processes let exactly as many pass as there are points', async () => {
    const { store, logger } = house.api.deps;
    const [one, two] = [createLimiter({ store, logger }), createLimiter({ store, logger })];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_none, n) => (n % 2 === 0 ? one : two).use(limit, 'same')),
    );
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(50);
  });

  it('a new window counts anew, and who is over is told when it comes', async () => {
    let now = 1_000_000_000_000;
    const limiter = createLimiter({ store: house.api.deps.store, logger: house.api.deps.logger, now: () => now });
    const narrow = { name: 'narrow', points: 1, windowMs: 10_000 };
    expect((await limiter.use(narrow, 'k')).allowed).toBe(true);
    await expect(limiter.demand(narrow, 'k')).rejects.toBeInstanceOf(Problem);
    expect((await limiter.use(narrow, 'k')).retryAfterSeconds).toBe(10);
    now += 10_000;
    expect((await limiter.use(narrow, 'k')).allowed).toBe(true);
  });

  it('keys lie in the store as hashes only', async () => {
    const { store, limiter } = house.api.deps;
    await limiter.use(limit, 'person@agency.example');
    const rows = await store.collection('limits').find({}).toArray();
    expect(JSON.stringify(rows)).not.toContain('person@');
  });
});
