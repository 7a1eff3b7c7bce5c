import { addDays, timeOfMinutes, weekdayNumberOf } from '../../domain/calendar/dates.ts';
import type { Zone } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';

/** What a person asks of the clock's handle. */
export type Wish =
  | { readonly kind: 'by'; readonly ms: number }
  | { readonly kind: 'to'; readonly weekday: number; readonly minutes: number }
  | { readonly kind: 'next' | 'where' | 'help' | 'quit' | 'nothing' }
  | { readonly kind: 'unclear' };

const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const weekdaysZh = ['一', '二', '三', '四', '五', '六', '日'] as const;
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** Further ahead nobody knows the holidays; milliseconds. */
const farthestMs = 400 * 86_400_000;

const words: Readonly<Record<string, 'next' | 'where' | 'help' | 'quit'>> = {
  next: 'next',
  下一步: 'next',
  where: 'where',
  现在: 'where',
  help: 'help',
  帮助: 'help',
  quit: 'quit',
  exit: 'quit',
  退出: 'quit',
};

/** Reads one line typed at the handle; `unclear` for whatever it cannot mean. */
export function readWish(line: string): Wish {
  const text = line.trim().replaceAll('：', ':').replaceAll('＋', '+');
  if (text === '') return { kind: 'nothing' };
  const word = Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
  if (word !== undefined) return { kind: word };
  if (text.startsWith('+')) {
    const parts = [...text.slice(1).matchAll(/\s*(\d{1,6})\s*([mhdw])/gi)];
    const ms = parts.reduce((sum, [, n, unit]) => sum + Number(n) * (unitMs[(unit ?? '').toLowerCase()] ?? 0), 0);
    const whole = parts.map(([part]) => part).join('') === text.slice(1);
    return whole && ms > 0 && ms <= farthestMs ? { kind: 'by', ms } : { kind: 'unclear' };
  }
  const wall = /^(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:周|星期)([一二三四五六日天]))\s*(\d{1,2}):(\d{2})$/i.exec(
    text,
  );
  if (wall === null) return { kind: 'unclear' };
  const [, english, chinese, hours, minutes] = wall;
  const index =
    english === undefined
      ? weekdaysZh.findIndex((one) => one === (chinese === '天' ? '日' : chinese))
      : weekdaysEn.findIndex((one) => one.toLowerCase() === english.toLowerCase());
  const ofDay = Number(hours) * 60 + Number(minutes);
  if (index < 0 || Number(minutes) > 59 || ofDay >= 24 * 60) return { kind: 'unclear' };
  return { kind: 'to', weekday: index + 1, minutes: ofDay };
}

/** The next moment after `from` at which the wall of a zone shows this weekday (1 is Monday) and this minute of the day. */
export function nextOnTheWall(zone: Zone, from: Instant, weekday: number, minutes: number): Instant {
  const { date } = zone.toLocal(from);
  const ahead = (weekday - weekdayNumberOf(date) + 7) % 7;
  const soonest = zone.toInstant(addDays(date, ahead), minutes);
  return soonest > from ? soonest : zone.toInstant(addDays(date, ahead + 7), minutes);
}

/** A moment in words, in both languages: `2026-11-23 周一 Mon 09:00`. */
export function momentInWords(zone: Zone, at: Instant): string {
  const { date, minutes } = zone.toLocal(at);
  const day = weekdayNumberOf(date) - 1;
  return `${date} 周${weekdaysZh[day] ?? ''} ${weekdaysEn[day] ?? ''} ${timeOfMinutes(minutes)}`;
}
