import type { Lang } from '../view/lang.ts';

/** Who a stretch of the picture belongs to. `both`: it lay with us and with the client at once. */
export type Whose = 'agency' | 'client' | 'both' | 'between' | 'hold';

/** One bar of the picture; places run from 0 to 1 along the job's working time. */
export interface Bar {
  readonly lane: number;
  readonly whose: Whose;
  readonly from: number;
  readonly to: number;
  /** What it says when somebody points at it. */
  readonly says: string;
}

/** The picture of a job's time: a lane a phase. */
export interface TimePicture {
  readonly lanes: readonly string[];
  readonly bars: readonly Bar[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly marks: readonly { readonly at: number; readonly label: string; readonly kind: 'revision' | 'archived' }[];
}

/** One stay on one desk, as the table says it. */
export interface DeskLine {
  readonly step: string;
  readonly round: number;
  readonly who: string;
  readonly side: 'agency' | 'client';
  readonly from: string;
  readonly until?: string;
  readonly layMs: number;
  readonly overMs: number;
  readonly shareMs: number;
}

/** A line of a small table with a bar: somebody or something, and how much of the time. */
export interface ShareLine {
  readonly name: string;
  readonly more?: string;
  readonly side?: 'agency' | 'client';
  readonly shareMs: number;
}

/** Where a job's time went, ready to show. */
export interface JobTimeView {
  readonly lang: Lang;
  readonly number?: string;
  readonly title: string;
  readonly jobHref: string;
  readonly wholeMs: number;
  readonly agencyMs: number;
  readonly clientMs: number;
  readonly betweenMs: number;
  readonly holdMs: number;
  readonly agencyOverMs: number;
  readonly clientOverMs: number;
  readonly revisions: Readonly<Record<'all' | 'client' | 'agency' | 'brief', number>>;
  readonly picture?: TimePicture;
  readonly desks: readonly DeskLine[];
  readonly people: readonly ShareLine[];
  readonly roles: readonly ShareLine[];
  readonly between: readonly ShareLine[];
}
