import { deadline } from '../calendar/deadline.ts';
import { ladderInstants } from '../calendar/ladder-instants.ts';
import {
  clientCommentLadder,
  clientSignatureLadder,
  internalSignatureLadder,
  refusedOrderLadder,
} from '../calendar/ladders.ts';
import type { Ladder, LadderRecipient, Rung as LadderRung, RungChannel } from '../calendar/ladders.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { LadderId, Rung } from './types.ts';

/** The ladders that routes name (§7.3). */
export const ladders: Readonly<Record<LadderId, Ladder>> = {
  internalSignature: internalSignatureLadder,
  clientSignature: clientSignatureLadder,
  clientComment: clientCommentLadder,
  refusedOrder: refusedOrderLadder,
};

/** When a step is due and when its ladder speaks, counted from a moment (§7.3). */
export interface StepTimes {
  readonly dueAt: Instant;
  readonly provisional: boolean;
  readonly rungs: readonly Rung[];
}

/**
 * Limits of a ladder counted from `from`: the one count behind opening a desk, asking for a signature, and showing what
 * a change of a calendar would do. Warnings and rungs are numbered from 1 each, so every one has a name of its own that
 * stays when the times are counted again. Throws CalendarRefusal like `deadline`.
 */
export function stepTimes(ladder: Ladder, calendar: Calendar, zones: ZoneSource, from: Instant): StepTimes {
  const limit = deadline(calendar, zones, from, ladder.limit);
  let warnings = 0;
  const rungs = ladderInstants(calendar, zones, from, ladder).map(({ n, kind, whom, at }): Rung => {
    if (n === 0) warnings += 1;
    const drawn = n === 0 ? { by: ladder.warnBy } : ladder.rungs.find((rung) => rung.n === n);
    return { n: n === 0 ? warnings : n, kind, whom, ...unusual(whom, drawn), at };
  });
  return { dueAt: limit.at, provisional: limit.provisional, rungs };
}

/** What a rung says beyond the usual of M-22: other people who hear it, another way than mail. */
function unusual(
  whom: LadderRecipient,
  { copy, by }: Partial<Pick<LadderRung, 'copy'>> & { readonly by?: RungChannel | undefined } = {},
): Pick<Rung, 'copy' | 'by'> {
  return {
    ...(copy === undefined || copy.join() === usualCopy(whom).join() ? {} : { copy }),
    ...(by === undefined || by === 'mail' ? {} : { by }),
  };
}

/** Who hears a rung as well where nothing else is said: the account executive beside the stand-in or head (M-22). */
export function usualCopy(whom: LadderRecipient): readonly LadderRecipient[] {
  return whom === 'standInOrHead' ? ['ae'] : [];
}
