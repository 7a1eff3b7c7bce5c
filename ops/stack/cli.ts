import { join } from 'node:path';
import { StackFailure } from './failure.ts';
import { consoleSink } from './progress.ts';
import { startStack } from './stack.ts';

/** Runs the stack alone, in the foreground, until Ctrl-C: `tsx ops/stack/cli.ts [DATA_FOLDER]`. */
async function main(dataDir: string): Promise<void> {
  const startedAt = performance.now();
  const stack = await startStack({ dataDir, onProgress: consoleSink() });
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['engine', `${stack.engineAddress}  (namespace ${stack.namespace})`],
    ['engine UI', stack.uiUrl],
    ['documents', stack.mongoUri.replace(/\/\/[^@/]*@/, '//')], // an address from outside may hold a password
    ['mail goes to', stack.smtpUrl.replace(/\/\/[^@/]*@/, '//')],
    ['inbox', stack.inboxUrl],
  ];
  for (const [name, address] of rows) if (address !== undefined) console.log(`${name.padEnd(14)}${address}`);
  console.log(
    `ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; data in ${dataDir}; Ctrl-C stops everything`,
  );

  stack.onExit((end) => {
    console.error(`${end.name} ended unexpectedly (${end.signal ?? `code ${end.code}`}); starting it again`);
    stack.restart(end.name).catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  });
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve(name));
  });
  console.log(`${signal}: stopping in order`);
  await stack.stop();
}

try {
  await main(process.argv[2] ?? join(process.cwd(), '.jobbag'));
} catch (error) {
  console.error(error instanceof StackFailure ? error.message : error);
  process.exitCode = 1;
}
