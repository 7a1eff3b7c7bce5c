import type { AskedAct, StepOpenedAct } from '../domain/circulation/acts.ts';
import type { MailInput, NumberEffect, OpenEffect, OpenInput, RecordInput, SealEffect } from '../domain/job/effects.ts';
import type { Head } from '../domain/job/state.ts';

/** Entries to append, and steps to open in the same breath: the next desk is known one journey through the engine earlier. */
export interface AppendInput extends RecordInput {
  readonly opens?: readonly OpenEffect[];
}

/** The new head, and by name of the effect what opened; a step that is not among them is opened by `openStep`. */
export interface Appended extends Head {
  readonly opened?: Readonly<Record<string, StepOpenedAct>>;
}

/** What a job's workflow asks of the world. Each is safe to run twice; its key is the name of the effect. */
export interface JobActivities {
  /** Appends entries strictly in order, folds `jobs` and `steps`, returns the new head. Never returns for a store that lies. */
  recordEntries(input: AppendInput): Promise<Appended>;
  /** Finds holders, stand-ins and instants, makes grants. */
  openStep(input: OpenInput): Promise<StepOpenedAct>;
  /** Sends one mail, or says that it cannot be sent. `asked` is returned for mails of kind `ask` only. */
  sendMail(input: MailInput): Promise<AskedAct | { readonly type: 'told'; readonly outcome: 'accepted' | 'failed' }>;
  /** Issues the job number of this process. */
  issueNumber(input: NumberEffect['input']): Promise<{ readonly jobNumber: string }>;
  /** Seals the dossier and returns the hash of its file. */
  sealDossier(input: SealEffect['input']): Promise<{ readonly hash: string }>;
}

/** What is done once a day for the whole house. */
export interface DailyActivities {
  /** Signs the heads of all logs that moved and lays the file out; a second time on one day gives the same file. */
  signHeads(): Promise<{ readonly day: string; readonly no: number }>;
}
