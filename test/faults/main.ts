import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHouse } from '../../ops/house/house.ts';
import { noEngine, noWorker } from './away.ts';
import { clicks } from './clicks.ts';
import { checkEverything, settled } from './invariants.ts';
import { kills } from './kills.ts';
import { mailFaults } from './mail.ts';
import { readOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { Findings, openScene, type Scene } from './scene.ts';
import { scanners } from './scanners.ts';

/** Everything that is tried, in order; what all of it left behind is looked at last. */
const scenarios: readonly (readonly [string, string, (scene: Scene) => Promise<Findings>])[] = [
  ['clicks', 'many parallel clicks of mixed verdicts on one step', clicks],
  ['scanners', 'scanners, previews and an idle browser on every open link', scanners],
  ['no-worker', 'clicks while no worker runs', noWorker],
  ['no-engine', 'clicks while the engine is away', noEngine],
  ['mail', 'faults of the mail server', mailFaults],
  ['kills', 'SIGKILL of every process while jobs run', kills],
  ['invariants', 'what must hold after all of it', invariants],
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
  const unknown = options.only.filter((name) => !scenarios.some(([known]) => known === name));
  if (unknown.length > 0)
    throw new Error(
      `no scenario is called ${unknown.join(', ')}; there are: ${scenarios.map(([name]) => name).join(', ')}`,
    );
  const began = performance.now();
  const dataDir = await mkdtemp(join(tmpdir(), 'jobbag-faults-'));
  say(`seed ${options.seed}${options.quick ? ', quick' : ''}; play it again with --seed ${options.seed}`);
  const house = await startHouse({
    dataDir,
    httpPort: 0,
    ports: { engine: 0, ui: 0, documents: 0, postgres: 0, smtp: 0, inbox: 0 },
    durable: false,
    // Callers say where they come from, so that many people are not taken for one.
    settings: { TRUST_PROXY: '1' },
  });
  let passed = 0;
  let failed = 0;
  try {
    const random = randomFrom(options.seed);
    const scene = await openScene(house, dataDir, options, random, say);
    say(`the house is up after ${seconds(began)} s`);
    for (const [name, title, play] of scenarios) {
      const own = random.branch();
      if (options.only.length > 0 && !options.only.includes(name) && name !== 'invariants') continue;
      say(`\n${name}: ${title}`);
      const since = performance.now();
      const findings = await play({ ...scene, random: own }).catch((error: unknown) => {
        const broken = new Findings();
        broken.expect(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
        return broken;
      });
      for (const line of findings.figures) say(`  ${line}`);
      for (const line of findings.broken.slice(0, 20)) say(`  BROKEN ${line}`);
      if (findings.broken.length > 20) say(`  … and ${findings.broken.length - 20} more`);
      const good = findings.broken.length === 0;
      if (good) passed += 1;
      else failed += 1;
      say(`${good ? 'PASS' : 'FAIL'} ${name} (${seconds(since)} s)`);
    }
    await scene.close();
  } finally {
    await house.stop();
    if (options.keep) say(`the data is kept in ${dataDir}`);
    else await rm(dataDir, { recursive: true, force: true });
  }
  say(`\nseed ${options.seed}, ${seconds(began)} s`);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
