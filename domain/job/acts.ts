import type { AskedAct, ClockAct, RecountedAct, StepOpenedAct, Verb } from '../circulation/acts.ts';
import type { Instant } from '../instant.ts';
import type { HandOverCause } from '../people/hand-over.ts';
import type { Facts, ModuleProgress, Opinion, OpinionSource, PieceStage } from './state.ts';
import type { TimetableClockAct, TimetablePlannedAct } from './timetable.ts';
import type { WorkType } from './worktypes.ts';

/** A frozen version of a paper, as a command carries it: contents stay in the store. */
export interface FrozenPaper {
  readonly form: string;
  readonly hash: string;
  readonly facts: Facts;
}

/** Approval points of the job (§4.24). Each says which route it takes, what it needs and what follows. */
export type PointId =
  | 'requirementBrief'
  | 'strategyAgreement'
  | 'creativeBrief'
  | 'timetable'
  | 'workOrder'
  | 'draftGate'
  | 'internalAgreement'
  | 'proposalComment'
  | 'revisionDirection'
  | 'revisionOrder'
  | 'quotationConsent'
  | 'confirmation'
  | 'estimate'
  | 'clearance'
  | 'mediaPlan'
  | 'mediaSchedule'
  | 'researchReport'
  | 'artworkQc'
  | 'proofQc';

