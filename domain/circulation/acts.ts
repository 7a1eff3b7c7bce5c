import type { Instant } from '../instant.ts';
import type { Moment } from './reach.ts';
import type {
  CheckAnswer,
  Circulation,
  Counted,
  Decision,
  Holder,
  NoKind,
  RoundCause,
  Rung,
  StepKey,
} from './types.ts';

/** Where a verb applies: the circulation, its current round and a step. A stale round is told so politely. */
export interface Where {
  readonly circulation: string;
  readonly round: number;
  readonly step: StepKey;
}

/** Sign: what the step's meaning says. */
export interface SignAct extends Where {
  readonly type: 'sign';
  /** Hash of the version the signer saw; a different one is refused. */
  readonly hash: string;
  readonly checklist?: readonly CheckAnswer[];
  readonly words?: string;
}

/** Send back: return, refuse (拒单) or object. Reason code and words are mandatory; a refused order names what is missing. */
export interface ReturnAct extends Where {
  readonly type: 'return';
  readonly kind: NoKind;
  readonly hash: string;
  readonly reason: string;
  readonly words: string;
  readonly missing?: readonly string[];
  readonly checklist?: readonly CheckAnswer[];
}

/** Note: never changes the stage. A spoken yes sends the confirmation link at once. */
export interface NoteAct extends Where {
  readonly type: 'note';
  readonly note:
    | { readonly kind: 'comment' | 'question' }
    | { readonly kind: 'onIt'; readonly until: Instant }
    | { readonly kind: 'spoken'; readonly verdict: 'yes' | 'no'; readonly evidence: string };
  readonly words: string;
}

/** Hand over a step to somebody else. A client's signature can only be asked to move; the account executive decides. */
export interface HandOverAct extends Where {
  readonly type: 'handOver';
  readonly how: 'delegate' | 'reassign' | 'standIn' | 'add';
  readonly to: string;
  readonly words: string;
}

/** Take back: an own signature or no until the next person acted, or, by the author, the whole circulation. */
export interface WithdrawAct {
  readonly type: 'withdraw';
  readonly circulation: string;
  readonly round: number;
  /** The step whose own decision is taken back; absent, the author takes back the paper. */
  readonly step?: StepKey;
  readonly words: string;
}

/** Move the date of a step, with the reason; both dates are kept. */
export interface MoveDateAct extends Where {
  readonly type: 'moveDate';
  readonly dueAt: Instant;
  readonly words: string;
}

/** The six verbs a person has. */
export type Verb = SignAct | ReturnAct | NoteAct | HandOverAct | WithdrawAct | MoveDateAct;

/** What the `open` activity found: who holds the step, when it is due, which rungs it has. */
export interface StepOpenedAct extends Where {
  readonly type: 'stepOpened';
  readonly holders: readonly Holder[];
  readonly dueAt?: Instant;
  readonly provisional: boolean;
  readonly rungs: readonly Rung[];
  readonly unreachedAt: Instant;
}

/** What the mail activity found about an asking mail: accepted by the mail server, or it cannot be sent. */
export interface AskedAct extends Where {
  readonly type: 'asked';
  readonly personId: string;
  readonly outcome: 'accepted' | 'failed';
  readonly askedAt?: Instant;
  readonly why?: string;
  /** Limits counted anew from the accepted mail. */
  readonly dueAt?: Instant;
  readonly provisional?: boolean;
  readonly rungs?: readonly Rung[];
}

/** Which version of which calendar moved the date of a desk, and where it was before. */
export interface MovedByCalendar {
  readonly calendarId: string;
  readonly revision: number;
  readonly from: Instant;
}

/** What the calendar found when a desk was counted anew. `seq` is the entry of the shift it answers. */
export interface RecountedAct extends Where, Counted {
  readonly type: 'recounted';
  readonly seq: number;
  /** The date lies beyond the last published holiday list. */
  readonly provisional: boolean;
}

/** The clock's own acts: a rung is reached, or nobody could be told within the hour. */
export type ClockAct =
  | (Where & { readonly type: 'rung'; readonly n: number; readonly kind: Rung['kind'] })
  | (Where & { readonly type: 'unreached' });

