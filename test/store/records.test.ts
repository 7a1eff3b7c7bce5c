import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createRecordActivities } from '../../activities/record.ts';
import { genesis } from '../../domain/log/entry.ts';
import { run as verify, verifyExport } from '../../ops/verify.ts';
import { rebuildReadModels } from '../../ops/rebuild.ts';
import { run as exportCommand } from '../../ops/export.ts';
import { checkDaily, dailyBody, dailyFiles, signDailyHeads } from '../../store/daily.ts';
import { exportLog } from '../../store/export.ts';
import type { LogExport } from '../../store/export.ts';
import { openKeyrings, rotateKey } from '../../store/keyring.ts';
import { people } from '../../store/people.ts';
import { ownStore } from './store.ts';
import { stamped, story } from './story.ts';

const store = ownStore();
const now = '2026-03-12T09:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'jobbag-records-'));
const rings = openKeyrings(join(folder, 'keys'), () => now);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function tell(id: string, batches = stamped(story())): Promise<void> {
  let after = genesis;
  const recorder = createRecordActivities({ connection: store(), clock: () => now });
  for (const entries of batches) after = await recorder.recordEntries({ processId: id, after, entries });
}

async function exported(id: string, personal = false): Promise<LogExport> {
  const log = await exportLog(store(), id, { personal });
  if (!log) throw new Error('no log');
  return log;
}

const check = (log: unknown, held = {}): ReturnType<typeof verifyExport> => verifyExport(JSON.stringify(log), held);

