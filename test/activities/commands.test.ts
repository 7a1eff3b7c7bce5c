import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { houseNow } from '../../activities/house.ts';
import { openStep } from '../../activities/open.ts';
import { createRecordActivities } from '../../activities/record.ts';
import { sendMail } from '../../activities/mail/send.ts';
import { addMs } from '../../domain/instant.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import type { Actor } from '../../domain/process.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { entriesOf } from '../../store/log.ts';
import { ownStore } from '../store/store.ts';
import { fillHouse, openInput } from './house.ts';
import { openDesk } from './mail/desk.ts';
import type { MailDesk } from './mail/desk.ts';
import { tryJob } from './mail/job.ts';

/** What a decision asks of the document store. Every command is paid three times: here, on the way, and there. */
const store = ownStore();
const folder = mkdtempSync(join(tmpdir(), 'jobbag-commands-'));
const ring = openKeyrings(folder, () => '2026-03-01T00:00:00.000Z').links;
let watched: Connection;
let desk: MailDesk;
const said: string[] = [];

beforeAll(async () => {
  const uri = new URL(inject('mongoUri'));
  uri.searchParams.set('monitorCommands', 'true');
  watched = await connectStore({ uri: uri.href, database: store().name });
  watched.getClient().on('commandStarted', ({ commandName, command }) => {
    said.push(`${commandName} ${String((command as Record<string, unknown>)[commandName])}`);
  });
  desk = await openDesk(() => watched);
  await fillHouse(store());
  // The registers are read whole once by every process; a decision finds them in memory.
  await houseNow(watched);
});
afterAll(async () => {
  await desk.close();
  await closeStore(watched);
  rmSync(folder, { recursive: true });
});

async function commandsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  said.length = 0;
  await work();
  return said.filter((one) => !one.startsWith('endSessions'));
}

/** A further entry of a job that this process has recorded so far. */
async function next(processId: string, actor: Actor, event: JobEvent) {
  const last = (await entriesOf(store(), processId)).at(-1);
  if (last === undefined) throw new Error('no entry yet');
  const { seq, hash } = last;
  const at = addMs(last.at, 1000);
  const stamp = { seq: seq + 1, at, receivedAt: at, commandId: `${processId}-next-${seq}`, actor };
  return { processId, after: { seq, hash }, entries: [{ stamp, event }] };
}

describe('one decision costs the store', () => {
  const recorder = () => createRecordActivities({ connection: watched, clock: () => desk.now });

  it('an append: what is there, the entries, the desk, the state, the job; and a look at the registers for a person', async () => {
    const { processId } = await tryJob(watched, ring);
    const where = { circulation: 'p1/artworkQc', round: 1, step: 'copywriter' };
    const asked: JobEvent = { type: 'asked', ...where, personId: 'writer', askedAt: desk.now };
    const mine = await next(processId, { kind: 'system', name: 'mail' }, asked);
    expect(await commandsOf(() => recorder().recordEntries(mine))).toEqual([
      'find log',
      'insert log',
      'update steps',
      'update jobStates',
      'update jobs',
    ]);
    const decision = { id: 'd9', verdict: 'sign', personId: 'writer', proof: 'link', at: desk.now } as const;
    const writer: Actor = { kind: 'person', personId: 'writer', roles: ['COPYWRITER'], side: 'agency', proof: 'link' };
    const decided = await next(processId, writer, { type: 'decided', ...where, decision });
    expect((await commandsOf(() => recorder().recordEntries(decided))).toSorted()).toEqual([
      'find log',
      'find registerMarks',
      'insert log',
      'update jobStates',
      'update jobs',
      'update steps',
    ]);
  });

  it('a desk that opens: one look at the registers, one grant', async () => {
    const opened = () =>
      openStep({ connection: watched, ring, office: shanghaiOffice() }, openInput('job-c1', desk.now));
    expect(await commandsOf(opened)).toEqual(['find registerMarks', 'findAndModify grants']);
    expect(await commandsOf(opened)).toEqual(['find registerMarks', 'findAndModify grants']);
  });

  it('a receipt: the registers, the mail in hand, sent', async () => {
    const job = await tryJob(watched, desk.ring);
    const commands = await commandsOf(() => sendMail(desk.deps(), job.mail('receipt', { personId: 'writer' })));
    expect(commands).toEqual(['find registerMarks', 'insert outbox', 'update outbox']);
  });

  it('a request: the same, whether its desk still waits, and its grant; one that waits for others: who waits, when the last one left, and once more', async () => {
    const job = await tryJob(watched, desk.ring);
    const ask = job.mail('ask', { personId: 'writer' });
    expect(await commandsOf(() => sendMail(desk.deps(), ask))).toEqual([
      'find registerMarks',
      'insert outbox',
      'find steps',
      'find grants',
      'update outbox',
    ]);
    const other = await tryJob(watched, desk.ring, { holder: 'chief' });
    const late = other.mail('ask', { personId: 'chief' });
    const deps = desk.deps({ gatherMs: 1000, pileWindowMs: 600_000 });
    expect(await commandsOf(() => sendMail(deps, late).catch(() => undefined))).toEqual([
      'find registerMarks',
      'find outbox',
      'find outbox',
      'insert outbox',
    ]);
    desk.now = addMs(desk.now, 1000);
    expect(await commandsOf(() => sendMail(deps, late))).toEqual([
      'find registerMarks',
      'find outbox',
      'find steps',
      'update outbox',
      'find grants',
      'update outbox',
    ]);
    expect(desk.post.taken).toHaveLength(3);
  });
});
