import type { Lang } from '../view/lang.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** An amount of working time as a table shows it: "25 分", "3.5 工时"; "25 min", "3.5 h". Nothing is a dash. */
export function amount(ms: number, lang: Lang): string {
  if (ms <= 0) return '–';
  if (ms < hourMs) {
    const minutes = Math.max(1, Math.round(ms / minuteMs));
    return lang === 'en' ? `${String(minutes)} min` : `${String(minutes)} 分`;
  }
  const hours = ms < 10 * hourMs ? (Math.round(ms / (hourMs / 10)) / 10).toString() : String(Math.round(ms / hourMs));
  return lang === 'en' ? `${hours} h` : `${hours} 工时`;
}

/** What part of a whole, in per cent of whole numbers; of nothing it is nothing. */
export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((part / whole) * 100);
}
