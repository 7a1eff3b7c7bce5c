import { createRequire } from 'node:module';
import type {
  Calendar,
  CalendarDay,
  LocalDate,
  OpenHours,
  SingleCalendar,
  WeeklyHours,
} from '../../domain/calendar/types.ts';

/** Statutory holidays and make-up working days of the published years, by date, and how far they reach. */
export interface PublishedDays {
  readonly days: Readonly<Record<LocalDate, CalendarDay>>;
  /** 31 December of the last year whose list is published, `YYYY-MM-DD`. */
  readonly publishedThrough: LocalDate;
}

/** Hours and identity of an office whose holidays are China's. */
export interface OfficeHours {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** IANA name. */
  readonly zone: string;
  readonly weekly: WeeklyHours;
  /** Own closures and short days; they win over the published list. */
  readonly ownDays?: Readonly<Record<LocalDate, CalendarDay>>;
}

const dataFile = 'chinese-days/dist/chinese-days.json';
let kept: PublishedDays | undefined;

function sectionOf(data: unknown, section: 'holidays' | 'workdays'): [LocalDate, string][] {
  if (typeof data !== 'object' || data === null) throw new Error(`${dataFile}: not an object`);
  const entries: unknown = (data as Record<string, unknown>)[section];
  if (typeof entries !== 'object' || entries === null) throw new Error(`${dataFile}: no ${section}`);
  return Object.entries(entries).map(([date, label]: [string, unknown]) => {
    if (typeof label !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date))
      throw new Error(`${dataFile}: ${section} ${date}`);
    return [date, label];
  });
}

function nameIn(label: string): { zh: string; en: string } {
  const [en = '', zh = ''] = label.split(',');
  return { zh, en };
}

/**
 * China's public holidays and make-up working days (调休) as the kept package lists them, read from the package's own
 * file without any network. A year counts as published when it has its National Day: a list is announced for a whole
 * year, but its New Year's holiday may begin in the December before. Throws Error when the file has another shape.
 */
export function chinesePublicDays(): PublishedDays {
  if (kept) return kept;
  const data: unknown = createRequire(import.meta.url)(dataFile);
  const days: Record<LocalDate, CalendarDay> = {};
  let lastYear = '';
  for (const [date, label] of sectionOf(data, 'holidays')) {
    days[date] = { kind: 'holiday', name: nameIn(label) };
    if (date.endsWith('-10-01') && date.slice(0, 4) > lastYear) lastYear = date.slice(0, 4);
  }
  for (const [date, label] of sectionOf(data, 'workdays')) {
    const { zh, en } = nameIn(label);
    days[date] = { kind: 'makeup', name: { zh: `${zh}调休上班`, en: `Make-up day for ${en}` } };
  }
  if (lastYear === '') throw new Error(`${dataFile}: no year with a National Day`);
  kept = { days, publishedThrough: `${lastYear}-12-31` };
  return kept;
}

/** The same hours Monday to Friday, weekend off. */
export function mondayToFriday(hours: readonly OpenHours[]): WeeklyHours {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] };
}

/** A calendar with an office's hours and China's public days; the office's own days win over the published ones. */
export function chineseCalendar(office: OfficeHours): SingleCalendar {
  const { days, publishedThrough } = chinesePublicDays();
  const { id, name, zone, weekly, ownDays = {} } = office;
  return { id, name, zone, weekly, days: { ...days, ...ownDays }, publishedThrough };
}

/** The agency's default (P-21): Asia/Shanghai, Monday to Friday 09:00 to 17:00. */
export function shanghaiOffice(): SingleCalendar {
  return chineseCalendar({
    id: 'office',
    name: { zh: '总部', en: 'Head office' },
    zone: 'Asia/Shanghai',
    weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  });
}

/** An office in Xinjiang keeping local time (UTC+6): Monday to Friday 09:00 to 17:00 in Asia/Urumqi, two hours after Shanghai's. */
export function urumqiOffice(): Calendar {
  return chineseCalendar({
    id: 'office-urumqi',
    name: { zh: '乌鲁木齐办公室', en: 'Urumqi office' },
    zone: 'Asia/Urumqi',
    weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  });
}
