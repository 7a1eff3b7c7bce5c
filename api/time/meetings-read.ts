import type { Request } from 'express';
import { meetingDueAt } from '../../domain/calendar/meeting-period.ts';
import type { BrandTeam } from '../../domain/people/types.ts';
import type { JobRow } from '../../store/jobs.ts';
import { meetingPeriods, overdueMeetings, periodOf } from '../../store/meetings.ts';
import { brandTeams } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../session/language.ts';
import type { Lang } from '../view/lang.ts';
import { houseNow, namesOf, timeIn, type HouseNames } from '../view/read/house.ts';
import { dueInWords, momentInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { zoneNamed } from '../view/zone.ts';
import { scopeAsked } from './reach.ts';

/** A running job without an internal meeting in its set period. */
export interface MeetingLine {
  readonly href: string;
  readonly number?: string;
  readonly title: string;
  readonly brand: string;
  /** Its account manager by name; empty where the team has none. */
  readonly manager: string;
  readonly owner: string;
  /** When the last one was; absent where there was none. */
  readonly metAt?: string;
  /** When one that was called is to be, or was to be. */
  readonly called?: string;
  readonly due: DueWords;
}

/** The jobs that are due for an internal meeting, and how many there are in all. */
export interface MeetingsView {
  readonly lang: Lang;
  readonly lines: readonly MeetingLine[];
  readonly count: number;
}

/** Lines the page carries. */
const linesShown = 30;

/** Reads which jobs in reach had no internal meeting in their set period, those that are due longest first. */
export async function readMeetingsDue(deps: ApiDeps, req: Request): Promise<MeetingsView> {
  const lang = languageOf(req);
  const [house, teams, periods] = await Promise.all([
    houseNow(deps.store),
    brandTeams.now(deps.store),
    meetingPeriods(deps.store, deps.config.internalMeetingDays),
  ]);
  const time = timeIn(house.calendars, deps);
  const { jobs, count } = await overdueMeetings(deps.store, {
    scope: scopeAsked(req).narrowed,
    periods,
    office: time.calendar,
    zones: zoneNamed,
    now: time.now,
    limit: linesShown,
  });
  const managerOf = new Map(teams.all.map((team) => [team.brandId, managerIn(team)]));
  const names = await namesOf(deps.store, house, {
    people: jobs.flatMap(({ ownerId, brandId }) => [ownerId, managerOf.get(brandId) ?? ownerId]),
    clients: jobs.map(({ clientId }) => clientId),
  });
  const lines = jobs.flatMap((job) =>
    lineOf(job, { lang, time, names, manager: managerOf.get(job.brandId), days: periodOf(periods, job.brandId) }),
  );
  // Brands may have periods of their own, so what began first need not be due first.
  return { lang, count, lines: lines.sort((a, b) => (a.due.at < b.due.at ? -1 : a.due.at > b.due.at ? 1 : 0)) };
}

function managerIn({ defaults, members }: BrandTeam): string | undefined {
  return defaults.ACCOUNT_MANAGER ?? members.find(({ roles }) => roles.includes('ACCOUNT_MANAGER'))?.personId;
}

function lineOf(
  job: JobRow,
  saying: {
    readonly lang: Lang;
    readonly time: TimeView;
    readonly names: HouseNames;
    readonly manager: string | undefined;
    readonly days: number;
  },
): MeetingLine[] {
  const { lang, time, names, manager, days } = saying;
  if (job.meetingFrom === undefined) return [];
  const { at, provisional } = meetingDueAt(time.calendar, zoneNamed, job.meetingFrom, days);
  return [
    {
      href: `/jobs/${encodeURIComponent(job.jobNumber ?? job._id)}`,
      ...(job.jobNumber === undefined ? {} : { number: job.jobNumber }),
      title: job.title,
      brand: names.brand(job.brandId),
      manager: manager === undefined ? '' : names.person(manager),
      owner: names.person(job.ownerId),
      ...(job.metAt === undefined ? {} : { metAt: momentInWords(time, job.metAt, lang) }),
      ...(job.meetingAt === undefined ? {} : { called: momentInWords(time, job.meetingAt, lang) }),
      due: dueInWords(time, at, lang, provisional),
    },
  ];
}
