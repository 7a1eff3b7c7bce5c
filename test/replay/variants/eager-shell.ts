import type { Effect } from '../../../domain/process.ts';
import { runProcess as run, type Casing, type ShellState } from '../../../workflows/shell.ts';

/** The shell with one thing changed: an append waits a moment, so other commands go before it. */
export function runProcess<S extends ShellState, A, E extends { readonly type: string }, F extends Effect>(
  casing: Casing<S, A, E, F>,
  carried: S,
): Promise<S> {
  return run(
    {
      ...casing,
      // What is to be known along with an append goes on its own road, in front of it.
      rides: () => false,
      speaksOf: () => 0,
      async record(after, entries, along) {
        await Promise.resolve();
        await Promise.resolve();
        return casing.record(after, entries, along);
      },
    },
    carried,
  );
}
