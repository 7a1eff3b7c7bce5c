import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantAt } from '../../domain/instant.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import { playUntil } from '../../ops/demo/story.ts';
import { promisesKept } from './invariants.ts';
import { pause, Witness } from './patient.ts';
import type { Random } from './random.ts';
import { climbedOnce, rungsFrom } from './rungs.ts';
import { Findings, tellingOf, type Scene } from './scene.ts';
import { Stock, type StockJob } from './stock.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How far a clock jumps, from the right time, and from each jump straight to the next. */
const leaps: readonly (readonly [string, number])[] = [
  ['+1 h', hour],
  ['−1 h', -hour],
  ['+30 days', 30 * day],
  ['−30 days', -30 * day],
];
const parts = ['api', 'worker'] as const;
const folderOf = (dataDir: string): string => join(dataDir, 'jumps');

/** Settings of a house whose worker and api each have a clock that can be moved while they run. */
export function withJumpingClocks(dataDir: string): Readonly<Record<string, string>> {
  mkdirSync(folderOf(dataDir), { recursive: true });
  return {
    FAULTS_JUMPS: folderOf(dataDir),
    NODE_OPTIONS: `--import=${new URL(import.meta.resolve('./jumping-clock.ts')).href}`,
  };
}

function jump(scene: Scene, part: (typeof parts)[number], offsetMs: number): void {
  const file = join(folderOf(scene.dataDir), part);
  writeFileSync(`${file}.new`, String(offsetMs));
  renameSync(`${file}.new`, file);
}

/** The clock of one process jumps while jobs run, decisions are made by link and API, and ladders speak. */
export async function jumps(scene: Scene): Promise<Findings> {
  const { options, random } = scene;
  const findings = new Findings();
  const witness = new Witness();
  witness.calmSince = Infinity;
  const stayMs = options.quick ? 12_000 : 45_000;
  const lengthMs = parts.length * (leaps.length + 1) * stayMs;
  const stock = await Stock.open(scene, 4);
  const ladders: StockJob[] = [];
  const openedMs = Date.now();
  const many = options.quick ? 8 : 40;
  for (let no = 0; no < many; no += 1) {
    // Spread over the whole time, so that rungs fall due under every clock.
    const apartMs = Math.floor(lengthMs / 8);
    const firstMs = openedMs + 15_000 + Math.floor((no / many) * (lengthMs / 4));
    const times = { dueAt: instantAt(firstMs + 2 * apartMs), provisional: false, rungs: rungsFrom(firstMs, apartMs) };
    ladders.push(
      await stock.add({ brand: no % stock.brands, desk: 'accountDirector', openedAt: instantAt(openedMs), times }),
    );
  }

  let jumping = true;
  let started = 0;
  let finished = 0;
  const until: JobPhase = 'CREATING';
  const slot = async (own: Random): Promise<void> => {
    do {
      started += 1;
      const telling = tellingOf(scene, witness, 500_000 + started, own.branch());
      try {
        await playUntil(telling, until);
        finished += 1;
      } catch (error) {
        findings.expect(
          false,
          `a job stopped: ${telling.jobId}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    } while (jumping);
  };
  const slots = Array.from({ length: options.quick ? 3 : 8 }, () => slot(random.branch()));
  let before = 0;
  for (const part of parts) {
    for (const [name, offsetMs] of [...leaps, ['back', 0] as const]) {
      jump(scene, part, offsetMs);
      await pause(stayMs);
      scene.say(`  ${part} ${name}: ${witness.promised.size - before} commands answered yes`);
      before = witness.promised.size;
    }
  }
  jumping = false;
  witness.calmSince = Date.now();
  await Promise.all(slots);
  findings.figure(
    `${parts.length * leaps.length} jumps of api and worker; ${started} jobs started, ${finished} reached ${until}`,
  );
  findings.figure(`answers to clients: ${witness.toString()}`);
  findings.expect(witness.rude.length === 0, `rude answers: ${[...new Set(witness.rude)].slice(0, 8).join('; ')}`);
  await promisesKept(scene, witness, findings);
  await climbedOnce(scene, ladders, findings);
  return findings;
}
