import type { Circulation, Decision, Route } from '../circulation/types.ts';
import type { Instant } from '../instant.ts';
import type { PersonActor, Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { Role } from '../people/roles.ts';
import type { FrozenPaper, JobAct, PointId } from './acts.ts';
import type { JobPhase, JobState } from './state.ts';
import { jobPhases } from './state.ts';
import type { PersonCommand, Sketch } from './sketch.ts';

/** Who may do an act: holders of a title, or the account person who answers for the job. */
export type ByWhom = Role | 'owner';

/** One act of a person on a job: who, when, what must hold, what it causes. A new process is only more of these. */
export interface ActDefinition<A> {
  readonly by: readonly ByWhom[];
  /** States of M-01 in which the act makes sense. */
  readonly phases: readonly JobPhase[];
  /** What must hold whatever the act says; also tells a page why not. */
  readonly guard?: (state: JobState) => Refusal | undefined;
  /** Adds what follows to the sketch, or says why not. A refusal discards the whole sketch. */
  readonly decide: (sketch: Sketch, command: PersonCommand<A>) => Refusal | undefined;
}

/** A submission at an approval point, as its definition sees it. */
export interface PointSubmission {
  readonly act: Extract<JobAct, { type: 'submit' }>;
  readonly paper: FrozenPaper | undefined;
  readonly roles: readonly Role[];
  readonly personId: string;
  readonly receivedAt: Instant;
}

/** How a round ended with a no. */
export interface No {
  readonly circulation: Circulation;
  readonly decision: Decision;
}

/** An approval point (§4.24): which paper, which route, what must hold, what a yes and a no cause. */
export interface PointDefinition {
  readonly by: readonly ByWhom[];
  readonly phases: readonly JobPhase[];
  /** The form whose version goes round; absent where the point takes up what was filed before. */
  readonly form?: string;
  readonly route: (state: JobState, submission: PointSubmission | undefined) => Route;
  /** Suffix of paper key and circulation id where a job has several, e.g. `R1`. */
  readonly suffix?: (state: JobState, submission: PointSubmission) => string;
  readonly guard?: (state: JobState) => Refusal | undefined;
  /** What must hold for this very submission. */
  readonly check?: (state: JobState, submission: PointSubmission) => Refusal | undefined;
  /** Steps the author need not mark, because the rules do. */
  readonly notApplicable?: (
    state: JobState,
    submission: PointSubmission,
  ) => readonly { step: string; reason: string }[];
  readonly onSubmitted?: (sketch: Sketch, circulation: Circulation) => void;
  readonly onPassed: (sketch: Sketch, circulation: Circulation) => void;
  readonly onNo?: (sketch: Sketch, no: No) => void;
  /**
   * Undoes what `onNo` caused, for a no that was taken back; refuses when somebody has acted on it since. Without it the
   * round goes on where its point could be submitted now.
   */
  readonly onTakenBack?: (sketch: Sketch, no: No) => Refusal | undefined;
  /** What taking the paper back undoes. */
  readonly onWithdrawn?: (sketch: Sketch, circulation: Circulation) => void;
}

/** The table of approval points. */
export type PointTable = Readonly<Record<PointId, PointDefinition>>;

/** Everybody in account service; opening numbers, orders and papers is theirs. */
export const account: readonly ByWhom[] = ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'];
/** Account manager or above. */
export const managers: readonly ByWhom[] = ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'];
/** People who make pieces. */
export const makers: readonly ByWhom[] = [
  'ARTIST',
  'ART_DIRECTOR',
  'COPYWRITER',
  'COPY_CHIEF',
  'PRODUCTION',
  'STRATEGY_PLANNER',
];

/** Whether somebody holds one of these titles. */
export function mayBe(by: readonly ByWhom[], actor: PersonActor): boolean {
  return actor.roles.some((role) => by.includes(role));
}

/** Moves the job on; the same state twice writes nothing. */
export function moveTo(sketch: Sketch, to: JobPhase): void {
  const from = sketch.state.phase;
  if (from !== to) sketch.add({ type: 'phaseChanged', from, to });
}

/** Names what a paper still lacks. */
export function lacking(paper: FrozenPaper | undefined, rule: string): Refusal | undefined {
  if (!paper) return refuse('FIELD_MISSING', { field: 'paper', params: { fields: ['paper'] }, rule });
  return paper.facts.complete
    ? undefined
    : refuse('FIELD_MISSING', { field: 'paper', params: { fields: paper.facts.missing }, rule });
}

/** Whether the newest version of a paper was signed round. */
export function passed(state: JobState, key: string): boolean {
  return state.papers[key]?.status === 'passed';
}

/** A fact that is a list of words; anything else counts as none. */
export function listFact(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** From one state to another in the order of M-01, both included. */
function phasesFrom(from: JobPhase, to: JobPhase): readonly JobPhase[] {
  return jobPhases.slice(jobPhases.indexOf(from), jobPhases.indexOf(to) + 1);
}

/** While there is an accepted order and something is still being made. */
export const working: readonly JobPhase[] = phasesFrom('CREATING', 'PROOF_QC');
/** From the opening on, until everything is made. */
export const sinceOpening: readonly JobPhase[] = phasesFrom('OPENED', 'PROOF_QC');
