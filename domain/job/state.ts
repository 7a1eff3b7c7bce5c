import type { Instant } from '../instant.ts';
import type { PinnedLadders } from '../circulation/own-ladders.ts';
import type { Circulation, Route } from '../circulation/types.ts';
import type { Effect } from '../process.ts';
import type { Baseline, TimetableState } from '../timetable/types.ts';
import type { WorkType } from './worktypes.ts';

/** The states of a job from brief to archive (M-01), and the one it can fall into. */
export const jobPhases = [
  'REQUESTED',
  'BRIEFED',
  'ASSESSING',
  'ALIGNING',
  'OPENED',
  'ORDER_SIGNOFF',
  'CREATING',
  'INTERNAL_REVIEW',
  'PROPOSED',
  'REVISING',
  'CLIENT_CONFIRMED',
  'IN_PRODUCTION',
  'ARTWORK_QC',
  'PROOF_QC',
  'DELIVERED',
  'TRACKING',
  'CLOSING',
  'ARCHIVED',
  'CANCELLED',
] as const;

/** A state of M-01. */
export type JobPhase = (typeof jobPhases)[number];

/** Small facts about a paper's content: what guards may ask. Computed when the version was frozen, covered by its hash. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>> & {
  /** Whether nothing mandatory is missing. */
  readonly complete: boolean;
  /** Keys of the fields that are missing. */
  readonly missing: readonly string[];
};

/** A paper of the job at its newest version. `key` is the form, with a suffix where a job has several (`F-08:R1`). */
export interface Paper {
  readonly key: string;
  readonly form: string;
  readonly version: number;
  readonly hash: string;
  readonly facts: Facts;
  readonly by: string;
  readonly at: Instant;
  readonly status: 'filed' | 'circulating' | 'passed' | 'returned' | 'refused' | 'withdrawn';
}

/** Stages a version of a piece can be made for. */
export type PieceStage = 'DRAFT' | 'FINAL_DESIGN' | 'FINISHED_ARTWORK' | 'PROOF';

/** A version of a piece: a manifest of files, named by its hash. */
export interface PieceVersion {
  readonly version: number;
  readonly stage: PieceStage;
  readonly hash: string;
  readonly by: string;
  readonly at: Instant;
  /** "Printed small sample made", size at least A4 (R-83, R-84, P-39). */
  readonly printedSample?: { readonly size: string; readonly madeAt: Instant };
  /** Wording of the Advertising Law's list found in it; a person must say why it may stand. */
  readonly lawHits?: readonly string[];
  /** The revision order it answers, e.g. `R1`. */
  readonly answers?: string;
  readonly verdict?: 'released' | 'signed' | 'returned' | 'received' | 'superseded';
}

/** One of the things a job makes, with its own versions and rounds. */
export interface Piece {
  readonly id: string;
  readonly name: string;
  readonly workType: WorkType;
  readonly specification: string;
  readonly final: 'FINAL_DESIGN' | 'FINISHED_ARTWORK';
  readonly needsProof: boolean;
  readonly versions: readonly PieceVersion[];
  /** Where the piece stands by itself. */
  readonly state:
    | 'creating'
    | 'draftGate'
    | 'released'
    | 'artworkQc'
    | 'artworkSigned'
    | 'proofQc'
    | 'proofConfirmed'
    | 'done'
    | 'revising';
  readonly receiptAt?: Instant;
}

/** Ways the client's word reaches account service. */
export type OpinionSource = 'meeting' | 'phone' | 'mail';

/** One opinion of the client, and what became of it. */
export interface Opinion {
  readonly id: string;
  readonly kind: 'question' | 'doubt' | 'rejection' | 'correction';
  readonly words: string;
  readonly from: string;
  readonly at: Instant;
  readonly proposal?: number;
  readonly pieceId?: string;
  readonly answer?: { readonly done: boolean; readonly words: string };
  /** Whoever said it took it back before anybody acted on it; nothing is to be answered. */
  readonly withdrawn?: true;
  /** How account service heard it, where the client did not write it here. */
  readonly source?: OpinionSource;
  /** Reported to the account director at once. */
  readonly important?: true;
}

/** An opinion that was reported to the account director, shortened: its whole words are in the log and in their mail. */
export interface ReportedOpinion {
  readonly at: Instant;
  readonly by: string;
  readonly words: string;
  /** Who of the client said it, where that is known. */
  readonly from?: string;
  readonly opinionId?: string;
  /** Key of the telephone record it stands in. */
  readonly paper?: string;
}

/** How a module of the project stands, as its team said at an internal meeting. */
export const moduleStandings = ['onTrack', 'atRisk', 'late', 'done'] as const;

/** One of these. */
export type ModuleStanding = (typeof moduleStandings)[number];

/** The progress of one module. */
export interface ModuleProgress {
  /** Id of a piece, or `work-` with a kind of work that has none. */
  readonly module: string;
  readonly standing: ModuleStanding;
  /** Mandatory where it is at risk or late. */
  readonly words?: string;
}

/** An internal meeting of the project that was held. */
export interface ProjectMeeting {
  readonly heldAt: Instant;
  readonly people: readonly string[];
  readonly by: string;
  readonly progress: readonly ModuleProgress[];
}

/** An internal meeting that was called and is not recorded yet. */
export interface CalledMeeting {
  readonly at: Instant;
  readonly place: string;
  readonly people: readonly string[];
  readonly by: string;
}

