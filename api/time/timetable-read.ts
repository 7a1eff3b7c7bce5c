import { localDateAt, publishedThroughAll } from '../../domain/calendar/day.ts';
import type { LocalDate } from '../../domain/calendar/types.ts';
import { whyNot } from '../../domain/job/decide.ts';
import { points } from '../../domain/job/points.ts';
import { reachNode } from '../../domain/job/timetable.ts';
import type { Forecast } from '../../domain/timetable/forecast.ts';
import { periodOn, touches, type TimetablePeriod } from '../../domain/timetable/period.ts';
import { extensionReason, workingTimeWords } from '../../domain/wording/timetable.ts';
import { timeCalendars, walkOfJob } from '../../store/time-kept.ts';
import { timetableNow } from '../../store/timetables.ts';
import type { ApiDeps } from '../deps.ts';
import type { OpenJob } from '../staff/job.ts';
import { wordingLang, type Lang } from '../view/lang.ts';
import { houseNow, timeIn } from '../view/read/house.ts';
import { timetablePicture } from '../view/read/timetable.ts';
import { dateInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { timetableWords } from '../view/words/timetable.ts';
import { zoneNamed } from '../view/zone.ts';
import { deskName } from './job-read.ts';
import type { NodeLine, StageLine, TimetableView } from './timetable-model.ts';

/**
 * Reads a job's timetable: inside with forecast, float and whose delay it is; outside what the client sees. What can
 * be done about it is offered to whoever may do it now, as the job itself would say.
 */
export async function readTimetable(
  deps: ApiDeps,
  { row, state, who }: OpenJob,
  lang: Lang,
  { outside, period }: { readonly outside: boolean; readonly period?: TimetablePeriod },
): Promise<TimetableView> {
  const house = await houseNow(deps.store);
  const time = timeIn(house.calendars, deps);
  const calendars = timeCalendars(house.calendars.byId, time.calendar, zoneNamed);
  const found = await timetableNow(deps.store, { processId: row._id, state }, calendars, time.now);
  const t = words(lang, timetableWords);
  const day = (date: LocalDate): string => dateInWords(date, lang);
  const published = publishedThroughAll(time.calendar);
  // What was agreed is firm; what is counted in working time beyond the published holidays is not.
  const comes = (date: LocalDate): string => `${day(date)}${date > published ? t('provisional') : ''}`;
  const jobHref = `/jobs/${encodeURIComponent(row.jobNumber ?? row._id)}`;
  const newest = state.papers['F-10'];
  const circulates = newest?.status === 'circulating';
  const offered = newest?.facts['deliveryDate'];
  const promised = typeof offered === 'string' ? day(offered) : '–';
  const { timetable } = points;
  const sends = !circulates && whyNot(state, timetable.by, timetable, who.actor, 'submit') === undefined;
  const frame = {
    lang,
    outside,
    ...(period === undefined ? {} : { period }),
    ...(row.jobNumber ? { number: row.jobNumber } : {}),
    title: row.title,
    jobHref,
    ...(sends ? { writeHref: `${jobHref}/papers/F-10/edit` } : {}),
  };
  if (!found) return circulates ? { ...frame, offered: t('offered', { n: newest.version, date: promised }) } : frame;
  const { baseline, plan, forecast } = found;
  const today = localDateAt(time.calendar, zoneNamed, time.now);
  const listed = period === undefined ? undefined : periodOn(today, period);
  const reached = new Set(forecast?.nodes.flatMap(({ state: at }, place) => (at === 'reached' ? [place] : [])));
  const shown = outside ? { ...plan, stages: plan.stages.filter(({ internalOnly }) => !internalOnly) } : plan;
  const late = forecast && forecast.lateDesks.length > 0 ? await walkOfJob(deps.store, row._id) : undefined;
  const inside = forecast && !outside ? forecast : undefined;
  return {
    ...frame,
    stands: {
      accepted: t('acceptedOn', { when: momentInWords(time, baseline.acceptedAt, lang), n: baseline.version }),
      delivery: day(plan.deliveryDate),
      ...(circulates && newest.version > baseline.version
        ? { pending: t('pending', { n: newest.version, date: promised, before: day(plan.deliveryDate) }) }
        : {}),
      picture: timetablePicture(shown, inside, today, lang, { reached, published }),
      nodes: plan.nodes.flatMap(({ name, date, clientApproval }, place): readonly NodeLine[] => {
        const now = forecast?.nodes[place];
        if (!touches(listed, { start: date, end: date })) return [];
        const line: NodeLine = {
          name,
          date: day(date),
          clientApproval,
          state: now?.state ?? 'ahead',
          ...(now?.reachedAt ? { reached: day(localDateAt(time.calendar, zoneNamed, now.reachedAt)) } : {}),
          ...(inside && now ? movedOf(now, comes, lang) : {}),
          ...(inside && now?.floatMs !== undefined
            ? { float: now.floatMs === 0 ? '0' : workingTimeWords(now.floatMs, wordingLang(lang)) }
            : {}),
        };
        return [line];
      }),
      stages: shown.stages
        .filter((stage) => touches(listed, stage))
        .map((stage): StageLine => {
          const now = inside?.stages[plan.stages.indexOf(stage)];
          const [start, end] = [now?.forecastStart, now?.forecastEnd];
          return {
            stage: stage.stage,
            owner: stage.owner,
            internal: stage.internalOnly,
            dates: `${day(stage.start)} – ${day(stage.end)}`,
            ...(start && end && (start !== stage.start || end !== stage.end)
              ? { forecast: `${comes(start)} – ${comes(end)}`, later: end > stage.end }
              : {}),
          };
        }),
      ...(inside
        ? {
            inside: {
              ...summaryOf(inside, plan.floatDays, { day, comes }, lang),
              desks: inside.lateDesks.map((desk) => ({
                step: late ? deskName(late, desk, lang) : desk.step,
                round: desk.round,
                side: desk.side,
                beyond: workingTimeWords(desk.ms, wordingLang(lang)),
              })),
              canMark: whyNot(state, reachNode.by, reachNode, who.actor, 'reachNode') === undefined,
              earlier: (state.timetable?.earlier ?? []).map((one) =>
                t('earlierLine', {
                  n: one.version,
                  date: day(one.deliveryDate),
                  when: momentInWords(time, one.acceptedAt, lang),
                }),
              ),
            },
          }
        : {}),
      counted: forecast !== undefined,
    },
  };
}

function movedOf(
  { forecastDate, date, movedMs, state }: Forecast['nodes'][number],
  comes: (date: LocalDate) => string,
  lang: Lang,
): { readonly forecast?: string; readonly moved?: string } {
  if (state !== 'ahead' || forecastDate === date) return {};
  // Earlier than agreed is no move: nothing of it is late.
  if (forecastDate < date) return { forecast: comes(forecastDate) };
  return { forecast: comes(forecastDate), moved: `+${workingTimeWords(movedMs, wordingLang(lang))}` };
}

function summaryOf(
  forecast: Forecast,
  floatDays: number,
  { day, comes }: Readonly<Record<'day' | 'comes', (date: LocalDate) => string>>,
  lang: Lang,
) {
  const t = words(lang, timetableWords);
  const { delivery, extension, clientMs, agencyMs, holdMs, delayMs, floatLeftMs, floatUsedUp } = forecast;
  const long = (ms: number): string => workingTimeWords(ms, wordingLang(lang));
  const parts = (
    [
      ['client', clientMs],
      ['agency', agencyMs],
      ['hold', holdMs],
    ] as const
  )
    .filter(([, ms]) => ms > 0)
    .map(([whose, ms]) => `${t(whose)} ${long(ms)}`);
  return {
    comes: delivery.forecastDate > delivery.date ? comes(delivery.forecastDate) : day(delivery.forecastDate),
    late: delivery.movedMs > 0,
    delivered: delivery.reachedAt !== undefined,
    behind: delayMs > 0 ? long(delayMs) : t('onTime'),
    whose: parts.join(' · '),
    float:
      floatDays === 0
        ? t('floatNone')
        : t('floatLeft', { all: long(forecast.floatMs), left: floatLeftMs === 0 ? '0' : long(floatLeftMs) }),
    floatUsed: floatUsedUp,
    ...(extension
      ? {
          extension: t('extensionText', {
            before: day(extension.oldDate),
            after: comes(extension.newDate),
            reason: extensionReason(extension, forecast.lateDesks, wordingLang(lang)),
          }),
        }
      : {}),
  };
}
