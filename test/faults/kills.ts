import type { JobPhase } from '../../domain/job/state.ts';
import { playUntil } from '../../ops/demo/story.ts';
import type { RunningProcess, StackProcess } from '../../ops/stack/stack.ts';
import { jobTable, type JobRow } from '../../store/jobs.ts';
import { promisesKept, settled } from './invariants.ts';
import { again, pause, Witness } from './patient.ts';
import type { Random } from './random.ts';
import { Findings, tellingOf, type Scene } from './scene.ts';

/** Where jobs go; short roads more often, so that many jobs end while processes are still killed. */
const targets: readonly [JobPhase, ...JobPhase[]] = [
  'CREATING',
  'CREATING',
  'CREATING',
  'CLIENT_CONFIRMED',
  'CLIENT_CONFIRMED',
  'ARTWORK_QC',
  'DELIVERED',
  'ARCHIVED',
];
const order: readonly JobPhase[] = ['CREATING', 'CLIENT_CONFIRMED', 'ARTWORK_QC', 'PROOF_QC', 'DELIVERED', 'ARCHIVED'];

/** Kills parts of the house at random moments while jobs run; every yes must stand afterwards. */
export async function kills(scene: Scene): Promise<Findings> {
  const { options, random } = scene;
  const findings = new Findings();
  const witness = new Witness();
  witness.calmSince = Infinity;
  let finished = 0;
  let started = 0;
  let killing = true;
  const reached = new Map<string, JobPhase>();

  // Each slot tells one job after another as long as processes are killed, so that there are always as many running.
  const slot = async (own: Random): Promise<void> => {
    let until = own.oneOf(targets);
    do {
      started += 1;
      const telling = tellingOf(scene, witness, 300_000 + started, own.branch());
      try {
        await playUntil(telling, until);
        reached.set(telling.jobId, until);
        finished += 1;
      } catch (error) {
        findings.expect(
          false,
          `a job on its way to ${until} stopped: ${telling.jobId}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      until = 'CREATING';
    } while (killing);
  };
  const jobs = Array.from({ length: options.jobs }, () => slot(random.branch()));
  const killed = await killAll(scene, random.branch(), findings);
  killing = false;
  witness.calmSince = Date.now();
  scene.say(`  ${killed.all.length} kills done, ${finished} jobs finished, waiting for the rest`);
  await Promise.all(jobs);
  const rested = await settled(scene, 400_000);
  findings.expect(rested, 'the house did not come to rest after the kills');

  findings.figure(
    `kills: ${[...killed.counts].map(([part, times]) => `${part} ${times}`).join(', ')}; slowest return ${Math.round(killed.slowestMs / 100) / 10} s`,
  );
  findings.figure(`${options.jobs} jobs at a time, ${started} started, ${finished} reached their target`);
  findings.figure(`answers to clients: ${witness.toString()}`);
  findings.expect(
    witness.rude.length === 0,
    `rude answers: ${[...new Set(witness.rude)].slice(0, 8).join('; ')} (${witness.rude.length})`,
  );
  await promisesKept(scene, witness, findings);
  const rows = await again('the jobs', () => jobTable(scene.store).find({}).lean<JobRow[]>());
  for (const row of rows) {
    const until = reached.get(row._id);
    if (until !== undefined)
      findings.expect(
        order.indexOf(row.phase) >= order.indexOf(until),
        `${row._id} should have reached ${until} and stands at ${row.phase}`,
      );
  }
  const numbers = rows.flatMap((row) => (row.jobNumber === undefined ? [] : [row.jobNumber]));
  findings.expect(new Set(numbers).size === numbers.length, 'a job number was given out twice');
  return findings;
}

interface Kills {
  readonly counts: ReadonlyMap<string, number>;
  readonly all: readonly { readonly part: StackProcess; readonly at: number }[];
  readonly slowestMs: number;
}

/** Every program of the house as often as asked for, in random order; a quarter of them while another one is still coming back. */
async function killAll(scene: Scene, random: Random, findings: Findings): Promise<Kills> {
  const parts = scene.house.processes.map(({ name }) => name);
  const plan = random.shuffled(parts.flatMap((part) => Array.from({ length: scene.options.kills }, () => part)));
  const counts = new Map<string, number>();
  const all: { part: StackProcess; at: number }[] = [];
  let slowestMs = 0;
  // The first jobs need a moment to be on their way.
  await pause(3_000);
  const endsAt = Date.now() + scene.options.minutes * 60_000;
  for (const part of plan) {
    if (Date.now() > endsAt) break;
    await pause(random.whole(150, 2_000));
    const pid = await running(scene, part);
    if (pid === undefined) {
      findings.expect(false, `${part} did not come back within two minutes`);
      continue;
    }
    const at = Date.now();
    all.push({ part, at });
    if (part === 'worker') scene.excused.workerKilledAt.push(at);
    scene.house.kill(part, 'SIGKILL');
    counts.set(part, (counts.get(part) ?? 0) + 1);
    if (all.length % 10 === 0) scene.say(`  ${all.length} of ${plan.length} kills`);
    if (random.next() < 0.25) continue;
    findings.expect(await isBack(scene, part, pid), `the house did not answer within two minutes of a kill of ${part}`);
    const tookMs = Date.now() - at;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > slowReturnMs)
      scene.say(`  ${part} (${lastKills(all, at)}) was back after ${Math.round(tookMs / 1000)} s`);
  }
  findings.expect(
    all.length === plan.length,
    `only ${all.length} of ${plan.length} kills within ${scene.options.minutes} min`,
  );
  return { counts, all, slowestMs };
}

/** A return that takes longer is named while it is seen: what held it up stands in the logs of that minute. */
const slowReturnMs = 20_000;

/** What had been killed within half a minute before, newest first, with the seconds between. */
function lastKills(all: Kills['all'], at: number): string {
  const before = all.filter((one) => one.at < at && at - one.at < 30_000).toReversed();
  const list = before.map((one) => `${one.part} ${Math.round((at - one.at) / 1000)} s before`).join(', ');
  return `at ${new Date(at).toISOString()}; ${list === '' ? 'nothing else just before' : list}`;
}

/** Looks, for two minutes at most, until a program of the house is as wanted; undefined when it never was. */
async function untilIs(
  scene: Scene,
  part: StackProcess,
  wanted: (found: RunningProcess) => boolean | Promise<boolean>,
): Promise<number | undefined> {
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(100)) {
    const found = scene.house.processes.find(({ name }) => name === part);
    if (found && (await wanted(found))) return found.pid;
  }
  return undefined;
}

/** The number of a program, once it runs; undefined after two minutes without it. */
function running(scene: Scene, part: StackProcess): Promise<number | undefined> {
  return untilIs(scene, part, () => true);
}

/** The number of a program, once it runs and answers; undefined after two minutes without it. */
export function answering(scene: Scene, part: StackProcess): Promise<number | undefined> {
  return untilIs(scene, part, ({ ready }) => ready);
}

/** Waits until a killed program runs anew and the house answers. */
export async function isBack(scene: Scene, part: StackProcess, oldPid: number): Promise<boolean> {
  const answers = (): Promise<boolean> =>
    fetch(`${scene.house.baseUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
  return (await untilIs(scene, part, ({ ready, pid }) => ready && pid !== oldPid && answers())) !== undefined;
}
