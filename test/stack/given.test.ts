import { expect, test } from 'vitest';
import { readStackEnvironment } from '../../ops/stack/environment.ts';
import { startStack } from '../../ops/stack/stack.ts';
import type { StackOptions } from '../../ops/stack/stack.ts';
import { anyPorts, freshFolder, nothingGiven } from './folder.ts';

const given = (env: NodeJS.ProcessEnv, parts: StackOptions['parts']): StackOptions => ({
  dataDir: freshFolder(),
  parts: parts ?? [],
  ports: anyPorts,
  environment: readStackEnvironment(env),
});

test('an engine from outside is used, gets its namespace, and is not stopped', async () => {
  const outside = await startStack({
    dataDir: freshFolder(),
    parts: ['engine'],
    ports: anyPorts,
    environment: nothingGiven,
    durable: false,
  });
  try {
    const options = given({ TEMPORAL_ADDRESS: outside.engineAddress, TEMPORAL_NAMESPACE: 'given' }, ['engine']);
    const stack = await startStack({ ...options, searchAttributes: { JobPhase: 'Keyword' } });
    expect(stack).toMatchObject({ engineAddress: outside.engineAddress, namespace: 'given', processes: [] });
    expect(stack.uiUrl).toBeUndefined();
    await stack.stop();
    expect(outside.processes).toHaveLength(1);
  } finally {
    await outside.stop();
  }
});

test('an address that does not answer is named by its setting, without its password', async () => {
  await expect(startStack(given({ TEMPORAL_ADDRESS: '127.0.0.1:1' }, ['engine']))).rejects.toThrow(/TEMPORAL_ADDRESS/);
  const failed = startStack(given({ MONGODB_URI: 'mongodb://bag:s3cret@127.0.0.1:1/jobbag' }, ['documents']));
  await expect(failed).rejects.toThrow(/^The document store at 127\.0\.0\.1:1, named by MONGODB_URI, does not answer/);
  await expect(failed).rejects.not.toThrow(/s3cret/);
});

test('mail goes to the given server, and no inbox is started', async () => {
  const stack = await startStack(given({ SMTP_URL: 'smtp://mail.example:25' }, ['mail']));
  expect(stack.smtpUrl).toBe('smtp://mail.example:25');
  expect(stack.inbox).toBeUndefined();
  await stack.stop();
});
