import type { CalendarName, LocalTime, WorkingSpan } from './types.ts';

/**
 * Whom a rung of a ladder writes to: the holder of the step; the stand-in when the holder is on leave, else the head of
 * the holder's department; the account executive, account manager and account director of the job; and, at a step on
 * the client's side, the contact of the client.
 */
export const ladderRecipients = [
  'holder',
  'standInOrHead',
  'ae',
  'accountManager',
  'accountDirector',
  'clientContact',
] as const;

/** Whom a rung writes to. */
export type LadderRecipient = (typeof ladderRecipients)[number];

/** How a rung reaches somebody: by mail, in the digest of their next morning, or on the desk and the job page alone. */
export const rungChannels = ['mail', 'digest', 'desk'] as const;

/** How a rung reaches somebody. */
export type RungChannel = (typeof rungChannels)[number];

/** What a rung does: warn before the limit, remind at it, escalate after it. None of them decides a step. */
export type RungKind = 'warn' | 'remind' | 'escalate';

/** One rung: L1, L2, … with its offset from the moment the step's mail was accepted. */
export interface Rung {
  /** 1, 2, 3, … in the order of the offsets. */
  readonly n: number;
  readonly after: WorkingSpan;
  readonly whom: LadderRecipient;
  /** Who reads it as well; absent: the account executive beside the stand-in or head, else nobody (M-22). */
  readonly copy?: readonly LadderRecipient[];
  readonly kind: RungKind;
  /** Absent: mail. */
  readonly by?: RungChannel;
}

/**
 * The part of a day in which no mail of a ladder goes to a person, on the wall clock of the person's own calendar; over
 * midnight where `to` is not later than `from`. The rung still counts at its moment; its mail waits.
 */
export interface QuietHours {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** What happens when a step lies still, as data that a job pins at its start (M-22, P-30). */
export interface Ladder {
  readonly id: string;
  readonly name: CalendarName;
  /** The time the step has; early warnings are parts of it. */
  readonly limit: WorkingSpan;
  /** At which parts of the limit the holder is warned, whole per cent between 1 and 99, ascending. */
  readonly warnPercents: readonly number[];
  /** How warnings reach the holder; absent: mail. */
  readonly warnBy?: RungChannel;
  readonly rungs: readonly Rung[];
  readonly quiet?: QuietHours;
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
