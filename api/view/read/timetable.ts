import { addDays, daysBetween } from '../../../domain/calendar/dates.ts';
import type { LocalDate } from '../../../domain/calendar/types.ts';
import type { Forecast } from '../../../domain/timetable/forecast.ts';
import type { TimetablePlan } from '../../../domain/timetable/types.ts';
import { workingTimeWords } from '../../../domain/wording/timetable.ts';
import { wordingLang, type Lang } from '../lang.ts';
import type { TimetableLane, TimetablePicture } from '../timetable.tsx';
import { dateInWords } from '../time.tsx';
import { words } from '../words/index.ts';
import { timetableWords } from '../words/timetable.ts';

/** Dates the picture names at most. */
const mostTicks = 7;

/** A day of the year as the axis names it: `9/25`. */
const shortDay = (date: LocalDate): string => `${String(Number(date.slice(5, 7)))}/${String(Number(date.slice(8)))}`;

/**
 * A timetable as a picture: along it the calendar, a lane a stage, a node, the delivery. Without a forecast it shows what
 * was agreed; `reached` are the places of nodes that are. What comes behind `published` says that it is provisional.
 */
export function timetablePicture(
  plan: TimetablePlan,
  forecast: Forecast | undefined,
  today: LocalDate,
  lang: Lang,
  { reached, published }: { readonly reached?: ReadonlySet<number>; readonly published?: LocalDate } = {},
): TimetablePicture {
  const t = words(lang, timetableWords);
  const day = (date: LocalDate): string => dateInWords(date, lang);
  const comesOn = (date: LocalDate): string =>
    `${day(date)}${published !== undefined && date > published ? t('provisional') : ''}`;
  const dates = [
    ...plan.stages.flatMap(({ start, end }) => [start, end]),
    ...plan.nodes.map(({ date }) => date),
    plan.deliveryDate,
    ...(forecast
      ? [
          forecast.delivery.forecastDate,
          ...forecast.nodes.map(({ forecastDate }) => forecastDate),
          ...forecast.stages.map(({ forecastEnd }) => forecastEnd),
        ]
      : []),
  ].sort();
  const first = addDays(dates[0] ?? plan.deliveryDate, -1);
  const last = addDays(dates.at(-1) ?? plan.deliveryDate, 2);
  const whole = Math.max(1, daysBetween(first, last));
  /** Where a day begins, and where it ends. */
  const begins = (date: LocalDate): number => daysBetween(first, date) / whole;
  const ends = (date: LocalDate): number => (daysBetween(first, date) + 1) / whole;
  const moved = (ms: number): string => (ms > 0 ? ` (+${workingTimeWords(ms, wordingLang(lang))})` : '');
  const shares = (from: LocalDate, to: LocalDate, parts: Readonly<Record<'client' | 'agency' | 'hold', number>>) => {
    const sum = parts.client + parts.agency + parts.hold;
    if (to <= from || sum <= 0) return [];
    let at = ends(from);
    return (['client', 'agency', 'hold'] as const).flatMap((whose) => {
      const start = at;
      at += ((ends(to) - ends(from)) * parts[whose]) / sum;
      return parts[whose] > 0 ? [{ whose, from: start, to: at }] : [];
    });
  };
  const parts = forecast && { client: forecast.clientMs, agency: forecast.agencyMs, hold: forecast.holdMs };
  const stages = plan.stages.map((stage, place): TimetableLane => {
    const now = forecast?.stages[place];
    const until = now && now.forecastEnd !== stage.end ? ` → ${comesOn(now.forecastEnd)}` : '';
    return {
      kind: 'stage',
      label: stage.stage,
      says: `${stage.stage}: ${day(stage.start)} – ${day(stage.end)}${until}`,
      base: [begins(stage.start), ends(stage.end)],
      ...(now ? { now: [begins(now.forecastStart), ends(now.forecastEnd)] } : {}),
      parts: [],
      reached: false,
    };
  });
  const nodes = plan.nodes.map((node, place): TimetableLane => {
    const now = forecast?.nodes[place];
    const isReached = now ? now.state === 'reached' : reached?.has(place) === true;
    const until = now && now.forecastDate !== node.date ? ` → ${comesOn(now.forecastDate)}${moved(now.movedMs)}` : '';
    return {
      kind: 'node',
      label: node.name,
      says: `${node.name}: ${day(node.date)}${until}`,
      base: [ends(node.date), ends(node.date)],
      ...(now ? { now: [ends(now.forecastDate), ends(now.forecastDate)] } : {}),
      parts: now && parts && now.state === 'ahead' ? shares(node.date, now.forecastDate, parts) : [],
      reached: isReached,
    };
  });
  const comes = forecast?.delivery;
  const date = plan.deliveryDate;
  const until = comes && comes.forecastDate !== date ? ` → ${comesOn(comes.forecastDate)}${moved(comes.movedMs)}` : '';
  const delivery: TimetableLane = {
    kind: 'delivery',
    label: t('delivery'),
    says: `${t('delivery')}: ${day(date)}${until}`,
    base: [ends(date), ends(date)],
    ...(comes ? { now: [ends(comes.forecastDate), ends(comes.forecastDate)] } : {}),
    parts:
      comes && parts && comes.movedMs > 0
        ? shares(date, comes.forecastDate, {
            client: comes.clientMs,
            hold: Math.min(parts.hold, comes.movedMs - comes.clientMs),
            agency: Math.max(0, comes.movedMs - comes.clientMs - parts.hold),
          })
        : [],
    reached: comes?.reachedAt !== undefined,
  };
  const step = Math.max(1, Math.ceil(whole / mostTicks));
  const ticks = Array.from({ length: Math.floor((whole - 1) / step) + 1 }, (_, n) => addDays(first, n * step + 1));
  return {
    lanes: [...stages, ...nodes, delivery],
    ticks: ticks.map((one) => ({ at: begins(one), label: shortDay(one) })),
    ...(today >= first && today <= last ? { today: (begins(today) + ends(today)) / 2 } : {}),
  };
}
