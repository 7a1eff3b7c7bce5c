import { createServer, connect, type Server, type Socket } from 'node:net';
import { afterEach, expect, inject, test } from 'vitest';
import { closeStore, connectStore } from '../../store/connect.ts';
import { answersOn, keepReachable } from '../../store/reachable.ts';
import { clients } from '../../store/clients.ts';

/** A door before the real store that lets some through: whose sockets are shut stays outside until `open`. */
class Door {
  readonly #server: Server;
  readonly #inside = new Set<Socket>();
  /** While set, nobody new comes in. */
  shut = false;
  port = 0;

  constructor(target: URL) {
    this.#server = createServer((socket) => {
      if (this.shut) return void socket.destroy();
      const behind = connect(Number(target.port), target.hostname);
      for (const one of [socket, behind]) {
        this.#inside.add(one);
        one.on('error', () => undefined).on('close', () => this.#inside.delete(one));
      }
      socket.pipe(behind).pipe(socket);
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
  }

  cut(): void {
    for (const socket of this.#inside) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A connection whose way to the store can be cut, and the address strangers come by. */
async function behindDoor(): Promise<{ door: Door; uri: string; straight: string }> {
  const straight = inject('mongoUri');
  const door = new Door(new URL(straight));
  await door.open();
  ends.push(() => door.close());
  const uri = new URL(straight);
  uri.port = String(door.port);
  return { door, uri: uri.href, straight };
}

test('threats: a store that answers others but not us is connected anew, and everything made on the connection works again', async () => {
  const { door, uri, straight } = await behindDoor();
  const connection = await connectStore({ uri });
  ends.push(() => closeStore(connection));
  const before = await clients.all(connection);
  door.shut = true;
  door.cut();
  const lost: number[] = [];
  // The new way leads past the door: what the driver does about the old one cannot bring the store back.
  const stop = keepReachable(connection, {
    uri: straight,
    options: { bufferCommands: false, serverSelectionTimeoutMS: 2_000 },
    everyMs: 50,
    patienceMs: 200,
    onRevived: (ms) => lost.push(ms),
  });
  ends.push(() => Promise.resolve(stop()));
  await expect.poll(() => lost.length, { timeout: 20_000 }).toBe(1);
  expect(lost[0]).toBeGreaterThanOrEqual(200);
  expect(await answersOn(connection)).toBe(true);
  expect(await clients.all(connection)).toEqual(before);
});

test('a store that answers nobody is waited for: nothing is made anew, and the driver finds it again by itself', async () => {
  const { door, uri } = await behindDoor();
  const lost: number[] = [];
  const connection = await connectStore({ uri });
  ends.push(() => closeStore(connection));
  const stop = keepReachable(connection, {
    uri,
    options: { bufferCommands: false },
    everyMs: 50,
    patienceMs: 100_000,
    onRevived: (ms) => lost.push(ms),
  });
  ends.push(() => Promise.resolve(stop()));
  door.shut = true;
  door.cut();
  await expect.poll(() => answersOn(connection), { timeout: 10_000 }).toBe(false);
  door.shut = false;
  await expect.poll(() => answersOn(connection), { timeout: 20_000 }).toBe(true);
  expect(lost).toEqual([]);
});
