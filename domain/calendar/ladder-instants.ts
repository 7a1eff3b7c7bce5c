import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { deadline } from './deadline.ts';
import type { Ladder, LadderRecipient, RungKind } from './ladders.ts';
import { addWorkingMinutes, workingMinutesBetween } from './working.ts';
import type { Calendar, WorkingMoment, ZoneSource } from './types.ts';

/** One thing a ladder does, at an absolute moment. */
export interface LadderInstant extends WorkingMoment {
  /** Name of the rung within its ladder, the same however often it is computed: `warn50`, `warn80`, `L1`, `L2`, … */
  readonly key: string;
  /** Number of the rung; 0 for early warnings. */
  readonly n: number;
  readonly kind: RungKind;
  readonly whom: LadderRecipient;
  readonly copy: readonly LadderRecipient[];
}

/**
 * All moments of a ladder in order, counted from when the step's mail was accepted: the early warnings at parts of the
 * limit, then the rungs (M-22). A part of a limit is that part of the working time between start and limit, in
 * whole minutes, so no warning falls into closed hours. Throws CalendarRefusal like `deadline`.
 */
export function ladderInstants(
  calendar: Calendar,
  zones: ZoneSource,
  acceptedAt: Instant,
  ladder: Ladder,
): readonly LadderInstant[] {
  const limit = deadline(calendar, zones, acceptedAt, ladder.limit);
  const limitMinutes = workingMinutesBetween(calendar, zones, acceptedAt, limit.at);
  const warnings = ladder.warnPercents.map((percent): LadderInstant => {
    const minutes = Math.floor((limitMinutes * percent) / 100);
    const moment = addWorkingMinutes(calendar, zones, acceptedAt, minutes);
    return { ...moment, key: `warn${percent}`, n: 0, kind: 'warn', whom: 'holder', copy: [] };
  });
  const rungs = ladder.rungs.map((rung): LadderInstant => {
    const moment = deadline(calendar, zones, acceptedAt, rung.after);
    return { ...moment, key: `L${rung.n}`, n: rung.n, kind: rung.kind, whom: rung.whom, copy: rung.copy ?? [] };
  });
  return [...warnings, ...rungs].sort((a, b) => compareInstants(a.at, b.at));
}
