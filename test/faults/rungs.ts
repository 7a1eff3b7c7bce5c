import type { Rung } from '../../domain/circulation/types.ts';
import { instantAt } from '../../domain/instant.ts';
import { outboxTable, type OutboxRow } from '../../store/outbox.ts';
import { op } from '../../store/table.ts';
import { logOf, settled } from './invariants.ts';
import { answering, isBack } from './kills.ts';
import { again, pause } from './patient.ts';
import { Findings, type Scene } from './scene.ts';
import { Stock, type StockJob } from './stock.ts';

/** A whole ladder of an internal signature: warned twice, reminded, then told upwards three times (§7.3). */
const ladder: readonly Omit<Rung, 'at'>[] = [
  { n: 1, kind: 'warn', whom: 'holder' },
  { n: 2, kind: 'warn', whom: 'holder' },
  { n: 1, kind: 'remind', whom: 'holder' },
  { n: 2, kind: 'escalate', whom: 'standInOrHead' },
  { n: 3, kind: 'escalate', whom: 'accountManager' },
  { n: 4, kind: 'escalate', whom: 'accountDirector' },
];
/** Mails of a whole ladder: the second rung upwards is told to the account executive as well (M-22). */
const mailsOfLadder = 7;
/** Kills before the ladders are set up, which tell how long a worker takes to come back here. */
const trialKills = 3;
/** Time beyond the longest return until the next rungs fall due, for what the rungs before have to say. Milliseconds. */
const breathMs = 4_000;
/** A kill this near to the moment at which a rung falls due has met the rung: before it, in it, or in its mail. Milliseconds. */
const metMs = 3_000;

/** The rungs of a whole ladder, the first at a moment and the others a distance apart; milliseconds since 1970. */
export function rungsFrom(firstMs: number, apartMs: number): readonly Rung[] {
  return ladder.map((rung, place) => ({ ...rung, at: instantAt(firstMs + place * apartMs) }));
}

/** The worker is killed at every rung of a ladder so many times; every rung must be seen once, in the log and in the mails. */
export async function rungs(scene: Scene): Promise<Findings> {
  const { options, random } = scene;
  const findings = new Findings();
  const stock = await Stock.open(scene, 4);
  const slotMs = (await longestReturn(scene)) + breathMs;
  findings.figure(
    `rungs fall due every ${(slotMs / 1000).toFixed(1)} s: the longest return of the worker, and a breath`,
  );
  // A worker that comes back late may miss a rung; more jobs make up for it, and are not needed where it never does.
  const count = options.atEach + Math.ceil(options.atEach / 2) + 1;
  const openedMs = Date.now();
  const firstMs = openedMs + 20_000 + count * 250;
  const jobs: StockJob[] = [];
  for (let no = 0; no < count; no += 1) {
    // Each job a slot later than the one before: every slot holds all the rungs, of as many jobs.
    const times = {
      dueAt: instantAt(firstMs + (no + 2) * slotMs),
      provisional: false,
      rungs: rungsFrom(firstMs + no * slotMs, slotMs),
    };
    jobs.push(
      await stock.add({ brand: no % stock.brands, desk: 'accountDirector', openedAt: instantAt(openedMs), times }),
    );
  }
  const met = ladder.map(() => 0);
  let kills = 0;
  let missed = 0;
  for (let slot = 0; slot < count + ladder.length - 1; slot += 1) {
    const dueMs = firstMs + slot * slotMs;
    await pause(Math.max(0, dueMs + random.whole(-400, 1_500) - Date.now()));
    // Only a worker that takes tasks can be met by a kill.
    if ((await answering(scene, 'worker')) === undefined)
      throw new Error('the worker did not come back within two minutes');
    const at = Date.now();
    // One that came back too late for these rungs is left alone, so that it is there for the next ones.
    if (at - dueMs > metMs) {
      missed += 1;
      continue;
    }
    kill(scene);
    kills += 1;
    ladder.forEach((_rung, place) => {
      if (slot - place >= 0 && slot - place < count) met[place] = (met[place] ?? 0) + 1;
    });
    if (kills % 10 === 0) scene.say(`  ${kills} kills`);
    if (met.every((times) => times >= options.atEach)) break;
  }
  findings.figure(
    `${kills} kills of a worker that took tasks; at each of the rungs ${met.join(', ')}; ${missed} times it was back too late to be met`,
  );
  findings.expect(
    met.every((times) => times >= options.atEach),
    `a rung was met by fewer than ${options.atEach} kills: ${met.join(', ')}`,
  );
  await pause(Math.max(0, firstMs + (count + ladder.length) * slotMs - Date.now()));
  await climbedOnce(scene, jobs, findings);
  return findings;
}

