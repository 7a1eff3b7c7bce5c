import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commit, opens } from '../../../domain/log/commitment.ts';
import type { KeptEntry } from '../../../domain/log/entry.ts';
import { chain, genesis, headOf, readEntry, sealEntry } from '../../../domain/log/entry.ts';
import { verifyChain } from '../../../domain/log/verify.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function logOf(length: number, processId = 'job-12345678'): readonly KeptEntry[] {
  const drafts = Array.from({ length }, (_, n) => ({
    stamp: {
      seq: n + 1,
      at: '2026-03-12T08:30:00.000Z',
      receivedAt: '2026-03-12T08:29:59.000Z',
      commandId: `c${String(n)}`,
      actor: { kind: 'system', name: 'shell' } as const,
    },
    event: { type: 'noted', words: `第 ${String(n + 1)} 条` },
  }));
  return chain(processId, genesis, drafts, sha256);
}

/** Runs a check on every place of logs of several lengths. */
function everywhere(check: (log: readonly KeptEntry[], place: number) => void): void {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 12 })
        .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 0, max: length - 1 }))),
      ([length, place]) => {
        check(logOf(length), place);
      },
    ),
  );
}

const at = <T>(list: readonly T[], place: number): T => {
  const item = list[place];
  if (item === undefined) throw new Error(`no item ${String(place)}`);
  return item;
};

describe('a hash chain', () => {
  test('an honest log of any length is believed and gives its head', () => {
    everywhere((log) => {
      expect(verifyChain(log, { heads: [headOf(at(log, log.length - 1))] }, sha256)).toEqual({
        ok: true,
        head: headOf(at(log, log.length - 1)),
      });
    });
    expect(verifyChain([], {}, sha256)).toEqual({ ok: true, head: genesis });
  });

  test('any one byte changed in any text names that entry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (place, where, flip) => {
        const log = logOf(6);
        const victim = at(log, place);
        const bytes = Buffer.from(victim.body, 'utf8');
        const index = where % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ flip;
        const body = bytes.toString('utf8');
        const verdict = verifyChain(log.with(place, { ...victim, body }), {}, sha256);
        expect(verdict).toMatchObject({ ok: false, seq: place + 1, position: place });
      }),
      { numRuns: 500 },
    );
  });

  test('a changed hash names that entry', () => {
    everywhere((log, place) => {
      const lied = log.with(place, { ...at(log, place), hash: sha256('other') });
      expect(verifyChain(lied, {}, sha256)).toMatchObject({ ok: false, seq: place + 1, why: 'edited' });
    });
  });

  test('an entry rewritten with a fresh hash is named, not its honest follower', () => {
    everywhere((log, place) => {
      const entry = readEntry(at(log, place).body);
      if (!entry) throw new Error('unreadable');
      const lied = log.with(place, sealEntry({ ...entry, event: { type: 'noted', words: 'other' } }, sha256));
      const verdict = verifyChain(lied, { heads: [headOf(at(log, log.length - 1))] }, sha256);
      expect(verdict).toMatchObject({ ok: false, seq: place + 1 });
    });
  });

  test('an entry relinked to another past is named itself', () => {
    const log = logOf(5);
    const entry = readEntry(at(log, 2).body);
    if (!entry) throw new Error('unreadable');
    const lied = log.with(2, sealEntry({ ...entry, prev: sha256('other') }, sha256));
    expect(verifyChain(lied, {}, sha256)).toMatchObject({ ok: false, seq: 3, why: 'edited' });
  });

  test('an entry taken out is named as missing', () => {
    everywhere((log, place) => {
      if (place === log.length - 1) return;
      expect(verifyChain(log.toSpliced(place, 1), {}, sha256)).toMatchObject({
        ok: false,
        seq: place + 1,
        why: 'missing',
      });
    });
  });

  test('two entries in each other’s place are named as swapped', () => {
    everywhere((log, place) => {
      if (place === log.length - 1) return;
      const swapped = log.with(place, at(log, place + 1)).with(place + 1, at(log, place));
      expect(verifyChain(swapped, {}, sha256)).toMatchObject({
        ok: false,
        seq: place + 1,
        position: place,
        why: 'swapped',
      });
    });
  });

  test('an entry put in twice is named as duplicate', () => {
    everywhere((log, place) => {
      expect(verifyChain(log.toSpliced(place, 0, at(log, place)), {}, sha256)).toMatchObject({
        ok: false,
        seq: place + 1,
        position: place + 1,
        why: 'duplicate',
      });
    });
  });

  test('an entry of another process is named as foreign', () => {
    everywhere((log, place) => {
      const foreign = at(logOf(12, 'job-87654321'), place);
      expect(verifyChain(log.with(place, foreign), { processId: 'job-12345678' }, sha256)).toMatchObject({
        seq: place + 1,
        why: 'foreign',
      });
      expect(verifyChain(log.toSpliced(place, 0, foreign), { processId: 'job-12345678' }, sha256)).toMatchObject({
        seq: place + 1,
        why: 'foreign',
      });
    });
  });

  test('a cut tail is found by whoever holds a head, and by nobody else', () => {
    everywhere((log, place) => {
      const cut = log.slice(0, place);
      expect(verifyChain(cut, {}, sha256)).toMatchObject({ ok: true });
      expect(verifyChain(cut, { heads: [headOf(at(log, log.length - 1))] }, sha256)).toMatchObject({
        seq: place + 1,
        why: 'truncated',
      });
    });
  });

  test('a log written anew from some entry on is found by an old receipt', () => {
    const honest = logOf(8);
    const anew = chain(
      'job-12345678',
      headOf(at(honest, 3)),
      logOf(8)
        .slice(4)
        .map((kept) => {
          const entry = readEntry(kept.body);
          if (!entry) throw new Error('unreadable');
          return { stamp: entry.stamp, event: { type: 'noted', words: 'anew' } };
        }),
      sha256,
    );
    const lied = [...honest.slice(0, 4), ...anew];
    expect(verifyChain(lied, {}, sha256)).toMatchObject({ ok: true });
    expect(verifyChain(lied, { heads: [headOf(at(honest, 3))] }, sha256)).toMatchObject({ ok: true });
    expect(verifyChain(lied, { heads: [headOf(at(honest, 3)), headOf(at(honest, 6))] }, sha256)).toEqual({
      ok: false,
      seq: 7,
      position: 6,
      why: 'rewritten',
    });
  });

  test('entries that do not follow their head are not chained', () => {
    const stamp = {
      seq: 3,
      at: 'x',
      receivedAt: 'x',
      commandId: 'c',
      actor: { kind: 'system', name: 'shell' },
    } as const;
    expect(() => chain('job-12345678', genesis, [{ stamp, event: {} }], sha256)).toThrow(RangeError);
  });
});

describe('salted commitments', () => {
  test('a commitment opens with its own salt and value only', () => {
    const commitment = commit('salt-1', '王小明', sha256);
    expect(opens(commitment, { salt: 'salt-1', value: '王小明' }, sha256)).toBe(true);
    expect(opens(commitment, { salt: 'salt-2', value: '王小明' }, sha256)).toBe(false);
    expect(opens(commitment, { salt: 'salt-1', value: '王小朋' }, sha256)).toBe(false);
  });

  test('salt and value cannot be shifted into each other', () => {
    expect(commit('ab', 'c', sha256)).not.toBe(commit('a', 'bc', sha256));
  });
});
