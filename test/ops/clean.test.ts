import { randomBytes } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../ops/clean.ts';
import type { Blobs } from '../../store/blobs.ts';
import { draftTable, saveDraft } from '../../store/drafts.ts';
import { freezePapers } from '../../store/freeze.ts';
import { keepManifest } from '../../store/manifests.ts';
import { unnamedBlobs } from '../../store/unnamed.ts';
import { artworkJob } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';

/** The clean-up of files, on the store and the blobs of a house. */
let house: House;
let blobs: Blobs;
beforeAll(async () => {
  house = await openHouse();
  ({ blobs } = house.api.deps);
});
afterAll(() => house.close());

const DAY_MS = 86_400_000;
const put = async (bytes = randomBytes(500)): Promise<string> => (await blobs.put(Readable.from([bytes]))).sha256;
const pathOf = (sha256: string): string =>
  join(house.api.deps.config.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
function age(sha256: string, days: number): void {
  const at = new Date(Date.now() - days * DAY_MS);
  utimesSync(pathOf(sha256), at, at);
}
async function old(): Promise<string> {
  const sha256 = await put();
  age(sha256, 40);
  return sha256;
}

/** The command as a person types it, told of this house. */
async function clean(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  const { config } = house.api.deps;
  const given = {
    TEMPORAL_ADDRESS: config.temporalAddress,
    MONGODB_URI: config.mongodbUri,
    SMTP_URL: config.smtpUrl,
    PUBLIC_BASE_URL: config.publicBaseUrl,
    MAIL_FROM: config.mailFrom,
    JOBBAG_DATA_DIR: config.dataDir,
  };
  const before = { ...process.env };
  Object.assign(process.env, given);
  const lines: string[] = [];
  try {
    return { code: await run(args, (line) => lines.push(line)), said: lines.join('\n') };
  } finally {
    for (const name of Object.keys(given)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

describe('jobbag clean', { timeout: 60_000 }, () => {
  test('a store without any log is not the one the files belong to: nothing goes', async () => {
    const lone = await old();
    const { code, said } = await clean('--remove');
    expect([code, said.includes('no log at all'), await blobs.has(lone)]).toEqual([1, true, 500]);
  });

  test('wrong words are answered with how to say it, and nothing goes', async () => {
    for (const words of [['--days'], ['--days', '0'], ['--days', '-1'], ['--days', '1.5'], ['--force'], ['remove']])
      expect((await clean(...words)).code).toBe(2);
  });

  test('lists what nobody names and nobody touched, and takes it away only when told to', async () => {
    const job = await artworkJob(house, 'copywriter');
    const lone = await old();
    const young = await put();
    const middling = await put();
    age(middling, 10);
    const dry = await clean();
    expect(dry.code).toBe(0);
    expect(dry.said).toContain(lone);
    expect(dry.said).toContain('would remove');
    for (const other of [young, middling, ...job.hashes]) expect(dry.said).not.toContain(other);
    expect(await blobs.has(lone)).toBe(500);
    expect((await clean('--days', '5', '--remove')).said).toContain(middling);
    expect(await Promise.all([lone, middling, young].map((one) => blobs.has(one)))).toEqual([
      undefined,
      undefined,
      500,
    ]);
    expect((await clean('--remove')).said).toContain('removed: 0 files');
  });

  test('what a manifest, a paper, a draft or an entry of a log names stays, however old', async () => {
    const { store, clock } = house.api.deps;
    const inManifest = await old();
    await keepManifest(store, [{ name: 'a.pdf', size: 500, sha256: inManifest, mime: 'application/pdf', use: 'view' }]);
    const inPaper = await put();
    const files = [{ name: 'b.pdf', size: 500, hash: inPaper }];
    await freezePapers(store, blobs, [{ form: 'F-99', content: { files }, facts: { complete: true, missing: [] } }]);
    age(inPaper, 400);
    const inDraft = await old();
    await saveDraft(store, {
      id: 'd1',
      ownerId: 'p1',
      form: 'F-01',
      revision: 0,
      content: { typed: { files: [{ name: 'c', size: '500', hash: inDraft }] } },
      updatedAt: clock(),
    });
    const lone = await old();
    const { said } = await clean('--remove');
    for (const named of [inManifest, inPaper, inDraft]) {
      expect(said).not.toContain(named);
      expect(await blobs.has(named)).toBe(500);
    }
    expect(await blobs.has(lone)).toBeUndefined();
    // A draft that was thrown away names nothing any more.
    await draftTable(store).deleteOne({ _id: 'd1' });
    await clean('--remove');
    expect(await blobs.has(inDraft)).toBeUndefined();
  });

  test('an upload in progress, and one of the very file that is being cleaned, arrive whole', async () => {
    const bytes = randomBytes(200_000);
    const sha256 = await put(bytes);
    age(sha256, 40);
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const slow = blobs.put(
      Readable.from(
        (async function* () {
          yield bytes.subarray(0, 100_000);
          await held;
          yield bytes.subarray(100_000);
        })(),
      ),
    );
    const beforeMs = Date.now() - 30 * DAY_MS;
    const [doomed] = (await unnamedBlobs(house.api.deps.store, blobs, beforeMs)).filter((one) => one.sha256 === sha256);
    expect(doomed).toBeDefined();
    expect(await blobs.removeOld(sha256, beforeMs)).toBe(true);
    go();
    expect(await slow).toMatchObject({ sha256 });
    expect(await blobs.has(sha256)).toBe(200_000);
    // It is young now, although the list of the clean-up still names it.
    expect(await blobs.removeOld(sha256, beforeMs)).toBe(false);
    expect(await blobs.has(sha256)).toBe(200_000);
  });

  test('whoever names an old file while the clean-up runs keeps it, or is told that it is gone', async () => {
    const { store } = house.api.deps;
    for (let turn = 0; turn < 20; turn += 1) {
      const sha256 = await old();
      const beforeMs = Date.now() - 30 * DAY_MS;
      const found = await unnamedBlobs(store, blobs, beforeMs);
      const name = async (): Promise<boolean> => {
        if ((await blobs.hold(sha256)) === undefined) return false;
        const file = { name: 'x.pdf', size: 500, sha256, mime: 'application/pdf', use: 'view' } as const;
        await keepManifest(store, [file]);
        return true;
      };
      const [named] = await Promise.all([name(), ...found.map((one) => blobs.removeOld(one.sha256, beforeMs))]);
      expect(await blobs.has(sha256)).toBe(named ? 500 : undefined);
    }
    expect(readdirSync(join(house.api.deps.config.dataDir, 'blobs', 'leaving'))).toEqual([]);
  });
});
