import type { Rung } from '../../domain/circulation/types.ts';
import { addMs, instantAt, type Instant } from '../../domain/instant.ts';
import { outboxTable, type OutboxRow } from '../../store/outbox.ts';
import { stepTable } from '../../store/steps.ts';
import { op } from '../../store/table.ts';
import { personAt } from '../bench/agency.ts';
import { inLanes, loadNow, quantile } from '../bench/measure.ts';
import { settled } from './invariants.ts';
import { pause } from './patient.ts';
import { Findings, type Scene } from './scene.ts';
import { Stock, type StockDesk, type StockJob } from './stock.ts';
import { TimedCaller } from './timed-caller.ts';

/** Decisions a minute while the deadline comes, and meanwhile: what the house is designed for (design §11). */
const decisionsAMinute = 200;
/** Desks of the work order, whose signatures are the decisions that are timed. */
const desks = ['accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer'] as const;
const personOf = {
  accountDirector: 'director',
  creativeDirector: 'creativeDirector',
  artDirector: 'artDirector',
  copywriter: 'copywriter',
  designer: 'designer',
} as const;
/** How long the usual decisions are timed, milliseconds. */
const usualMs = 180_000;
/** How often it is looked how far the rungs are, milliseconds; looking costs the store something too. */
const lookEveryMs = 5_000;
/** How long the mails of all rungs may take at most behind the last of them, milliseconds. */
const mailsWithinMs = 10 * 60_000;

/** A ladder that tells the account manager at the deadline, at once, and is silent for a day. */
function toldAt(deadline: Instant): readonly Rung[] {
  return [
    { n: 1, kind: 'escalate', whom: 'accountManager', at: deadline },
    { n: 2, kind: 'escalate', whom: 'accountDirector', at: addMs(deadline, 86_400_000) },
  ];
}

/** Very many desks fall due in the same minute; people decide all the while. */
export async function deadline(scene: Scene): Promise<Findings> {
  const { options } = scene;
  const say = (line: string): void => scene.say(line);
  const findings = new Findings();
  const stock = await Stock.open(scene, Math.min(40, Math.max(4, Math.ceil(options.open / 50))));
  const openedAt = instantAt(Date.now() - 3_600_000);
  // Seeding takes its time; the deadline is the minute behind it, and a minute of usual decisions before that.
  const began = Date.now();
  const far = addMs(instantAt(began), 86_400_000);
  // All rungs take their turns, then their mails leave: people sign all the while.
  const climbingMs = (options.open / stock.rungsPerSecond) * 1_000;
  const enough = ((usualMs + climbingMs + mailsWithinMs / 2) / 60_000) * (decisionsAMinute / desks.length);
  const deciders = await shelve(stock, Math.ceil(enough), { desk: 'accountDirector', openedAt, deadline: far });
  const perJobMs = (Date.now() - began) / deciders.length;
  const leadMs = options.open * perJobMs * 1.3 + usualMs + 60_000;
  const at = instantAt(Math.ceil((Date.now() + leadMs) / 60_000) * 60_000);
  say(`  ${deciders.length} jobs for decisions on the shelf, ${perJobMs.toFixed(0)} ms each; the deadline is ${at}`);
  const due = await shelve(stock, options.open, { desk: 'accountDirector', openedAt, deadline: at }, (no) => {
    if (no % 1_000 === 0) say(`  ${no} jobs on the shelf`);
  });
  const spareMs = Date.parse(at) - Date.now();
  findings.expect(
    spareMs > usualMs,
    `only ${Math.round(spareMs / 1000)} s were left before the deadline when all ${due.length} jobs were on the shelf`,
  );
  findings.figure(
    `${due.length} jobs of ${stock.brands} brands fall due at ${at}; shelved in ${Math.round((Date.now() - began) / 1000)} s, ${Math.round(spareMs / 1000)} s ahead`,
  );

  const signing = await Signing.open(scene, stock, deciders);
  await pause(Math.max(0, Date.parse(at) - usualMs - Date.now()));
  const usual = await signing.during(() => Date.now() < Date.parse(at) - 1_000);
  const before = quantile(usual, 0.95);
  say(`  usual: ${toldOf(usual)}; load ${loadNow()}`);
  await pause(Math.max(0, Date.parse(at) - Date.now()));
  const meanwhile: number[] = [];
  const watched = watch(scene, due.length, at, { withinMs: climbingMs * 1.5 + mailsWithinMs, meanwhile });
  await signing.during(() => !watched.done, meanwhile);
  const seen = await watched.end;
  signing.close();
  const slowest = quantile(meanwhile, 1);
  findings.figure(`usual: ${toldOf(usual)}`);
  findings.figure(
    `meanwhile: ${toldOf(meanwhile)}; slowest ${(slowest / before).toFixed(1)} × the usual p95, ${meanwhile.filter((ms) => ms > 3 * before).length} slower than 3 ×; load ${loadNow()}`,
  );
  // Times say as much about the machine as about the house: the aim is told, and broken is only what was promised.
  findings.figure(`aim: no decision slower than 3 × the usual p95: ${slowest <= 3 * before ? 'reached' : 'missed'}`);
  findings.expect(meanwhile.length > 0, 'nobody could decide meanwhile');
  findings.figure(`all rungs in the log ${seen.climbedS} s after the deadline, all mails out after ${seen.mailedS} s`);
  findings.expect(await settled(scene, 600_000), 'the house did not come to rest');
  await toldOnce(scene, due, at, findings);
  return findings;
}