function kill(scene: Scene): void {
  scene.excused.workerKilledAt.push(Date.now());
  scene.house.kill('worker', 'SIGKILL');
}

/** How long the worker takes to come back on this machine at most, milliseconds. */
async function longestReturn(scene: Scene): Promise<number> {
  let longestMs = 0;
  for (let trial = 0; trial < trialKills; trial += 1) {
    const pid = await answering(scene, 'worker');
    const at = Date.now();
    kill(scene);
    if (pid === undefined || !(await isBack(scene, 'worker', pid)))
      throw new Error('the worker did not come back within two minutes');
    longestMs = Math.max(longestMs, Date.now() - at);
  }
  return longestMs;
}

/** Every rung of every job was climbed once and in order, told once, and decided nothing. */
export async function climbedOnce(scene: Scene, jobs: readonly StockJob[], findings: Findings): Promise<void> {
  const expected = ladder.map(({ kind, n }) => `${kind}${n}`).join(' ');
  const climbed = async (job: StockJob): Promise<string[]> =>
    (await logOf(scene, job.processId)).flatMap(({ event }) =>
      event.type === 'rungClimbed' ? [`${event.kind}${event.n}`] : [],
    );
  for (const until = Date.now() + 300_000; Date.now() < until; await pause(1_000)) {
    const all = await Promise.all(jobs.map(climbed));
    if (all.every((one) => one.length >= ladder.length)) break;
  }
  // What rungs say is gathered for a minute; then the digests leave.
  for (const until = Date.now() + 300_000; Date.now() < until; await pause(1_000)) {
    const told = await Promise.all(jobs.map((job) => mailsOf(scene, job)));
    if (told.flat().every(({ state }) => state === 'sent') && told.every((one) => one.length >= mailsOfLadder)) break;
  }
  findings.expect(await settled(scene, 300_000), 'the house did not come to rest after the rungs');
  let entries = 0;
  let mails = 0;
  let slowestMs = 0;
  for (const job of jobs) {
    const found = await climbed(job);
    entries += found.length;
    findings.expect(found.join(' ') === expected, `${job.processId}: climbed ${found.join(' ')}`);
    const log = await logOf(scene, job.processId);
    findings.expect(
      !log.some(({ event }) => event.type === 'decided' && event.step === job.where.step),
      `${job.processId}: the ladder decided something`,
    );
    const planned =
      job.state.circulations[job.where.circulation]?.stays.find(({ step }) => step === job.where.step)?.rungs ?? [];
    for (const { event, stamp } of log) {
      const rung =
        event.type === 'rungClimbed' ? planned.find((one) => one.kind === event.kind && one.n === event.n) : undefined;
      if (rung) slowestMs = Math.max(slowestMs, Date.parse(stamp.at) - Date.parse(rung.at));
    }
    const rows = await mailsOf(scene, job);
    const sent = rows.filter(({ state }) => state === 'sent');
    mails += sent.length;
    findings.expect(
      sent.length === mailsOfLadder && rows.length === mailsOfLadder,
      `${job.processId}: ${sent.length} mails of rungs sent of ${rows.length}, expected ${mailsOfLadder}`,
    );
  }
  findings.figure(
    `${jobs.length} jobs with ${entries} rungs in the log, each once and in order, and ${mails} mails; the latest ${(slowestMs / 1000).toFixed(1)} s behind its moment`,
  );
}

/** What the rungs of a job had to say, whichever mail it went in. */
function mailsOf(scene: Scene, { processId }: StockJob): Promise<OutboxRow[]> {
  const kinds = op({ $in: ['warn', 'remind', 'escalate'] as const });
  return again('the outbox', () => outboxTable(scene.store).find({ processId, kind: kinds }).lean<OutboxRow[]>());
}
