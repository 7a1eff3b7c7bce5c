import type { Instant } from '../instant.ts';
import type { Rung, Stay } from './types.ts';

/**
 * Whether the mail of a rung waits for its reader's next morning instead of going out by itself.
 *
 * 1. Whoever is told above the holder is told at once: a stalled stage speaks up when it stalls (M-22).
 * 2. A warning waits while the morning still lies before the limit; one that came behind it would warn of nothing.
 * 3. A reminder at the limit waits while the morning lies before the next rung: nobody learns from others that their own
 *    step is late.
 */
export function waitsForMorning(
  rung: Pick<Rung, 'kind'>,
  stay: Pick<Stay, 'dueAt' | 'rungs'>,
  morning: Instant,
): boolean {
  switch (rung.kind) {
    case 'escalate':
      return false;
    case 'digest':
      return true;
    case 'warn':
      return stay.dueAt !== undefined && morning < stay.dueAt;
    case 'remind': {
      const next = stay.rungs
        .filter(({ kind, firedAt }) => kind !== 'warn' && firedAt === undefined)
        .map(({ at }) => at)
        .sort()[0];
      return next === undefined || morning < next;
    }
  }
}

/** The nearest rung that has not been climbed. */
export function nextRungOf(stay: Pick<Stay, 'rungs'>): Rung | undefined {
  return stay.rungs
    .filter(({ firedAt }) => firedAt === undefined)
    .reduce<Rung | undefined>((first, rung) => (first && first.at <= rung.at ? first : rung), undefined);
}

/** Since when a ladder has nobody left to tell: the moment of its last rung; undefined while a rung is ahead or none was. */
export function climbedAllAt(stay: Pick<Stay, 'rungs'>): Instant | undefined {
  const fired = stay.rungs.map(({ firedAt }) => firedAt);
  return fired.every((at) => at !== undefined) ? fired.sort().at(-1) : undefined;
}
