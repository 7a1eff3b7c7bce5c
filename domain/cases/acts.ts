import type { WorkingSpan } from '../calendar/types.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { CalendarCause, FrozenPaper, RefreshCause } from '../job/acts.ts';
import type { HandOverCause } from '../people/hand-over.ts';
import type { Role } from '../people/roles.ts';
import type { Effect, Proof, Refusal } from '../process.ts';
import type { CaseDefinition, ClockKey, MoveKey, Part, StateKey } from './definition.ts';
import type { CasePaper } from './state.ts';

/** Begins a case; also sent by a case that begins another. */
export interface BeginAct {
  readonly type: 'begin';
  readonly title: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly ownerId: string;
  readonly jobId?: string;
  readonly origin?: string;
  /** What the first clocks count from, where that is not now. */
  readonly from?: Instant;
  readonly parts: Readonly<Record<Part, readonly string[]>>;
  /** The paper it begins with, where its table wants one. */
  readonly paper?: FrozenPaper;
}

/** Makes one move of the table. */
export interface MoveAct {
  readonly type: 'move';
  readonly move: MoveKey;
  readonly paper?: FrozenPaper;
  /** Names what the person was shown, for moves about a version. */
  readonly hash?: string;
  readonly words?: string;
  readonly parts?: Readonly<Record<Part, readonly string[]>>;
  /** When what it tells of happened: a meeting that was held, an objection the client spoke. */
  readonly happenedAt?: Instant;
}

/** Answers one item of a checklist. */
export interface TickAct {
  readonly type: 'tick';
  readonly list: string;
  readonly item: string;
  readonly answer: 'pass' | 'na';
  readonly note?: string;
}

/** What a person may do with a case. */
export type CaseAct = BeginAct | MoveAct | TickAct;

/** What the service found out. */
export type CaseReport =
  /** The calendar's answer: a moment for every mark that is counted in working time, in their order. */
  | {
      readonly type: 'counted';
      readonly clock: ClockKey;
      readonly count: number;
      readonly at: readonly Instant[];
      /** Some of them lie beyond the last published holiday list. */
      readonly provisional: boolean;
      /** Places of those that do; an answer of an earlier release does not say. */
      readonly unsure?: readonly number[];
    }
  | { readonly type: 'rung'; readonly clock: ClockKey; readonly rung: number }
  | {
      readonly type: 'mailed';
      readonly notice: string;
      readonly sent: number;
      readonly personId: string;
      readonly outcome: 'accepted' | 'failed';
      /** When the mail server accepted it. */
      readonly at: Instant;
      /** Who got it instead, because the person is on leave and named this one. */
      readonly standInId?: string;
      /** Entry that asked once more, where this is not the first mail of the asking. */
      readonly again?: number;
    }
  /** A mail that had been accepted came back. */
  | {
      readonly type: 'bounced';
      readonly notice: string;
      readonly sent: number;
      readonly personId: string;
      readonly at: Instant;
    }
  /** Another process says that a `report` move is to be made. */
  | { readonly type: 'told'; readonly move: MoveKey }
  /** A changed world: a calendar its clocks are counted on, or leave of somebody who is asked (design §5). */
  | { readonly type: 'refresh'; readonly cause: RefreshCause }
  /** The brand went from one person to another; both signed it. */
  | { readonly type: 'handOver'; readonly cause: HandOverCause };

/** The version of a calendar that clocks are counted anew for. */
export type CalendarVersion = Pick<CalendarCause, 'calendarId' | 'revision'>;

/** Everything that can reach a case. */
export type AnyCaseAct = CaseAct | CaseReport;

/** A move that was made. */
export interface CaseMoved {
  readonly type: 'caseMoved';
  readonly move: MoveKey;
  readonly from: StateKey;
  readonly to: StateKey;
  readonly by?: string;
  readonly standInFor?: string;
  readonly proof?: Proof;
  readonly words?: string;
  readonly hash?: string;
  readonly paper?: CasePaper;
  readonly parts?: Readonly<Record<Part, readonly string[]>>;
  readonly happenedAt?: Instant;
}

