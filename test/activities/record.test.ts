import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createRecordActivities } from '../../activities/record.ts';
import type { LogDraft, MailEffect } from '../../domain/job/effects.ts';
import type { Head } from '../../domain/job/state.ts';
import { opens } from '../../domain/log/commitment.ts';
import { genesis, readEntry } from '../../domain/log/entry.ts';
import { verifyChain } from '../../domain/log/verify.ts';
import { sha256 } from '../../store/digest.ts';
import { jobAtLeast, wholeJob } from '../../store/jobs.ts';
import { entriesOf, erasePersonal, keptOf } from '../../store/log.ts';
import { paperVersionsOf } from '../../store/papers.ts';
import { people } from '../../store/people.ts';
import { deskOf, stepsOf } from '../../store/steps.ts';
import { ownStore } from '../store/store.ts';
import { story, stamped } from '../store/story.ts';

const store = ownStore();
const now = '2026-03-12T09:00:00.000Z';
const recorder = () => createRecordActivities({ connection: store(), clock: () => now });
const newId = (): string => `job-${randomUUID().slice(0, 13)}`;

async function recordAll(
  processId: string,
  batches: readonly (readonly LogDraft[])[],
  from: Head = genesis,
): Promise<Head> {
  let after = from;
  for (const entries of batches) after = await recorder().recordEntries({ processId, after, entries });
  return after;
}

/** Everything the read models say of a job. */
async function seen(processId: string) {
  return {
    job: await wholeJob(store(), processId),
    steps: await stepsOf(store(), processId),
    papers: await paperVersionsOf(store(), processId),
  };
}

async function dropReadModels(processId: string): Promise<void> {
  for (const name of ['jobs', 'jobStates', 'jobNames'])
    await store().collection<{ _id: string }>(name).deleteOne({ _id: processId });
  for (const name of ['steps', 'paperVersions']) await store().collection(name).deleteMany({ processId });
}

