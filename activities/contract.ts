import type { AskedAct, RecountedAct, StepOpenedAct } from '../domain/circulation/acts.ts';
import type {
  MailEffect,
  MailInput,
  NumberEffect,
  OpenEffect,
  OpenInput,
  RecordInput,
  RecountInput,
  SealEffect,
} from '../domain/job/effects.ts';
import type { Instant } from '../domain/instant.ts';
import type { Head } from '../domain/job/state.ts';
import type { HouseLetter } from '../domain/people/letter.ts';
import type { PlanInput, TimetablePlannedAct } from '../domain/job/timetable.ts';

/** What became of a mail; `asked` for mails of kind `ask` only. */
export type Mailed = AskedAct | { readonly type: 'told'; readonly outcome: 'accepted' | 'failed' };

/**
 * Entries to append, and what may be done in the same breath: steps to open, mails about these very entries. Each saves
 * a journey through the engine for every decision.
 */
export interface AppendInput extends RecordInput {
  readonly opens?: readonly OpenEffect[];
  readonly mails?: readonly MailEffect[];
  /** What the clock does next behind these entries, where no turn was taken for it yet. */
  readonly dueAt?: Instant;
}

/** The new head, and by name of the effect what was done along with it; whatever is not among them is asked for on its own. */
export interface Appended extends Head {
  readonly opened?: Readonly<Record<string, StepOpenedAct>>;
  readonly mailed?: Readonly<Record<string, Mailed>>;
  /** When the clock wakes the job for `dueAt`: then, or some seconds later where very many fall due in that minute. */
  readonly turnAt?: Instant;
}

/** What a job's workflow asks of the world. Each is safe to run twice; its key is the name of the effect. */
export interface JobActivities {
  /** Appends entries strictly in order, folds `jobs` and `steps`, returns the new head. Never returns for a store that lies. */
  recordEntries(input: AppendInput): Promise<Appended>;
  /** Finds holders, stand-ins and instants, makes grants. */
  openStep(input: OpenInput): Promise<StepOpenedAct>;
  /** Sends one mail, or says that it cannot be sent. */
  sendMail(input: MailInput): Promise<Mailed>;
  /** Counts the moments of a desk anew that a pause, a hold or a moved date shifted. */
  recountStep(input: RecountInput): Promise<RecountedAct>;
  /** Counts when a timetable's nodes are announced and its stages warned of, and looks at its forecast. */
  planTimetable(input: PlanInput): Promise<TimetablePlannedAct>;
  /** Issues the job number of this process. */
  issueNumber(input: NumberEffect['input']): Promise<{ readonly jobNumber: string }>;
  /** Seals the dossier and returns the hash of its file. */
  sealDossier(input: SealEffect['input']): Promise<{ readonly hash: string }>;
}

/** What the workflow of a digest asks of the world. */
export interface DigestActivities {
  /** Sends one digest, or says when to come again because its reader's day has not begun. Safe to run twice. */
  sendDigest(digestId: string): Promise<{ readonly again?: string }>;
  /** Counts a digest that no mail server took, and all it carries, as not delivered. */
  giveUpDigest(digestId: string): Promise<void>;
}

/** What is done once a day for the whole house. */
export interface DailyActivities {
  /** Signs the heads of all logs that moved and lays the file out; a second time on one day gives the same file. */
  signHeads(): Promise<{ readonly day: string; readonly no: number }>;
  /** The letters about holidays that are missing which go out today. */
  holidayLetters(): Promise<readonly HouseLetter[]>;
  /**
   * Plans the next morning's digest of every director for whom a step stands behind its last rung. One digest plans the
   * next by itself; this finds those for whom none was planned, e.g. because somebody else became director.
   */
  planMornings(): Promise<{ readonly directors: number }>;
}
