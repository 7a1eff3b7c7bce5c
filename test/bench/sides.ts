/** What a run of so many jobs, so many at once, came to. */
export interface RunFigures {
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  readonly jobsPerSecond: number;
  /** From the Update call to its answer, milliseconds each. */
  readonly answerMs: readonly number[];
  /** From the Update call until the next desk is open, milliseconds each. */
  readonly nextDeskMs: readonly number[];
  readonly workflowIds: readonly string[];
  readonly startedAtMs: number;
}

/** One side of the comparison. */
export interface Side {
  readonly name: string;
  /** Makes jobs that stand right before the first of the six stages; not measured. */
  prepare(jobs: number): Promise<readonly string[]>;
  /** Brings prepared jobs through the six stages. */
  run(workflowIds: readonly string[], atOnce: number): Promise<RunFigures>;
  /** Resolves when nothing that the run caused is still under way. */
  settled(): Promise<void>;
  /** Processes whose time counts, by what they are. */
  readonly pids: () => Readonly<Record<string, readonly number[]>>;
}
