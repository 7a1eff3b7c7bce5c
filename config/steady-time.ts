/** How often somebody else's clock is looked at, milliseconds. */
const lookEveryMs = 10_000;
/** A difference up to this is the way of the answer and the drift of two good clocks; nothing is corrected for it. */
const nearMs = 500;
/** A machine's clock that moved by more than this against its own ticking was set, or the machine slept; milliseconds. */
const leapMs = 5_000;

/** Said, once, when a machine's clock is found to be wrong. */
export const wrongClock = 'the clock of this machine is not that of the store; the house goes by the store’s';

/** Present time of a process, milliseconds since 1970. */
export interface SteadyTime {
  readonly now: () => number;
  /**
   * From now on counts as the clock that is asked, the one all processes of the house share; resolves after the first
   * answer, also where there was none.
   */
  follow(ask: () => Promise<number>): Promise<void>;
  readonly stop: () => void;
}

/** What a steady time is made of. */
export interface TimeParts {
  /** The machine's clock, which somebody may set; milliseconds since 1970. */
  readonly wall?: () => number;
  /** Milliseconds that only ever pass. */
  readonly ticking?: () => number;
  /** Told when the machine's clock turns out to be wrong, by how many milliseconds it is ahead. */
  readonly onWrong?: (aheadMs: number) => void;
}

/**
 * A time that does not jump when one machine's clock is set. It counts what passes on from a moment that was agreed with
 * the others, by asking the store they share; the machine's own clock counts only until the store first answered.
 *
 * Why: a mail that is put by for a minute, a limit counted from an accepted mail, a claim that runs out are moments
 * that one process writes and others read. Written by a clock that is a month ahead they would lie there for a month.
 */
export function steadyTime({
  wall = Date.now,
  ticking = () => performance.now(),
  onWrong,
}: TimeParts = {}): SteadyTime {
  let agreed: { readonly atMs: number; readonly tick: number } | undefined;
  let seen = { wallMs: wall(), tick: ticking() };
  let looking: Promise<void> | undefined;
  let look: (() => Promise<void>) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let told = false;

  const counted = (): number | undefined => agreed && agreed.atMs + (ticking() - agreed.tick);
  const lookSoon = (): Promise<void> =>
    (looking ??= look?.().finally(() => (looking = undefined)) ?? Promise.resolve());

  const now = (): number => {
    const next = { wallMs: wall(), tick: ticking() };
    const leapt = Math.abs(next.wallMs - seen.wallMs - (next.tick - seen.tick)) > leapMs;
    seen = next;
    // A machine that slept did not tick: what has passed, the others know.
    if (leapt) void lookSoon();
    return Math.floor(counted() ?? next.wallMs);
  };

  return {
    now,
    async follow(ask) {
      look = async () => {
        const before = ticking();
        try {
          const answered = await ask();
          const tick = ticking();
          const atMs = answered + (tick - before) / 2;
          const own = counted();
          if (own === undefined || Math.abs(own - atMs) > nearMs + (tick - before)) agreed = { atMs, tick };
          const aheadMs = wall() - atMs;
          const wrong = Math.abs(aheadMs) > leapMs + (tick - before);
          if (wrong && !told) onWrong?.(Math.round(aheadMs));
          told = wrong;
        } catch {
          // Nobody answered; what was agreed goes on ticking.
        }
      };
      await lookSoon();
      timer = setInterval(() => void lookSoon(), lookEveryMs);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
