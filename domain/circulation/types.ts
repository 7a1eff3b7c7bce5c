import type { Ladder, LadderRecipient, RungChannel } from '../calendar/ladders.ts';
import type { Instant } from '../instant.ts';
import type { Proof, Words } from '../process.ts';
import type { Role } from '../people/roles.ts';
import type { Moment } from './reach.ts';

/** Name of a step inside its route, e.g. `copywriter`. */
export type StepKey = string;

/** The noes a step can have: back for changes, refused as an order (拒单), or objected to. */
export type NoKind = 'return' | 'refuse' | 'object';

/** How many of a step's holders must sign. */
export type SigningRule =
  { readonly kind: 'one' } | { readonly kind: 'all' } | { readonly kind: 'some'; readonly n: number };

/** Which ladder of §7.3 watches a step, unless the house has drawn its own for the step or the kind (`own-ladders.ts`). */
export type LadderId = 'internalSignature' | 'clientSignature' | 'clientComment' | 'refusedOrder';

/** One desk on a route. */
export interface RouteStep {
  readonly key: StepKey;
  /** The title that signs here. */
  readonly role: Role;
  /** Other titles that may sign here too, e.g. the account director where "account manager or above" is asked. */
  readonly alsoRoles: readonly Role[];
  readonly side: 'agency' | 'client';
  /** Steps that must be passed before this one opens; none means it opens with the round. Parallel branches share one. */
  readonly after: readonly StepKey[];
  /** What the signature is. `submit` is the author's own step; `receipt` may be given by who confirmed. */
  readonly act: 'submit' | 'view' | 'review' | 'accept' | 'confirm' | 'receipt';
  /** What signing says, shown at the moment of signing. */
  readonly meaning: Words;
  readonly rule: SigningRule;
  readonly noes: readonly NoKind[];
  /** Whether the author may mark it not applicable, with a reason (P-08, R-41). */
  readonly optional: boolean;
  /** Check items C-nn that must pass before signing. */
  readonly checklist: readonly string[];
  readonly ladder: LadderId;
}

/** A route is data, versioned, and copied into the process that runs it. */
export interface Route {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  readonly steps: readonly RouteStep[];
}

/** Why a round exists; people argue about it and pay for it. */
export type RoundCause = 'first' | 'client' | 'agency' | 'brief';

/** What a circulation carries: a paper of the job, or a version of a piece. */
export type About =
  | {
      readonly kind: 'paper';
      readonly paper: string;
      readonly form: string;
      readonly version: number;
      readonly hash: string;
    }
  | {
      readonly kind: 'piece';
      readonly pieceId: string;
      readonly stage: string;
      readonly version: number;
      readonly hash: string;
    };

/** A person whose desk a step lies on. */
export interface Holder {
  readonly personId: string;
  readonly standInFor?: string;
  readonly grantId: string;
  /** When the mail that asks this person was accepted by the mail server; limits count from it. */
  readonly askedAt?: Instant;
  /** When the mail was last asked for once more; a short pause counts from it. */
  readonly againAt?: Instant;
}

/** One rung of a ladder on a step: when, whom, whether it has been climbed. */
export interface Rung {
  readonly n: number;
  readonly kind: 'warn' | 'remind' | 'escalate' | 'digest';
  readonly whom: LadderRecipient;
  /** Who hears it as well; absent: the account executive beside the stand-in or head, else nobody (M-22). */
  readonly copy?: readonly LadderRecipient[];
  /** How they hear it; absent: by mail. */
  readonly by?: RungChannel;
  readonly at: Instant;
  readonly firedAt?: Instant;
}

/**
 * Why the clock of a desk does not run as it was counted: "I'm on it until", a job that stood still, a date moved by
 * hand, a calendar that changed. What that means in working time only a calendar can tell.
 */
export type Shift =
  | { readonly kind: 'pause'; readonly until: Instant }
  | { readonly kind: 'hold' | 'move'; readonly from: Instant; readonly to: Instant }
  | CalendarShift;

/** A calendar that changed, with what the desk is counted from once more. */
export interface CalendarShift {
  readonly kind: 'calendar';
  readonly calendarId: string;
  /** The version that was saved; the desk was counted on the one before. */
  readonly revision: number;
  readonly ladder: LadderId;
  /** The house's own ladder that the job pinned for this desk. */
  readonly own?: Ladder;
  /** Since when the limits of the desk count: the first accepted mail, else its opening. */
  readonly from: Instant;
  /** When the change reached the process; a desk that was paused keeps the working time that was left then. */
  readonly at: Instant;
}

