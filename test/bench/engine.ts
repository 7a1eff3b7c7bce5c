import type { Client } from '@temporalio/client';
import type { HistoryShare } from './history.ts';
import { historyShare } from './history.ts';
import { cpuMs, loadNow, median, quantile, watchCores } from './measure.ts';
import type { Side } from './sides.ts';

/** How much is measured. */
export interface Amount {
  /** Rounds; every side is measured once in each, one after the other, so that all meet the same machine. */
  readonly rounds: number;
  readonly jobsAlone: number;
  readonly jobsAtOnce: number;
  readonly atOnce: number;
}

/** Figures of one side, medians over the rounds. */
export interface SideFigures {
  readonly name: string;
  readonly alone: Latencies;
  readonly atOnce: Latencies & { readonly decisionsPerSecond: number; readonly jobsPerSecond: number };
  /** Processor milliseconds a decision, by what took them. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly history: HistoryShare;
  /** Load of the machine beside the rounds at full width: lowest and highest. */
  readonly load: readonly [lowest: number, highest: number];
  /** Share of the cores that was busy meanwhile. */
  readonly busy: number;
}

/** Latencies in milliseconds. */
export interface Latencies {
  readonly answerP50: number;
  readonly answerP99: number;
  readonly nextP50: number;
  readonly nextP99: number;
}

interface Round {
  readonly alone: Latencies;
  readonly atOnce: SideFigures['atOnce'];
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly history: HistoryShare;
  readonly load: number;
  readonly busy: number;
}

/** Measures all sides, round by round. `say` hears what is going on. */
export async function measureSides(
  client: Client,
  sides: readonly Side[],
  amount: Amount,
  say: (line: string) => void,
): Promise<SideFigures[]> {
  const rounds = new Map<Side, Round[]>(sides.map((side) => [side, []]));
  // The first decisions of a process pay for what is compiled and cached once.
  for (const side of sides) {
    await side.run(await side.prepare(4), 4);
    await side.settled();
  }
  for (let no = 1; no <= amount.rounds; no += 1) {
    for (const side of sides) {
      const round = await measureOnce(client, side, amount);
      rounds.get(side)?.push(round);
      say(
        `round ${no}  ${side.name}: ${round.atOnce.decisionsPerSecond.toFixed(1)} decisions/s, alone p50 ${round.alone.answerP50.toFixed(1)} ms, next desk ${round.alone.nextP50.toFixed(1)} ms, ${round.history.events.toFixed(1)} events (load ${round.load})`,
      );
    }
  }
  return sides.map((side) => together(side.name, rounds.get(side) ?? []));
}

async function measureOnce(client: Client, side: Side, amount: Amount): Promise<Round> {
  const alone = await side.prepare(amount.jobsAlone);
  await side.settled();
  const single = await side.run(alone, 1);
  await side.settled();
  const many = await side.prepare(amount.jobsAtOnce);
  await side.settled();
  const before = cpuOf(side);
  const cores = watchCores();
  const wide = await side.run(many, amount.atOnce);
  const busy = cores();
  const load = loadNow();
  await side.settled();
  const after = cpuOf(side);
  const cpu = Object.fromEntries(
    Object.entries(after).map(([what, ms]) => [what, (ms - (before[what] ?? 0)) / wide.decisions]),
  );
  const sample = wide.workflowIds.slice(0, 5);
  const history = await historyShare(
    client,
    sample,
    wide.startedAtMs,
    (wide.decisions / wide.workflowIds.length) * sample.length,
  );
  return {
    alone: latencies(single),
    atOnce: { ...latencies(wide), decisionsPerSecond: wide.decisionsPerSecond, jobsPerSecond: wide.jobsPerSecond },
    cpuMs: cpu,
    history,
    load,
    busy,
  };
}

function cpuOf(side: Side): Record<string, number> {
  return Object.fromEntries(
    Object.entries(side.pids()).map(([what, pids]) => [what, pids.reduce((sum, pid) => sum + cpuMs(pid), 0)]),
  );
}

function latencies({
  answerMs,
  nextDeskMs,
}: {
  readonly answerMs: readonly number[];
  readonly nextDeskMs: readonly number[];
}): Latencies {
  return {
    answerP50: quantile(answerMs, 0.5),
    answerP99: quantile(answerMs, 0.99),
    nextP50: quantile(nextDeskMs, 0.5),
    nextP99: quantile(nextDeskMs, 0.99),
  };
}

function together(name: string, rounds: readonly Round[]): SideFigures {
  const of = (figure: (round: Round) => number): number => median(rounds.map(figure));
  const both = (which: 'alone' | 'atOnce'): Latencies => ({
    answerP50: of((round) => round[which].answerP50),
    answerP99: of((round) => round[which].answerP99),
    nextP50: of((round) => round[which].nextP50),
    nextP99: of((round) => round[which].nextP99),
  });
  const last = rounds.at(-1);
  if (!last) throw new Error(`${name} was not measured`);
  const loads = rounds.map(({ load }) => load);
  return {
    name,
    alone: both('alone'),
    atOnce: {
      ...both('atOnce'),
      decisionsPerSecond: of((round) => round.atOnce.decisionsPerSecond),
      jobsPerSecond: of((round) => round.atOnce.jobsPerSecond),
    },
    cpuMs: Object.fromEntries(Object.keys(last.cpuMs).map((what) => [what, of((round) => round.cpuMs[what] ?? 0)])),
    history: last.history,
    load: [Math.min(...loads), Math.max(...loads)],
    busy: of((round) => round.busy),
  };
}