/** A revision: its order, where it was born, where it stands (M-08). It remembers its birthplace for the way back. */
export interface Revision {
  readonly ordinal: number;
  readonly bornAt: 'proposal' | 'artworkQc' | 'proofQc' | 'word';
  readonly proposal?: number;
  readonly pieceIds: readonly string[];
  readonly opinionIds: readonly string[];
  readonly cause: 'client' | 'agency' | 'brief';
  /** Raised by account service on the client's word, without a send-back: by whom, when, where the job stood. */
  readonly raised?: { readonly by: string; readonly at: Instant; readonly from: JobPhase };
  readonly state:
    | 'OPINION'
    | 'DIRECTION_CONFIRMED'
    | 'ORDERED'
    | 'REFUSED'
    | 'IN_WORK'
    | 'DRAFT_ATTACHED'
    | 'RELEASED'
    | 'CONFIRMED'
    /** Its ground fell away before anything was made of it; its number is not given again. */
    | 'DROPPED';
}

/** A proposal and its rounds (M-05, P-56). */
export interface Proposal {
  readonly no: number;
  readonly kind: 'CONCEPT' | 'DETAILED';
  readonly round: number;
  readonly state:
    | 'PREPARING'
    | 'INTERNAL'
    | 'READY'
    | 'SCHEDULED'
    | 'AWAITING_COMMENT'
    | 'OPINIONS_RECEIVED'
    | 'CORRECTING'
    | 'AGREED'
    | 'FOLLOWUP_RECORDED'
    | 'CONFIRMED'
    | 'CLEARED'
    | 'REJECTED';
  readonly heldAt?: Instant;
  readonly scheduled?: { readonly at: Instant; readonly place: string };
  /** Rejected for good: who recorded or clicked it, and the paper in which the client wrote it. */
  readonly rejected?: { readonly by: string; readonly at: Instant; readonly paper?: string };
}

/** Place of the newest recorded entry in the log; a store that tells another story is noticed. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Everything a job is. Plain JSON; changes shape only through an upcaster. */
export interface JobState {
  readonly stateVersion: 1;
  readonly processId: string;
  readonly phase: JobPhase;
  readonly phaseSince: Instant;
  readonly onHold?: { readonly at: Instant; readonly by: string; readonly words: string };
  /** When it last went on after it was on hold or closed. */
  readonly resumedAt?: Instant;
  /** Where a cancelled job stood; reopening goes on from there. */
  readonly cancelledFrom?: JobPhase;
  readonly title: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly lineId: string;
  readonly brandCode: string;
  readonly lineCode: string;
  readonly campaign?: string;
  /** Never empty: the one account person who answers for the job. */
  readonly ownerId: string;
  readonly workTypes: readonly WorkType[];
  readonly important: boolean;
  readonly wantedDate?: string;
  readonly budgetFen?: number;
  /** The chain of finals chosen for this client by the account director (P-02). */
  readonly qcRoute: 'qcSeven' | 'qcSix';
  readonly jobNumber?: string;
  readonly openedAt?: Instant;
  readonly briefing?: { readonly heldAt: Instant; readonly groups: readonly string[] };
  readonly assessment?: {
    readonly differs: boolean;
    readonly agreed: boolean;
    readonly words: string;
    /** When it was recorded; absent in what older releases recorded. */
    readonly at?: Instant;
  };
  readonly huddle?: {
    readonly heldAt: Instant;
    readonly people: readonly string[];
    readonly objections: readonly string[];
    readonly contentHash?: string;
  };
  readonly followUp?: Readonly<Record<'shooting' | 'period' | 'productionPrice' | 'mediaPrice', string>>;
  readonly evaluation?: { readonly strategy: string; readonly execution: string; readonly at: Instant };
  readonly papers: Readonly<Record<string, Paper>>;
  readonly pieces: Readonly<Record<string, Piece>>;
  readonly circulations: Readonly<Record<string, Circulation>>;
  /** Routes as they were when first used here, `id@version`. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Ladders of the house's own as they were when the job started; absent in jobs that started without any. */
  readonly ladders?: PinnedLadders;
  readonly proposals: readonly Proposal[];
  readonly opinions: readonly Opinion[];
  /** What was reported to the account director, oldest first, the newest thirty. */
  readonly reported?: readonly ReportedOpinion[];
  /** The newest internal meeting that was held, and the one that is called; earlier ones are in the log. */
  readonly meetings?: { readonly last?: ProjectMeeting; readonly called?: CalledMeeting };
  readonly revisions: readonly Revision[];
  /** The newest version of each changed calendar that has reached the job, by the calendar's id; 1 for a hand-over. */
  readonly refreshed?: Readonly<Record<string, number>>;
  /** Who has taken the brand over from whom: papers of the one who gave are told to the one who took. */
  readonly handedTo?: Readonly<Record<string, string>>;
  readonly sealed?: { readonly hash: string; readonly at: Instant };
  /** The timetable the client accepted, and what the clock does for it. */
  readonly timetable?: TimetableState;
  /** A timetable that the client accepted before jobs had a clock for it; the job's own clock takes it up. */
  readonly uncounted?: Baseline;
  /** Command ids that were taken up, with the entry that answers them; negative where the answer was no. */
  readonly seen: Readonly<Record<string, number>>;
  /** Named effects not yet confirmed. */
  readonly effects: readonly Effect[];
  readonly seq: number;
  readonly head: Head;
}
