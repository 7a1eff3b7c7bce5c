import type { Instant } from '../instant.ts';
import type { CaseState } from './state.ts';

/** By when something was to happen where a case stands. */
export interface CaseLimit {
  readonly at: Instant;
  readonly provisional: boolean;
}

/**
 * The first mark of all clocks that run, also one that was reached: by then whoever has the case was to act. Marks before
 * the limit of a clock that has one remind of it and are none themselves.
 */
export function limitOf({ clocks, definition }: Pick<CaseState, 'clocks' | 'definition'>): CaseLimit | undefined {
  let first: CaseLimit | undefined;
  for (const [clock, { rungs, provisional }] of Object.entries(clocks)) {
    for (const { at } of rungs.slice(definition.clocks[clock]?.limit ?? 0))
      if (at !== undefined && (first === undefined || at < first.at)) first = { at, provisional: provisional === true };
  }
  return first;
}
