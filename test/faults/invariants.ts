import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { clockWithOffset } from '../../config/clock.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import { readEntry, type LogEntry } from '../../domain/log/entry.ts';
import { verifyChain } from '../../domain/log/verify.ts';
import { rebuildReadModels } from '../../ops/rebuild.ts';
import { sha256 } from '../../store/digest.ts';
import { jobRow } from '../../store/jobs.ts';
import { entriesOf, keptOf, processIdsAfter } from '../../store/log.ts';
import { outboxTable, type OutboxRow } from '../../store/outbox.ts';
import { stepsOf } from '../../store/steps.ts';
import { op } from '../../store/table.ts';
import { stateQuery } from '../../workflows/messages.ts';
import { again, pause, type Witness } from './patient.ts';
import type { Findings, Scene } from './scene.ts';

/** Every entry of a job's log, read. */
export async function logOf(scene: Scene, jobId: string): Promise<LogEntry<JobEvent>[]> {
  const rows = await again('the log', () => entriesOf(scene.store, jobId));
  // The recorder wrote them from events of the process, so their shape is known.
  return rows.map((row) => readEntry(row.body) as LogEntry<JobEvent>);
}

/** Ids of all jobs in the log. */
export async function allJobs(scene: Scene): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await processIdsAfter(scene.store, ids.at(-1) ?? '', 500);
    ids.push(...page);
    if (page.length < 500) return ids;
  }
}

/**
 * Waits until no mail is due and no process has an effect open; a claim of a killed worker runs out by itself, and what is
 * put by for somebody's next morning may wait. Bounded.
 */
export async function settled(scene: Scene, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(1_000)) {
    const waiting = await again('the outbox', () =>
      outboxTable(scene.store).countDocuments({
        $or: [{ state: 'claimed' }, { state: 'queued', notBefore: op({ $lte: houseTime(scene) }) }],
      }),
    );
    if (waiting > 0) continue;
    const busy = await Promise.all((await allJobs(scene)).map((id) => effectsOf(scene, id)));
    if (busy.every((count) => count === 0)) return true;
  }
  return false;
}

/** The present moment in a house whose clock is moved, as worker and api have it. */
export function houseTime({ house }: Scene): string {
  return clockWithOffset(Number(house.environment['CLOCK_OFFSET_MS'] ?? 0))();
}

/** Activities of a process that have not returned; 0 for one that has ended. */
async function effectsOf(scene: Scene, jobId: string): Promise<number> {
  const about = await described(scene, jobId);
  return about === undefined ? 0 : (about.raw.pendingActivities?.length ?? 0) + (about.raw.pendingWorkflowTask ? 1 : 0);
}

