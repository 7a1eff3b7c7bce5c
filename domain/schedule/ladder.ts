import type { CountedSpan } from '../cases/acts.ts';
import type { Hand } from '../cases/definition.ts';
import type { Instant } from '../instant.ts';
import type { Entry } from './state.ts';

/** One rung on the way of an entry: what it counts from, when, and who hears of it. */
export interface EntryRung {
  /** Rungs of the asking are climbed while nobody answered; those of the node while it is not done. */
  readonly of: 'asking' | 'node';
  readonly span: (entry: Pick<Entry, 'askedAt' | 'node'>) => CountedSpan;
  readonly notice: 'entryUnconfirmed' | 'entryAhead' | 'entryOverdue' | 'entryStalled';
  /** `executor` is the person responsible. */
  readonly to: readonly Hand[];
}

/**
 * The ladder of an entry (M-22). Unconfirmed, its executor hears of it the next morning, the owner too at that day's close,
 * then the account manager. Its date is called on the morning of the working day before; once it is over, everybody
 * up to the account director, a working day apart. It ends with what was done.
 */
export const entryLadder: readonly EntryRung[] = [
  {
    of: 'asking',
    span: ({ askedAt }) => ({ around: askedAt, opens: 1 }),
    notice: 'entryUnconfirmed',
    to: ['executor'],
  },
  {
    of: 'asking',
    span: ({ askedAt }) => ({ around: askedAt, closes: 1 }),
    notice: 'entryUnconfirmed',
    to: ['executor', 'owner'],
  },
  {
    of: 'asking',
    span: ({ askedAt }) => ({ around: askedAt, closes: 3 }),
    notice: 'entryUnconfirmed',
    to: ['executor', 'owner', 'ACCOUNT_MANAGER'],
  },
  { of: 'node', span: ({ node }) => ({ around: node, opens: -1 }), notice: 'entryAhead', to: ['executor'] },
  { of: 'node', span: ({ node }) => ({ moment: node }), notice: 'entryOverdue', to: ['executor', 'owner'] },
  {
    of: 'node',
    span: ({ node }) => ({ around: node, closes: 1 }),
    notice: 'entryOverdue',
    to: ['executor', 'owner', 'ACCOUNT_MANAGER'],
  },
  {
    of: 'node',
    span: ({ node }) => ({ around: node, closes: 3 }),
    notice: 'entryStalled',
    to: ['executor', 'owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  },
];

/** What the calendar is asked for some entries: every rung of every one, in their order. */
export function spansOfEntries(entries: readonly Entry[]): readonly CountedSpan[] {
  return entries.flatMap((entry) => entryLadder.map(({ span }) => span(entry)));
}

/**
 * An entry with its part of the calendar's answer for all of them. Rungs that were climbed stay; of those of the node that
 * lie in the past when they are counted only the last one speaks.
 */
export function withRungs(entry: Entry, all: readonly Instant[], n: number, now: Instant): Entry {
  const moments = all.slice(n * entryLadder.length, (n + 1) * entryLadder.length);
  const rungs = moments.map((at, rung) => {
    const over = moments.some(
      (later, other) => other > rung && entryLadder[other]?.of === entryLadder[rung]?.of && later <= now,
    );
    const rangAt = entry.rungs?.[rung]?.rangAt ?? (over ? now : undefined);
    return { at, ...(rangAt === undefined ? {} : { rangAt }) };
  });
  return { ...entry, rungs };
}

/** The next rung of an entry that was not climbed yet; none of the asking once it was answered, none at all once it is done. */
export function nextRung(entry: Entry): { readonly at: Instant; readonly rung: number } | undefined {
  if (entry.state === 'done') return undefined;
  let next: { readonly at: Instant; readonly rung: number } | undefined;
  for (const [rung, { at, rangAt }] of (entry.rungs ?? []).entries()) {
    const concerns = entryLadder[rung]?.of === 'node' || entry.state === 'asked';
    if (rangAt === undefined && concerns && (next === undefined || at < next.at)) next = { at, rung };
  }
  return next;
}
