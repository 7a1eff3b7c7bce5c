import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs, instantAt, laterOf } from '../domain/instant.ts';
import { stepTable } from './steps.ts';
import { op } from './table.ts';

/** What giving turns needs. */
export interface TurnsOptions {
  /** Rungs of one minute that are climbed in a second. */
  readonly perSecond: number;
  /** For so long a counted minute is counted on from memory, milliseconds; what other workers gave meanwhile is not seen. */
  readonly countAgainMs?: number;
}

const minuteMs = 60_000;
/** Minutes remembered at once; when there are more the memory starts again. */
const mostMinutes = 2_000;

/**
 * Gives jobs their turns in crowded minutes. Deadlines love round hours: thousands of desks may have a rung in the same
 * minute, and if all woke at once a decision would wait behind them. So the n-th that waits for a minute is woken
 * n ÷ `perSecond` seconds after that minute began, and never before its own moment. A house with twenty rungs in a minute
 * notices nothing. Who is given the same place twice only meets another one there: a turn says when, never whether.
 *
 * The answer is the moment to wake up at for something that is due at `at`. Asked after the desk's row is in the store.
 */
export function turnsIn(
  connection: Connection,
  { perSecond, countAgainMs = 30_000 }: TurnsOptions,
): (at: Instant) => Promise<Instant> {
  const minutes = new Map<Instant, { readonly countedAtMs: number; taken: Promise<number> }>();
  const placeIn = async (minute: Instant): Promise<number> => {
    const known = minutes.get(minute);
    if (known && performance.now() - known.countedAtMs < countAgainMs) {
      known.taken = known.taken.then((taken) => taken + 1);
      return (await known.taken) - 1;
    }
    if (minutes.size >= mostMinutes) minutes.clear();
    const taken = waitingIn(connection, minute);
    minutes.set(minute, { countedAtMs: performance.now(), taken });
    try {
      // Whoever asks is among them already.
      return Math.max((await taken) - 1, 0);
    } catch (error) {
      minutes.delete(minute);
      throw error;
    }
  };
  return async (at) => {
    const minute = instantAt(Math.floor(Date.parse(at) / minuteMs) * minuteMs);
    return laterOf(at, addMs(minute, Math.floor(((await placeIn(minute)) * 1_000) / perSecond)));
  };
}

/** How many desks wait for a rung of this minute. */
async function waitingIn(connection: Connection, minute: Instant): Promise<number> {
  return stepTable(connection).countDocuments({
    open: true,
    onHold: false,
    nextRungAt: op({ $gte: minute, $lt: addMs(minute, minuteMs) }),
  });
}
