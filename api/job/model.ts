import type { ChangeLine, PaperLine } from '../view/paper.tsx';
import type { Fact, HistoryEntry } from '../view/parts.tsx';
import type { Lang } from '../view/lang.ts';
import type { Seal } from '../view/chain.tsx';
import type { RungView } from '../view/rungs.tsx';
import type { DateView } from './dates.tsx';
import type { IssueView } from './issues.tsx';
import type { MeetingsView } from './meetings.tsx';
import type { NudgeView } from './nudges.tsx';
import type { ScheduleLine } from './schedule.tsx';
import type { DueWords } from '../view/time.tsx';
import type { Choice } from '../view/inputs.tsx';

/** An act that may be done now: a small form here, or a page of its own where more must be written. */
export interface ActView {
  readonly act: string;
  readonly label: string;
  readonly does: string;
  /** Address of the page that writes it; absent, the form is here. */
  readonly href?: string;
  /** Fields of the small form. */
  readonly fields?: readonly ('words' | 'owner')[];
  readonly quiet?: boolean;
}

/** One bar of the timeline; instants as milliseconds, so the picture can place them. */
export interface StayView {
  readonly label: string;
  readonly who: string;
  readonly side: 'agency' | 'client';
  readonly fromMs: number;
  readonly untilMs: number;
  readonly from: string;
  readonly until?: string;
  readonly verdict?: string;
}

/** The job page as it is shown. */
export interface JobView {
  readonly lang: Lang;
  readonly href: string;
  readonly number?: string;
  readonly title: string;
  readonly brand: string;
  readonly client: string;
  readonly phase: string;
  readonly facts: readonly Fact[];
  readonly chips: readonly { readonly tone: 'plain' | 'client' | 'late'; readonly text: string }[];
  readonly can: readonly ActView[];
  readonly cannot: readonly { readonly label: string; readonly why: string }[];
  readonly owners: readonly Choice[];
  readonly pieces: readonly {
    readonly name: string;
    readonly specification: string;
    readonly state: string;
    readonly thumb?: string;
    readonly versions: readonly {
      readonly href: string;
      readonly label: string;
      readonly verdict?: string;
      readonly tone: 'plain' | 'done';
    }[];
    readonly uploadHref?: string;
  }[];
  readonly rounds: readonly {
    readonly open: boolean;
    readonly title: string;
    readonly round: string;
    readonly status: string;
    readonly seals: readonly Seal[];
    readonly due?: DueWords;
    /** The ladder of each open desk: what has happened and what comes. */
    readonly ladders: readonly {
      readonly step: string;
      readonly opened: string;
      readonly rungs: readonly RungView[];
      /** Pressing for it by hand, where that is the reader's to do. */
      readonly nudge?: NudgeView;
      /** Moving its date, where that is. */
      readonly date?: DateView;
    }[];
    readonly before: readonly string[];
  }[];
  /** Problems in execution, open ones first (M-16), and where one is raised while the job runs. */
  readonly issues: readonly IssueView[];
  readonly raiseHref?: string;
  /** Its internal meetings; absent before any is asked for. */
  readonly meetings?: MeetingsView;
  /** Where a telephone record is written, for account service while the job runs (F-16). */
  readonly callHref?: string;
  /** Its execution schedule (F-11). */
  readonly schedule?: ScheduleLine;
  readonly papers: readonly {
    readonly title: string;
    readonly href: string;
    readonly status: string;
    readonly by: string;
    readonly diffHref?: string;
  }[];
  readonly mails?: readonly {
    readonly id: string;
    readonly to: string;
    readonly about: string;
    readonly state: string;
    readonly failed: boolean;
    readonly when: string;
    readonly why?: string;
    readonly again?: boolean;
    readonly personHref?: string;
  }[];
  readonly stays: readonly StayView[];
  readonly history: readonly HistoryEntry[];
  readonly historyKinds: readonly { readonly href: string; readonly label: string; readonly current: boolean }[];
  readonly olderHref?: string;
  readonly remark?: { readonly kind: 'accepted' | 'refused' | 'received'; readonly text: string };
  readonly formValue: string;
}

/** A paper of the job on a page of its own, for reading, printing and comparing. */
export interface PaperPageView {
  readonly lang: Lang;
  readonly jobHref: string;
  readonly number?: string;
  readonly jobTitle: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly lines: readonly PaperLine[];
  readonly changes?: { readonly title: string; readonly lines: readonly ChangeLine[] };
  readonly versions: readonly { readonly href: string; readonly label: string; readonly current: boolean }[];
}
