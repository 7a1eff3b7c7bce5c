import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { greet } from './demo/greet.ts';
import { placeFile } from './demo/place.ts';
import { startHouse } from './house/house.ts';
import { StackFailure } from './stack/failure.ts';
import { consoleSink } from './stack/progress.ts';

/**
 * `npm start`: everything on one machine, in the foreground, until Ctrl-C. The first start makes the demonstration
 * agency; `JOBBAG_EMPTY=true` leaves the house empty.
 */
async function main(): Promise<void> {
  const startedAt = performance.now();
  const dataDir = process.env['JOBBAG_DATA_DIR'] ?? join(process.cwd(), '.jobbag');
  const fresh = !existsSync(join(dataDir, 'keys'));
  const house = await startHouse({
    dataDir,
    httpPort: Number(process.env['HTTP_PORT'] ?? '8080'),
    onProgress: consoleSink(),
    onRestart: (name) =>
      console.error(`${name} ended unexpectedly; starting it again (its log: ${join(dataDir, 'logs', `${name}.log`)})`),
  });
  const place = { baseUrl: house.baseUrl, inboxUrl: house.stack.inboxUrl ?? '', environment: house.environment };
  await writeFile(join(dataDir, placeFile), JSON.stringify(place), { mode: 0o600 });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const rows = [
    ['board', house.baseUrl],
    ['inbox', house.stack.inboxUrl ?? '(mail goes to the server you named)'],
    ['API docs', `${house.baseUrl}/api/docs`],
    ['engine UI', house.stack.uiUrl ?? '(the engine you named)'],
  ] as const;
  console.log(`\nJobbag is up after ${seconds} s.\n`);
  for (const [name, address] of rows) console.log(`  ${name.padEnd(12)}${address}`);
  if (fresh && process.env['JOBBAG_EMPTY'] !== 'true') {
    await greet(house, (line) => console.log(line)).catch((error: unknown) =>
      console.error(
        `  The demonstration could not be finished: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
  }
  console.log('\n  Sign in as lan.zhou@yunfan.example (account director); the code arrives in the inbox.');
  console.log('  Ctrl-C stops everything in order and loses nothing.\n');
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    // A terminal sends Ctrl-C to the whole group and runners pass it on once more: what comes after the first changes nothing.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve(name));
  });
  console.log(`${signal}: stopping in order`);
  await house.stop();
}

main().catch((error: unknown) => {
  console.error(error instanceof StackFailure ? error.message : error);
  process.exitCode = 1;
});
