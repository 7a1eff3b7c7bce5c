import type { Language } from '../../domain/people/types.ts';

/** One square of the chain of seals. */
export interface Seal {
  readonly char: string;
  readonly title: string;
  readonly state: 'signed' | 'here' | 'back' | 'waiting' | 'skipped';
}

/** One line of facts. `soft` stands behind the value in a quieter colour; `strong` is what the eye should find, `late` is vermilion. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly soft?: string;
  readonly weight?: 'strong' | 'late';
}

/** One thing a mail is about, in the reader's language, ready to be set as HTML or as text. */
export interface Sheet {
  /** Number and title of the job; the title alone before there is a number. */
  readonly job: string;
  /** The paper or piece, e.g. `灯箱海报`. */
  readonly about: string;
  /** What is asked or what happened, e.g. `请您校对签字`. */
  readonly title: string;
  readonly lead: string;
  readonly seals: readonly Seal[];
  /** What the chain says in words: `正稿QC，第 2 步，共 7 步`. */
  readonly chain: string;
  readonly facts: readonly Fact[];
  /** What the signature means, shown with a request only. */
  readonly meaning?: string;
  /** Words a person wrote, and whose. */
  readonly words?: { readonly label: string; readonly text: string };
  /** What happens next. */
  readonly next?: string;
  /** A hash to keep, with the sentence that says what for. */
  readonly proof?: { readonly label: string; readonly value: string; readonly why: string };
  /** The one thing to do; `href` is a placeholder until the moment of sending. */
  readonly button?: { readonly label: string; readonly href: string };
  /** The grant whose link the button opens. */
  readonly grantId?: string;
}

/** One of many things in a digest: enough to know what it is, who has it and how late, and the way there. */
export interface ListLine {
  readonly job: string;
  /** What and which step, e.g. `灯箱海报 · 文案`. */
  readonly about: string;
  /** Who, since when; may be empty. */
  readonly who: string;
  /** The limit in words. */
  readonly due: string;
  readonly late: boolean;
  readonly link?: { readonly label: string; readonly href: string };
  /** The grant whose link it is. */
  readonly grantId?: string;
}

/** A part of a digest, the latest first, and how many more there are. */
export interface LetterList {
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly ListLine[];
  readonly more?: { readonly text: string; readonly link?: { readonly label: string; readonly href: string } };
}

/** A whole mail in one person's language. */
export interface Letter {
  readonly language: Language;
  readonly agency: string;
  readonly subject: string;
  /** First words a mailbox shows beside the subject. */
  readonly preview: string;
  readonly to: string;
  /** A sentence above several sheets. */
  readonly opening?: string;
  readonly sheets: readonly Sheet[];
  /** Parts of a digest, instead of sheets. */
  readonly lists?: readonly LetterList[];
  readonly foot: readonly string[];
}

/** Where a grant's link will stand. Holds only characters that need no escaping anywhere. */
export function placeholderOf(grantId: string): string {
  return `https://link.invalid/${grantId}`;
}
