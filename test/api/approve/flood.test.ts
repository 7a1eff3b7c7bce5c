import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type House } from '../support/house.ts';
import { artworkJob, type ArtworkJob } from './office.ts';

/** Threats, rows 4 and 35: guessing links, and a flood of them. */
let house: House;
let job: ArtworkJob;
beforeAll(async () => {
  house = await openHouse({ TRUST_PROXY: '1' });
  job = await artworkJob(house, 'copywriter');
});
afterAll(() => house.close());

const at = async (path: string, from: string): Promise<number> => {
  const answer = await fetch(house.url + path, { headers: { accept: 'text/html', 'x-forwarded-for': from } });
  await answer.arrayBuffer();
  return answer.status;
};
/** A link of the right shape that nobody made; every second one names the real grant. */
function guess(turn: number): string {
  const real = /^\/a\/([^.]+)\./.exec(job.link)?.[1] ?? '';
  const made = `${randomBytes(3).toString('hex')}${randomBytes(17).toString('base64url').slice(0, 22)}`;
  return `/a/${turn % 2 === 0 ? real : made}.${randomBytes(24).toString('base64url')}`;
}
async function rows(): Promise<readonly string[]> {
  const { store } = house.api.deps;
  const names = (await store.listCollections()).map(({ name }) => name).sort();
  return Promise.all(names.map(async (name) => `${name} ${String(await store.collection(name).countDocuments())}`));
}

describe('a flood of links that nobody made', { timeout: 120_000 }, () => {
  test('2,000 from one address open nothing, write nothing and are shed; the good link opens from there and elsewhere', async () => {
    const before = await rows();
    const found = new Map<number, number>();
    for (let turn = 0; turn < 2_000; turn += 50) {
      const statuses = await Promise.all(Array.from({ length: 50 }, (_, n) => at(guess(turn + n), '203.0.113.9')));
      for (const status of statuses) found.set(status, (found.get(status) ?? 0) + 1);
      // In the middle of it somebody opens their own, behind the same office router.
      if (turn % 500 === 0) expect(await at(job.link, '203.0.113.9')).toBe(200);
    }
    expect([...found.keys()].sort()).toEqual([404, 429]);
    expect(found.get(404)).toBe(30);
    expect(await at(job.link, '203.0.113.9')).toBe(200);
    expect(await at(guess(1), '203.0.113.10')).toBe(404);
    expect(await rows()).toEqual(before);
  });
});
