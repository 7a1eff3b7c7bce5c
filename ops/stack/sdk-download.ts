import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackFailure, wordsOf } from './failure.ts';

/** What to fetch, and where to put it. */
export interface SdkDownload {
  readonly type: 'dev-server' | 'time-skipping';
  readonly version: string;
  readonly folder: string;
}

// A closed network answers at once; a silent one must not hold up the sources that follow.
const GIVE_UP_AFTER_MS = 180_000;

/**
 * Lets the Temporal SDK fetch a server in its own way and returns the file.
 * The SDK offers no "only download", so the server runs for a moment and is stopped.
 */
export async function fetchThroughSdk(download: SdkDownload): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const executable = { type: 'cached-download' as const, downloadDir: download.folder, version: download.version };
  const fetching =
    download.type === 'dev-server'
      ? TestWorkflowEnvironment.createLocal({ server: { executable } })
      : TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  const limit = new AbortController();
  const tooLong = sleep(GIVE_UP_AFTER_MS, undefined, { signal: limit.signal }).then(() => {
    throw new StackFailure('no answer within three minutes');
  });
  try {
    const environment = await Promise.race([fetching, tooLong]);
    await environment.teardown();
  } catch (error) {
    throw new StackFailure(shortReason(error));
  } finally {
    limit.abort();
    tooLong.catch(() => undefined);
    fetching.catch(() => undefined);
  }
  const [file] = await readdir(download.folder);
  if (file === undefined) throw new StackFailure('the SDK kept no file');
  return join(download.folder, file);
}

/** The SDK's reason is a chain of causes with addresses in it; only whether the network answered matters to the reader. */
function shortReason(error: unknown): string {
  const words = wordsOf(error);
  if (/no answer/.test(words)) return words;
  return /dns|resolve|connect|sending request|network|timed? ?out/i.test(words)
    ? 'its server cannot be reached'
    : words.slice(0, 160);
}
