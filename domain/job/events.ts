import type { CirculationEvent } from '../circulation/acts.ts';
import type { PinnedLadders } from '../circulation/own-ladders.ts';
import type { Route } from '../circulation/types.ts';
import type { Instant } from '../instant.ts';
import type { Refusal } from '../process.ts';
import type { HandOverCause } from '../people/hand-over.ts';
import type { JobAct, RefreshCause } from './acts.ts';
import type { JobPhase, JobState, Opinion, Paper, Piece, PieceVersion, Proposal, Revision } from './state.ts';
import type { CalledMeeting, ProjectMeeting, ReportedOpinion } from './state.ts';
import type { TimetableEvent } from './timetable.ts';

/** What happened to a job: everything that ever did is one of these. */
export type JobEvent =
  | CirculationEvent
  | TimetableEvent
  | ({
      readonly type: 'requested';
      readonly by: string;
      /** Ladders of the house's own that the job takes with it; absent where it has none. */
      readonly ladders?: PinnedLadders;
    } & Omit<Extract<JobAct, { type: 'request' }>, 'type' | 'paper'>)
  | { readonly type: 'phaseChanged'; readonly from: JobPhase; readonly to: JobPhase }
  | {
      readonly type: 'briefingHeld';
      readonly heldAt: Instant;
      readonly client: readonly string[];
      readonly account: readonly string[];
      readonly creative: readonly string[];
    }
  | {
      readonly type: 'assessed';
      readonly evaluation: string;
      readonly discussion: string;
      readonly study: string;
      readonly recommendation: string;
      readonly differs: boolean;
    }
  | { readonly type: 'strategyAgreed' }
  | { readonly type: 'numberAsked' }
  | { readonly type: 'numberIssued'; readonly jobNumber: string }
  | {
      readonly type: 'huddleHeld';
      readonly heldAt: Instant;
      readonly people: readonly string[];
      readonly objections: readonly string[];
    }
  | { readonly type: 'paperFiled'; readonly paper: Paper }
  | { readonly type: 'paperStatus'; readonly key: string; readonly status: Paper['status'] }
  | { readonly type: 'routePinned'; readonly key: string; readonly route: Route }
  | { readonly type: 'pieceAdded'; readonly piece: Piece }
  | {
      readonly type: 'versionSubmitted';
      readonly pieceId: string;
      readonly version: PieceVersion;
      readonly fileNames: readonly string[];
    }
  | {
      readonly type: 'pieceMoved';
      readonly pieceId: string;
      readonly state: Piece['state'];
      readonly verdict?: PieceVersion['verdict'];
      /** The verdict on its newest version was taken back. */
      readonly reopened?: true;
    }
  | { readonly type: 'proposalChanged'; readonly proposal: Proposal }
  | {
      readonly type: 'proposalHeld';
      readonly no: number;
      readonly heldAt: Instant;
      readonly attended: readonly string[];
    }
  | { readonly type: 'opinionRecorded'; readonly opinion: Opinion }
  | { readonly type: 'opinionAnswered'; readonly opinionId: string; readonly done: boolean; readonly words: string }
  /** An important opinion goes to the account director at once, in its whole words. */
  | ({ readonly type: 'opinionReported' } & Omit<ReportedOpinion, 'at'>)
  | ({ readonly type: 'meetingCalled' } & CalledMeeting)
  | ({ readonly type: 'meetingRecorded' } & ProjectMeeting)
  /** The client will have no more of it, in writing; the account director reviews the job. */
  | { readonly type: 'proposalRejected'; readonly no: number; readonly by: string; readonly words: string }
  | { readonly type: 'opinionWithdrawn'; readonly opinionId: string }
  | { readonly type: 'revisionChanged'; readonly revision: Revision }
  | { readonly type: 'followUpRecorded'; readonly topics: NonNullable<JobState['followUp']> }
  | { readonly type: 'directorTold'; readonly about: string; readonly round: number }
  | { readonly type: 'evaluated'; readonly strategy: string; readonly execution: string }
  | { readonly type: 'archiveAsked' }
  | { readonly type: 'sealed'; readonly hash: string }
  | { readonly type: 'held'; readonly by: string; readonly words: string }
  | { readonly type: 'resumed'; readonly by: string }
  /** A changed register reached the job; desks that it may move ask to be counted anew. */
  | { readonly type: 'refreshed'; readonly cause: RefreshCause }
  /** The brand went from one person to another, both signed it; `owner`: the job's account person changed with it. */
  | { readonly type: 'brandHandedOver'; readonly cause: HandOverCause; readonly owner: boolean }
  | {
      readonly type: 'cancelled';
      readonly by: string;
      readonly words: string;
      /** Circulations that were closed with it; absent in what an earlier release wrote, and where none ran. */
      readonly ended?: readonly string[];
    }
  | { readonly type: 'reopened'; readonly by: string; readonly words: string }
  | { readonly type: 'ownerChanged'; readonly from: string; readonly to: string; readonly words: string }
  /** A command taken in while nobody could answer turned out to be impossible; recorded and mailed, so nobody waits in vain. */
  | { readonly type: 'commandRefused'; readonly commandId: string; readonly act: string; readonly refusal: Refusal };
