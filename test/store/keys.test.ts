import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeyFailure } from '../../store/keyring.ts';
import { keyPurposes, openKeyrings, retireKey, rotateKey } from '../../store/keyring.ts';

const at = '2026-03-12T08:30:00.000Z';
const clock = (): string => at;
const never = (): Promise<boolean> => Promise.resolve(false);
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'jobbag-keys-')), 'keys');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const code = (wanted: KeyFailure['code']) => expect.objectContaining({ name: 'KeyFailure', code: wanted }) as unknown;

describe('key rings', () => {
  test('the first start makes every ring: folder 0700, files 0600, nothing left beside', () => {
    openKeyrings(folder, clock);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).sort()).toEqual(keyPurposes.map((purpose) => `${purpose}.json`).sort());
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('no two rings and no two houses share a key', () => {
    const rings = Object.values(openKeyrings(folder, clock));
    const others = Object.values(openKeyrings(join(folder, 'other'), clock));
    const secrets = [...rings, ...others].map((ring) => ring.current().secret.toString('hex'));
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const ring of rings) if (ring.purpose !== 'daily') expect(ring.current().secret).toHaveLength(32);
  });

  test('the next start finds the same keys', () => {
    const before = openKeyrings(folder, clock).links.current();
    expect(openKeyrings(folder, clock).links.current()).toEqual(before);
  });

  test('keys that others can read are refused, and so is a damaged or a foreign ring', () => {
    openKeyrings(folder, clock);
    const path = join(folder, 'links.json');
    chmodSync(path, 0o640);
    expect(() => openKeyrings(folder, clock)).toThrow(code('READABLE_BY_OTHERS'));
    chmodSync(path, 0o600);
    writeFileSync(path, '{"purpose":"links"');
    expect(() => openKeyrings(folder, clock)).toThrow(code('DAMAGED'));
    writeFileSync(path, readFileSync(join(folder, 'forms.json')));
    expect(() => openKeyrings(folder, clock)).toThrow(code('DAMAGED'));
  });

  test('a rotation reaches an open ring at once; the older key stays', () => {
    const { links } = openKeyrings(folder, clock);
    const old = links.current();
    const id = rotateKey(folder, 'links', at);
    expect(links.current().id).toBe(id);
    expect(links.byId(old.id)).toEqual(old);
    expect(statSync(join(folder, 'links.json')).mode & 0o777).toBe(0o600);
  });

  test('a key is retired only when it is not current and nothing open uses it', async () => {
    const { links } = openKeyrings(folder, clock);
    const old = links.current().id;
    await expect(retireKey(folder, 'links', old, never)).rejects.toEqual(code('CURRENT'));
    rotateKey(folder, 'links', at);
    await expect(retireKey(folder, 'links', old, () => Promise.resolve(true))).rejects.toEqual(code('IN_USE'));
    expect(links.byId(old)).toBeDefined();
    await retireKey(folder, 'links', old, never);
    expect(links.byId(old)).toBeUndefined();
    await expect(retireKey(folder, 'links', old, never)).rejects.toEqual(code('UNKNOWN_KEY'));
  });

  test('payload keys are never retired; a retired daily key keeps its public half only', async () => {
    const rings = openKeyrings(folder, clock);
    const [payload, daily] = [rings.payloads.current().id, rings.daily.current()];
    rotateKey(folder, 'payloads', at);
    rotateKey(folder, 'daily', at);
    await expect(retireKey(folder, 'payloads', payload, never)).rejects.toEqual(code('KEPT_FOREVER'));
    await retireKey(folder, 'daily', daily.id, never);
    expect(rings.daily.byId(daily.id)).toMatchObject({ retired: true, publicKey: daily.publicKey });
    expect(rings.daily.byId(daily.id)?.secret).toHaveLength(0);
  });
});