function toldOf(samples: readonly number[]): string {
  const at = (part: number): string => quantile(samples, part).toFixed(0);
  return `${samples.length} decisions, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, slowest ${at(1)} ms`;
}

/** A job without all it is: who keeps ten thousand of them in memory pauses longer than the house it times. */
type ShelvedJob = Omit<StockJob, 'state'>;

async function shelve(
  stock: Stock,
  count: number,
  so: { readonly desk: StockDesk; readonly openedAt: Instant; readonly deadline: Instant },
  done: (no: number) => void = () => undefined,
): Promise<ShelvedJob[]> {
  const jobs: ShelvedJob[] = [];
  const times = { dueAt: so.deadline, provisional: false, rungs: toldAt(so.deadline) };
  await inLanes(8, count, async (no) => {
    const { state: _told, ...job } = await stock.add({
      brand: no % stock.brands,
      desk: so.desk,
      openedAt: so.openedAt,
      times,
    });
    jobs.push(job);
    done(jobs.length);
  });
  return jobs;
}

/** People who sign work orders at a steady pace, job after job and desk after desk. */
class Signing {
  readonly #jobs: readonly ShelvedJob[];
  readonly #caller: TimedCaller;
  readonly #rows: Scene['store'];
  #next = 0;

  private constructor(jobs: readonly ShelvedJob[], caller: TimedCaller, store: Scene['store']) {
    this.#jobs = jobs;
    this.#caller = caller;
    this.#rows = store;
  }

  static async open(scene: Scene, stock: Stock, jobs: readonly ShelvedJob[]): Promise<Signing> {
    const tokens = new Map<string, string>();
    for (let brand = 0; brand < stock.brands; brand += 1)
      for (const desk of Object.values(personOf)) {
        const person = personAt(brand, desk);
        tokens.set(person, await stock.tokenOf(person, instantAt(Date.now())));
      }
    const start = { baseUrl: scene.house.baseUrl, tokens: [...tokens], from: '10.8.8.8' };
    return new Signing(jobs, new TimedCaller(start), scene.store);
  }

  /** Signs at the pace of the deadline hour while it shall go on; how long each answer took, milliseconds. */
  async during(goesOn: () => boolean, samples: number[] = []): Promise<number[]> {
    const under = new Set<Promise<void>>();
    while (goesOn()) {
      const since = Date.now();
      const one: Promise<void> = this.#signNext(samples).finally(() => under.delete(one));
      under.add(one);
      await pause(Math.max(0, 60_000 / decisionsAMinute - (Date.now() - since)));
    }
    await Promise.all(under);
    return samples;
  }

