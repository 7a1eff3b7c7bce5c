import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyExport } from '../../../ops/verify.ts';
import { exportLog, type LogExport } from '../../../store/export.ts';
import { entriesOf, erasePersonal, logTable } from '../../../store/log.ts';
import { networkTable } from '../../../store/networks.ts';
import { hidden, openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

/** Where a signature came from: a commitment in the log, the address beside it (design §7). */
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('network', { TRUST_PROXY: '1' });
}, 180_000);
afterAll(() => all.close());

const store = () => all.house.api.deps.store;

/** Signs as a browser behind the one trusted proxy; what stands before the proxy's own word is made up by the caller. */
async function signFrom(address: string): Promise<{ readonly id: string }> {
  const { id, link } = await all.asked();
  const { html } = await all.page(link);
  const answer = await fetch(all.house.url + link, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Forwarded-For': `192.0.2.99, ${address}`,
    },
    body: new URLSearchParams({
      formValue: hidden(html, 'formValue'),
      round: hidden(html, 'round'),
      hash: hidden(html, 'hash'),
      verdict: 'sign',
    }).toString(),
  });
  expect(answer.status).toBe(303);
  await until(async () => ((await all.decisions(id)) === 1 ? true : undefined));
  return { id };
}

const exported = async (id: string, personal: boolean): Promise<LogExport> => {
  const log = await exportLog(store(), id, { personal });
  if (!log) throw new Error('no log');
  return log;
};
const networks = (log: LogExport): string[] =>
  Object.values(log.personal ?? {}).flatMap(({ network }) => network?.value ?? []);

describe('the network address of a signature', { timeout: 90_000 }, () => {
  test('is in the log as a commitment only, lies beside it, and an export proves it offline', async () => {
    const { id } = await signFrom('203.0.113.7');
    const bodies = (await entriesOf(store(), id)).map((row) => row.body).join('\n');
    expect(bodies).not.toContain('203.0.113.7');
    expect(bodies).toMatch(/"network":"[0-9a-f]{64}"/);
    const plain = await exported(id, false);
    expect(JSON.stringify(plain)).not.toContain('203.0.113.7');
    const log = await exported(id, true);
    expect(networks(log)).toContain('203.0.113.7');
    expect(networks(log)).not.toContain('192.0.2.99');
    expect(verifyExport(JSON.stringify(log)).ok).toBe(true);
    const moved = JSON.stringify(log).replaceAll('203.0.113.7', '203.0.113.8');
    const { ok, sentences } = verifyExport(moved);
    expect([ok, sentences[0]?.includes('the network lying beside it is not the one it was signed with')]).toEqual([
      false,
      true,
    ]);
    expect(all.house.logged.join('')).not.toContain('203.0.113.7');
  });

  test('can be erased, and the chain still verifies', async () => {
    const { id } = await signFrom('203.0.113.21');
    expect(await erasePersonal(store(), all.contact.id)).toBeGreaterThan(0);
    expect(await networkTable(store()).countDocuments({ personId: all.contact.id })).toBe(0);
    const log = await exported(id, true);
    expect(JSON.stringify(log)).not.toContain('203.0.113.21');
    expect(verifyExport(JSON.stringify(log)).ok).toBe(true);
  });

  test('a replayed press keeps the address it came from first', async () => {
    const { id, link } = await all.asked();
    const { html } = await all.page(link);
    const fields = { verdict: 'sign' };
    expect((await all.press(link, html, fields)).status).toBe(303);
    const count = await networkTable(store()).countDocuments();
    expect([200, 303]).toContain((await all.press(link, html, fields)).status);
    expect(await networkTable(store()).countDocuments()).toBe(count);
    const decided = await logTable(store())
      .findOne({ processId: id, type: 'decided', body: /"step":"client"/ })
      .lean();
    expect(decided?.body).toMatch(/"network":"[0-9a-f]{64}"/);
  });
});
