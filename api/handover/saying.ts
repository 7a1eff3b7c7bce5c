import type { Lang } from '../view/lang.ts';
import type { TimeView } from '../view/time.tsx';

/** What every view of a hand-over is told: the language, the time, the names. */
export interface HandOverSaying {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly nameOf: (personId: string) => string;
  /** Whether names of jobs lead to their pages: not where the reader came by a link. */
  readonly linked: boolean;
}
