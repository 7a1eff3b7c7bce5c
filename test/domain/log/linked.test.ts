import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEntry } from '../../../domain/log/entry.ts';
import { sealLink, verifyLinked, type ChainLink } from '../../../domain/log/linked.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const chain = 'clients:c1';

function links(count: number): ChainLink[] {
  const made: ChainLink[] = [];
  for (let seq = 1; seq <= count; seq += 1)
    made.push(sealLink(chain, { seq, prev: made.at(-1)?.hash ?? '', digest: sha256(`change ${String(seq)}`) }, sha256));
  return made;
}

function entry(seq: number, taken?: ChainLink): LogEntry {
  const at = '2026-03-12T08:30:00.000Z';
  const actor = { kind: 'system', name: 'operator' } as const;
  const linked = taken ? { links: { [chain]: { seq: taken.seq, hash: taken.hash } } } : {};
  const stamp = { seq, at, receivedAt: at, commandId: `c${String(seq)}`, actor, ...linked };
  return { processId: 'job-1', seq, prev: '', stamp, event: { type: 'x' } };
}

describe('heads of linked chains in a log (design §7)', () => {
  const honest = links(6);
  const log = [entry(1, honest[1]), entry(2), entry(3, honest[5])];

  test('a chain and what the log took in of it agree', () => {
    expect(verifyLinked(log, { [chain]: honest }, sha256)).toBeUndefined();
    expect(verifyLinked([entry(1)], {}, sha256)).toBeUndefined();
  });

  test('any change inside a linked chain is found and named', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5 }),
        fc.constantFrom('prev' as const, 'digest' as const, 'hash' as const),
        fc.stringMatching(/^[0-9a-f]{64}$/),
        (place, field, other) => {
          const victim = honest[place];
          fc.pre(victim !== undefined && victim[field] !== other);
          const lie = verifyLinked(log, { [chain]: honest.with(place, { ...victim, [field]: other }) }, sha256);
          expect(lie).toMatchObject({ chain, seq: place + 1, why: 'chain' });
        },
      ),
    );
  });

  test('a chain written anew from some change on is found by the entry that took its head in', () => {
    const anew = links(6).slice(0, 1);
    for (let seq = 2; seq <= 6; seq += 1)
      anew.push(sealLink(chain, { seq, prev: anew.at(-1)?.hash ?? '', digest: sha256('another story') }, sha256));
    expect(verifyLinked(log, { [chain]: anew }, sha256)).toEqual({ chain, seq: 2, why: 'head', by: 1 });
  });

  test('a chain that was cut or left out is missing at the entry that took it in', () => {
    expect(verifyLinked(log, { [chain]: honest.slice(0, 4) }, sha256)).toEqual({
      chain,
      seq: 6,
      why: 'missing',
      by: 3,
    });
    expect(verifyLinked(log, {}, sha256)).toEqual({ chain, seq: 2, why: 'missing', by: 1 });
    const [first, , ...rest] = honest;
    expect(verifyLinked(log, { [chain]: [first, ...rest].filter((one) => one !== undefined) }, sha256)).toMatchObject({
      seq: 2,
      why: 'chain',
    });
  });

  test('a chain under another name is another chain', () => {
    expect(verifyLinked([], { 'clients:c2': honest }, sha256)).toMatchObject({ seq: 1, why: 'chain' });
  });
});