describe('export and verify', () => {
  test('an honest export is verified, with its signed heads and with a receipt', async () => {
    await tell('job-export01');
    await signDailyHeads(store(), rings.daily, '2026-03-12T23:00:00.000Z');
    const log = await exported('job-export01');
    expect(log.daily).toHaveLength(1);
    const receipt = { seq: 3, hash: log.entries[2]?.hash ?? '' };
    const mine = rings.daily.current().publicKey?.toString('base64') ?? '';
    const verdict = check(log, { receipts: [receipt], publicKeys: [mine] });
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.sentences[0]).toContain('log verified');
  });

  test('exporting the same log twice gives the same text', async () => {
    expect(JSON.stringify(await exported('job-export01'))).toBe(JSON.stringify(await exported('job-export01')));
  });

  test('any byte changed anywhere in an entry names that entry', async () => {
    const log = await exported('job-export01');
    fc.assert(
      fc.property(
        fc.nat({ max: log.entries.length - 1 }),
        fc.nat(),
        fc.constantFrom('body' as const, 'hash' as const),
        fc.constantFrom(...'0aZ{"\\é'),
        (place, where, field, sign) => {
          const victim = log.entries[place];
          if (!victim) throw new Error('no entry');
          const at = where % victim[field].length;
          fc.pre(victim[field][at] !== sign);
          const changed = victim[field].slice(0, at) + sign + victim[field].slice(at + 1);
          const verdict = check({ ...log, entries: log.entries.with(place, { ...victim, [field]: changed }) });
          expect(verdict.ok).toBe(false);
          expect(verdict.sentences[0]).toContain(`Entry ${String(place + 1)} lies`);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a shortened export lies even when its own head was shortened with it, because a signed head says more', async () => {
    const log = await exported('job-export01');
    const entries = log.entries.slice(0, -2);
    const last = entries.at(-1);
    const verdict = check({ ...log, entries, head: { seq: last?.seq, hash: last?.hash } });
    expect(verdict.sentences[0]).toBe(
      `Entry ${String(entries.length + 1)} lies: it is known to exist, but the log ends before it.`,
    );
  });

  test('a receipt that does not fit, a foreign key, and a changed signed file are named', async () => {
    const log = await exported('job-export01');
    expect(check(log, { receipts: [{ seq: 4, hash: 'f'.repeat(64) }] }).sentences[0]).toContain('Entry 4 lies');
    expect(check(log, { publicKeys: ['AAAA'] }).sentences[0]).toContain('a key you do not hold');
    const daily = log.daily.map((file) => ({ ...file, body: file.body.replace('2026-03-12', '2026-03-13') }));
    expect(check({ ...log, daily }).sentences[0]).toBe('Daily file 1 lies: its text, number or signature was changed.');
  });

  test('names and addresses come only when asked for, and are checked against their commitments', async () => {
    const person = {
      id: 'ae',
      name: '王小明',
      roles: [],
      side: 'agency',
      language: 'zh-CN',
      mail: { address: 'w@agency.example', revision: 1 },
      active: true,
    } as const;
    await people.save(store(), 'ae', 0, person, { by: 'boss', at: now });
    await tell('job-person01');
    expect(JSON.stringify(await exported('job-person01'))).not.toContain('王小明');
    const log = await exported('job-person01', true);
    expect(JSON.stringify(log)).toContain('王小明');
    expect(check(log)).toMatchObject({ ok: true });
    const lied: unknown = JSON.parse(JSON.stringify(log).replaceAll('王小明', '李小明'));
    expect(check(lied).sentences[0]).toBe('Entry 1: the name lying beside it is not the one it was signed with.');
  });

  test('anything that is no export gets a clear answer', () => {
    for (const junk of ['', 'null', '[]', '{"format":"jobbag-log-1"}', '{"format":"other"}', '\u0000']) {
      const verdict = verifyExport(junk);
      expect(verdict.ok).toBe(false);
      expect(verdict.sentences[0]).toContain('This is not an exported log');
    }
  });

  test('the command: export writes a private file once; verify says 0, 1 or 2 and needs no store', async () => {
    const said: string[] = [];
    const out = (line: string): void => {
      said.push(line);
    };
    const path = join(folder, 'log.json');
    const old = process.env;
    const uri = new URL(store().getClient().options.hosts[0]?.toString().replace(/^/, 'mongodb://') ?? '');
    process.env = {
      ...old,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      MONGODB_URI: `${uri.href}/${store().name}`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_BASE_URL: 'http://127.0.0.1:1',
      MAIL_FROM: 'jobbag@agency.example',
    };
    try {
      expect(await exportCommand(['YFLC2026001', path], out)).toBe(0);
      expect(await exportCommand(['YFLC2026001', path], out)).toBe(1);
      expect(await exportCommand(['nothing', `${path}2`], out)).toBe(1);
      expect(await exportCommand([], out)).toBe(2);
    } finally {
      process.env = old;
    }
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await verify([path], out)).toBe(0);
    const honest = JSON.parse(await readFile(path, 'utf8')) as LogExport;
    const hash = honest.entries[1]?.hash ?? '';
    expect(await verify([path, '--receipt', `2:${hash}`], out)).toBe(0);
    expect(await verify([path, '--receipt', `1:${hash}`], out)).toBe(1);
    expect(said.at(-1)).toContain('Entry 1 lies');
    expect(await verify([join(folder, 'not-there.json')], out)).toBe(2);
    expect(await verify(['--unknown'], out)).toBe(2);
    expect(await verify([], out)).toBe(2);
  });
});

describe('signed daily heads', () => {
  test('each file names the one before, lists what moved since, and holds its signature after a rotation', async () => {
    const first = (await dailyFiles(store()))[0];
    if (!first) throw new Error('no daily file');
    rotateKey(join(folder, 'keys'), 'daily', now);
    const second = await signDailyHeads(store(), rings.daily, '2026-03-13T23:00:00.000Z');
    expect(dailyBody(second)).toMatchObject({ no: 2, prev: first.hash, keyId: rings.daily.current().id });
    expect(second.keyId).not.toBe(first.keyId);
    expect([first, second].map(checkDaily)).toEqual([true, true]);
    expect(checkDaily({ ...second, publicKey: first.publicKey })).toBe(false);
    expect(checkDaily({ ...second, no: 3 })).toBe(false);
    expect(checkDaily({ ...second, signature: 'x' })).toBe(false);
    expect(Object.keys(dailyBody(first).heads)).toEqual(['job-export01']);
    // The stories were told before the first file was made; the second one has nothing new.
    expect(dailyBody(second).heads).toEqual({});
  });

  test('two signers at once make one file', async () => {
    const files = await Promise.all(
      [1, 2, 3].map(() => signDailyHeads(store(), rings.daily, '2026-03-14T23:00:00.000Z')),
    );
    expect(new Set(files.map((file) => file.hash)).size).toBe(1);
    expect(await dailyFiles(store())).toHaveLength(3);
  });
});

describe('rebuild', () => {
  const models = async (): Promise<unknown> =>
    Object.fromEntries(
      await Promise.all(
        ['jobs', 'jobStates', 'jobNames', 'steps', 'paperVersions'].map(
          async (name) => [name, await store().collection(name).find({}).sort({ _id: 1 }).toArray()] as const,
        ),
      ),
    );

  test('dropping the read models and folding the log gives the same, job by job', async () => {
    for (let n = 0; n < 8; n += 1) await tell(`job-rebuild${String(n)}`, stamped(story()).slice(0, n + 1));
    const before = await models();
    expect(await rebuildReadModels(store())).toBe(10);
    expect(await models()).toEqual(before);
  });

  test('jobs that go on during a rebuild lose nothing', async () => {
    const batches = stamped(story());
    const going = Array.from({ length: 6 }, (_, n) => tell(`job-going${String(n)}`, batches));
    await Promise.all([rebuildReadModels(store()), ...going]);
    const during = await models();
    await rebuildReadModels(store());
    expect(await models()).toEqual(during);
  });
});
