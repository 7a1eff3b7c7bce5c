import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startStack } from '../../ops/stack/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A document store; tests take databases of their own on it. */
    mongoUri: string;
    /** host:port of the engine. */
    temporalAddress: string;
    temporalNamespace: string;
    smtpUrl: string;
    inboxUrl: string;
  }
}

/** One stack for all test files: the real engine, the real store, a real mail server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jobbag-test-'));
  const stack = await startStack({
    dataDir,
    durable: false,
    ports: { engine: 0, ui: 0, documents: 0, postgres: 0, smtp: 0, inbox: 0 },
    searchAttributes: { JobPhase: 'Keyword', JobNumber: 'Keyword' },
    onProgress: (line) => console.log(typeof line === 'string' ? line : JSON.stringify(line)),
  });
  project.provide('mongoUri', stack.mongoUri);
  project.provide('temporalAddress', stack.engineAddress);
  project.provide('temporalNamespace', stack.namespace);
  project.provide('smtpUrl', stack.smtpUrl);
  project.provide('inboxUrl', stack.inboxUrl ?? '');
  return async () => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
