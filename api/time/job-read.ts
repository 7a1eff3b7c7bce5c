import { addDays, daysBetween } from '../../domain/calendar/dates.ts';
import { isWorkingDay, localDateAt, openIntervals } from '../../domain/calendar/day.ts';
import { instantAt, type Instant } from '../../domain/instant.ts';
import {
  endOf,
  timeKept,
  workingMs,
  type DeskTime,
  type TimeCalendars,
  type TimeKept,
} from '../../domain/time-kept/account.ts';
import type { Passage, Walk } from '../../domain/time-kept/walk.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import type { WholeJob } from '../../store/jobs.ts';
import { timeCalendars, walkOfJob } from '../../store/time-kept.ts';
import type { ApiDeps } from '../deps.ts';
import { pick, type Lang } from '../view/lang.ts';
import { pointTitle, roleTitleOf } from '../view/read/cards.ts';
import { houseNow, namesOf, peopleIn, timeIn, type HouseNames } from '../view/read/house.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { amount } from './amount.ts';
import type { Bar, JobTimeView, TimePicture, Whose } from './model.ts';
import { timeWords } from './words.ts';

/** Dates the picture names at most. */
const mostTicks = 8;

/** Reads where a job's time went. */
export async function readJobTime(deps: ApiDeps, { row, state }: WholeJob, lang: Lang): Promise<JobTimeView> {
  const [house, walk] = await Promise.all([houseNow(deps.store), walkOfJob(deps.store, row._id)]);
  const time = timeIn(house.calendars, deps);
  const calendars = timeCalendars(house.calendars.byId, time.calendar, zoneNamed);
  const kept = timeKept(walk, state, calendars, time.now);
  const names = await namesOf(deps.store, house, {
    people: [
      ...peopleIn(walk.state),
      ...kept.desks.flatMap(({ holders, decidedBy }) => [...holders, ...decidedBy]),
      ...kept.people.map(({ personId }) => personId),
      ...kept.between.map(({ ownerId }) => ownerId),
    ],
    clients: [state.clientId],
  });
  const t = words(lang, timeWords);
  const moment = (at: Instant): string => momentInWords(time, at, lang);
  const revised = walk.marks.flatMap((mark) => (mark.kind === 'revision' ? [mark.cause] : []));
  const overOf = (side: DeskTime['side']): number =>
    kept.desks.filter((desk) => desk.side === side).reduce((sum, { overMs }) => sum + overMs, 0);
  const causes = (cause: string): number => revised.filter((one) => one === cause).length;
  return {
    lang,
    ...(row.jobNumber ? { number: row.jobNumber } : {}),
    title: row.title,
    jobHref: `/jobs/${encodeURIComponent(row.jobNumber ?? row._id)}`,
    wholeMs: kept.wholeMs,
    agencyMs: kept.agencyMs,
    clientMs: kept.clientMs,
    betweenMs: kept.betweenMs,
    holdMs: kept.holdMs,
    agencyOverMs: overOf('agency'),
    clientOverMs: overOf('client'),
    revisions: {
      all: revised.length,
      client: causes('client'),
      agency: causes('agency'),
      brief: causes('brief'),
    },
    ...(kept.wholeMs > 0 ? { picture: pictureOf(walk, calendars, time.now, lang) } : {}),
    desks: [...kept.desks]
      .sort((a, b) => (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : 0))
      .map((desk) => ({
        step: deskName(walk, desk, lang),
        round: desk.round,
        who: inRow(whoHeld(desk), names, lang),
        side: desk.side,
        from: moment(desk.openedAt),
        ...(desk.closedAt === undefined ? {} : { until: moment(desk.closedAt) }),
        layMs: desk.layMs,
        overMs: desk.overMs,
        shareMs: desk.shareMs,
      })),
    people: kept.people.filter(tookTime).map(({ personId, role, side, shareMs }) => ({
      name: personId === '' ? t('handing') : names.person(personId),
      more: roleTitleOf(role, lang) ?? role,
      side,
      shareMs,
    })),
    roles: kept.roles
      .filter(tookTime)
      .map(({ role, side, shareMs }) => ({ name: roleTitleOf(role, lang) ?? role, side, shareMs })),
    between: betweenLines(kept, names, lang),
  };
}

const tookTime = ({ shareMs }: { readonly shareMs: number }): boolean => shareMs > 0;

const whoHeld = ({ decidedBy, holders }: DeskTime): readonly string[] => (decidedBy.length > 0 ? decidedBy : holders);

function inRow(ids: readonly string[], names: HouseNames, lang: Lang): string {
  return ids.map(names.person).join(lang === 'en' ? ', ' : '、');
}

function betweenLines({ between }: TimeKept, names: HouseNames, lang: Lang) {
  return between.filter(tookTime).map(({ phase, ownerId, shareMs }) => ({
    name: pick(phaseWords[phase], lang),
    more: names.person(ownerId),
    shareMs,
  }));
}