/** What happened to a circulation. */
export type CirculationEvent =
  | { readonly type: 'circulationStarted'; readonly circulation: Circulation }
  | {
      readonly type: 'roundOpened';
      readonly circulation: string;
      readonly round: number;
      readonly cause: RoundCause;
      readonly about: Circulation['about'];
      readonly authorId: string;
      readonly stays: Circulation['stays'];
    }
  | (Where & {
      readonly type: 'stepOpening';
      readonly to?: string;
      readonly how?: HandOverAct['how'];
      readonly keep?: readonly Holder[];
      /** Nobody handed this step over: its holder went on leave or came back, or the whole brand changed hands. */
      readonly because?: 'absence' | 'return' | 'handOver';
    })
  | (Where & {
      readonly type: 'stepOpened';
      readonly holders: readonly Holder[];
      readonly dueAt?: Instant;
      readonly provisional: boolean;
      readonly rungs: readonly Rung[];
      readonly unreachedAt: Instant;
    })
  | (Where & {
      readonly type: 'asked';
      readonly personId: string;
      readonly askedAt: Instant;
      readonly dueAt?: Instant;
      readonly provisional?: boolean;
      readonly rungs?: readonly Rung[];
    })
  /** Somebody asked for the mail of this desk once more. */
  | (Where & { readonly type: 'askedAgain'; readonly personId: string; readonly by: string })
  /** Somebody pressed for the step by hand; `again` is when that is possible once more. */
  | (Where & {
      readonly type: 'nudged';
      readonly by: string;
      /** Whom: who of its holders had not decided and may be written to. */
      readonly people: readonly string[];
      readonly again: Moment;
      readonly words?: string;
    })
  | (Where & { readonly type: 'askFailed'; readonly personId: string; readonly why: string })
  | (Where & { readonly type: 'decided'; readonly decision: Decision })
  | (Where & {
      readonly type: 'noted';
      readonly personId: string;
      readonly note: NoteAct['note'];
      readonly words: string;
    })
  | (Where & {
      readonly type: 'handedOver';
      readonly by: string;
      readonly how: HandOverAct['how'];
      readonly to: string;
      readonly words: string;
    })
  | (Where & { readonly type: 'handOverAsked'; readonly by: string; readonly to: string; readonly words: string })
  | (Where & {
      readonly type: 'decisionWithdrawn';
      readonly by: string;
      readonly words: string;
      /** The no that was taken back; absent for a signature. */
      readonly verdict?: NoKind;
      /** Who had been asked behind a signature that is gone: nothing waits on their desks any more. */
      readonly told?: readonly string[];
    })
  | (Where & {
      readonly type: 'dateMoved';
      readonly by: string;
      readonly from?: Instant;
      readonly to: Instant;
      readonly words: string;
    })
  /** The rungs ahead, counted in working time after a pause, a hold or a moved date. */
  | (Where &
      Counted & {
        readonly type: 'recounted';
        readonly seq: number;
        readonly provisional: boolean;
        /** A calendar that changed moved the date of the desk: which, and where the date was. */
        readonly moved?: MovedByCalendar;
      })
  | (Where & {
      readonly type: 'rungClimbed';
      readonly n: number;
      readonly kind: Rung['kind'];
      readonly whom: Rung['whom'];
      /** Only where the ladder says something else than M-22 does. */
      readonly copy?: Rung['copy'];
      readonly by?: Rung['by'];
    })
  | (Where & { readonly type: 'unreachedTold' })
  | {
      readonly type: 'circulationEnded';
      readonly circulation: string;
      readonly round: number;
      readonly verdict: 'passed' | NoKind | 'withdrawn' | 'closed';
      readonly by?: string;
      readonly words?: string;
      /** It was closed with its whole job; who was asked hears of that once, whatever else of the job asked them. */
      readonly withJob?: true;
      /** The same decision closes more rounds right behind this one; who was asked hears of all of them with the last. */
      readonly moreFollow?: true;
      /** Circulations that the same decision closed right before this one, the last of them. */
      readonly alsoEnded?: readonly string[];
    };