/** The acts of a person on a job beside the six verbs. */
export type JobAct =
  | {
      readonly type: 'request';
      readonly title: string;
      readonly clientId: string;
      readonly brandId: string;
      readonly lineId: string;
      readonly brandCode: string;
      readonly lineCode: string;
      readonly ownerId: string;
      readonly workTypes: readonly WorkType[];
      readonly important: boolean;
      readonly qcRoute: 'qcSeven' | 'qcSix';
      readonly campaign?: string;
      readonly wantedDate?: string;
      readonly budgetFen?: number;
      readonly paper: FrozenPaper;
    }
  | {
      readonly type: 'holdBriefing';
      readonly heldAt: Instant;
      /** Who was there, by group; at least one of each of the three. */
      readonly client: readonly string[];
      readonly account: readonly string[];
      readonly creative: readonly string[];
    }
  | {
      readonly type: 'assess';
      readonly evaluation: string;
      readonly discussion: string;
      readonly study: string;
      readonly recommendation: string;
      readonly differs: boolean;
    }
  | { readonly type: 'openNumber' }
  | {
      readonly type: 'huddle';
      readonly heldAt: Instant;
      readonly people: readonly string[];
      readonly objections: readonly string[];
    }
  /** File a paper that needs no signature by itself, e.g. a plan, a production order, a client comment. */
  | { readonly type: 'file'; readonly paper: FrozenPaper; readonly suffix?: string }
  /** Submit a paper for signature at an approval point; the submission is the author's own step. */
  | {
      readonly type: 'submit';
      readonly point: PointId;
      readonly paper?: FrozenPaper;
      readonly notApplicable?: readonly { readonly step: string; readonly reason: string }[];
      /** Ordinal of the revision for revision points. */
      readonly revision?: number;
      /** Steps of people an optional branch needs, e.g. media. */
      readonly with?: readonly string[];
    }
  | {
      readonly type: 'addPiece';
      readonly pieceId: string;
      readonly name: string;
      readonly workType: WorkType;
      readonly specification: string;
      readonly needsProof: boolean;
    }
  | {
      readonly type: 'submitVersion';
      readonly pieceId: string;
      readonly stage: PieceStage;
      readonly hash: string;
      readonly fileNames: readonly string[];
      readonly printedSample?: { readonly size: string; readonly madeAt: Instant };
      readonly checklist?: readonly {
        readonly item: string;
        readonly answer: 'pass' | 'fail' | 'na';
        readonly note?: string;
      }[];
      /** Wording that may break the Advertising Law, found by the list; must be resolved by a person. */
      readonly lawHits?: readonly string[];
    }
  | { readonly type: 'prepareProposal'; readonly kind: 'CONCEPT' | 'DETAILED' }
  | {
      readonly type: 'scheduleProposal';
      readonly at: Instant;
      readonly place: string;
      readonly participants: readonly string[];
    }
  | {
      readonly type: 'holdProposal';
      readonly heldAt: Instant;
      readonly attended: readonly string[];
      readonly feedback: readonly (Pick<Opinion, 'kind' | 'words'> & { readonly important?: boolean })[];
    }
  | { readonly type: 'answerOpinion'; readonly opinionId: string; readonly done: boolean; readonly words: string }
  | {
      readonly type: 'recordOpinion';
      readonly kind: Opinion['kind'];
      readonly words: string;
      readonly from: string;
      readonly pieceId?: string;
      /** How account service heard it. */
      readonly source?: OpinionSource;
      /** The account director hears of it at once. */
      readonly important?: boolean;
    }
  /** An opinion that is recorded already is important: the account director hears of it at once. */
  | { readonly type: 'reportOpinion'; readonly opinionId: string }
  /** Calls an internal meeting of the project. */
  | { readonly type: 'callMeeting'; readonly at: Instant; readonly place: string; readonly people: readonly string[] }
  /** Records one that was held, with the progress of each module. */
  | {
      readonly type: 'recordMeeting';
      readonly heldAt: Instant;
      readonly people: readonly string[];
      readonly progress: readonly ModuleProgress[];
    }
  /** The client rejects the proposal for good, in writing; the desk of the comment takes it from the client itself. */
  | { readonly type: 'rejectProposal'; readonly words: string }
  /** A revision on the client's word, without a send-back. */
  | {
      readonly type: 'raiseRevision';
      /** Who of the client said it. */
      readonly from: string;
      readonly source: OpinionSource;
      /** What was said, one opinion a line; not needed where recorded opinions are named. */
      readonly words?: string;
      readonly pieceIds: readonly string[];
      /** Opinions that were recorded before and belong to it. */
      readonly opinionIds: readonly string[];
      /** Back to a new proposal instead of back to the signatures; the account manager decides. */
      readonly toProposal: boolean;
    }
  /** The client's word was taken back before an order was accepted. */
  | { readonly type: 'dropRevision'; readonly revision: number; readonly words: string }
  | {
      readonly type: 'recordFollowUp';
      readonly shooting: string;
      readonly period: string;
      readonly productionPrice: string;
      readonly mediaPrice: string;
    }
  | { readonly type: 'startProduction' }
  /** A key node of the timetable is reached, which the job itself does not show: its date and name, as its clock names it. */
  | { readonly type: 'reachNode'; readonly node: string }
  | { readonly type: 'track' }
  | { readonly type: 'evaluate'; readonly strategy: string; readonly execution: string }
  | { readonly type: 'archive' }
  | { readonly type: 'hold'; readonly words: string }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel'; readonly words: string }
  | { readonly type: 'reopen'; readonly words: string }
  | { readonly type: 'changeOwner'; readonly to: string; readonly words: string }
  /** Press for a waiting step by hand, with a word or without. */
  | {
      readonly type: 'nudge';
      readonly circulation: string;
      readonly round: number;
      readonly step: string;
      readonly words?: string;
    }
  /** Send the mail of an open step again, to the address on file. */
  | {
      readonly type: 'askAgain';
      readonly circulation: string;
      readonly round: number;
      readonly step: string;
      readonly personId: string;
    };

/** A working calendar of which a new version was saved. */
export interface CalendarCause {
  readonly kind: 'calendar';
  readonly calendarId: string;
  readonly revision: number;
}

/** Somebody goes on leave or comes back. */
export interface AbsenceCause {
  readonly kind: 'absence';
  readonly absenceId: string;
  readonly revision: number;
  readonly personId: string;
  readonly what: 'begins' | 'ends';
}

/** A change of the registers that runs through the house: which entry, and which version of it was saved. */
export type RefreshCause = CalendarCause | AbsenceCause;

/** A changed world reaches a running job (design §5). A cause that reached it before, or an older one, changes nothing. */
export interface RefreshAct {
  readonly type: 'refresh';
  readonly cause: RefreshCause | HandOverCause;
}

/** What activities report back. */
export type JobReport =
  | StepOpenedAct
  | AskedAct
  | RecountedAct
  | ClockAct
  | RefreshAct
  | TimetableClockAct
  | TimetablePlannedAct
  | { readonly type: 'numberIssued'; readonly jobNumber: string }
  | { readonly type: 'sealed'; readonly hash: string }
  | { readonly type: 'recorded'; readonly seq: number; readonly hash: string };

/** Everything that can be asked of a job. */
export type AnyJobAct = JobAct | Verb | JobReport;
