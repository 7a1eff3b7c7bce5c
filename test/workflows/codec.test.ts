import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startCodecServer, type CodecServer } from '../../ops/codec-server.ts';
import { engineBinary } from '../../ops/stack/engine-binary.ts';
import { readStackEnvironment } from '../../ops/stack/environment.ts';
import { Progress, silent } from '../../ops/stack/progress.ts';
import { dataConverter, payloadCodec } from '../../store/codec.ts';
import { openKeyrings, type Keyrings } from '../../store/keyring.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker, registerSearchAttributes } from '../../worker/worker.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import { actUpdate, jobWorkflowType } from '../../workflows/messages.ts';
import { person, requestAct } from '../domain/job/agency.ts';
import { Hands } from './house.ts';

const uiOrigin = 'http://127.0.0.1:8233';
let folder: string;
let rings: Keyrings;
let server: CodecServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobbag-codec-'));
  rings = openKeyrings(join(folder, 'keys'), () => new Date().toISOString());
  server = await startCodecServer({ codec: payloadCodec(rings.payloads), port: 0, origins: [uiOrigin] });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init);
const headers = { 'content-type': 'application/json', 'x-namespace': 'jobbag' };
const words = defaultPayloadConverter.toPayload({ title: '春茶上市海报' });
const payload = {
  metadata: { encoding: Buffer.from(words?.metadata?.['encoding'] ?? '').toString('base64') },
  data: Buffer.from(words?.data ?? '').toString('base64'),
};

describe('the codec server', () => {
  test('what it encodes nobody reads, what it decodes is what was there; an unknown key is an error, not an answer', async () => {
    const encoded = await ask('/encode', { method: 'POST', headers, body: JSON.stringify({ payloads: [payload] }) });
    const sealed = (await encoded.json()) as { payloads: [{ metadata: Record<string, string>; data: string }] };
    expect(Buffer.from(sealed.payloads[0].data, 'base64').toString()).not.toContain('海报');
    const decoded = await ask('/decode', { method: 'POST', headers, body: JSON.stringify(sealed) });
    expect(await decoded.json()).toEqual({ payloads: [payload] });
    sealed.payloads[0].metadata['key'] = Buffer.from('zzzzzz').toString('base64');
    const unknown = await ask('/decode', { method: 'POST', headers, body: JSON.stringify(sealed) });
    expect(unknown.status).toBe(500);
    expect(await unknown.text()).not.toContain('zzzzzz');
  });

  test('the engine’s own pages may ask, no other page, and no page by another name for this machine', async () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const ui = await ask('/decode', { method: 'OPTIONS', headers: { origin: uiOrigin, ...asked } });
    expect(ui.status).toBe(204);
    expect(ui.headers.get('access-control-allow-origin')).toBe(uiOrigin);
    const body = JSON.stringify({ payloads: [payload] });
    const foreign = await ask('/decode', {
      method: 'POST',
      headers: { ...headers, origin: 'https://evil.example' },
      body,
    });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const port = new URL(server.url).port;
    const { stdout } = await promisify(execFile)('curl', [
      ...['-s', '-o', join(folder, 'out'), '-w', '%{http_code}', '-H', `Host: evil.example:${port}`],
      ...['-H', 'Content-Type: application/json', '-d', body, `${server.url}/decode`],
    ]);
    expect(stdout).toBe('403');
  });

  test.each([
    ['GET', '/decode', undefined, 'application/json', 405],
    ['POST', '/other', '{}', 'application/json', 404],
    ['POST', '/decode', '{}', 'text/plain', 415],
    ['POST', '/decode', 'not json', 'application/json', 400],
    ['POST', '/decode', '{"payloads":[{"data":"%%%"}]}', 'application/json', 400],
    ['POST', '/decode', '{"payloads":{"$gt":1}}', 'application/json', 400],
    ['POST', '/decode', 'x'.repeat(17 * 1024 * 1024), 'application/json', 413],
  ])('bad input: %s %s is answered, not suffered', async (method, path, body, type, status) => {
    const answer = await ask(path, { method, headers: { 'content-type': type }, ...(body ? { body } : {}) });
    expect(answer.status).toBe(status);
  });
});

/** A history as the command prints it, with its payloads out of base64 where they still are in it. */
const opened = (history: string): string =>
  history + history.replaceAll(/"data": "([^"]*)"/g, (_all, data: string) => Buffer.from(data, 'base64').toString());

describe('the official command', () => {
  test('lists a job with phase and number, and shows its history readable only through the codec server', async () => {
    const address = inject('temporalAddress');
    const namespace = inject('temporalNamespace');
    const native = await NativeConnection.connect({ address });
    await registerSearchAttributes(native, namespace);
    const converter = dataConverter(rings.payloads);
    const client = new Client({
      connection: await Connection.connect({ address }),
      namespace,
      dataConverter: converter,
    });
    const processId = jobWorkflowId(randomUUID());
    const taskQueue = `cli-${processId}`;
    const handle = await client.workflow.start(jobWorkflowType, {
      workflowId: processId,
      taskQueue,
      args: [{ processId }],
    });
    const worker = await createWorker({
      connection: native,
      namespace,
      activities: new Hands().activities(),
      dataConverter: converter,
      bundle: await bundleWorkflows(),
      taskQueue,
      shutdownGraceMs: 100,
    });
    const binary = await engineBinary(readStackEnvironment().cacheDir, new Progress(silent));
    const temporal = async (...args: readonly string[]): Promise<string> => {
      const place = ['--address', address, '--namespace', namespace];
      const env = { ...process.env, TEMPORAL_CLI_DISABLE_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' };
      const { stdout } = await promisify(execFile)(binary, [...args, ...place], { env, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    };
    await worker.runUntil(async () => {
      const act = requestAct();
      const command = { id: 'ask', actor: person('executive'), receivedAt: new Date().toISOString(), act };
      await handle.executeUpdate(actUpdate, { args: [command] });
      const listed = (): Promise<string> =>
        temporal('workflow', 'list', '--query', `JobPhase = 'REQUESTED' AND WorkflowId = '${processId}'`, '-o', 'json');
      await expect.poll(listed, { timeout: 20_000, interval: 500 }).toContain(processId);
      const [row] = JSON.parse(await listed()) as [
        { searchAttributes: { indexedFields: Record<string, { data: string }> } },
      ];
      const phase = row.searchAttributes.indexedFields['JobPhase']?.data ?? '';
      expect(Buffer.from(phase, 'base64').toString()).toBe('"REQUESTED"');
      const shown = (...more: readonly string[]): Promise<string> =>
        temporal('workflow', 'show', '--workflow-id', processId, '-o', 'json', ...more);
      const title = /春茶上市海报/;
      expect(opened(await shown())).not.toMatch(title);
      expect(opened(await shown('--codec-endpoint', server.url))).toMatch(title);
    });
    await native.close();
  });
});
