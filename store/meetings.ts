import type { Connection } from 'mongoose';
import { meetingsOverdueBefore } from '../domain/calendar/meeting-period.ts';
import { CalendarRefusal } from '../domain/calendar/refusal.ts';
import type { Calendar, ZoneSource } from '../domain/calendar/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import { clients, type Client } from './clients.ts';
import { jobTable, type JobRow } from './jobs.ts';
import { op } from './table.ts';

/** How often projects have an internal meeting, working days. */
export interface MeetingPeriods {
  readonly house: number;
  /** Brands that have it otherwise. */
  readonly brands: ReadonlyMap<string, number>;
}

/** The periods as the registers have them now; `house` is what holds where a brand says nothing. */
export async function meetingPeriods(connection: Connection, house: number): Promise<MeetingPeriods> {
  const known = await clients.now(connection);
  const all: readonly Client[] = known.complete ? known.all : (await clients.all(connection)).map(({ value }) => value);
  const own = all.flatMap(({ brands }) =>
    brands.flatMap(({ id, meetingDays }) => (meetingDays === undefined ? [] : [[id, meetingDays] as const])),
  );
  return { house, brands: new Map(own) };
}

/** The period of a brand's projects, working days. */
export function periodOf({ house, brands }: MeetingPeriods, brandId: string): number {
  return brands.get(brandId) ?? house;
}

/** What is asked for: how far, by which periods, on which office's calendar, how many at most. */
export interface OverdueMeetings {
  readonly scope: BrandScope;
  readonly periods: MeetingPeriods;
  readonly office: Calendar;
  readonly zones: ZoneSource;
  readonly now: Instant;
  readonly limit: number;
}

/**
 * The running jobs without an internal meeting in their set period, those whose period began first on top, and how
 * many there are in all. Lateness is not stored: the calendar says which periods are over, and the store has the jobs
 * whose period began before. None where the office has no working days to count by.
 */
export async function overdueMeetings(
  connection: Connection,
  asked: OverdueMeetings,
): Promise<{ readonly jobs: readonly JobRow[]; readonly count: number }> {
  const { scope, limit } = asked;
  const over = scope !== 'all' && scope.length === 0 ? [] : overdueIn(asked);
  if (over.length === 0) return { jobs: [], count: 0 };
  const filter: Readonly<Record<string, unknown>> = { open: true, ...inScope(scope), $or: over };
  const jobs = await jobTable(connection).find(filter).sort({ meetingFrom: 1, _id: 1 }).limit(limit).lean<JobRow[]>();
  const count = jobs.length < limit ? jobs.length : await jobTable(connection).countDocuments(filter);
  return { jobs, count };
}

/** Which periods are over: those of the brands that have one of their own, group by group, and everybody else's. */
function overdueIn({ periods, office, zones, now }: OverdueMeetings): object[] {
  const groups = new Map<number, string[]>();
  for (const [brandId, days] of periods.brands) groups.set(days, [...(groups.get(days) ?? []), brandId]);
  const begunBefore = (days: number): object => ({
    meetingFrom: op({ $lt: meetingsOverdueBefore(office, zones, now, days) }),
  });
  try {
    return [
      {
        ...begunBefore(periods.house),
        ...(groups.size === 0 ? {} : { brandId: op({ $nin: [...periods.brands.keys()] }) }),
      },
      ...[...groups].map(([days, brandIds]) => ({ ...begunBefore(days), brandId: op({ $in: brandIds }) })),
    ];
  } catch (error) {
    if (error instanceof CalendarRefusal) return [];
    throw error;
  }
}
