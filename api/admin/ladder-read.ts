import { mostRungs } from '../../domain/calendar/check-ladder.ts';
import { isLocalDate, isLocalTime, minutesOfDay } from '../../domain/calendar/dates.ts';
import { ladderRecipients, rungChannels } from '../../domain/calendar/ladders.ts';
import type { Ladder, LadderRecipient, RungChannel } from '../../domain/calendar/ladders.ts';
import type { CalendarProblem, SingleCalendar, WorkingSpan, Zone } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import { sayCalendarProblem } from '../../domain/wording/calendar.ts';
import { pick, type Lang } from '../view/lang.ts';
import { drawnFrom, ladderFrom, problemsAt, type DrawnLadder, type Watch } from '../view/read/ladders.ts';
import { words } from '../view/words/index.ts';
import { ladderWords } from './ladder-words.ts';

/** A ladder as it stands in the form: amounts in hours or in days, one row a rung. */
export type TypedLadder = Readonly<Record<string, string>>;

/** The rows of the form. */
export const rungRows: readonly number[] = Array.from({ length: mostRungs }, (_, place) => place + 1);

/** Names of all fields of a ladder in the form. */
export const ladderFields: readonly string[] = [
  'unit',
  'limit',
  'warns',
  'warnBy',
  ...rungRows.flatMap((n) => [`after${n}`, `whom${n}`, `copy${n}`, `by${n}`]),
  'quietFrom',
  'quietTo',
];

/** Several people as one value of a list, and the other way round. */
const joinedBy = '+';

/** The value of the list that means nobody besides. */
export const nobodyElse = '-';

/** The rows that are shown: those in use and one more, three at least; another comes when that is filled and tried. */
export function rowsFor(typed: TypedLadder): readonly number[] {
  const used = rungRows.findLast((row) => (typed[`after${String(row)}`] ?? '').trim() !== '') ?? 0;
  return rungRows.slice(0, Math.max(3, used + 1));
}

/** A ladder as the form shows it. */
export function ladderInFields(ladder: Ladder): TypedLadder {
  const { limit, warnPercents, warnBy, rungs, quiet } = drawnFrom(ladder);
  const amount = (span: WorkingSpan): string =>
    'workingDays' in span
      ? String(span.workingDays)
      : 'workingMinutes' in span
        ? String(span.workingMinutes / 60)
        : '24';
  return {
    unit: 'workingDays' in limit ? 'days' : 'hours',
    limit: amount(limit),
    warns: warnPercents.join(', '),
    warnBy,
    ...Object.fromEntries(
      rungs.flatMap(({ after, whom, copy, by }, place) => [
        [`after${String(place + 1)}`, amount(after)],
        [`whom${String(place + 1)}`, whom],
        [`copy${String(place + 1)}`, copy.join(joinedBy)],
        [`by${String(place + 1)}`, by],
      ]),
    ),
    quietFrom: quiet?.from ?? '',
    quietTo: quiet?.to ?? '',
  };
}

/** The ladder that was typed for a place, or what to change in it, by field. */
export function readLadder(
  typed: TypedLadder,
  watch: Watch,
  office: SingleCalendar,
  lang: Lang,
): { readonly ladder: Ladder } | { readonly errors: Readonly<Record<string, string>> } {
  const t = words(lang, ladderWords);
  const errors: Record<string, string> = {};
  const number = (field: string): number => {
    const text = (typed[field] ?? '').replace(',', '.').trim();
    if (!/^-?\d{1,5}(\.\d{1,3})?$/.test(text)) errors[field] = t('numberBad', { text });
    return Number(text);
  };
  const span = (amount: number): WorkingSpan =>
    typed.unit === 'days' ? { workingDays: amount } : { workingMinutes: Math.round(amount * 60) };
  const places: string[] = [];
  const rungs: DrawnLadder['rungs'][number][] = [];
  for (const row of rungRows) {
    const at = String(row);
    if ((typed[`after${at}`] ?? '').trim() === '') continue;
    places.push(at);
    // A name that is none of the list stays as it is: the check says what is wrong with it.
    const whom = (typed[`whom${at}`] ?? '') as LadderRecipient;
    const copy = (typed[`copy${at}`] ?? '')
      .split(joinedBy)
      .filter((one) => one !== '' && one !== nobodyElse) as LadderRecipient[];
    rungs.push({ after: span(number(`after${at}`)), whom, copy, by: channelIn(typed[`by${at}`]) });
  }
  const limit = span(number('limit'));
  const quiet = { from: wholeTime(typed.quietFrom), to: wholeTime(typed.quietTo) };
  if (Object.keys(errors).length > 0) return { errors };
  const ladder = ladderFrom(watch, {
    limit,
    warnPercents: (typed.warns ?? '')
      .split(/[,，、\s]+/)
      .filter((one) => one !== '')
      .map(Number),
    warnBy: channelIn(typed.warnBy),
    rungs,
    ...(quiet.from === '' && quiet.to === '' ? {} : { quiet }),
  });
  for (const problem of problemsAt(watch, ladder, office))
    errors[fieldOf(problem, places)] ??= pick(sayCalendarProblem(inUnit(problem, typed.unit)), lang);
  return Object.keys(errors).length > 0 ? { errors } : { ladder };
}

const channelIn = (text: string | undefined): RungChannel => rungChannels.find((one) => one === text) ?? 'mail';

const wholeTime = (text: string | undefined): string => {
  const plain = (text ?? '').trim().replace('：', ':');
  return plain === '' ? '' : plain.padStart(5, '0');
};

/** The field of the form that a finding is about. */
function fieldOf({ field }: CalendarProblem, places: readonly string[]): string {
  const [part = '', index = '', inner = ''] = field.split('.');
  switch (part) {
    case 'rungs': {
      const known = inner === 'whom' || inner === 'copy' || inner === 'by' ? inner : 'after';
      return `${known}${places[Number(index)] ?? '1'}`;
    }
    case 'warnPercents':
      return 'warns';
    case 'quiet':
      return index === 'to' ? 'quietTo' : 'quietFrom';
    default:
      return part === 'warnBy' ? part : 'limit';
  }
}

/** What was typed in hours is told in hours. */
function inUnit(problem: CalendarProblem, unit: string | undefined): CalendarProblem {
  const amount = problem.params?.amount;
  if (unit === 'days' || typeof amount !== 'number') return problem;
  return { ...problem, params: { ...problem.params, amount: amount / 60 } };
}

/** Whom a rung of a place may tell: nobody writes to the client about a step of the agency. */
export function recipientsAt({ side }: Pick<Watch, 'side'>): readonly LadderRecipient[] {
  return ladderRecipients.filter((one) => side === 'client' || one !== 'clientContact');
}

/** The instant a wall clock of the zone shows, "2027-02-04T16:30"; undefined when it is no moment. */
export function momentOf(text: string, zone: Zone): Instant | undefined {
  const [date = '', time = ''] = text.trim().split(/[T ]/);
  if (!isLocalDate(date) || !/^20[2-9]\d/.test(date) || !isLocalTime(time) || time === '24:00') return undefined;
  return zone.toInstant(date, minutesOfDay(time));
}