/** What happened to a case. */
export type CaseEvent =
  | ({
      readonly type: 'caseBegun';
      readonly definition: CaseDefinition;
      readonly by?: string;
      readonly from: Instant;
      readonly paper?: CasePaper;
    } & Omit<BeginAct, 'type' | 'from' | 'paper'>)
  | CaseMoved
  | ({ readonly type: 'itemTicked'; readonly by: string } & Omit<TickAct, 'type'>)
  | ({
      readonly type: 'clockCounted';
      /** The change of the calendar that moved a moment people knew of; they are told once for it. */
      readonly moved?: CalendarVersion;
    } & Omit<Extract<CaseReport, { type: 'counted' }>, 'type' | 'unsure'>)
  | { readonly type: 'clockRecounting'; readonly clock: ClockKey; readonly because?: CalendarVersion }
  | { readonly type: 'caseRefreshed'; readonly cause: RefreshCause }
  /** Who was asked goes on leave or comes back: the asking goes out once more, to whoever answers now. */
  | { readonly type: 'askedAgain'; readonly notice: string; readonly personId: string }
  | { readonly type: 'clockRang'; readonly clock: ClockKey; readonly rung: number }
  | ({ readonly type: 'mailReported' } & Omit<Extract<CaseReport, { type: 'mailed' }>, 'type'>)
  | ({ readonly type: 'mailBounced' } & Omit<Extract<CaseReport, { type: 'bounced' }>, 'type'>)
  | {
      readonly type: 'caseHandedOver';
      readonly handOverId: string;
      readonly from: string;
      readonly to: string;
      /** Who answers for the case changed with it. */
      readonly owner: boolean;
      readonly parts: readonly Part[];
      /** Who signed as giver: whoever gave, or a manager where that one has left. */
      readonly giverSigned: string;
      /** Who signed as account director, where neither of the two is. */
      readonly directorSigned?: string;
    }
  | { readonly type: 'commandRefused'; readonly commandId: string; readonly act: string; readonly refusal: Refusal };

/**
 * What a moment is counted by: a span of working time; the opening or the close of business of a date, or of the working
 * day before where it is none; the close of the n-th working day after it; the opening or the close of the n-th working day
 * after the day of a moment, before it where n is negative; or a moment that no calendar moves.
 */
export type CountedSpan =
  | WorkingSpan
  | { readonly openOf: LocalDate }
  | { readonly closeOf: LocalDate; readonly workingDaysLater?: number }
  | { readonly around: Instant; readonly opens: number }
  | { readonly around: Instant; readonly closes: number }
  | { readonly moment: Instant };

/** Asks the calendar for moments; answered with `counted` under the same clock and count. */
export type CountEffect = Effect<
  'count',
  {
    readonly processId: string;
    readonly clientId: string;
    readonly calendar: 'office' | 'client';
    readonly clock: ClockKey;
    readonly count: number;
    readonly from: Instant;
    readonly spans: readonly CountedSpan[];
  }
>;

/** One mail about a case; one that asks is answered with `mailed`. */
export type CaseMailEffect = Effect<
  'mail',
  {
    readonly processId: string;
    readonly name: string;
    readonly notice: string;
    readonly to: { readonly personId: string } | { readonly title: Role };
    readonly asks: boolean;
    /** Something waits for this person: while they are away, whoever they named gets it. */
    readonly waits?: true;
    readonly clientId: string;
    readonly brandId: string;
    readonly ownerId: string;
    readonly words?: string;
    /** Entry of the log it speaks about, and the number of the asking where `asking` says no other. */
    readonly seq: number;
    /** The asking that goes out once more. */
    readonly asking?: number;
  }
>;

/** A command for another process. */
export type TellEffect = Effect<
  'tell',
  {
    readonly processId: string;
    /** The process it is for; where it begins one, the kind of case. */
    readonly to: string;
    readonly begins?: string;
    readonly act: BeginAct | { readonly type: 'told'; readonly move: MoveKey };
    readonly seq: number;
  }
>;

/** Everything a case asks of the world. */
export type CaseEffect = CountEffect | CaseMailEffect | TellEffect;
