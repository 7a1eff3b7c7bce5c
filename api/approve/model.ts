import type { CheckAnswer, NoKind, RouteStep } from '../../domain/circulation/types.ts';
import type { ArtworkView } from '../view/artwork.tsx';
import type { Seal } from '../view/chain.tsx';
import type { Choice } from '../view/inputs.tsx';
import type { Lang } from '../view/lang.ts';
import type { ChangeLine, PaperLine } from '../view/paper.tsx';
import type { DueWords } from '../view/time.tsx';

/** What every page under an approval link shows at its head: who looks, which job, what it is about, where it lies. */
export interface HeadView {
  readonly lang: Lang;
  /** Name of the agency, shown where the product's name stands on staff pages. */
  readonly house: string;
  /** The zone of all times on the page, in words. */
  readonly zone: string;
  readonly viewer: {
    readonly name: string;
    readonly title?: string;
    readonly standInFor?: string;
    readonly by: 'link' | 'session';
  };
  readonly jobNumber?: string;
  readonly brand: string;
  /** "夏季主视觉 · 灯箱海报" */
  readonly title: string;
  /** Point of approval in words, e.g. "正稿 QC". */
  readonly point: string;
  readonly seals: readonly Seal[];
}

/** One point of the checklist of this step. `lawWords` are the wordings the list of the Advertising Law found. */
export interface CheckItem {
  readonly id: string;
  readonly words: string;
  readonly lawWords?: readonly string[];
}

/** One no this step offers, with its reason codes. A refused order also names what is missing. */
export interface NoOffer {
  readonly kind: NoKind;
  readonly reasons: readonly Choice[];
}

/** Who could take the step over: colleagues who can, or, for a client's step, only a request to the account executive. */
export type HandOverOffer = { readonly kind: 'pick'; readonly choices: readonly Choice[] } | { readonly kind: 'ask' };

/** What a person typed, as it came; put back into the form whenever it must be shown again. */
export interface Typed {
  readonly checklist: Readonly<Record<string, { readonly answer?: CheckAnswer['answer']; readonly note: string }>>;
  readonly sample: boolean;
  readonly signWords: string;
  readonly backKind?: NoKind;
  readonly reason: string;
  readonly missing: string;
  readonly backWords: string;
  readonly pins: string;
  readonly noteKind: 'comment' | 'question' | 'onIt';
  readonly noteWords: string;
  readonly onItUntil: string;
  readonly handOverTo: string;
  readonly handOverWords: string;
  readonly takeBackWords: string;
}

/** Nothing typed yet. */
export const nothingTyped: Typed = {
  checklist: {},
  sample: false,
  signWords: '',
  reason: '',
  missing: '',
  backWords: '',
  pins: '',
  noteKind: 'comment',
  noteWords: '',
  onItUntil: '',
  handOverTo: '',
  handOverWords: '',
  takeBackWords: '',
};

/** What is wrong with what was typed: field name to sentence. */
export type TypedErrors = Readonly<Record<string, string>>;

/** Everything the page with the decision shows. */
export interface DecideView extends HeadView {
  readonly act: RouteStep['act'];
  readonly side: 'agency' | 'client';
  readonly round: number;
  readonly version: number;
  readonly hash: string;
  readonly cause?: 'client' | 'agency' | 'brief';
  readonly due?: DueWords;
  readonly before: readonly {
    readonly who: string;
    readonly title: string;
    readonly when: string;
    readonly standInFor?: string;
  }[];
  readonly art?: ArtworkView;
  /** The pieces a paper speaks about, each with its newest version that was let out. */
  readonly works?: readonly ArtworkView[];
  readonly paper?: { readonly title: string; readonly lines: readonly PaperLine[]; readonly printHref?: string };
  /** Absent on a first version. */
  readonly changes?: readonly ChangeLine[];
  readonly meaning: string;
  /** Finished artwork is checked on a printed sample: what is on record about it. */
  readonly sample?: { readonly words?: string };
  readonly checklist: readonly CheckItem[];
  readonly noes: readonly NoOffer[];
  readonly handOver?: HandOverOffer;
  /** Addresses and values of the forms: one value a form, each the id of one decision. */
  readonly action: string;
  readonly formValues: { readonly decide: string; readonly note: string; readonly handOver: string };
  readonly typed: Typed;
  readonly errors: TypedErrors;
  /** Why the page is shown again instead of being decided. */
  readonly remark?: string;
  readonly backOpen?: boolean;
}

/** The form that takes back the reader's own decision: what will happen, and what was typed into it before. */
export interface TakeBackOffer {
  /** "撤回我的签字": what the button does. */
  readonly title: string;
  /** What will happen, a sentence each. */
  readonly will: readonly string[];
  readonly action: string;
  readonly formValue: string;
  readonly round: number;
  readonly hash: string;
  readonly typed: string;
  readonly error?: string;
  readonly open?: boolean;
}

/** What a decision came to, or why there is nothing to decide: a title, sentences, facts, and what can be done next. */
export interface AfterView extends HeadView {
  readonly seal?: { readonly characters: string; readonly tone: 'seal' | 'ink' | 'manila' };
  /** Why what was pressed last changed nothing. */
  readonly remark?: string;
  readonly headline: string;
  readonly sentences: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Words that were given with the decision. */
  readonly quote?: string;
  /** Address to post "send me the new link" to. */
  readonly resend?: { readonly action: string; readonly formValue: string };
  readonly reloadHref?: string;
  /** Offered to the giver of a decision while the core would let it be taken back. */
  readonly takeBack?: TakeBackOffer;
  /** Where it goes on, e.g. to the order that must be corrected. */
  readonly go?: { readonly href: string; readonly label: string };
  /** Other things that wait for this person, nearest first; undefined where a pile makes no sense. */
  readonly pile?: readonly {
    readonly href: string;
    readonly number?: string;
    readonly title: string;
    readonly due?: DueWords;
  }[];
}
