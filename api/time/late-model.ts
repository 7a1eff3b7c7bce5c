import type { StepRow } from '../../store/steps.ts';
import type { Lang } from '../view/lang.ts';
import type { RungView } from '../view/rungs.tsx';
import type { DueWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { timeWords } from './words.ts';

/** One job, or one hand-over of a brand, on the page of what is late. */
export interface LateLine {
  readonly id: string;
  readonly href: string;
  /** Where it is told whose time it was; of a job only. */
  readonly timeHref?: string;
  readonly number?: string;
  readonly title: string;
  readonly brand: string;
  /** More of what it is about, e.g. who gives a brand to whom. */
  readonly about?: string;
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

/** An issue that waits to be told to the client or to be settled (M-16). */
export interface LateIssue {
  readonly href: string;
  readonly title: string;
  readonly number?: string;
  readonly job: string;
  readonly jobHref: string;
  readonly brand: string;
  readonly late: boolean;
  /** Whose desk it lies on, by name. */
  readonly holder: string;
  readonly standing: string;
  readonly since: string;
  readonly due?: DueWords;
}

/** What is late and why: red first. */
export interface LateView {
  readonly lang: Lang;
  /** Open issues, late ones first. */
  readonly issues: readonly LateIssue[];
  readonly late: number;
  readonly lines: readonly LateLine[];
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  readonly brand: string;
}

/**
 * Why a desk has not answered, as far as anybody can know: nobody could be asked, reminded without an answer, sent round
 * before. `onIt`: until when its holder said they are on it, in words; empty where they did not.
 */
export function whyItStands(
  desk: Pick<StepRow, 'rungs' | 'round'> & Partial<Pick<StepRow, 'askedAt' | 'dueMoved'>>,
  lang: Lang,
  onIt = '',
): string {
  const t = words(lang, timeWords);
  const climbed = desk.rungs.filter(({ firedAt }) => firedAt !== undefined);
  const up = climbed.filter(({ kind }) => kind === 'escalate' || kind === 'digest').length;
  return [
    onIt === '' ? '' : t('whyOnIt', { when: onIt }),
    desk.askedAt === undefined ? t('whyUnasked') : '',
    climbed.length > up ? t('whyReminded', { n: climbed.length - up }) : '',
    up > 0 ? t('whyEscalated', { n: up }) : '',
    desk.askedAt !== undefined && climbed.length === 0 && onIt === '' ? t('whyQuiet') : '',
    desk.round > 1 ? t('whyRound', { n: desk.round }) : '',
    desk.dueMoved === true ? t('whyMoved') : '',
  ]
    .filter(Boolean)
    .join(lang === 'en' ? '; ' : '；');
}

/** What happens next on a ladder if nobody acts; nothing after its last rung. */
export function nextOf(rungs: readonly RungView[]): Pick<LateLine, 'next'> {
  const next = rungs.find(({ state }) => state === 'next');
  return next ? { next: { what: next.what, whom: next.whom, when: next.when, left: next.left ?? '' } } : {};
}
