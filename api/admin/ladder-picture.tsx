import type { JSX } from 'preact';
import { localDateAt, openIntervals } from '../../domain/calendar/day.ts';
import { addDays, daysBetween, minutesOfDay, timeOfMinutes, weekdayNumberOf } from '../../domain/calendar/dates.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { epochMsOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { widthOf } from '../view/fit.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { ladderWords } from './ladder-words.ts';

/** A moment on the line. */
export interface PictureMoment {
  readonly at: Instant;
  readonly short: string;
  readonly kind: 'open' | 'warn' | 'rung' | 'due';
}

const [width, left, right] = [420, 84, 30];
const rowHeight = 34;
/** Size of the words beside a dot. */
const type = 12.5;
/** Days without working time and without a moment are not drawn; they only get a gap, however long. */
const mostRows = 24;

const weekdays: Readonly<Record<Lang, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/**
 * The moments of a ladder, a row a day and its hours across: what is shaded is working time, so one sees why nothing
 * speaks on a Sunday. Long stretches of closed days become one gap.
 */
export function LadderPicture({
  calendar,
  moments,
  lang,
}: {
  calendar: Calendar;
  moments: readonly PictureMoment[];
  lang: Lang;
}): JSX.Element | null {
  const first = moments[0];
  const last = moments.at(-1);
  if (!first || !last) return null;
  const t = words(lang, ladderWords);
  const zone = zoneNamed(calendar.zone);
  const dateOf = (at: Instant): string => localDateAt(calendar, zoneNamed, at);
  const start = dateOf(first.at);
  const dates = Array.from({ length: Math.min(400, daysBetween(start, dateOf(last.at)) + 1) }, (_, n) =>
    addDays(start, n),
  );
  const drawn = dates
    .filter(
      (date) => openIntervals(calendar, zoneNamed, date).length > 0 || moments.some(({ at }) => dateOf(at) === date),
    )
    .slice(0, mostRows);
  const { from, to } = hoursDrawn(
    calendar,
    moments.map(({ at }) => zone.toLocal(at).minutes),
  );
  const hours = [0, 1, 2, 3].map((part) => from + ((to - from) / 3) * part);
  const x = (minutes: number): number => left + ((minutes - from * 60) / ((to - from) * 60)) * (width - left - right);
  const minutesIn = (date: string, ms: number): number =>
    Math.max(0, Math.min(1440, (ms - epochMsOf(zone.toInstant(date, 0))) / 60_000));
  const height = 28 + drawn.length * rowHeight;
  return (
    <svg class="ladder-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('picture')}>
      {hours.map((hour) => (
        <text class="ladder-small" x={x(hour * 60)} y={14} text-anchor="middle">
          {timeOfMinutes(hour * 60)}
        </text>
      ))}
      {drawn.map((date, row) => {
        const y = 24 + row * rowHeight;
        const gap = row > 0 && daysBetween(drawn[row - 1] ?? date, date) > 1;
        return (
          <g>
            {gap ? <line class="ladder-line" x1={8} x2={width - right} y1={y} y2={y} stroke-dasharray="2 4" /> : null}
            <text class="ladder-text" x={8} y={y + 20}>
              {`${weekdays[lang][weekdayNumberOf(date) - 1] ?? ''} ${String(Number(date.slice(5, 7)))}/${String(Number(date.slice(8)))}`}
            </text>
            <rect
              class="ladder-shut"
              x={x(from * 60)}
              y={y + 4}
              width={x(to * 60) - x(from * 60)}
              height={rowHeight - 10}
              rx={3}
            />
            {openIntervals(calendar, zoneNamed, date).map(({ startMs, endMs }) => {
              const [a, b] = [x(minutesIn(date, startMs)), x(minutesIn(date, endMs))];
              return <rect class="ladder-open" x={a} y={y + 4} width={Math.max(1, b - a)} height={rowHeight - 10} />;
            })}
            {placed(
              moments
                .filter(({ at }) => dateOf(at) === date)
                .map((one) => ({ ...one, x: x(minutesIn(date, epochMsOf(one.at))) })),
            ).map((one) => (
              <g>
                <circle
                  class={one.kind === 'rung' || one.kind === 'due' ? 'ladder-dot ladder-dot-full' : 'ladder-dot'}
                  cx={one.x}
                  cy={y + 16}
                  r={one.kind === 'warn' ? 4 : 6}
                />
                {one.label === '' ? null : (
                  <text
                    class="ladder-small"
                    x={one.before ? one.x - 9 : one.x + 9}
                    y={y + 21}
                    text-anchor={one.before ? 'end' : 'start'}
                  >
                    {one.label}
                  </text>
                )}
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
}

/** The hours of a day that are worth drawing: all working time and every moment, in whole steps of three hours. */
function hoursDrawn(calendar: Calendar, minutes: readonly number[]): { readonly from: number; readonly to: number } {
  const spans = Object.values(calendar.weekly).flat();
  const starts = [...spans.map(({ from }) => minutesOfDay(from)), ...minutes];
  const ends = [...spans.map(({ to }) => minutesOfDay(to)), ...minutes];
  return {
    from: Math.floor(Math.min(...starts) / 180) * 3,
    to: Math.min(24, Math.ceil((Math.max(...ends) + 30) / 180) * 3),
  };
}

/**
 * Moments that stand nearly on one spot share one label, so that no words lie over each other; words that would run out
 * of the picture stand before their dot.
 */
function placed<M extends { readonly x: number; readonly short: string }>(moments: readonly M[]) {
  const found: (M & { label: string; before: boolean })[] = [];
  for (const moment of moments) {
    const last = found.findLast(({ label }) => label !== '');
    const label =
      last && moment.x - last.x < 18 + widthOf(last.label, type) ? `${last.label} · ${moment.short}` : moment.short;
    // The words stand behind the last of the dots they name.
    if (last && label !== moment.short) last.label = '';
    const before = moment.x + 9 + widthOf(label, type) > width;
    found.push({ ...moment, label, before });
  }
  return found;
}
