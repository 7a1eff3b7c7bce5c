import type { Lang } from '../view/lang.ts';
import type { RungView } from '../view/rungs.tsx';
import type { DueWords } from '../view/time.tsx';

/** One job on the page of what is late. */
export interface LateLine {
  readonly id: string;
  readonly href: string;
  readonly timeHref: string;
  readonly number?: string;
  readonly title: string;
  readonly brand: string;
  readonly late: boolean;
  readonly side: 'agency' | 'client';
  /** Whose desk it lies on, by name. */
  readonly holder: string;
  /** What they are asked for. */
  readonly step: string;
  readonly since: string;
  readonly due: DueWords;
  /** Why it stands, in one line. */
  readonly why: string;
  readonly rungs: readonly RungView[];
  /** What happens next if nobody acts; absent after the last rung. */
  readonly next?: {
    readonly what: string;
    readonly whom: string;
    readonly when: string;
    /** The working time until then; empty where it is going out now. */
    readonly left: string;
  };
  /** Other desks it lies on besides. */
  readonly others: number;
}

/** What is late and why: red first. */
export interface LateView {
  readonly lang: Lang;
  readonly late: number;
  readonly lines: readonly LateLine[];
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  readonly brand: string;
}
