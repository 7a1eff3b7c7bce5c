import { isLocalDate, isLocalTime, minutesOfDay } from '../../domain/calendar/dates.ts';
import { checkLadder } from '../../domain/calendar/check-ladder.ts';
import type { Ladder, LadderRecipient, Rung } from '../../domain/calendar/ladders.ts';
import type { WorkingSpan, Zone } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import { sayCalendarProblem } from '../../domain/wording/calendar.ts';
import { pick, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { ladderWords } from './ladder-words.ts';

/** How many rungs may be tried. */
export const mostRungs = 6;

/** Whom a rung may tell. */
export const recipients = [
  'holder',
  'standInOrHead',
  'ae',
  'accountManager',
  'accountDirector',
] as const satisfies readonly LadderRecipient[];

/** A ladder as it stands in the form: amounts in hours or in days. */
export type TypedLadder = Readonly<Record<string, string>>;

/** A step's ladder as the form shows it. */
export function ladderInFields(ladder: Ladder): TypedLadder {
  const days = 'workingDays' in ladder.limit;
  const amount = (span: WorkingSpan): string =>
    'workingDays' in span
      ? String(span.workingDays)
      : 'workingMinutes' in span
        ? String(span.workingMinutes / 60)
        : '24';
  return {
    unit: days ? 'days' : 'hours',
    limit: amount(ladder.limit),
    warns: ladder.warnPercents.join(', '),
    ...Object.fromEntries(
      ladder.rungs.flatMap(({ n, after, whom }) => [
        [`after${String(n)}`, amount(after)],
        [`whom${String(n)}`, whom],
      ]),
    ),
  };
}

/** The ladder that was typed over the step's own, or what to change in it, by field. */
export function readLadder(
  typed: TypedLadder,
  own: Ladder,
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
  const fields: string[] = [];
  const rungs: Rung[] = [];
  for (let place = 1; place <= mostRungs; place += 1) {
    const field = `after${String(place)}`;
    if ((typed[field] ?? '').trim() === '') continue;
    const whom = recipients.find((one) => one === typed[`whom${String(place)}`]) ?? 'holder';
    const before = own.rungs[place - 1];
    fields.push(field);
    rungs.push({
      n: rungs.length + 1,
      after: span(number(field)),
      whom,
      kind: whom === 'holder' ? 'remind' : 'escalate',
      ...(before?.whom === whom && before.copy ? { copy: before.copy } : {}),
    });
  }
  const percents = (typed.warns ?? '').split(/[,，、\s]+/).filter((one) => one !== '');
  const limit = span(number('limit'));
  if (Object.keys(errors).length > 0) return { errors };
  const ladder: Ladder = { ...own, limit, rungs, warnPercents: percents.map(Number) };
  for (const problem of checkLadder(ladder)) {
    const [part = '', index = ''] = problem.field.split('.');
    const field = part === 'rungs' ? (fields[Number(index)] ?? 'after1') : part === 'warnPercents' ? 'warns' : 'limit';
    errors[field] ??= pick(sayCalendarProblem(inHours(problem)), lang);
  }
  return Object.keys(errors).length > 0 ? { errors } : { ladder };

  /** What was typed in hours is told in hours. */
  function inHours<P extends ReturnType<typeof checkLadder>[number]>(problem: P): P {
    const amount = problem.params?.amount;
    if (typed.unit === 'days' || typeof amount !== 'number') return problem;
    return { ...problem, params: { ...problem.params, amount: amount / 60 } };
  }
}

/** The instant a wall clock of the zone shows, "2027-02-04T16:30"; undefined when it is no moment. */
export function momentOf(text: string, zone: Zone): Instant | undefined {
  const [date = '', time = ''] = text.trim().split(/[T ]/);
  if (!isLocalDate(date) || !/^20[2-9]\d/.test(date) || !isLocalTime(time) || time === '24:00') return undefined;
  return zone.toInstant(date, minutesOfDay(time));
}