  async #signNext(samples: number[]): Promise<void> {
    const turn = this.#next;
    this.#next += 1;
    const job = this.#jobs[turn % this.#jobs.length];
    const step = desks[Math.floor(turn / this.#jobs.length)];
    if (job === undefined || step === undefined) return;
    const who = personAt(job.brand, personOf[step]);
    const { circulation, round } = job.where;
    for (const until = Date.now() + 120_000; Date.now() < until; await pause(200)) {
      if ((await stepTable(this.#rows).countDocuments({ processId: job.processId, step, state: 'open' })) > 0) break;
    }
    const act = { type: 'sign', circulation, round, step, hash: job.hash, checklist: [] };
    samples.push(await this.#caller.post(who, `/jobs/${job.processId}/acts`, { act, id: crypto.randomUUID() }));
  }

  close(): void {
    this.#caller.close();
  }
}

/** Looks how far the rungs and their mails are, until all are done. */
function watch(
  scene: Scene,
  count: number,
  at: Instant,
  { withinMs, meanwhile }: { readonly withinMs: number; readonly meanwhile: readonly number[] },
): { done: boolean; readonly end: Promise<{ climbedS: number; mailedS: number }> } {
  const state = { done: false };
  const since = Date.parse(at);
  const look = async (): Promise<{ climbedS: number; mailedS: number }> => {
    let climbedS = NaN;
    for (let round = 0; Date.now() < since + withinMs; round += 1) {
      await pause(lookEveryMs);
      // A rung that was climbed is no longer ahead.
      const ahead = await stepTable(scene.store).countDocuments({ open: true, nextRungAt: op({ $lte: at }) });
      const waiting = ahead > 0 ? ahead : await mailsWaiting(scene);
      const seconds = Math.round((Date.now() - since) / 1000);
      if (ahead === 0 && Number.isNaN(climbedS)) climbedS = seconds;
      if (round % 10 === 0) {
        const slowest = meanwhile.length === 0 ? 0 : quantile(meanwhile, 1);
        scene.say(
          `  ${seconds} s: ${count - ahead} of ${count} rungs; ${meanwhile.length} decisions, p99 ${quantile(meanwhile, 0.99).toFixed(0)}, slowest ${slowest.toFixed(0)} ms`,
        );
      }
      if (ahead === 0 && waiting === 0) return { climbedS, mailedS: seconds };
    }
    return { climbedS, mailedS: NaN };
  };
  const end = look().finally(() => (state.done = true));
  return Object.assign(state, { end });
}

/** Mails of rungs that are still to leave; the signers' own come and go all the while. */
function mailsWaiting(scene: Scene): Promise<number> {
  const soon = instantAt(Date.now() + 120_000);
  return outboxTable(scene.store)
    .countDocuments({
      kind: op({ $in: ['escalate', 'digest'] as OutboxRow['kind'][] }),
      $or: [{ state: 'claimed' }, { state: 'queued', notBefore: op({ $lte: soon }) }],
    })
    .exec();
}

/** Each of the rungs is in the log once and in a mail once, and nobody got more mails than one for all of theirs. */
async function toldOnce(scene: Scene, due: readonly ShelvedJob[], at: Instant, findings: Findings): Promise<void> {
  const climbed = new Map<string, number>();
  const ids = new Set(due.map(({ processId }) => processId));
  for await (const row of stepTable(scene.store)
    .find({ step: 'accountDirector' }, { processId: 1, rungs: 1 })
    .lean()
    .cursor()) {
    if (ids.has(row.processId))
      climbed.set(row.processId, row.rungs.filter(({ firedAt }) => firedAt !== undefined).length);
  }
  const not = due.filter(({ processId }) => climbed.get(processId) !== 1);
  findings.expect(
    not.length === 0,
    `${not.length} jobs climbed no rung or several: ${not
      .slice(0, 3)
      .map(({ processId }) => processId)
      .join(', ')}`,
  );
  const read = () =>
    outboxTable(scene.store)
      .find({ kind: 'escalate' }, { _id: 1, processId: 1, personId: 1, state: 1, pile: 1 })
      .lean();
  // A rung is in the log a moment before its mail is put by, and what is put by is gathered for a minute.
  let rows = await read();
  for (const until = Date.now() + 300_000; Date.now() < until; rows = await read()) {
    if (rows.length >= due.length && rows.every(({ state }) => state === 'sent')) break;
    await pause(1_000);
  }
  const sent = rows.filter(({ state }) => state === 'sent').length;
  findings.expect(
    rows.length === due.length && sent === due.length,
    `${sent} mails of rungs sent of ${rows.length}, expected ${due.length}`,
  );
  const people = new Set(rows.map(({ personId }) => personId)).size;
  const mails = new Set(rows.map(({ _id, pile }) => pile ?? _id)).size;
  findings.figure(
    `${due.length - not.length} rungs once in the log, ${sent} told in ${mails} mails to ${people} people`,
  );
  findings.expect(mails === people, `${mails} mails to ${people} people`);
  const arrived = (scene.house.stack.inbox?.list() ?? []).filter(({ receivedAt }) => receivedAt >= at).length;
  findings.figure(`${arrived} mails arrived after the deadline, the signers' receipts and requests among them`);
}
