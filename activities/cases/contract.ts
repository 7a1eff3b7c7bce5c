import type { CaseMailEffect, CaseReport, CountEffect } from '../../domain/cases/acts.ts';
import type { Head } from '../../domain/job/state.ts';
import type { MinutesEvent } from '../../domain/minutes/state.ts';
import type { ScheduleEvent } from '../../domain/schedule/state.ts';
import type { Stamp } from '../../domain/process.ts';

/** Entries of a case of any kind on their way to the log, behind the head the process holds. */
export interface CaseRecordInput {
  readonly processId: string;
  readonly after: Head;
  readonly entries: readonly { readonly stamp: Stamp; readonly event: MinutesEvent | ScheduleEvent }[];
}

/** The calendar's answer to a case. */
export type Counted = Extract<CaseReport, { readonly type: 'counted' }>;
/** How an asking mail of a case fared. */
export type NoticeMailed = Extract<CaseReport, { readonly type: 'mailed' }>;
/** A move that the service found out is to be made, e.g. because the job of a schedule has ended. */
export type NoticeTold = Extract<CaseReport, { readonly type: 'told' }>;

/** What cases and minutes ask of the world. Each is safe to run twice; its key is the name of the effect. */
export interface CaseActivities {
  /** Appends entries strictly in order, folds `cases`, returns the new head. Never returns for a store that lies. */
  recordCase(input: CaseRecordInput): Promise<Head>;
  /** Counts the moments of a clock on the office's or the client's calendar. */
  countSpans(input: CountEffect['input']): Promise<Counted>;
  /** Sends the mail of a notice; what became of one that asks, or a move it led to; null for one that only tells. */
  sendNotice(input: CaseMailEffect['input']): Promise<NoticeMailed | NoticeTold | null>;
}
