import { compareInstants, isInstant } from '../instant.ts';
import { isLocalDate, isLocalTime, minutesOfDay } from './dates.ts';
import { membersOf } from './combine.ts';
import type { Calendar, CalendarProblem, ClosedSpan, OpenHours, SingleCalendar } from './types.ts';
import { weekdays } from './types.ts';

/** The least working time an ordinary week must hold. */
export const leastWeekMinutes = 60;

function checkHours(hours: readonly OpenHours[], field: string): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const readable: { from: number; to: number; index: number }[] = [];
  hours.forEach(({ from, to }, index) => {
    const unreadable = [from, to].filter((time) => !isLocalTime(time));
    if (unreadable.length > 0 || from === '24:00') {
      problems.push({ code: 'timeUnreadable', field: `${field}.${index}`, params: { time: unreadable[0] ?? from } });
    } else if (minutesOfDay(from) >= minutesOfDay(to)) {
      problems.push({ code: 'hoursOutOfOrder', field: `${field}.${index}`, params: { from, to } });
    } else {
      readable.push({ from: minutesOfDay(from), to: minutesOfDay(to), index });
    }
  });
  readable.sort((a, b) => a.from - b.from);
  readable.forEach((span, place) => {
    const before = readable[place - 1];
    if (before && span.from < before.to) {
      const { from, to } = hours[span.index] ?? { from: '', to: '' };
      problems.push({ code: 'hoursOverlap', field: `${field}.${span.index}`, params: { from, to } });
    }
  });
  return problems;
}

function weekMinutes(calendar: SingleCalendar): number {
  let sum = 0;
  for (const weekday of weekdays) {
    for (const { from, to } of calendar.weekly[weekday]) {
      if (isLocalTime(from) && isLocalTime(to)) sum += Math.max(0, minutesOfDay(to) - minutesOfDay(from));
    }
  }
  return sum;
}

function checkDays(calendar: SingleCalendar, prefix: string): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  for (const [date, day] of Object.entries(calendar.days)) {
    const field = `${prefix}days.${date}`;
    if (!isLocalDate(date)) problems.push({ code: 'dateUnreadable', field, params: { date } });
    if (day.name.zh.trim() === '' || day.name.en.trim() === '')
      problems.push({ code: 'nameMissing', field: `${field}.name` });
    if (day.kind === 'short' && (day.hours ?? []).length === 0)
      problems.push({ code: 'shortWithoutHours', field, params: { date } });
    if ((day.kind === 'holiday' || day.kind === 'closed') && day.hours !== undefined) {
      problems.push({ code: 'hoursOnClosedDay', field, params: { date } });
    }
    problems.push(...checkHours(day.hours ?? [], `${field}.hours`));
  }
  return problems;
}

/** What is wrong with a list of absences, e.g. one that ends before it starts. Empty when nothing is. */
export function checkAbsences(absences: readonly ClosedSpan[], field: string): CalendarProblem[] {
  return absences.flatMap(({ from, to }, index): CalendarProblem[] => {
    const where = `${field}.${index}`;
    const unreadable = [from, to].find((moment) => !isInstant(moment));
    if (unreadable !== undefined) return [{ code: 'absenceUnreadable', field: where, params: { moment: unreadable } }];
    return compareInstants(from, to) < 0 ? [] : [{ code: 'absenceOutOfOrder', field: where, params: { from, to } }];
  });
}

function checkSingle(calendar: SingleCalendar, prefix: string): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (calendar.id.trim() === '') problems.push({ code: 'idMissing', field: `${prefix}id` });
  if (calendar.name.zh.trim() === '' || calendar.name.en.trim() === '') {
    problems.push({ code: 'nameMissing', field: `${prefix}name` });
  }
  for (const weekday of weekdays) problems.push(...checkHours(calendar.weekly[weekday], `${prefix}weekly.${weekday}`));
  if (weekMinutes(calendar) < leastWeekMinutes) {
    problems.push({ code: 'noWorkingHour', field: `${prefix}weekly`, params: { minutes: weekMinutes(calendar) } });
  }
  problems.push(...checkDays(calendar, prefix));
  if (!isLocalDate(calendar.publishedThrough)) {
    problems.push({
      code: 'dateUnreadable',
      field: `${prefix}publishedThrough`,
      params: { date: calendar.publishedThrough },
    });
  }
  problems.push(...checkAbsences(calendar.absences ?? [], `${prefix}absences`));
  return problems;
}

/**
 * Everything wrong with a calendar, so that it can be refused when saved with sentences that say what to change:
 * not one working hour in an ordinary week, hours that end before they start or overlap, unreadable dates and times,
 * absences that end before they start. Empty when nothing is. Whether the zone exists is asked where zones are known.
 */
export function checkCalendar(calendar: Calendar): CalendarProblem[] {
  return membersOf(calendar).flatMap((member, index) => checkSingle(member, index === 0 ? '' : `also.${index - 1}.`));
}
