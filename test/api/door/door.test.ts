import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendCommand, type DoorDeps, type DoorRecords } from '../../../api/door/door.ts';
import { connectEngine } from '../../../api/door/engine.ts';
import { isKnownRefusal } from '../../../api/door/answer.ts';
import { problemOfDoor } from '../../../api/problems.ts';
import type { PersonActor } from '../../../domain/process.ts';
import { openHouse, type House } from '../support/house.ts';

const actor: PersonActor = {
  kind: 'person',
  personId: 'p1',
  roles: ['ACCOUNT_EXECUTIVE'],
  side: 'agency',
  proof: 'api',
};
const resume = { type: 'resume' } as const;

let house: House;
/** Accepts connections and never says a word: an engine that hangs. */
let silent: Server;
beforeAll(async () => {
  house = await openHouse();
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  silent.close();
  await house.close();
});

const nothing: DoorRecords = {
  outcomeOf: async () => undefined,
  standing: async () => ({ kind: 'unknown' }),
  finalState: async () => undefined,
};

function door(more: Partial<DoorDeps> = {}): DoorDeps {
  const { engine, clock, logger } = house.api.deps;
  return { engine, clock, logger, records: nothing, deadlineMs: 800, ...more };
}

describe('the door', () => {
  it('a process that never was is unknown, never an error', async () => {
    expect(await sendCommand(door(), `job-${randomUUID()}`, { actor, act: resume })).toMatchObject({ kind: 'unknown' });
  });

  it('a process that ended is told from the store, with who decided last', async () => {
    const closed = {
      phase: 'ARCHIVED',
      jobNumber: 'YFGZ2026001',
      lastDecision: { personId: 'p2', verdict: 'sign', step: 'client', at: '2026-11-20T02:00:00.000Z' },
    };
    const answer = await sendCommand(
      door({ records: { ...nothing, standing: async () => ({ kind: 'closed', closed }) } }),
      `job-${randomUUID()}`,
      { actor, act: resume },
    );
    expect(answer).toMatchObject({ kind: 'closed', closed });
    expect(problemOfDoor(answer)).toMatchObject({ code: 'CLOSED_PROCESS' });
  });

  it('a command that closed its process is still answered with its own outcome when it is sent again', async () => {
    const records = { ...nothing, outcomeOf: async () => ({ accepted: true, seq: 41 }) as const };
    expect(
      await sendCommand(door({ records }), `job-${randomUUID()}`, { actor, act: resume, id: 'again-12345' }),
    ).toMatchObject({ kind: 'accepted', commandId: 'again-12345', seq: 41, repeated: true });
  });

  it('a process the engine lost although the records show it running is "unavailable", not "no"', async () => {
    expect(
      await sendCommand(
        door({ records: { ...nothing, standing: async () => ({ kind: 'running' }) } }),
        `job-${randomUUID()}`,
        { actor, act: resume },
      ),
    ).toMatchObject({ kind: 'unavailable' });
  });

  it('an engine that is away or hangs: nothing is accepted, and the caller is told when to come back', async () => {
    const { port } = silent.address() as { port: number };
    for (const temporalAddress of ['127.0.0.1:9', `127.0.0.1:${port}`]) {
      const engine = connectEngine({ temporalAddress, temporalNamespace: 'jobbag', temporalTls: false });
      const began = performance.now();
      const answer = await sendCommand(door({ engine }), `job-${randomUUID()}`, { actor, act: resume });
      expect(answer).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
      expect(performance.now() - began).toBeLessThan(4_000);
      expect(await engine.answers(300)).toBe(false);
      await engine.close();
    }
  });

  it('stamps receivedAt from the one clock', async () => {
    const answer = await sendCommand(door({ clock: () => '2026-03-12T08:30:00.000Z' }), `job-${randomUUID()}`, {
      actor,
      act: resume,
    });
    expect(answer.receivedAt).toBe('2026-03-12T08:30:00.000Z');
  });

  it('does not take anything for a refusal that this release cannot say', () => {
    expect(isKnownRefusal({ refused: true, code: 'NOT_ALLOWED' })).toBe(true);
    for (const other of [
      undefined,
      null,
      {},
      { refused: true },
      { refused: true, code: '__proto__' },
      { refused: true, code: 'NEWER' },
    ])
      expect(isKnownRefusal(other)).toBe(false);
  });
});