/** A desk by name: the point, the piece where several go round, and the step. */
export function deskName(
  { state }: Pick<Walk, 'state'>,
  desk: Pick<DeskTime, 'point' | 'step' | 'pieceId'>,
  lang: Lang,
): string {
  const piece = desk.pieceId === undefined ? undefined : state.pieces[desk.pieceId]?.name;
  return [pointTitle(desk.point, lang), piece, pick(stepWords(desk.step), lang)].filter(Boolean).join(' · ');
}

/** Whose a passage is: with desks on both sides it is both's. */
function whoseOf({ desks, onHold }: Passage, { desks: stories }: Walk): Whose {
  if (onHold) return 'hold';
  const sides = new Set(desks.map(({ key }) => stories[key]?.side));
  if (sides.size === 0) return 'between';
  return sides.size === 2 ? 'both' : sides.has('client') ? 'client' : 'agency';
}

/**
 * The picture: along it runs the job's working time, so a bar is as long as what was counted and nights and weekends take
 * no room.
 */
function pictureOf(walk: Walk, { office, zones }: TimeCalendars, now: Instant, lang: Lang): TimePicture {
  const t = words(lang, timeWords);
  const run = walk.passages.filter((one) => !one.over && endOf(one, now) > one.from);
  const lengths = run.map((one) => workingMs(office, zones, one.from, endOf(one, now)));
  const whole = Math.max(
    1,
    lengths.reduce((sum, ms) => sum + ms, 0),
  );
  const phases = [...new Set(run.filter((_, place) => (lengths[place] ?? 0) > 0).map(({ phase }) => phase))];
  const bars: (Bar & { readonly ms: number })[] = [];
  let passed = 0;
  for (const [place, one] of run.entries()) {
    const ms = lengths[place] ?? 0;
    const [from, to] = [passed / whole, (passed + ms) / whole];
    passed += ms;
    const [whose, lane] = [whoseOf(one, walk), phases.indexOf(one.phase)];
    const last = bars.at(-1);
    const all = last && last.whose === whose && last.lane === lane ? last.ms + ms : ms;
    const says = `${pick(phaseWords[one.phase], lang)} · ${t(whoseWords[whose])} · ${amount(all, lang)}`;
    if (all > ms && last) bars[bars.length - 1] = { ...last, to, ms: all, says };
    else if (ms > 0) bars.push({ lane, whose, from, to, ms, says });
  }
  const placeOf = (at: Instant): number => {
    let before = 0;
    for (const [place, one] of run.entries()) {
      if (at <= one.from) break;
      const end = endOf(one, now);
      if (at < end) return (before + workingMs(office, zones, one.from, at)) / whole;
      before += lengths[place] ?? 0;
    }
    return before / whole;
  };
  return {
    lanes: phases.map((phase) => pick(phaseWords[phase], lang)),
    bars,
    ticks: ticksOf(
      { office, zones },
      run[0]?.from ?? now,
      endOf(run.at(-1) ?? walk.passages[0] ?? nothing(now), now),
    ).map(({ at, label }) => ({ at: placeOf(at), label })),
    marks: walk.marks
      .filter(({ at }) => at <= now)
      .map((mark) => ({
        at: placeOf(mark.at),
        kind: mark.kind,
        label: mark.kind === 'revision' ? `R${String(mark.ordinal)}` : t('archivedMark'),
      })),
  };
}

const nothing = (now: Instant): Passage => ({
  from: now,
  phase: 'REQUESTED',
  ownerId: '',
  onHold: false,
  over: false,
  desks: [],
});

/** The words for whose time a bar is. */
export const whoseWords = {
  agency: 'agency',
  client: 'client',
  both: 'both',
  between: 'betweenLegend',
  hold: 'hold',
} as const satisfies Record<Whose, keyof typeof timeWords>;

/** Openings of working days along the way, evenly far apart, at most eight. */
function ticksOf(
  { office, zones }: Pick<TimeCalendars, 'office' | 'zones'>,
  from: Instant,
  until: Instant,
): readonly { readonly at: Instant; readonly label: string }[] {
  const [first, last] = [localDateAt(office, zones, from), localDateAt(office, zones, until)];
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, n) => addDays(first, n)).filter((date) =>
    isWorkingDay(office, zones, date),
  );
  const step = Math.max(1, Math.ceil(days.length / mostTicks));
  return days.flatMap((date, place) => {
    const opening = openIntervals(office, zones, date)[0];
    if (place % step !== 0 || !opening) return [];
    return [
      { at: instantAt(opening.startMs), label: `${String(Number(date.slice(5, 7)))}/${String(Number(date.slice(8)))}` },
    ];
  });
}