describe('the recorder', () => {
  test('entries are appended in order, the chain verifies, and the head comes back', async () => {
    const id = newId();
    const head = await recordAll(id, stamped(story()));
    const kept = (await entriesOf(store(), id)).map(keptOf);
    expect(verifyChain(kept, { processId: id, heads: [head] }, sha256)).toEqual({ ok: true, head });
    expect(kept).toHaveLength(stamped(story()).flat().length);
  });

  test('§7.3: where the clock has something to do, the answer says when the job’s turn is; without one it goes at the moment', async () => {
    const dueAt = '2026-03-12T10:00:00.000Z';
    const turnAt = '2026-03-12T10:00:07.000Z';
    const seen: string[] = [];
    const answer = async (turns?: (at: string) => Promise<string>) => {
      const processId = newId();
      const entries = stamped(story())[0] ?? [];
      const { recordEntries } = createRecordActivities({
        connection: store(),
        clock: () => now,
        ...(turns ? { turns } : {}),
      });
      return recordEntries({ processId, after: genesis, entries, dueAt });
    };
    expect(
      await answer((at) => {
        seen.push(at);
        return Promise.resolve(turnAt);
      }),
    ).toMatchObject({ turnAt });
    expect(seen).toEqual([dueAt]);
    expect(await answer(() => Promise.resolve(dueAt))).not.toHaveProperty('turnAt');
    expect(await answer(() => Promise.reject(new Error('cannot count')))).not.toHaveProperty('turnAt');
    expect(await answer()).not.toHaveProperty('turnAt');
  });

  test('R-58: jobs and steps say where the job lies, with whom, since when and until when', async () => {
    const id = newId();
    const head = await recordAll(id, stamped(story()));
    const { job, steps, papers } = await seen(id);
    expect(job?.row).toMatchObject({
      seq: head.seq,
      headHash: head.hash,
      phase: 'ORDER_SIGNOFF',
      column: 'order',
      open: true,
      jobNumber: 'YFLC2026001',
      holders: ['kunde'],
      currentPoint: 'workOrder',
      currentStep: 'client',
      dueAt: '2026-03-13T09:00:00.000Z',
      withClient: true,
    });
    expect(job?.state.circulations.c1?.round).toBe(2);
    expect(job?.state.effects).toEqual([]);
    expect(
      steps.map(({ round, step, open, verdict, decidedBy: deciders }) => [round, step, open, verdict, deciders]),
    ).toEqual([
      [1, 'copywriter', false, 'sign', ['cw']],
      [1, 'client', false, 'return', ['kunde']],
      [2, 'copywriter', false, 'sign', ['cw']],
      [2, 'client', true, undefined, []],
    ]);
    expect(papers.map(({ version, status }) => [version, status])).toEqual([
      [1, 'returned'],
      [2, 'filed'],
    ]);
    expect((await deskOf(store(), 'kunde')).map((row) => row._id)).toContain(`${id}:c1:2:client`);
  });

  test('the same entries again change nothing, byte for byte, also when only some were there', async () => {
    const id = newId();
    const batches = stamped(story());
    const head = await recordAll(id, batches);
    const [log, models] = [await entriesOf(store(), id), await seen(id)];
    expect(await recordAll(id, batches)).toEqual(head);
    expect(await recorder().recordEntries({ processId: id, after: genesis, entries: batches.flat() })).toEqual(head);
    expect(await entriesOf(store(), id)).toEqual(log);
    expect(await seen(id)).toEqual(models);
  });

  test('an entry that is there with other contents is LOG_DIVERGED, can be tried again, and nothing is written', async () => {
    const id = newId();
    const batches = stamped(story());
    const [first = [], second = []] = batches;
    const after = await recordAll(id, [first]);
    const log = await entriesOf(store(), id);
    const other = [{ ...first[0], event: { type: 'strategyAgreed' } }, ...second] as LogDraft[];
    await expect(recorder().recordEntries({ processId: id, after: genesis, entries: other })).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
      nonRetryable: false,
      details: [{ processId: id, seq: 1 }],
    });
    expect(await entriesOf(store(), id)).toEqual(log);
    expect((await wholeJob(store(), id))?.row.seq).toBe(after.seq);
  });

  test('a store whose newest entry was rewritten is noticed at the next decision', async () => {
    const id = newId();
    const [first = [], second = []] = stamped(story());
    const after = await recordAll(id, [first]);
    await store()
      .collection('log')
      .updateOne({ processId: id, seq: after.seq }, { $set: { hash: sha256('forged') } });
    await expect(recorder().recordEntries({ processId: id, after, entries: second })).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
    });
    await store().collection('log').deleteOne({ processId: id, seq: after.seq });
    await expect(recorder().recordEntries({ processId: id, after, entries: second })).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
    });
    expect(await entriesOf(store(), id)).toHaveLength(after.seq - 1);
  });

  test('entries that come too early wait for those before them', async () => {
    const id = newId();
    const [first = [], second = []] = stamped(story());
    const after: Head = { seq: first.length, hash: sha256('not yet') };
    await expect(recorder().recordEntries({ processId: id, after, entries: second })).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
    });
    await expect(recorder().recordEntries({ processId: id, after: genesis, entries: second })).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
    });
    expect(await entriesOf(store(), id)).toEqual([]);
  });

  test('a crash between append and fold heals at the next call', async () => {
    const whole = newId();
    const batches = stamped(story());
    await recordAll(whole, batches);
    const wanted = await seen(whole);
    for (const lost of batches.keys()) {
      const id = newId();
      const after = await recordAll(id, batches.slice(0, lost + 1));
      // The fold of everything so far is lost, as if no fold since the first had ever ended.
      await dropReadModels(id);
      if (lost + 1 < batches.length) await recordAll(id, batches.slice(lost + 1), after);
      else
        await recordAll(id, batches.slice(-1), headBefore(await entriesOf(store(), id), batches.at(-1)?.length ?? 0));
      expect(withoutIds(await seen(id), id)).toEqual(withoutIds(wanted, whole));
    }
  });

  test('a job row lost alone comes back when the same entries are recorded again', async () => {
    const id = newId();
    const batches = stamped(story());
    await recordAll(id, batches);
    const wanted = await seen(id);
    await store().collection<{ _id: string }>('jobs').deleteOne({ _id: id });
    await recorder().recordEntries({
      processId: id,
      after: headBefore(await entriesOf(store(), id), 3),
      entries: batches.flat().slice(-3),
    });
    expect(await seen(id)).toEqual(wanted);
  });

  test('an old recorder that wakes up late takes nothing back', async () => {
    const id = newId();
    const batches = stamped(story());
    await recordAll(id, batches);
    const wanted = await seen(id);
    await recorder().recordEntries({ processId: id, after: genesis, entries: batches[0] ?? [] });
    expect(await seen(id)).toEqual(wanted);
  });

  test('the same entries from five recorders at once are there once', async () => {
    const id = newId();
    const entries = stamped(story()).flat();
    const heads = await Promise.all(
      Array.from({ length: 5 }, () => recorder().recordEntries({ processId: id, after: genesis, entries })),
    );
    expect(new Set(heads.map((head) => head.hash)).size).toBe(1);
    expect(await entriesOf(store(), id)).toHaveLength(entries.length);
    expect((await wholeJob(store(), id))?.row.seq).toBe(entries.length);
  });

  test('50 jobs at once keep their logs apart and whole', async () => {
    const ids = Array.from({ length: 50 }, newId);
    const heads = await Promise.all(ids.map((id) => recordAll(id, stamped(story()))));
    for (const [place, id] of ids.entries()) {
      const head = heads[place];
      if (!head) throw new Error('no head');
      const kept = (await entriesOf(store(), id)).map(keptOf);
      expect(verifyChain(kept, { processId: id, heads: [head] }, sha256)).toMatchObject({ ok: true });
      expect((await wholeJob(store(), id))?.row).toMatchObject({ seq: head.seq, headHash: head.hash });
    }
  });

  test('no name and no address stands in the log; both lie beside it, open their commitments, and can be erased', async () => {
    const person = {
      id: 'ae',
      name: '王小明',
      roles: ['ACCOUNT_EXECUTIVE'],
      side: 'agency',
      language: 'zh-CN',
      mail: { address: 'xiaoming@agency.example', revision: 1 },
      active: true,
    } as const;
    await people.save(store(), 'ae', 0, person, { by: 'boss', at: now });
    const id = newId();
    const batches = stamped(story());
    const head = await recordAll(id, batches);
    const [first, second] = await entriesOf(store(), id);
    const commitments = first && readEntry(first.body)?.commitments;
    if (!first?.personal?.name || !first.personal.address || !commitments?.name || !commitments.address)
      throw new Error('nothing beside');
    expect(first.body).not.toContain('王小明');
    expect(first.body).not.toContain('xiaoming');
    expect(opens(commitments.name, first.personal.name, sha256)).toBe(true);
    expect(opens(commitments.address, first.personal.address, sha256)).toBe(true);
    expect(second?.personal).toBeUndefined();
    // The register moves on; a repeated recording must still find its own entries.
    await people.save(store(), 'ae', 1, { ...person, name: '王大明' }, { by: 'boss', at: now });
    expect(await recordAll(id, batches)).toEqual(head);
    expect(await erasePersonal(store(), 'ae')).toBeGreaterThan(0);
    const erased = await entriesOf(store(), id);
    expect(JSON.stringify(erased)).not.toContain('王小明');
    expect(verifyChain(erased.map(keptOf), { heads: [head] }, sha256)).toMatchObject({ ok: true });
    expect(await recordAll(id, batches)).toEqual(head);
  });

  test('a mail that rides along goes out behind its entry; one that fails leaves the append as it is', async () => {
    const id = newId();
    const [first = []] = stamped(story());
    const seq = first.at(-1)?.stamp.seq ?? 0;
    const seenAt: number[] = [];
    const { recordEntries } = createRecordActivities({
      connection: store(),
      clock: () => now,
      send: async ({ processId, name }) => {
        seenAt.push((await entriesOf(store(), processId)).length);
        if (name === 'bad') throw new Error('421 come back later');
        return { type: 'told', outcome: 'accepted' };
      },
    });
    const mail = (name: string): MailEffect => ({
      kind: 'mail',
      name,
      input: {
        processId: id,
        name,
        kind: 'receipt',
        to: { personId: 'cw' },
        brandId: 'b',
        clientId: 'c',
        ownerId: 'ae',
        seq,
      },
    });
    const done = await recordEntries({
      processId: id,
      after: genesis,
      entries: first,
      mails: [mail('good'), mail('bad')],
    });
    expect(done.seq).toBe(seq);
    expect(done.mailed).toEqual({ good: { type: 'told', outcome: 'accepted' } });
    expect(seenAt).toEqual([first.length, first.length]);
  });

  test('a page that waits for its own entry gets it, and an answer in time when it does not come', async () => {
    const id = newId();
    const [first = [], second = []] = stamped(story());
    const after = await recordAll(id, [first]);
    expect(await jobAtLeast(store(), id, after.seq, 0)).toMatchObject({ seq: after.seq });
    const waited = jobAtLeast(store(), id, after.seq + second.length, 5_000);
    await recordAll(id, [second], after);
    expect(await waited).toMatchObject({ seq: after.seq + second.length });
    expect(await jobAtLeast(store(), id, 999, 30)).toBeUndefined();
  });
});

function headBefore(log: Awaited<ReturnType<typeof entriesOf>>, count: number): Head {
  const row = log.at(-count - 1);
  return row ? { seq: row.seq, hash: row.hash } : genesis;
}

/** Hashes and ids differ from job to job; everything else must be the same. */
function withoutIds(models: unknown, id: string): unknown {
  return JSON.parse(
    JSON.stringify(models)
      .replaceAll(id, 'job')
      .replaceAll(/"headHash":"[^"]*"/g, '"headHash":""'),
  );
}
