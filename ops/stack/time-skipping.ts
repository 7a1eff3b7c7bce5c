import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, cachedFolder } from './cache.ts';
import { recipeFiles } from './engine-binary.ts';
import { StackFailure, wordsOf } from './failure.ts';
import { Progress, silent } from './progress.ts';
import type { ProgressSink } from './progress.ts';
import { readStackEnvironment } from './environment.ts';
import { fetchThroughSdk } from './sdk-download.ts';
import { ensureInstalled, runTool } from './tool.ts';
import { versions } from './versions.ts';

const recipeDir = fileURLToPath(new URL('./time-skipping/', import.meta.url));

/** How and where to look for the server. */
export interface TimeSkippingOptions {
  readonly onProgress?: ProgressSink;
  readonly cacheDir?: string;
}

/**
 * The file to give to `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * Fetched by the SDK where it can be, else put together from Maven's packages; kept in the cache either way.
 */
export async function timeSkippingServer(options: TimeSkippingOptions = {}): Promise<string> {
  const progress = new Progress(options.onProgress ?? silent);
  const cacheDir = options.cacheDir ?? readStackEnvironment().cacheDir;
  const fetched = { name: 'time-skipping-fetched', version: versions.timeSkipping, recipe: [] };
  const built = {
    name: 'time-skipping',
    version: versions.timeSkipping,
    recipe: [...recipeFiles(recipeDir, ['pom.xml']), LAUNCHER],
  };
  for (const known of [fetched, built]) {
    const file = join(cachedFolder(cacheDir, known), 'server');
    if (existsSync(file)) {
      if (known === built) await ensureJava();
      return file;
    }
  }
  try {
    const folder = await buildOnce(cacheDir, { ...fetched, build: (into) => fetchServer(into, progress) });
    return join(folder, 'server');
  } catch (error) {
    progress.note(
      'time-skipping',
      `The time-skipping server's official download cannot be had here (${wordsOf(error)}); taking it from Maven.`,
    );
  }
  const folder = await buildOnce(cacheDir, { ...built, build: (into) => collect(into, progress) });
  return join(folder, 'server');
}

async function fetchServer(into: string, progress: Progress): Promise<void> {
  const file = await progress.during('time-skipping', 'fetching the time-skipping server', () =>
    fetchThroughSdk({ type: 'time-skipping', version: 'default', folder: into }),
  );
  await rename(file, join(into, 'server'));
}

/** The SDK passes the port and may add flags of later servers, which this one would not understand. */
const LAUNCHER = `#!/bin/sh
folder=\${0%/*}
java=java
[ -z "$JAVA_HOME" ] || java=$JAVA_HOME/bin/java
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx512m -cp "$folder/lib/*" io.temporal.testserver.TestServer "$1"
`;

async function collect(into: string, progress: Progress): Promise<void> {
  await ensureJava();
  const maven = await ensureInstalled('mvn', 'maven', 'Install Maven to get the time-skipping test server.');
  const lib = join(into, 'lib');
  await mkdir(lib);
  const plugin = `org.apache.maven.plugins:maven-dependency-plugin:${versions.mavenDependencyPlugin}:copy-dependencies`;
  await progress.during('time-skipping', 'fetching the time-skipping test server from Maven', () =>
    runTool(
      maven,
      ['-q', '-B', '-f', join(recipeDir, 'pom.xml'), plugin, '-DincludeScope=runtime', `-DoutputDirectory=${lib}`],
      {
        cwd: into,
      },
    ),
  );
  if (!existsSync(join(lib, `temporal-test-server-${versions.timeSkipping}.jar`))) {
    throw new StackFailure('Maven ended without an error, but the time-skipping test server is not there.');
  }
  await writeFile(join(into, 'server'), LAUNCHER);
  await chmod(join(into, 'server'), 0o755);
}

async function ensureJava(): Promise<void> {
  if (process.env['JAVA_HOME'] !== undefined) return;
  await ensureInstalled(
    'java',
    'default-jre-headless',
    'Install Java 17 or newer to run the time-skipping test server.',
  );
}
