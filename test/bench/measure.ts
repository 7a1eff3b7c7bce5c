import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Milliseconds of a number of samples at a quantile (0 to 1); NaN without samples. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle of several figures. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** The machine's load over the last minute; other people's work is in it. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Ticks of all cores since boot: busy and all. */
function ticks(): { busy: number; all: number } {
  return cpus().reduce(
    (sum, { times }) => {
      const all = times.user + times.nice + times.sys + times.idle + times.irq;
      return { busy: sum.busy + all - times.idle, all: sum.all + all };
    },
    { busy: 0, all: 0 },
  );
}

/** Starts watching the cores; the result says which share of them was busy since. */
export function watchCores(): () => number {
  const before = ticks();
  return () => {
    const after = ticks();
    return (after.busy - before.busy) / Math.max(1, after.all - before.all);
  };
}

const MS_PER_TICK = 10;

interface Stat {
  readonly parent: number;
  /** Own time and that of children that ended, milliseconds. */
  readonly ms: number;
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold blanks; everything of interest stands behind it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ms: [11, 12, 13, 14].reduce((sum, place) => sum + (fields[place] ?? 0), 0) * MS_PER_TICK };
  } catch {
    return undefined;
  }
}

/** Processor time of a process and all below it so far, milliseconds. Linux only; 0 elsewhere. */
export function cpuMs(root: number): number {
  const all = new Map<number, Stat>();
  for (const name of listProcesses()) {
    const found = stat(name);
    if (found) all.set(name, found);
  }
  let sum = 0;
  for (const [pid, { ms }] of all) {
    let at: number | undefined = pid;
    while (at !== undefined && at !== root && at > 1) at = all.get(at)?.parent;
    if (at === root) sum += ms;
  }
  return sum;
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Runs work and answers with its length in milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}

/** Runs `jobs` pieces of work in so many lanes; a lane takes the next when it is done with one. */
export async function inLanes(
  lanes: number,
  jobs: number,
  work: (job: number, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (no: number): Promise<void> => {
    for (;;) {
      const job = next;
      next += 1;
      if (job >= jobs) return;
      await work(job, no);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, jobs) }, (_, no) => lane(no)));
}
