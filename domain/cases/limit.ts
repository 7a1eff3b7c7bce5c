import type { Instant } from '../instant.ts';
import type { CaseState } from './state.ts';

/** By when something was to happen where a case stands. */
export interface CaseLimit {
  readonly at: Instant;
  readonly provisional: boolean;
}

/** The first mark of all clocks that run, also one that was reached: by then whoever has the case was to act. */
export function limitOf({ clocks }: Pick<CaseState, 'clocks'>): CaseLimit | undefined {
  let first: CaseLimit | undefined;
  for (const { rungs, provisional } of Object.values(clocks)) {
    for (const { at } of rungs)
      if (at !== undefined && (first === undefined || at < first.at)) first = { at, provisional: provisional === true };
  }
  return first;
}