/** A rung that is still ahead, and the date of a desk, as far as they are counted anew. */
export interface Counted {
  readonly rungs: readonly Pick<Rung, 'kind' | 'n' | 'at'>[];
  readonly dueAt?: Instant;
}

/**
 * A count in working time that was asked for and not answered yet. It keeps what stood before the first of the shifts,
 * so that two shifts in one breath are counted exactly; an answer to an older one is too late and changes nothing.
 */
export interface Recount extends Counted {
  /** Entry of the newest shift. */
  readonly seq: number;
  readonly shifts: readonly Shift[];
}

/**
 * "I'm on it until", while it holds a ladder: the last word of each holder, and what stood before any of them, so that a
 * nearer end can be said as well as a later one.
 */
export interface Pause extends Counted {
  readonly said: readonly { readonly personId: string; readonly until: Instant }[];
  /** What else shifted the desk since then, oldest first. */
  readonly shifts: readonly Shift[];
}

/** Somebody pressed for a step by hand. */
export interface Nudge {
  readonly at: Instant;
  readonly by: string;
  readonly people: readonly string[];
  readonly again: Moment;
}

/** An answer to a check item. `na` is "not applicable" and needs a note. */
export interface CheckAnswer {
  readonly item: string;
  readonly answer: 'pass' | 'fail' | 'na';
  readonly note?: string;
}

/** What a person decided at a step. */
export interface Decision {
  readonly id: string;
  readonly verdict: 'sign' | NoKind;
  readonly personId: string;
  readonly standInFor?: string;
  readonly proof: Proof;
  readonly at: Instant;
  readonly reason?: string;
  readonly missing?: readonly string[];
  readonly words?: string;
  readonly checklist?: readonly CheckAnswer[];
}

/** One stay of the paper on one desk in the current round. */
export interface Stay {
  readonly step: StepKey;
  readonly state: 'waiting' | 'opening' | 'open' | 'passed' | 'stopped' | 'notApplicable' | 'lapsed';
  readonly holders: readonly Holder[];
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly dueAt?: Instant;
  /** Somebody moved the date by hand; it is not counted anew. */
  readonly dueMoved?: true;
  /** The date lies beyond the last published holiday list. */
  readonly provisional?: boolean;
  readonly rungs: readonly Rung[];
  /** Until when somebody must have been reached by mail; after it the account executive hears of it. */
  readonly unreachedAt?: Instant;
  readonly unreachedTold?: boolean;
  /**
   * How often the step was handed over, or came back after its people had heard that nothing waits for them any more;
   * whoever gets it is asked in a mail of its own.
   */
  readonly handed?: number;
  /** How often it was opened anew for somebody who took a decision here back: its ladder begins anew with it. */
  readonly again?: number;
  /** Somebody joins whoever was asked already: date, ladder and pause of the desk go on as they are. */
  readonly joined?: true;
  /** When somebody pressed for it by hand, the newest last; ten of them are kept. */
  readonly nudges?: readonly Nudge[];
  /** "I'm on it until": pauses the ladder; where several hold the desk and said so, until the last of them. */
  readonly onItUntil?: Instant;
  /** What is known of that pause; absent in what an earlier release wrote. */
  readonly pause?: Pause;
  /** The rungs wait to be counted anew on the calendar; until then they stand where whole days put them. */
  readonly recount?: Recount;
  /** The brand changed hands while the holder was being looked for: whoever is found in the old one's place is not the holder. */
  readonly successor?: { readonly from: string; readonly to: string };
  readonly decisions: readonly Decision[];
  readonly reason?: string;
}

/** A closed round, shrunk to what people still ask about. */
export interface ClosedRound {
  readonly round: number;
  readonly cause: RoundCause;
  readonly version: number;
  readonly verdict: 'passed' | NoKind | 'withdrawn' | 'closed';
  readonly by?: string;
  readonly at: Instant;
}

/** A paper on its way round a route. */
export interface Circulation {
  readonly id: string;
  /** The approval point of the job that started it, e.g. `workOrder`, `artworkQc`. */
  readonly point: string;
  /** Key of the pinned route, `id@version`. */
  readonly route: string;
  readonly about: About;
  readonly authorId: string;
  readonly round: number;
  readonly cause: RoundCause;
  readonly status: 'running' | 'passed' | 'returned' | 'refused' | 'objected' | 'withdrawn' | 'closed';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** Stays of the current round, one for every step of the route, in its order. */
  readonly stays: readonly Stay[];
  readonly closedRounds: readonly ClosedRound[];
}
