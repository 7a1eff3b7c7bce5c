import type { Lang } from '../view/lang.ts';

/** One person's desk. */
export interface LoadLine {
  readonly name: string;
  readonly titles: string;
  readonly side: 'agency' | 'client';
  readonly now: number;
  readonly late: number;
  readonly later: number;
  readonly days: readonly { readonly due: number; readonly coming: number }[];
}

/** The load of all desks in reach. */
export interface LoadView {
  readonly lang: Lang;
  readonly days: readonly string[];
  /** One page of them, those with late things first. */
  readonly lines: readonly LoadLine[];
  readonly page: number;
  readonly pages: number;
  readonly nobody: number;
  /** The last day whose holidays are published, where the days shown reach beyond it: what comes after is provisional. */
  readonly published?: string;
  readonly jobs: number;
  readonly reckoned: number;
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  readonly brand: string;
}
