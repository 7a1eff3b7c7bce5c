import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeFile } from '../../ops/demo/place.ts';
import { jobRow, jobTable } from '../../store/jobs.ts';
import { stepTable } from '../../store/steps.ts';
import { artworkJob, type ArtworkJob } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';

/** The commands of `npm run jobbag`, each as a person types it, on a house that runs. */
let house: House;
let folder: string;
let job: ArtworkJob;

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command in a process of its own; all it is told is the folder of the running house. */
function jobbag(...args: readonly string[]): Promise<Said> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const env = { PATH: process.env.PATH, JOBBAG_DATA_DIR: house.api.deps.config.dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'ops/jobbag.ts', ...args], { cwd, env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobbag-ops-'));
  house = await openHouse();
  job = await artworkJob(house, 'copywriter');
  const { config } = house.api.deps;
  const environment = {
    TEMPORAL_ADDRESS: config.temporalAddress,
    MONGODB_URI: config.mongodbUri,
    SMTP_URL: config.smtpUrl,
    PUBLIC_BASE_URL: config.publicBaseUrl,
    MAIL_FROM: config.mailFrom,
    JOBBAG_KEYS_DIR: config.keysDir,
  };
  await writeFile(join(config.dataDir, placeFile), JSON.stringify({ baseUrl: house.url, inboxUrl: '', environment }));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

describe('npm run jobbag', { timeout: 120_000 }, () => {
  test('without a word it lists its commands; a word it does not know is answered with the list', async () => {
    const plain = await jobbag();
    expect(plain.code).toBe(0);
    for (const name of ['verify', 'export', 'rebuild', 'keys', 'token']) expect(plain.out).toContain(name);
    expect(await jobbag('verfiy')).toMatchObject({ code: 2, out: plain.out });
  });

  test('export writes the log of a job by its number, for nobody else to read, and never over a file; verify says it is whole', async () => {
    const number = (await jobRow(house.api.deps.store, job.processId))?.jobNumber ?? '';
    const file = join(folder, 'log.json');
    expect(await jobbag('export', number, file)).toMatchObject({ code: 0 });
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await jobbag('export', number, file)).toMatchObject({ code: 1 });
    expect(await jobbag('export', 'YFLC2026999')).toMatchObject({ code: 1, out: 'There is no job YFLC2026999.\n' });
    const verified = await jobbag('verify', file);
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(/^log verified: job-[0-9a-f]+, 10 entries, head [0-9a-f]{64}\n$/);
  });

  test('verify names the first entry that lies, and what is no log at all', async () => {
    const file = join(folder, 'log-to-bend.json');
    expect(await jobbag('export', job.processId, file)).toMatchObject({ code: 0 });
    const log = JSON.parse(await readFile(file, 'utf8')) as { entries: { seq: number; body: string }[] };
    for (const entry of log.entries)
      if (entry.seq === 6 || entry.seq === 8) entry.body = entry.body.replace('标语', '口号');
    await writeFile(file, JSON.stringify(log));
    const bent = await jobbag('verify', file);
    expect(bent.code).toBe(1);
    expect(bent.out).toMatch(/^Entry 6 lies: .+\.\n$/);
    await writeFile(file, 'nothing');
    expect(await jobbag('verify', file)).toMatchObject({ code: 1, out: expect.stringContaining('no JSON') as string });
    expect(await jobbag('verify', join(folder, 'never.json'))).toMatchObject({ code: 2 });
  });

  test('rebuild drops the read models and folds them again to the same', async () => {
    const { store } = house.api.deps;
    const all = async () =>
      JSON.stringify([await jobTable(store).find().lean(), await stepTable(store).find().sort({ _id: 1 }).lean()]);
    const before = await all();
    expect(await jobbag('rebuild')).toMatchObject({ code: 0, out: expect.stringContaining('1 jobs') as string });
    expect(await all()).toBe(before);
  });

  test('keys are listed without a secret, rotated while links go on opening, and retired only when nothing open uses them', async () => {
    const listed = await jobbag('keys');
    expect(listed.code).toBe(0);
    const old = /^links +([a-z0-9]{6}) current/m.exec(listed.out)?.[1] ?? '';
    const ring = await readFile(join(house.api.deps.config.keysDir, 'links.json'), 'utf8');
    const { keys } = JSON.parse(ring) as { keys: { secret: string }[] };
    expect(listed.out).not.toContain(keys[0]?.secret);
    expect(await jobbag('keys', 'rotate', 'links')).toMatchObject({ code: 0 });
    const page = await fetch(house.url + job.link, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    const inUse = await jobbag('keys', 'retire', 'links', old);
    expect([inUse.code, inUse.out]).toEqual([1, expect.stringContaining('IN_USE')]);
    expect(await jobbag('keys', 'rotate', 'forms')).toMatchObject({ code: 0 });
    const forms = /^forms +([a-z0-9]{6}) older/m.exec((await jobbag('keys', 'list')).out)?.[1] ?? '';
    expect(await jobbag('keys', 'retire', 'forms', forms)).toMatchObject({ code: 0 });
    expect(await jobbag('keys', 'retire', 'payloads', forms)).toMatchObject({ code: 1 });
    expect(await jobbag('keys', 'rotate', 'doors')).toMatchObject({ code: 2 });
  });

  test('token makes a token that the API takes, for people of the agency only', async () => {
    const executive = job.people.ACCOUNT_EXECUTIVE;
    if (executive === undefined) throw new Error('no account executive');
    const made = await jobbag('token', executive.id, 'report');
    expect(made.code).toBe(0);
    const headers = { authorization: `Bearer ${made.out.trim()}` };
    expect((await fetch(`${house.url}/api/v1/jobs/${job.processId}`, { headers })).status).toBe(200);
    expect(await jobbag('token', job.people.CLIENT_LEAD?.id ?? '')).toMatchObject({ code: 1, out: '' });
    expect(await jobbag('token')).toMatchObject({ code: 2 });
  });
});
