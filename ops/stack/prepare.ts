import { documentBuild } from './documents.ts';
import { engineBinary } from './engine-binary.ts';
import { readStackEnvironment } from './environment.ts';
import { consoleSink, Progress } from './progress.ts';
import { timeSkippingServer } from './time-skipping.ts';

/**
 * Gets everything a start or a test run will need, side by side, and says where it is.
 * One part that cannot be had does not stop the others.
 */
const environment = readStackEnvironment();
const sink = consoleSink();
const progress = new Progress(sink);
const { cacheDir } = environment;

const parts: readonly { readonly name: string; readonly get: () => Promise<string> }[] = [
  { name: 'engine', get: async () => environment.engineAddress ?? engineBinary(cacheDir, progress) },
  {
    name: 'documents',
    get: async () => (environment.mongoUri === undefined ? documentFiles() : 'as given by MONGODB_URI'),
  },
  { name: 'time-skipping', get: () => timeSkippingServer({ onProgress: sink, cacheDir }) },
];

async function documentFiles(): Promise<string> {
  const build = await documentBuild(cacheDir, progress);
  return build.kind === 'mongod' ? build.binary : `${build.root} and ${build.gateway}`;
}

const startedAt = performance.now();
const results = await Promise.allSettled(parts.map((part) => part.get()));
for (const [index, result] of results.entries()) {
  const name = parts[index]?.name ?? '';
  if (result.status === 'fulfilled') console.log(`${name}: ${result.value}`);
  else {
    console.error(`${name}: ${result.reason instanceof Error ? result.reason.message : String(result.reason)}`);
    process.exitCode = 1;
  }
}
console.log(`prepared in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
