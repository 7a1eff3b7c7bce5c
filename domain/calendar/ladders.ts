import { checkSpan, nominalMinutes } from './deadline.ts';
import type { CalendarName, CalendarProblem, WorkingSpan } from './types.ts';

/**
 * Whom a rung of a ladder writes to: the holder of the step; the stand-in when the holder is on leave, else the head of
 * the holder's department; the account executive, account manager and account director of the job.
 */
export type LadderRecipient = 'holder' | 'standInOrHead' | 'ae' | 'accountManager' | 'accountDirector';

/** What a rung does: warn before the limit, remind at it, escalate after it. None of them decides a step. */
export type RungKind = 'warn' | 'remind' | 'escalate';

/** One rung: L1, L2, … with its offset from the moment the step's mail was accepted. */
export interface Rung {
  /** 1, 2, 3, … in the order of the offsets. */
  readonly n: number;
  readonly after: WorkingSpan;
  readonly whom: LadderRecipient;
  /** Who reads it as well. */
  readonly copy?: readonly LadderRecipient[];
  readonly kind: RungKind;
}

/** What happens when a step lies still, as data that a route pins at its start (M-22, P-30). */
export interface Ladder {
  readonly id: string;
  readonly name: CalendarName;
  /** The time the step has; early warnings are parts of it. */
  readonly limit: WorkingSpan;
  /** At which parts of the limit the holder is warned, whole per cent between 1 and 99, ascending. */
  readonly warnPercents: readonly number[];
  readonly rungs: readonly Rung[];
}

const hour = 60;

/** Parts of a stage's time at which its holder is warned (§7.3, R-57), in per cent. */
export const defaultWarnPercents: readonly number[] = [50, 80];

/** Internal signature on work order, QC or minutes: 4, 8, 16, 24 working hours (§7.3, P-30). */
export const internalSignatureLadder: Ladder = {
  id: 'internal-signature',
  name: { zh: '内部签核', en: 'Internal signature' },
  limit: { workingMinutes: 4 * hour },
  warnPercents: defaultWarnPercents,
  rungs: [
    { n: 1, after: { workingMinutes: 4 * hour }, whom: 'holder', kind: 'remind' },
    { n: 2, after: { workingMinutes: 8 * hour }, whom: 'standInOrHead', copy: ['ae'], kind: 'escalate' },
    { n: 3, after: { workingMinutes: 16 * hour }, whom: 'accountManager', kind: 'escalate' },
    { n: 4, after: { workingMinutes: 24 * hour }, whom: 'accountDirector', kind: 'escalate' },
  ],
};

function clientLadder(id: string, name: CalendarName, days: readonly [number, number, number, number]): Ladder {
  // On the client's side only the holder is ever written to; the agency's people call (M-22).
  return {
    id,
    name,
    limit: { workingDays: days[0] },
    warnPercents: defaultWarnPercents,
    rungs: [
      { n: 1, after: { workingDays: days[0] }, whom: 'holder', kind: 'remind' },
      { n: 2, after: { workingDays: days[1] }, whom: 'ae', kind: 'escalate' },
      { n: 3, after: { workingDays: days[2] }, whom: 'accountManager', kind: 'escalate' },
      { n: 4, after: { workingDays: days[3] }, whom: 'accountDirector', kind: 'escalate' },
    ],
  };
}

/** Client's signature on finals, estimate or timetable: 1, 2, 3, 5 working days (§7.3, P-31). */
export const clientSignatureLadder: Ladder = clientLadder(
  'client-signature',
  { zh: '客户签字', en: 'Client signature' },
  [1, 2, 3, 5],
);

/** Client's comment on a proposal: one week, read as five working days, then 2, 3 and 5 working days past it (§7.3, P-31). */
export const clientCommentLadder: Ladder = clientLadder(
  'client-comment',
  { zh: '客户对提案的意见', en: 'Client comment on a proposal' },
  [5, 7, 8, 10],
);

/** A refused order that its author has not corrected: reminded after one working day (§7.3, P-07); our default goes one rung up each working day after that. */
export const refusedOrderLadder: Ladder = {
  id: 'refused-order',
  name: { zh: '拒单后修正', en: 'Correction of a refused order' },
  limit: { workingDays: 1 },
  warnPercents: defaultWarnPercents,
  rungs: [
    { n: 1, after: { workingDays: 1 }, whom: 'holder', kind: 'remind' },
    { n: 2, after: { workingDays: 2 }, whom: 'standInOrHead', kind: 'escalate' },
    { n: 3, after: { workingDays: 3 }, whom: 'accountManager', kind: 'escalate' },
    { n: 4, after: { workingDays: 4 }, whom: 'accountDirector', kind: 'escalate' },
  ],
};

/** The ladders a new house starts with (§7.3); all can be changed. */
export const defaultLadders: readonly Ladder[] = [
  internalSignatureLadder,
  clientSignatureLadder,
  clientCommentLadder,
  refusedOrderLadder,
];

/**
 * Everything wrong with a ladder: no rung, rungs not numbered 1, 2, 3 …, a rung not later than the one before, offsets
 * that are not above 0, warnings outside 1 to 99 % or not ascending. Empty when nothing is. Spans of different kinds
 * are compared with a working day of 480 minutes.
 */
export function checkLadder(ladder: Ladder): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  if (ladder.id.trim() === '') problems.push({ code: 'idMissing', field: 'id' });
  if (ladder.name.zh.trim() === '' || ladder.name.en.trim() === '')
    problems.push({ code: 'nameMissing', field: 'name' });
  problems.push(...checkSpan(ladder.limit, 'limit'));
  if (ladder.rungs.length === 0) problems.push({ code: 'ladderEmpty', field: 'rungs' });
  ladder.rungs.forEach((rung, index) => {
    const field = `rungs.${index}`;
    if (rung.n !== index + 1)
      problems.push({ code: 'rungNumberOutOfOrder', field: `${field}.n`, params: { n: rung.n, expected: index + 1 } });
    const spanProblems = checkSpan(rung.after, `${field}.after`);
    problems.push(...spanProblems);
    const before = ladder.rungs[index - 1];
    if (spanProblems.length === 0 && before && nominalMinutes(rung.after) <= nominalMinutes(before.after)) {
      problems.push({ code: 'rungNotLater', field: `${field}.after`, params: { n: rung.n, before: before.n } });
    }
  });
  ladder.warnPercents.forEach((percent, index) => {
    const field = `warnPercents.${index}`;
    if (!Number.isInteger(percent) || percent < 1 || percent > 99) {
      problems.push({ code: 'percentOutOfRange', field, params: { percent } });
    } else if (index > 0 && percent <= (ladder.warnPercents[index - 1] ?? 0)) {
      problems.push({ code: 'percentOutOfOrder', field, params: { percent } });
    }
  });
  return problems;
}
