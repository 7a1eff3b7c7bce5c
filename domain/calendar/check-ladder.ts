import { isLocalTime, minutesOfDay } from './dates.ts';
import { checkSpan, nominalMinutes } from './deadline.ts';
import { ladderRecipients, rungChannels } from './ladders.ts';
import type { Ladder, LadderRecipient, QuietHours, Rung, RungChannel } from './ladders.ts';
import type { CalendarProblem, SingleCalendar, WorkingSpan } from './types.ts';
import { weekdays } from './types.ts';

/** The most rungs a ladder may have: people who are told more often stop reading. */
export const mostRungs = 6;

/** Where a ladder is to stand, as far as that makes it right or wrong. */
export interface LadderPlace {
  /** On whose side the step lies. */
  readonly side: 'agency' | 'client';
  /** The hours of the office; quiet hours must leave some of them. */
  readonly office: Pick<SingleCalendar, 'weekly'>;
}

/**
 * Everything wrong with a ladder: no rung or too many, rungs not numbered 1, 2, 3 …, a rung not later than the one
 * before, one that tells nobody, offsets that are not above 0, warnings outside 1 to 99 % or not ascending, quiet hours
 * that are no times. With `place` also: a client told about the agency's own step or over a channel that clients do not
 * have, and quiet hours that leave no minute of the office's day. Empty when nothing is. Hours and days are not mixed in
 * one ladder: on some calendars they would change places.
 */
export function checkLadder(ladder: Ladder, place?: LadderPlace): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (ladder.id.trim() === '') problems.push({ code: 'idMissing', field: 'id' });
  if (ladder.name.zh.trim() === '' || ladder.name.en.trim() === '')
    problems.push({ code: 'nameMissing', field: 'name' });
  problems.push(...checkSpan(ladder.limit, 'limit'));
  if (ladder.rungs.length === 0) problems.push({ code: 'ladderEmpty', field: 'rungs' });
  if (ladder.rungs.length > mostRungs)
    problems.push({ code: 'tooManyRungs', field: 'rungs', params: { count: ladder.rungs.length, mostRungs } });
  ladder.rungs.forEach((rung, index) => {
    const field = `rungs.${index}`;
    if (rung.n !== index + 1)
      problems.push({ code: 'rungNumberOutOfOrder', field: `${field}.n`, params: { n: rung.n, expected: index + 1 } });
    const spanProblems = checkSpan(rung.after, `${field}.after`);
    problems.push(...spanProblems);
    const before = ladder.rungs[index - 1];
    // Which of three hours and one day comes first a calendar decides; on some they would change places.
    const mixed = before !== undefined && spanKind(rung.after) !== spanKind(before.after);
    if (spanProblems.length === 0 && mixed)
      problems.push({ code: 'spansMixed', field: `${field}.after`, params: { n: rung.n } });
    else if (spanProblems.length === 0 && before && nominalMinutes(rung.after) <= nominalMinutes(before.after)) {
      problems.push({ code: 'rungNotLater', field: `${field}.after`, params: { n: rung.n, before: before.n } });
    }
    problems.push(...checkTold(rung, field, place));
  });
  ladder.warnPercents.forEach((percent, index) => {
    const field = `warnPercents.${index}`;
    if (!Number.isInteger(percent) || percent < 1 || percent > 99) {
      problems.push({ code: 'percentOutOfRange', field, params: { percent } });
    } else if (index > 0 && percent <= (ladder.warnPercents[index - 1] ?? 0)) {
      problems.push({ code: 'percentOutOfOrder', field, params: { percent } });
    }
  });
  if (ladder.warnBy !== undefined) problems.push(...checkChannel(ladder.warnBy, ['holder'], 'warnBy', place));
  if (ladder.quiet !== undefined) problems.push(...checkQuiet(ladder.quiet, place));
  return problems;
}

const spanKind = (span: WorkingSpan): string => Object.keys(span).join();

/** Whom a rung tells and how: somebody there is, nobody twice, and clients only what is theirs, by mail. */
function checkTold(rung: Rung, field: string, place: LadderPlace | undefined): CalendarProblem[] {
  const told = [rung.whom, ...(rung.copy ?? [])];
  const unknown = told.findIndex((one) => !ladderRecipients.some((known) => known === one));
  const at = (index: number): string => (index === 0 ? `${field}.whom` : `${field}.copy.${index - 1}`);
  if (unknown >= 0) return [{ code: 'rungToNobody', field: at(unknown), params: { n: rung.n } }];
  const twice = told.findIndex((one, index) => told.indexOf(one) < index);
  if (twice >= 0) return [{ code: 'toldTwice', field: at(twice), params: { n: rung.n } }];
  const outside = told.indexOf('clientContact');
  if (place?.side === 'agency' && outside >= 0)
    return [{ code: 'clientToldOfAgency', field: at(outside), params: { n: rung.n } }];
  return rung.by === undefined ? [] : checkChannel(rung.by, told, `${field}.by`, place);
}

function checkChannel(
  by: RungChannel,
  told: readonly LadderRecipient[],
  field: string,
  place: LadderPlace | undefined,
): CalendarProblem[] {
  if (!rungChannels.some((known) => known === by)) return [{ code: 'channelUnknown', field, params: { by } }];
  const toClient = place?.side === 'client' && told.some((one) => one === 'holder' || one === 'clientContact');
  return by !== 'mail' && toClient ? [{ code: 'clientByMailOnly', field }] : [];
}

/** Minutes of a day that lie in quiet hours, as stretches that do not cross midnight. */
export function quietStretches({ from, to }: QuietHours): readonly { readonly from: number; readonly to: number }[] {
  const [start, end] = [minutesOfDay(from), minutesOfDay(to)];
  if (start < end) return [{ from: start, to: end }];
  return [
    { from: 0, to: end },
    { from: start, to: 1440 },
  ];
}

function checkQuiet(quiet: QuietHours, place: LadderPlace | undefined): CalendarProblem[] {
  const unreadable = (['from', 'to'] as const).filter((end) => !isLocalTime(quiet[end]) || quiet[end] === '24:00');
  if (unreadable.length > 0)
    return unreadable.map((end) => ({ code: 'timeUnreadable', field: `quiet.${end}`, params: { time: quiet[end] } }));
  const whole: CalendarProblem = { code: 'quietWholeDay', field: 'quiet', params: { from: quiet.from, to: quiet.to } };
  if (quiet.from === quiet.to) return [whole];
  if (place === undefined) return [];
  const quietly = quietStretches(quiet);
  const hours = weekdays.flatMap((day) => place.office.weekly[day]);
  const left = hours.some(({ from, to }) => !quietly.some((one) => covers(one, minutesOfDay(from), minutesOfDay(to))));
  return left || hours.length === 0 ? [] : [whole];
}

const covers = (stretch: { readonly from: number; readonly to: number }, from: number, to: number): boolean =>
  stretch.from <= from && to <= stretch.to;
