import { deadline } from '../calendar/deadline.ts';
import { ladderInstants } from '../calendar/ladder-instants.ts';
import {
  clientCommentLadder,
  clientSignatureLadder,
  internalSignatureLadder,
  refusedOrderLadder,
} from '../calendar/ladders.ts';
import type { Ladder } from '../calendar/ladders.ts';
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
    return { n: n === 0 ? warnings : n, kind, whom, at };
  });
  return { dueAt: limit.at, provisional: limit.provisional, rungs };
}
