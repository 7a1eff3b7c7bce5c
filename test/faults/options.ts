import { parseArgs } from 'node:util';

/** How hard the house is tried. */
export interface Options {
  readonly seed: number;
  /** Bound for each scenario that repeats something; minutes. */
  readonly minutes: number;
  /** Names of the scenarios to play; all when empty. */
  readonly only: readonly string[];
  readonly quick: boolean;
  /** Steps that are clicked, and clicks on each. */
  readonly rounds: number;
  readonly clicks: number;
  /** Jobs that run while processes are killed, and kills of each process. */
  readonly jobs: number;
  readonly kills: number;
  /** Kills of the worker at each rung of a ladder. */
  readonly atEach: number;
  /** Running jobs whose dates a typhoon moves. */
  readonly moved: number;
  /** Open jobs whose deadlines fall in the same minute. */
  readonly open: number;
  /** How long a browser is left alone on a link; seconds. */
  readonly watchSeconds: number;
  /** Keeps the data folder, for looking at what happened. */
  readonly keep: boolean;
}

const usage = `npm run faults -- [--quick] [--seed N] [--minutes M] [--only name]... [--rounds N] [--clicks N] [--jobs N] [--kills N] [--at-each N] [--moved N] [--open N] [--keep]`;

/** Reads the command line. Throws a sentence with the usage when something on it is not known. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: text,
      minutes: text,
      rounds: text,
      clicks: text,
      jobs: text,
      kills: text,
      'at-each': text,
      moved: text,
      open: text,
      quick: flag,
      keep: flag,
      only: { type: 'string', multiple: true },
    },
  });
  const whole = (name: string, given: string | undefined, fallback: number): number => {
    if (given === undefined) return fallback;
    if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name} must be a whole number\n${usage}`);
    return Number(given);
  };
  const quick = values.quick === true;
  return {
    quick,
    seed: whole('seed', values.seed, Date.now() % 1_000_000_000),
    minutes: whole('minutes', values.minutes, quick ? 2 : 25),
    only: values.only ?? [],
    rounds: whole('rounds', values.rounds, quick ? 5 : 200),
    clicks: whole('clicks', values.clicks, quick ? 20 : 100),
    jobs: whole('jobs', values.jobs, quick ? 10 : 50),
    kills: whole('kills', values.kills, quick ? 2 : 20),
    atEach: whole('at-each', values['at-each'], quick ? 3 : 50),
    moved: whole('moved', values.moved, quick ? 20 : 200),
    open: whole('open', values.open, quick ? 200 : 10_000),
    watchSeconds: quick ? 5 : 30,
    keep: values.keep === true,
  };
}
