import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHouse } from '../../ops/house/house.ts';
import { noEngine, noWorker } from './away.ts';
import { clicks } from './clicks.ts';
import { deadline } from './deadline.ts';
import { checkEverything, settled } from './invariants.ts';
import { jumps, withJumpingClocks } from './jumps.ts';
import { kills } from './kills.ts';
import { mailFaults } from './mail.ts';
import { readOptions, type Options } from './options.ts';
import { randomFrom } from './random.ts';
import { rungs } from './rungs.ts';
import { Findings, openScene, type Scene } from './scene.ts';
import { scanners } from './scanners.ts';
import { atSeven, typhoon } from './typhoon.ts';

/** One thing that is tried. */
interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly play: (scene: Scene) => Promise<Findings>;
  /** Settings of a house of its own, for what the others must not feel. */
  readonly house?: (dataDir: string) => Readonly<Record<string, string>>;
}

/** What must hold comes last in every house. */
const last: Scenario = { name: 'invariants', title: 'what must hold after all of it', play: invariants };

/** Rungs at their very moment, where a kill waits for them, however many share the minute. */
const noTurns = (): Readonly<Record<string, string>> => ({ RUNGS_PER_SECOND: '1000' });

/** Everything that is tried, in order; first what shares one house. */
const scenarios: readonly Scenario[] = [
  { name: 'clicks', title: 'many parallel clicks of mixed verdicts on one step', play: clicks },
  { name: 'scanners', title: 'scanners, previews and an idle browser on every open link', play: scanners },
  { name: 'no-worker', title: 'clicks while no worker runs', play: noWorker },
  { name: 'no-engine', title: 'clicks while the engine is away', play: noEngine },
  { name: 'mail', title: 'faults of the mail server', play: mailFaults },
  { name: 'kills', title: 'SIGKILL of every process while jobs run', play: kills },
  { name: 'rungs', title: 'SIGKILL of the worker at every rung of a ladder', play: rungs, house: noTurns },
  { name: 'typhoon', title: 'a typhoon day declared at seven in the morning', play: typhoon, house: atSeven },
  { name: 'jumps', title: 'the clock of one process jumps', play: jumps, house: withJumpingClocks },
  { name: 'deadline', title: 'very many deadlines in the same minute', play: deadline, house: () => ({}) },
];

async function invariants(scene: Scene): Promise<Findings> {
  const findings = new Findings();
  findings.expect(await settled(scene, 400_000), 'the house did not come to rest');
  await checkEverything(scene, findings);
  return findings;
}

const say = (line: string): void => console.log(line);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const names = [...scenarios, last].map(({ name }) => name);
  const unknown = options.only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`no scenario is called ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  const began = performance.now();
  say(`seed ${options.seed}${options.quick ? ', quick' : ''}; play it again with --seed ${options.seed}`);
  const chosen = ({ name }: Scenario): boolean => options.only.length === 0 || options.only.includes(name);
  const shared = scenarios.filter(({ house }) => house === undefined);
  const tally = { passed: 0, failed: 0 };
  if (shared.some(chosen) || options.only.includes(last.name)) await playIn(options, shared, chosen, tally);
  for (const scenario of scenarios)
    if (scenario.house !== undefined && chosen(scenario)) await playIn(options, [scenario], chosen, tally);
  say(`\nseed ${options.seed}, ${seconds(began)} s`);
  say(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

/** Starts a house, plays the chosen of some scenarios in it, and looks at what they left behind. */
async function playIn(
  options: Options,
  some: readonly Scenario[],
  chosen: (scenario: Scenario) => boolean,
  tally: { passed: number; failed: number },
): Promise<void> {
  const began = performance.now();
  const dataDir = await mkdtemp(join(tmpdir(), 'jobbag-faults-'));
  const house = await startHouse({
    dataDir,
    httpPort: 0,
    ports: { engine: 0, ui: 0, documents: 0, postgres: 0, smtp: 0, inbox: 0 },
    durable: false,
    // Callers say where they come from, so that many people are not taken for one.
    settings: { TRUST_PROXY: '1', ...some[0]?.house?.(dataDir) },
  });
  try {
    const random = randomFrom(options.seed);
    const scene = await openScene(house, dataDir, options, random, say);
    say(`the house is up after ${seconds(began)} s`);
    for (const scenario of [...some, last]) {
      const own = random.branch();
      if (!chosen(scenario) && scenario !== last) continue;
      say(`\n${scenario.name}: ${scenario.title}`);
      const since = performance.now();
      const findings = await scenario.play({ ...scene, random: own }).catch((error: unknown) => {
        const broken = new Findings();
        broken.expect(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
        return broken;
      });
      for (const line of findings.figures) say(`  ${line}`);
      for (const line of findings.broken.slice(0, 20)) say(`  BROKEN ${line}`);
      if (findings.broken.length > 20) say(`  … and ${findings.broken.length - 20} more`);
      const good = findings.broken.length === 0;
      if (good) tally.passed += 1;
      else tally.failed += 1;
      say(`${good ? 'PASS' : 'FAIL'} ${scenario.name} (${seconds(since)} s)`);
    }
    await scene.close();
  } finally {
    await house.stop();
    if (options.keep) say(`the data is kept in ${dataDir}`);
    else await rm(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
