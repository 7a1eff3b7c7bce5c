import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealLink } from '../../domain/log/linked.ts';
import { verifyExport } from '../../ops/verify.ts';
import { auditTable, registerHeads } from '../../store/audit.ts';
import { clients } from '../../store/clients.ts';
import { dailyBody, signDailyHeads } from '../../store/daily.ts';
import { sha256 } from '../../store/digest.ts';
import { exportLog, type LogExport } from '../../store/export.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { entriesOf } from '../../store/log.ts';
import { openClientHouse, type ClientHouse } from '../api/approve/client-house.ts';

/** A job's chain takes in the heads of linked chains (design §7): the client's and its team's, the whole way. */
let all: ClientHouse;
let id: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobbag-linked-'));
  all = await openClientHouse('linked');
  ({ id } = await all.asked());
}, 180_000);
afterAll(async () => {
  await all.close();
  await rm(folder, { recursive: true, force: true });
});

const store = () => all.house.api.deps.store;
const exported = async (): Promise<LogExport> => {
  const log = await exportLog(store(), id);
  if (!log) throw new Error('no log');
  return log;
};
const clientChain = (): string => `clients:${all.place.clientId}`;

describe('heads of linked chains', { timeout: 60_000 }, () => {
  test('the request and every submission carry the heads of the client and the team as they stood', async () => {
    const taken = (await entriesOf(store(), id)).filter((row) => row.body.includes('"links"'));
    expect(taken.map((row) => row.seq)).toContain(1);
    expect(taken.length).toBeGreaterThanOrEqual(2);
    const { clientId } = all.place;
    const heads = await registerHeads(store(), [{ register: 'clients', entry: clientId }]);
    const [head] = Object.values(heads);
    expect(head?.seq).toBe(2);
    for (const row of taken) expect(row.body).toContain(head?.hash);
    // Once a command: the entries that follow the first are not longer for it.
    expect(new Set(taken.map((row) => row.commandId)).size).toBe(taken.length);
  });

  test('an export shows the linked chains without what they say, and verifies offline', async () => {
    const log = await exported();
    expect(Object.keys(log.linked ?? {})).toContain(clientChain());
    expect(Object.keys(log.linked ?? {})).toHaveLength(2);
    expect(JSON.stringify(log.linked)).not.toContain('客户');
    expect(verifyExport(JSON.stringify(log))).toMatchObject({ ok: true });
    // A change that came later is not part of it: the same log gives the same export.
    const kept = await clients.get(store(), all.place.clientId);
    if (!kept) throw new Error('no client');
    await clients.save(store(), kept.id, kept.revision, kept.value, { by: 'test', at: new Date().toISOString() });
    expect((await exported()).linked).toEqual(log.linked);
  });

  test('a linked chain that was changed, cut or left out is named, with the entry that took it in', async () => {
    const log = await exported();
    const name = clientChain();
    const chain = log.linked?.[name] ?? [];
    const check = (linked: LogExport['linked']) => verifyExport(JSON.stringify({ ...log, linked }));
    const [first] = chain;
    if (!first) throw new Error('no chain');
    expect(check({ ...log.linked, [name]: chain.with(0, { ...first, digest: sha256('x') }) }).sentences).toEqual([
      `The linked chain lies: change 1 of ${name} does not follow the one before it.`,
    ]);
    expect(check({ ...log.linked, [name]: chain.slice(0, 1) }).sentences).toEqual([
      `Entry 1 took in change 2 of ${name}, which is not there.`,
    ]);
    expect(check({}).ok).toBe(false);
    expect(check({ ...log.linked, [name]: [{ ...first, seq: 'x' } as never] }).sentences[0]).toContain(
      'not an exported log',
    );
  });

  test('the day’s signed file lists the heads of registers that moved, and a register written anew is found by it too', async () => {
    const rings = openKeyrings(join(folder, 'keys'), () => new Date().toISOString());
    const daily = await signDailyHeads(store(), rings.daily, new Date().toISOString());
    const name = clientChain();
    expect(dailyBody(daily).heads[name]).toMatchObject({ seq: 3 });
    expect(dailyBody(daily).heads[id]).toBeDefined();
    expect(verifyExport(JSON.stringify(await exported())).ok).toBe(true);
    // Whoever owns the store writes the client's second change anew, consistently to its end.
    const rows = await auditTable(store())
      .find({ register: 'clients', entry: all.place.clientId })
      .sort({ revision: 1 })
      .lean();
    let prev = rows[0]?.hash ?? '';
    for (const row of rows.slice(1)) {
      const digest = sha256(`another story ${String(row.revision)}`);
      const link = sealLink(name, { seq: row.revision, prev, digest }, sha256);
      await auditTable(store()).updateOne({ _id: row._id }, { $set: { prev, digest, hash: link.hash } });
      prev = link.hash;
    }
    expect(verifyExport(JSON.stringify(await exported())).sentences).toEqual([
      `Entry 1 took in change 2 of ${name}, but that change has another hash.`,
    ]);
  });

  test('two who looked at the same file before make one file, however late the second is', async () => {
    const rings = openKeyrings(join(folder, 'keys'), () => new Date().toISOString());
    const before = await signDailyHeads(store(), rings.daily, '2031-03-14T23:00:00.000Z');
    const one = await signDailyHeads(store(), rings.daily, '2031-03-15T23:00:00.000Z', before);
    const late = await signDailyHeads(store(), rings.daily, '2031-03-15T23:00:00.005Z', before);
    expect(late).toEqual(one);
  });
});
