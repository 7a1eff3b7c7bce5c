import type { Where } from '../circulation/acts.ts';
import type { Circulation, Recount, RouteStep } from '../circulation/types.ts';
import type { Ladder, QuietHours } from '../calendar/ladders.ts';
import type { Instant } from '../instant.ts';
import type { Effect, Stamp } from '../process.ts';
import type { JobEvent } from './events.ts';
import type { Head } from './state.ts';
import type { PlanEffect } from './timetable.ts';

/** One entry for the log, before the recorder chains it. */
export interface LogDraft {
  readonly stamp: Stamp;
  readonly event: JobEvent;
}

/** Append entries to the log in order and fold the read models. Duplicates are compared byte for byte. */
export type RecordEffect = Effect<'record', { readonly processId: string; readonly entries: readonly LogDraft[] }>;

/** What the recorder is given: the entries and the head they follow. */
export interface RecordInput {
  readonly processId: string;
  readonly after: Head;
  readonly entries: readonly LogDraft[];
}

/** Find holders, stand-ins, instants; make grants. Answered with `stepOpened`. */
export interface OpenInput extends Where {
  readonly processId: string;
  readonly brandId: string;
  readonly clientId: string;
  readonly ownerId: string;
  readonly point: string;
  readonly step: string;
  readonly route: RouteStep;
  /** The house's own ladder for the step; absent: the one of §7.3 that the step names. */
  readonly ladder?: Ladder;
  readonly about: Circulation['about'];
  readonly authorId: string;
  /** Who already signed a step of this round: they cannot hold this one. */
  readonly signedBy: readonly string[];
  readonly openingAt: Instant;
  /** Where it opens once more, for somebody else or again: when; leave is judged and its limits count from then on. */
  readonly judgedAt?: Instant;
  /** A person the step was handed to. */
  readonly to?: string;
  readonly how?: 'delegate' | 'reassign' | 'standIn' | 'add';
  readonly keep?: readonly {
    readonly personId: string;
    readonly standInFor?: string;
    readonly grantId: string;
    readonly askedAt?: Instant;
  }[];
}

/** The open effect. */
export type OpenEffect = Effect<'open', OpenInput>;

/**
 * What must be counted on the calendar of the desk's side: the rungs ahead and the date as they stood, and what shifted
 * them, oldest first. Answered with `recounted`, under the same `seq`; counting twice gives the same moments.
 */
export interface RecountInput extends Where, Recount {
  readonly processId: string;
  readonly clientId: string;
  readonly side: RouteStep['side'];
}

/** The recount effect. */
export type RecountEffect = Effect<'recount', RecountInput>;

/**
 * Kinds of mail. `ask` brings a link; `warn`, `remind`, `escalate` and `clientTold` are rungs; the rest tell.
 * `receipt` goes to the signer and carries the hash of the entry; `notNeeded` to who was asked and had not answered when
 * the desk was closed.
 */
export type MailKind =
  | 'ask'
  | 'warn'
  | 'remind'
  | 'escalate'
  | 'clientTold'
  | 'nudge'
  | 'receipt'
  | 'returned'
  | 'refused'
  | 'passed'
  | 'handedOver'
  | 'handOverAsked'
  | 'spokenConfirm'
  | 'withdrawn'
  | 'notNeeded'
  | 'unreached'
  | 'dateMoved'
  | 'dateSet'
  | 'commandRefused'
  | 'directorTold'
  | 'opinionReported'
  | 'meetingCalled'
  | 'meetingDue'
  | 'distributed'
  | 'archived'
  | 'nodeAhead'
  | 'stageWarned'
  | 'floatUsedUp'
  | 'extensionDrafted';

/** Whom a mail is for: a person, or a position that the mail activity resolves when it sends. */
export type Recipient =
  | { readonly personId: string }
  | {
      readonly position:
        | 'owner'
        | 'accountManager'
        | 'accountDirector'
        | 'standInOrHead'
        | 'clientContact'
        | 'author'
        | 'creativeDirector'
        | 'executors'
        /** Who accepted the timetable for the client, whom the mail names as its author, else another of their people. */
        | 'client';
    };

/** What the mail activity is given. The name of the effect is the name of the mail. */
export interface MailInput {
  readonly processId: string;
  readonly name: string;
  readonly kind: MailKind;
  readonly to: Recipient;
  readonly brandId: string;
  readonly clientId: string;
  readonly ownerId: string;
  readonly authorId?: string;
  readonly where?: Where;
  /** Every desk of the reader that is closed, `where` among them; only of kind `notNeeded`. */
  readonly desks?: readonly Where[];
  /** The grant whose link the mail brings; the link itself is put in at the moment of sending. */
  readonly grantId?: string;
  readonly route?: RouteStep;
  /** The house's own ladder for the step, where the mail starts its limits. */
  readonly ladder?: Ladder;
  /** The mail of a rung waits while it is this part of the day for its reader. */
  readonly quiet?: QuietHours;
  readonly openedAt?: Instant;
  /** Since when the period of the internal meeting runs, and when it was over; only of kind `meetingDue`. */
  readonly meeting?: { readonly from: Instant; readonly dueAt: Instant };
  readonly words?: string;
  /** Entry of the log this mail speaks about; receipts carry its hash. */
  readonly seq: number;
}

/** The mail effect. */
export type MailEffect = Effect<'mail', MailInput>;

/** Issue the job number, keyed by the process so a retry gets the same one. */
export type NumberEffect = Effect<
  'number',
  { readonly processId: string; readonly brandCode: string; readonly lineCode: string; readonly openedAt: Instant }
>;

/** Seal the dossier as one file. */
export type SealEffect = Effect<'seal', { readonly processId: string; readonly seq: number }>;

/** Everything a job asks of the world. */
export type JobEffect = OpenEffect | RecountEffect | MailEffect | NumberEffect | SealEffect | PlanEffect;
