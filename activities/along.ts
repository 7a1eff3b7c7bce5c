import { setTimeout } from 'node:timers/promises';

/** Effects tried once beside an append, by the name of the effect. */
export interface Named<Input> {
  readonly name: string;
  readonly input: Input;
}

/** How long things beside an append may take, and who waits for those that take longer. */
export interface AlongLimits {
  /** An append waits no longer for what goes beside it, milliseconds. */
  readonly withinMs: number;
  /** After one that was not done in time, nothing is tried for so long, milliseconds: the same again would be slow too. */
  readonly pauseMs: number;
  /** Takes what goes on after its append was answered, so that the worker's orderly end can wait for it. */
  readonly underWay: Set<Promise<unknown>>;
}

/**
 * Makes a way to try things once beside an append. What fails, or is not done in time, is left out of the answer and
 * never thrown: the process then asks for it on its own, with tries of its own and a name in the engine's screens. So
 * `work` must be safe to run a second time while the first still goes on.
 */
export function alongside<Input, Found>(
  work: (input: Input) => Promise<Found>,
  { withinMs, pauseMs, underWay }: AlongLimits,
): (effects: readonly Named<Input>[]) => Promise<Record<string, Found>> {
  let pausedUntilMs = -Infinity;
  return async (effects) => {
    if (performance.now() < pausedUntilMs) return {};
    const found: Record<string, Found> = {};
    const all = Promise.all(
      effects.map(async ({ name, input }) => {
        try {
          found[name] = await work(input);
        } catch {
          // Asked for on its own it meets the same trouble, where the engine's screens show it.
        }
      }),
    );
    underWay.add(all);
    void all.finally(() => underWay.delete(all));
    const waited = new AbortController();
    const late = setTimeout(withinMs, 'late' as const, { signal: waited.signal }).catch(() => undefined);
    if ((await Promise.race([all, late])) === 'late') pausedUntilMs = performance.now() + pauseMs;
    waited.abort();
    return { ...found };
  };
}
