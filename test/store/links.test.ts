import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFormValue, commandIdOf, mintFormValue } from '../../store/form-values.ts';
import type { GrantScope } from '../../store/grants.ts';
import { findGrant, mintGrant } from '../../store/grants.ts';
import { openKeyrings, retireKey, rotateKey } from '../../store/keyring.ts';
import { checkLink, firstLook, linkFor, linkRoads, roadOf, tokenFor } from '../../store/links.ts';
import { stepTable } from '../../store/steps.ts';
import { openStepUsesKey } from '../../store/steps.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const at = '2026-03-12T08:30:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'jobbag-links-'));
const rings = openKeyrings(folder, () => at);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const scope = (over: Partial<GrantScope> = {}): GrantScope => ({
  personId: 'cw',
  processId: 'job-12345678',
  circulation: 'c1',
  round: 1,
  step: 'copywriter',
  hash: 'a'.repeat(64),
  purpose: 'sign',
  ...over,
});

describe('grants and links', () => {
  test('a link opens its own grant', async () => {
    const grant = await mintGrant(store(), scope(), rings.links, at);
    expect(linkFor(grant, rings.links)).toMatch(/^\/a\/[a-z0-9]{6}[\w-]{22}\.[\w-]{32}$/);
    expect(await checkLink(store(), linkFor(grant, rings.links), rings.links)).toEqual({ ok: true, grant });
    expect(grant).toMatchObject(scope());
  });

  test.each([
    ['decide', '/a/'],
    ['minutes', '/m/a/'],
    ['handOver', '/h/a/'],
    ['schedule', '/e/a/'],
    ['clientStatus', '/c/a/'],
    ['toString', '/a/'],
  ])('a link for %s takes the road %s, and its path is checked as its token is', async (purpose, road) => {
    const grant = await mintGrant(store(), scope({ purpose }), rings.links, at);
    expect([roadOf(grant), linkRoads.includes(road)]).toEqual([road, true]);
    expect(linkFor(grant, rings.links)).toBe(`${road}${tokenFor(grant, rings.links)}`);
    expect(await checkLink(store(), linkFor(grant, rings.links), rings.links)).toEqual({ ok: true, grant });
  });

  test('minting again, also 20 times at once, gives the same grant and the same link', async () => {
    const fresh = scope({ step: 'again' });
    const grants = await Promise.all(Array.from({ length: 20 }, () => mintGrant(store(), fresh, rings.links, at)));
    expect(new Set(grants.map((grant) => linkFor(grant, rings.links))).size).toBe(1);
    expect(await mintGrant(store(), fresh, rings.links, '2027-01-01T00:00:00.000Z')).toEqual(grants[0]);
  });

  test('whatever differs in the scope makes another grant', async () => {
    const others: Partial<GrantScope>[] = [
      { personId: 'x' },
      { processId: 'job-87654321' },
      { circulation: 'c2' },
      { round: 2 },
      { step: 'client' },
      { hash: 'b'.repeat(64) },
      { purpose: 'look' },
    ];
    const ids = await Promise.all(
      [{}, ...others].map(async (over) => (await mintGrant(store(), scope(over), rings.links, at)).id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('any changed character makes a link junk before the store is asked, or no link at all', async () => {
    const link = linkFor(await mintGrant(store(), scope(), rings.links, at), rings.links);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: link.length - 1 }),
        fc.constantFrom(...'abcxyzAZ09_-.~%'),
        async (place, sign) => {
          fc.pre(link[place] !== sign);
          const changed = link.slice(0, place) + sign + link.slice(place + 1);
          const verdict = await checkLink(store(), changed, rings.links);
          expect(verdict.ok).toBe(false);
          // The id and its first MAC end 11 characters behind the dot; what is wrong there never reaches the store.
          if (place < link.indexOf('.') + 11) expect(firstLook(changed, rings.links)).toEqual({ plausible: false });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the MAC of one grant does not open another', async () => {
    const [one, two] = await Promise.all([
      mintGrant(store(), scope(), rings.links, at),
      mintGrant(store(), scope({ round: 2 }), rings.links, at),
    ]);
    const mac = linkFor(one, rings.links).split('.')[1] ?? '';
    expect(await checkLink(store(), `/a/${two.id}.${mac}`, rings.links)).toEqual({ ok: false, why: 'junk' });
  });

  test('a row changed in the store opens nothing', async () => {
    const grant = await mintGrant(store(), scope({ step: 'tampered' }), rings.links, at);
    await store()
      .collection<{ _id: string }>('grants')
      .updateOne({ _id: grant.id }, { $set: { personId: 'mallory' } });
    expect((await findGrant(store(), grant.id))?.personId).toBe('mallory');
    expect(await checkLink(store(), linkFor(grant, rings.links), rings.links)).toEqual({ ok: false, why: 'forged' });
  });

  test('a link of ours whose grant is gone is unknown, not an error', async () => {
    const grant = await mintGrant(store(), scope({ step: 'lost' }), rings.links, at);
    await store().collection<{ _id: string }>('grants').deleteOne({ _id: grant.id });
    expect(await checkLink(store(), linkFor(grant, rings.links), rings.links)).toEqual({ ok: false, why: 'unknown' });
  });

  test('junk of every kind is refused without a store', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\/a\/[a-z0-9]{6}[\w-]{22}\.[\w-]{32}$/)),
        (junk) => {
          expect(firstLook(junk, rings.links)).toEqual({ plausible: false });
        },
      ),
      { numRuns: 2_000 },
    );
    for (const junk of ['', '/a/', '/a/..', `/a/${'x'.repeat(1_000_000)}`, '/a/__proto__.constructor']) {
      expect(firstLook(junk, rings.links)).toEqual({ plausible: false });
    }
  });

  test('after a rotation old links open, retried grants keep their link, new ones use the new key; after retiring old links are junk', async () => {
    const old = await mintGrant(store(), scope({ step: 'before' }), rings.links, at);
    const link = linkFor(old, rings.links);
    const keyId = rotateKey(folder, 'links', at);
    expect(await checkLink(store(), link, rings.links)).toMatchObject({ ok: true });
    expect(await mintGrant(store(), scope({ step: 'before' }), rings.links, at)).toEqual(old);
    expect((await mintGrant(store(), scope({ step: 'after' }), rings.links, at)).keyId).toBe(keyId);
    const step = {
      processId: 'job-12345678',
      circulation: 'c1',
      round: 1,
      step: 'before',
      seq: 1,
      point: 'p',
      role: 'r',
      side: 'agency',
      state: 'open',
    } as const;
    const rest = {
      decidedBy: [],
      dueSort: '9',
      provisional: false,
      rungs: [],
      hash: 'h',
      version: 1,
      onHold: false,
      holders: ['cw'],
    };
    const row = {
      _id: 'open-step',
      ...step,
      ...rest,
      title: 't',
      clientId: 'c',
      brandId: 'b',
      ownerId: 'o',
      open: true,
      grantIds: ['zzzzzzother', old.id],
    };
    await stepTable(store()).create([row]);
    const inUse = (id: string): Promise<boolean> => openStepUsesKey(store(), id);
    await expect(retireKey(folder, 'links', old.keyId, inUse)).rejects.toMatchObject({ code: 'IN_USE' });
    await stepTable(store()).updateOne({ _id: 'open-step' }, { $set: { open: false } });
    await retireKey(folder, 'links', old.keyId, inUse);
    expect(await checkLink(store(), link, rings.links)).toEqual({ ok: false, why: 'junk' });
    const anew = await mintGrant(store(), scope({ step: 'before' }), rings.links, at);
    expect(anew.keyId).toBe(keyId);
    expect(await checkLink(store(), linkFor(anew, rings.links), rings.links)).toMatchObject({ ok: true });
  });

  test('the store holds no working link: no MAC in any row of a grant', async () => {
    const grant = await mintGrant(store(), scope(), rings.links, at);
    const mac = linkFor(grant, rings.links).split('.')[1] ?? '';
    const rows = await store().collection('grants').find({}).toArray();
    expect(JSON.stringify(rows)).not.toContain(mac);
  });
});

