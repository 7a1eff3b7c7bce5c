import type { TimetablePeriod } from '../../domain/timetable/period.ts';
import type { Lang } from '../view/lang.ts';
import type { TimetablePicture } from '../view/timetable.tsx';

/** One key node, as the table says it. What is inside only is absent outside. */
export interface NodeLine {
  readonly name: string;
  readonly date: string;
  readonly clientApproval: boolean;
  readonly state: 'reached' | 'ahead' | 'unseen';
  readonly reached?: string;
  readonly forecast?: string;
  readonly moved?: string;
  readonly float?: string;
}

/** One stage, as the table says it. */
export interface StageLine {
  readonly stage: string;
  readonly owner: string;
  readonly internal: boolean;
  readonly dates: string;
  readonly forecast?: string;
  /** The forecast ends behind what was agreed. */
  readonly later?: boolean;
}

/** What only the house sees of a timetable. */
export interface InsideView {
  readonly comes: string;
  readonly late: boolean;
  readonly delivered: boolean;
  readonly behind: string;
  /** Whose the delay is, in one line; empty without any. */
  readonly whose: string;
  readonly float: string;
  readonly floatUsed: boolean;
  /** Old date, new date and reason of the extension that is drafted. */
  readonly extension?: string;
  readonly desks: readonly {
    readonly step: string;
    readonly round: number;
    readonly side: 'agency' | 'client';
    readonly beyond: string;
  }[];
  /** Whoever looks may say now that a node is reached. */
  readonly canMark: boolean;
  readonly earlier: readonly string[];
}

/** A job's timetable, ready to show. `stands` is absent until the client accepted one. */
export interface TimetableView {
  readonly lang: Lang;
  readonly outside: boolean;
  /** The week or month whose stages and nodes are listed; absent: all of them. */
  readonly period?: TimetablePeriod;
  readonly number?: string;
  readonly title: string;
  readonly jobHref: string;
  /** The form of a new version, for whoever may send one to the client now. */
  readonly writeHref?: string;
  /** The first version waits for the client: which one, and what it promises. */
  readonly offered?: string;
  readonly stands?: {
    readonly accepted: string;
    readonly delivery: string;
    /** A newer version that waits for the client. */
    readonly pending?: string;
    readonly picture: TimetablePicture;
    readonly nodes: readonly NodeLine[];
    readonly stages: readonly StageLine[];
    readonly inside?: InsideView;
    readonly counted: boolean;
  };
}
