import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../../config/config.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { placeFile } from '../demo/place.ts';
import { registerDemo } from '../demo/register.ts';
import { startHouse } from '../house/house.ts';
import type { House } from '../house/house.ts';
import { StackFailure } from '../stack/failure.ts';
import { consoleSink } from '../stack/progress.ts';
import { startRehearsalEngine } from './engine.ts';
import type { RehearsalEngine } from './engine.ts';
import { handleHelp, handleOf } from './handle.ts';
import type { Handle } from './handle.ts';
import { freshFolder, refuseTheReal, rehearsalPorts } from './surroundings.ts';

/** A person must hardly wait where the server keeps an answer to itself; the command goes the other road then. */
const doorDeadlineMs = '1000';

const say = (line: string): void => console.log(line);

/**
 * `npm run rehearse`: the house on the time-skipping server, with data and an inbox of its own and a handle for the clock,
 * in the foreground until `quit`, Ctrl-C or the end of what is typed.
 */
async function main(): Promise<void> {
  refuseTheReal(process.env);
  const { http, engine: enginePort, ...ports } = rehearsalPorts(process.env);
  const dataDir = resolve(process.env['JOBBAG_DATA_DIR'] ?? '.jobbag-rehearsal');
  await freshFolder(dataDir);
  const clockFile = join(dataDir, 'clock');
  const lost = new AbortController();
  const onProgress = consoleSink();
  const engine = await startRehearsalEngine({
    dataDir,
    port: enginePort,
    onProgress,
    onLost: () => lost.abort(),
  });
  let house: House | undefined;
  try {
    house = await startHouse({
      dataDir,
      httpPort: http,
      ports: { ...ports, engine: 0, ui: 0 },
      durable: false,
      engine,
      // The worker puts the server's time there as the last thing before it takes tasks.
      workerReady: () => Promise.resolve(existsSync(clockFile)),
      settings: { CLOCK_FILE: clockFile, DOOR_DEADLINE_MS: doorDeadlineMs },
      onProgress,
      onRestart: (name) => console.error(`${name} ended unexpectedly; starting it again`),
    });
    await play(house, engine, { dataDir, clockFile, lost: lost.signal });
  } finally {
    await house?.stop();
    await engine.stop();
  }
}

async function play(
  house: House,
  engine: RehearsalEngine,
  { dataDir, clockFile, lost }: { dataDir: string; clockFile: string; lost: AbortSignal },
): Promise<void> {
  const { inbox, inboxUrl } = house.stack;
  if (inbox === undefined || inboxUrl === undefined) throw new StackFailure('A rehearsal without an inbox is none.');
  const place = { baseUrl: house.baseUrl, inboxUrl, environment: house.environment };
  await writeFile(join(dataDir, placeFile), JSON.stringify(place), { mode: 0o600 });
  const store = await connectStore({ uri: house.stack.mongoUri, poolSize: 4 });
  try {
    const empty = process.env['JOBBAG_EMPTY'] === 'true';
    if (!empty) await registerDemo(store, new Date(await engine.clock.now()).toISOString());
    const zone = readConfig({ ...process.env, ...house.environment }).agencyZone;
    const handle = handleOf({ engine, store, inbox, clockFile, zone, say });
    greet(house, dataDir, empty);
    await handle.hear('where');
    const end = await Promise.race([listen(handle), signalled(), gone(lost)]);
    if (end === 'lost')
      throw new StackFailure('引擎意外结束，排练的内容已经不在。 The engine ended; what it held is gone.');
    if (end !== 'done') say(`${end}: 有序结束 stopping in order`);
    // A task that is cut off would leave half a story in the folder, which can still be read after the end.
    await handle.settle();
  } finally {
    await closeStore(store);
  }
}

function greet(house: House, dataDir: string, empty: boolean): void {
  say('\n排练已就绪；时钟由您来拨。 The rehearsal is up; the clock is in your hands.\n');
  const rows = [
    ['看板 board', house.baseUrl],
    ['收件箱 inbox', house.stack.inboxUrl ?? ''],
    ['API docs', `${house.baseUrl}/api/docs`],
  ] as const;
  for (const [name, address] of rows) say(`  ${name.padEnd(14)}${address}`);
  if (!empty)
    say(
      '\n  登录 sign in: lan.zhou@yunfan.example（客户总监 account director；验证码在收件箱 the code is in the inbox）',
    );
  say(`\n  每次排练从空白开始；这次的数据在 ${dataDir}，下次开始时清空。`);
  say(
    `  Every rehearsal begins anew; the data of this one lies in ${dataDir} and is taken away when the next begins.\n`,
  );
  handleHelp.forEach(say);
  say('');
}

/** Takes line after line, from a person or a pipe, until one asks for the end or there are no more. */
async function listen(handle: Handle): Promise<'done'> {
  const person = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, ...(person ? { output: process.stdout, prompt: '> ' } : {}) });
  // In a terminal the line editor takes Ctrl-C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  if (person) lines.prompt();
  for await (const line of lines) {
    if (!(await handle.hear(line))) break;
    if (person) lines.prompt();
  }
  lines.close();
  return 'done';
}

function gone(signal: AbortSignal): Promise<'lost'> {
  return new Promise((end) => signal.addEventListener('abort', () => end('lost'), { once: true }));
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((end) => {
    // A terminal sends Ctrl-C to the whole group and runners pass it on once more: what comes after the first changes nothing.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => end(name));
  });
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof StackFailure ? error.message : error);
    process.exitCode = 1;
  })
  // An open terminal would keep the program alive although everything has ended.
  .finally(() => process.stdin.destroy());