describe('form values', () => {
  const binding = { holder: 'grant-1', purpose: 'decide' };
  const later = (minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
  const hourMs = 3_600_000;

  test('a form value is its own command id, the same each time, at most 24 characters', () => {
    const value = mintFormValue(rings.forms, binding, at);
    const verdict = checkFormValue(rings.forms, value, binding, later(5), hourMs);
    expect(verdict).toEqual({ ok: true, commandId: commandIdOf(value), issuedAtMs: Date.parse(at) });
    expect(commandIdOf(value)).toMatch(/^[\w-]{8,24}$/);
    expect(commandIdOf(mintFormValue(rings.forms, binding, at))).not.toBe(commandIdOf(value));
  });

  test('a value for another holder or purpose is forged, an old one stale, one from the future too', () => {
    const value = mintFormValue(rings.forms, binding, at);
    expect(checkFormValue(rings.forms, value, { ...binding, holder: 'grant-2' }, at, hourMs)).toEqual({
      ok: false,
      why: 'forged',
    });
    expect(checkFormValue(rings.forms, value, { ...binding, purpose: 'hand' }, at, hourMs)).toEqual({
      ok: false,
      why: 'forged',
    });
    expect(checkFormValue(rings.forms, value, binding, later(61), hourMs)).toEqual({ ok: false, why: 'stale' });
    expect(checkFormValue(rings.forms, value, binding, later(-2), hourMs)).toEqual({ ok: false, why: 'stale' });
  });

  test('a changed value is never taken, whatever is changed', () => {
    const value = mintFormValue(rings.forms, binding, at);
    fc.assert(
      fc.property(fc.nat({ max: value.length - 1 }), fc.constantFrom(...'abcxyzAZ09_-.'), (place, sign) => {
        fc.pre(value[place] !== sign);
        const changed = value.slice(0, place) + sign + value.slice(place + 1);
        expect(checkFormValue(rings.forms, changed, binding, at, hourMs).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
    for (const junk of ['', '..', 'a.b.c', value + value]) {
      expect(checkFormValue(rings.forms, junk, binding, at, hourMs)).toEqual({ ok: false, why: 'malformed' });
    }
  });

  test('a form shown before a rotation is still taken after it', () => {
    const value = mintFormValue(rings.forms, binding, at);
    rotateKey(folder, 'forms', at);
    expect(checkFormValue(rings.forms, value, binding, at, hourMs)).toMatchObject({ ok: true });
  });
});
