import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createRecordActivities } from '../../activities/record.ts';
import type { LogDraft } from '../../domain/job/effects.ts';
import type { Head } from '../../domain/job/state.ts';
import { genesis } from '../../domain/log/entry.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { wholeJob } from '../../store/jobs.ts';
import { entriesOf } from '../../store/log.ts';
import { paperVersionsOf } from '../../store/papers.ts';
import { stepsOf } from '../../store/steps.ts';
import { ownStore } from '../store/store.ts';
import { stamped, story } from '../store/story.ts';

/** A process remembers what it folded; a second connection stands for another process that does not. */
const store = ownStore();
let elsewhere: Connection;
beforeAll(async () => {
  elsewhere = await connectStore({ uri: inject('mongoUri'), database: store().name });
});
afterAll(async () => closeStore(elsewhere));

const now = '2026-03-12T09:00:00.000Z';
const newId = (): string => `job-${randomUUID().slice(0, 13)}`;
const batches = stamped(story());
const rowsOf = ['jobs', 'jobStates', 'jobNames', 'steps', 'paperVersions'] as const;

function append(connection: Connection, processId: string, after: Head, entries: readonly LogDraft[]): Promise<Head> {
  return createRecordActivities({ connection, clock: () => now }).recordEntries({ processId, after, entries });
}

async function seen(processId: string): Promise<string> {
  const models = {
    job: await wholeJob(store(), processId),
    steps: await stepsOf(store(), processId),
    papers: await paperVersionsOf(store(), processId),
    names: await store().collection<{ _id: string }>('jobNames').findOne({ _id: processId }),
  };
  const plain = JSON.stringify(models).replaceAll(processId, 'job');
  return plain.replaceAll(/"headHash":"[^"]*"/g, '"headHash":""');
}

/** The read models of a job as they lie there, and a way to put them back: a fold that never came to be. */
async function pictureOf(processId: string): Promise<() => Promise<void>> {
  const mine = { $or: [{ _id: processId }, { processId }] } as object;
  const kept = await Promise.all(rowsOf.map(async (name) => store().collection(name).find(mine).toArray()));
  return async () => {
    for (const [place, name] of rowsOf.entries()) {
      await store().collection(name).deleteMany(mine);
      const rows = kept[place] ?? [];
      if (rows.length > 0) await store().collection(name).insertMany(rows);
    }
  };
}

async function whole(): Promise<string> {
  const id = newId();
  let after = genesis;
  for (const entries of batches) after = await append(store(), id, after, entries);
  return seen(id);
}

describe('an append to a job that its process remembers', () => {
  test('two processes in turn tell the same story as one', async () => {
    const id = newId();
    let after = genesis;
    for (const [place, entries] of batches.entries())
      after = await append(place % 2 === 0 ? store() : elsewhere, id, after, entries);
    expect(await seen(id)).toBe(await whole());
  });

  test('a fold that was lost in a crash is made good by the next append, also by the process that remembers', async () => {
    const wanted = await whole();
    for (let lost = 1; lost < batches.length - 1; lost += 1) {
      const id = newId();
      let after = genesis;
      for (const entries of batches.slice(0, lost)) after = await append(store(), id, after, entries);
      const putBack = await pictureOf(id);
      after = await append(store(), id, after, batches[lost] ?? []);
      await putBack();
      for (const entries of batches.slice(lost + 1)) after = await append(store(), id, after, entries);
      expect(await seen(id)).toBe(wanted);
    }
  });

  test('entries that another process appended before it died are compared, folded and not written twice', async () => {
    const id = newId();
    let after = genesis;
    for (const entries of batches.slice(0, 3)) after = await append(store(), id, after, entries);
    const putBack = await pictureOf(id);
    const theirs = await append(elsewhere, id, after, batches[3] ?? []);
    await putBack();
    const log = await entriesOf(store(), id);
    expect(await append(store(), id, after, batches[3] ?? [])).toEqual(theirs);
    expect(await entriesOf(store(), id)).toEqual(log);
    after = theirs;
    for (const entries of batches.slice(4)) after = await append(store(), id, after, entries);
    expect(await seen(id)).toBe(await whole());
  });

  test('only some of the entries were appended before the crash: the rest follows', async () => {
    const id = newId();
    const after = await append(store(), id, genesis, batches[0] ?? []);
    const both = [...(batches[1] ?? []), ...(batches[2] ?? [])];
    const putBack = await pictureOf(id);
    await append(elsewhere, id, after, both.slice(0, 1));
    await putBack();
    const head = await append(store(), id, after, both);
    expect(head.seq).toBe(after.seq + both.length);
    expect((await wholeJob(store(), id))?.row).toMatchObject({ seq: head.seq, headHash: head.hash });
  });

  test('another story in the store is LOG_DIVERGED and nothing is written, although the job is remembered', async () => {
    const id = newId();
    const after = await append(store(), id, genesis, batches[0] ?? []);
    const [first, ...rest] = batches[1] ?? [];
    await append(elsewhere, id, after, [{ ...first, event: { type: 'strategyAgreed' } } as LogDraft]);
    const log = await entriesOf(store(), id);
    await expect(append(store(), id, after, batches[1] ?? [])).rejects.toMatchObject({ type: 'LOG_DIVERGED' });
    expect(await entriesOf(store(), id)).toEqual(log);
    // The entry behind the gap is a stranger's too: it must be seen before anything is appended.
    await store()
      .collection('log')
      .deleteOne({ processId: id, seq: after.seq + 1 });
    await append(elsewhere, id, after, [first as LogDraft]);
    const next = await entriesOf(store(), id);
    await store()
      .collection('log')
      .insertOne({ ...next.at(-1), _id: `${id}:forged` as never, seq: after.seq + 2, hash: 'forged' });
    const forged = await entriesOf(store(), id);
    await expect(append(store(), id, after, [first as LogDraft, ...rest])).rejects.toMatchObject({
      type: 'LOG_DIVERGED',
    });
    expect(await entriesOf(store(), id)).toEqual(forged);
  });

  test('an entry before that was rewritten or taken away is noticed by the process that remembers it', async () => {
    for (const harm of ['rewritten', 'gone'] as const) {
      const id = newId();
      const after = await append(store(), id, genesis, batches[0] ?? []);
      const mine = { processId: id, seq: after.seq };
      if (harm === 'gone') await store().collection('log').deleteOne(mine);
      else
        await store()
          .collection('log')
          .updateOne(mine, { $set: { hash: 'forged' } });
      const log = await entriesOf(store(), id);
      await expect(append(store(), id, after, batches[1] ?? [])).rejects.toMatchObject({ type: 'LOG_DIVERGED' });
      expect(await entriesOf(store(), id)).toEqual(log);
    }
  });
});