function described(scene: Scene, jobId: string) {
  return again(`the engine's word on ${jobId}`, async () => {
    try {
      return await scene.engine.workflow.getHandle(jobId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  });
}

/** Every yes is in the log, once: one run of entries under its id, with one decision at most. */
export async function promisesKept(scene: Scene, witness: Witness, findings: Findings): Promise<void> {
  const logs = new Map<string, LogEntry<JobEvent>[]>();
  let inLog = 0;
  for (const { jobId, commandId, by } of witness.promised.values()) {
    const log = logs.get(jobId) ?? (await logOf(scene, jobId));
    logs.set(jobId, log);
    const entries = log.filter((entry) => entry.stamp.commandId === commandId);
    const seqs = entries.map((entry) => entry.seq);
    const decisions = entries.filter((entry) => entry.event.type === 'decided').length;
    const once = seqs.length > 0 && (seqs.at(-1) ?? 0) - (seqs[0] ?? 0) === seqs.length - 1 && decisions <= 1;
    findings.expect(
      once,
      `${by} command ${commandId} of ${jobId} is in the log at [${seqs.join(', ')}] with ${decisions} decisions`,
    );
    if (once) inLog += 1;
  }
  findings.figure(`${witness.promised.size} commands were answered yes, ${inLog} of them are in the log exactly once`);
}

/** (a) One decision at most for each person at each step of a round, also where several clicked; the step's row says the same. */
export async function oneDecisionEach(scene: Scene, jobIds: readonly string[], findings: Findings): Promise<number> {
  let decided = 0;
  for (const jobId of jobIds) {
    const at = new Map<string, string>();
    for (const { event } of await logOf(scene, jobId)) {
      if (event.type === 'decisionWithdrawn') at.delete(`${event.circulation}/${event.round}/${event.step}`);
      if (event.type !== 'decided') continue;
      const place = `${event.circulation}/${event.round}/${event.step}`;
      findings.expect(!at.has(place), `${jobId}: two decisions at ${place}`);
      at.set(place, event.decision.verdict);
      decided += 1;
    }
    for (const step of await again('the steps', () => stepsOf(scene.store, jobId))) {
      const verdict = at.get(`${step.circulation}/${step.round}/${step.step}`);
      if (verdict !== undefined)
        findings.expect(
          step.verdict === verdict,
          `${jobId}: the read model says ${step.verdict ?? 'nothing'} at ${step.circulation}.${step.step}, the log ${verdict}`,
        );
    }
  }
  return decided;
}

/** (e) Every log verifies up to the head that the read models and the running process know. */
export async function logsVerify(scene: Scene, jobIds: readonly string[], findings: Findings): Promise<void> {
  let entries = 0;
  for (const jobId of jobIds) {
    const rows = await again('the log', () => entriesOf(scene.store, jobId));
    const row = await again('the job', () => jobRow(scene.store, jobId));
    const heads = row ? [{ seq: row.seq, hash: row.headHash }] : [];
    const verdict = verifyChain(rows.map(keptOf), { processId: jobId, heads }, sha256);
    entries += rows.length;
    findings.expect(
      row?.seq === rows.length,
      `${jobId}: the read model stands at entry ${row?.seq ?? 0} of ${rows.length}`,
    );
    findings.expect(
      verdict.ok,
      `${jobId}: the log does not verify: ${verdict.ok ? '' : `${verdict.why} at ${verdict.seq}`}`,
    );
  }
  findings.figure(`${jobIds.length} logs with ${entries} entries verify`);
}

/** (h) No process stands still on a failing task, and what it says of itself is what the read model says. */
export async function nothingStuck(scene: Scene, jobIds: readonly string[], findings: Findings): Promise<void> {
  let running = 0;
  for (const jobId of jobIds) {
    const about = await described(scene, jobId);
    const row = await again('the job', () => jobRow(scene.store, jobId));
    findings.expect(about !== undefined, `${jobId}: the engine does not know it`);
    if (about === undefined) continue;
    const attempt = about.raw.pendingWorkflowTask?.attempt ?? 1;
    findings.expect(attempt <= 3, `${jobId}: its task fails, attempt ${attempt}`);
    for (const one of about.raw.pendingActivities ?? []) {
      findings.expect(
        (one.attempt ?? 0) <= 3,
        `${jobId}: ${one.activityType?.name ?? ''} at attempt ${one.attempt ?? 0}: ${one.lastFailure?.message ?? ''}`,
      );
    }
    if (about.status.name !== 'RUNNING') {
      findings.expect(
        about.status.name === 'COMPLETED' && row?.open === false,
        `${jobId}: ${about.status.name} in the engine, ${row?.phase ?? 'unknown'} in the store`,
      );
      continue;
    }
    running += 1;
    const state = await again('the process', () => scene.engine.workflow.getHandle(jobId).query(stateQuery));
    findings.expect(
      state.phase === row?.phase,
      `${jobId}: the process says ${state.phase}, the read model ${row?.phase ?? 'nothing'}`,
    );
  }
  findings.figure(`${running} processes running, ${jobIds.length - running} ended, no task failing`);
}

/** (c) Whoever holds an open step was asked by mail, or that nobody could be is in the log. */
export async function everybodyAsked(scene: Scene, jobIds: readonly string[], findings: Findings): Promise<void> {
  for (const jobId of jobIds) {
    for (const step of await again('the steps', () => stepsOf(scene.store, jobId))) {
      if (step.state !== 'open' || !step.open || step.askedAt !== undefined) continue;
      const alert = (await logOf(scene, jobId)).some(
        ({ event }) =>
          event.type === 'askFailed' &&
          event.circulation === step.circulation &&
          event.round === step.round &&
          event.step === step.step,
      );
      findings.expect(alert, `${jobId}: nobody was asked for ${step.circulation}.${step.step}`);
    }
  }
}

/**
 * (d) Nobody got the same mail twice. A second copy is excused only by a fault that was played after the last byte: by
 * `injected` ones, or by a kill of the worker in the moment between the server's yes and our note of it.
 */
export async function copies(scene: Scene, findings: Findings): Promise<void> {
  const { injected, workerKilledAt } = scene.excused;
  const arrived = new Map<string, number[]>();
  const list = scene.house.stack.inbox?.list() ?? [];
  for (const one of list) {
    const key = `${one.messageId} ${one.to.join(',')}`;
    arrived.set(key, [...(arrived.get(key) ?? []), Date.parse(one.receivedAt)]);
  }
  const more = [...arrived].filter(([, at]) => at.length > 1);
  const unexplained = more.filter(([, at]) => {
    const first = Math.min(...at);
    return !workerKilledAt.some((killed) => killed >= first - 50 && killed - first < 2_000);
  });
  const extra = unexplained.reduce((sum, [, at]) => sum + at.length - 1, 0);
  findings.expect(
    extra <= injected,
    `${extra} second copies with ${injected} faults injected after DATA: ${unexplained
      .slice(0, 3)
      .map(([key]) => key)
      .join('; ')}`,
  );
  const sent = await again('the outbox', () => outboxTable(scene.store).find({ state: 'sent' }).lean<OutboxRow[]>());
  const there = new Set(list.map((one) => one.messageId.replace(/^<|@.*$/g, '')));
  findings.figure(
    `${list.length} mails arrived, ${arrived.size} different, ${extra} second copies unexplained, ${more.length - unexplained.length} explained by a kill between the server's yes and our note; ${sent.length} outbox rows sent, ${there.size} message ids`,
  );
}

/** (f) Dropping the read models and folding them from the log gives the same rows. */
export async function rebuildChangesNothing(scene: Scene, findings: Findings): Promise<void> {
  const before = await readModels(scene);
  await rebuildReadModels(scene.store);
  const after = await readModels(scene);
  for (const [key, row] of before)
    findings.expect(after.get(key) === row, `rebuild changed ${key}: ${difference(row, after.get(key))}`);
  for (const key of after.keys()) findings.expect(before.has(key), `rebuild made ${key}`);
  findings.figure(`${before.size} rows of the read models, the same after a rebuild`);
}

function difference(before: string, after: string | undefined): string {
  if (after === undefined) return 'gone';
  const place = [...before].findIndex((letter, index) => after[index] !== letter);
  return `“${before.slice(Math.max(0, place - 40), place + 60)}” became “${after.slice(Math.max(0, place - 40), place + 60)}”`;
}

async function readModels(scene: Scene): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (const name of ['jobs', 'jobStates', 'jobNames', 'steps', 'paperVersions']) {
    for (const row of await scene.store.collection(name).find({}).toArray())
      rows.set(`${name}/${String(row._id)}`, JSON.stringify(sorted(row)));
  }
  return rows;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

const workingLink = /[a-z0-9]{6}[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{32}/;

/** (g) No working link lies in a log, in the engine's database or in the store. The inbox has them: that is where they belong. */
export async function noLinksLeft(scene: Scene, findings: Findings): Promise<void> {
  let bytes = 0;
  for (const folder of ['log', 'logs', 'engine']) {
    for (const file of filesUnder(join(scene.dataDir, folder))) {
      bytes += statSync(file).size;
      findings.expect(!(await holdsLink(file)), `a working link lies in ${folder}/${file.split('/').at(-1) ?? ''}`);
    }
  }
  let rows = 0;
  for (const { collectionName } of (await scene.store.db?.collections()) ?? []) {
    for await (const row of scene.store.collection(collectionName).find({})) {
      rows += 1;
      findings.expect(!workingLink.test(JSON.stringify(row)), `a working link lies in collection ${collectionName}`);
    }
  }
  findings.figure(
    `no working link in ${(bytes / 1_048_576).toFixed(1)} MB of logs and engine data and ${rows} rows of the store`,
  );
}

/** Whether a working link stands in a file, of whatever size: the engine's may have more bytes than a text may. */
async function holdsLink(file: string): Promise<boolean> {
  let end = '';
  for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 4_194_304 })) {
    const text = end + String(piece);
    if (workingLink.test(text)) return true;
    // A link may lie across two pieces.
    end = text.slice(-200);
  }
  return false;
}

function filesUnder(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesUnder(path) : [path];
    });
  } catch {
    return [];
  }
}

/** All of the above that holds after every scenario. */
export async function checkEverything(scene: Scene, findings: Findings): Promise<void> {
  const jobIds = await allJobs(scene);
  await logsVerify(scene, jobIds, findings);
  const decided = await oneDecisionEach(scene, jobIds, findings);
  findings.figure(`${decided} decisions in ${jobIds.length} jobs, one at each step of a round`);
  await nothingStuck(scene, jobIds, findings);
  await everybodyAsked(scene, jobIds, findings);
  await copies(scene, findings);
  await rebuildChangesNothing(scene, findings);
  await noLinksLeft(scene, findings);
}
