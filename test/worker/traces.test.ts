import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTraces } from '../../config/traces.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { openClientHouse, until, type ClientHouse } from '../api/approve/client-house.ts';
import { recordedBehaviours, runsOf } from '../replay/histories.ts';
import { openCollector, type ArrivedSpan, type Collector } from '../support/collector.ts';

let collector: Collector;
let all: ClientHouse;
beforeAll(async () => {
  collector = await openCollector();
  all = await openClientHouse('traced', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
}, 180_000);
afterAll(async () => {
  await all.close();
  await collector.close();
});

/** From a span up to the beginning of its trace. */
function upFrom(span: ArrivedSpan): ArrivedSpan[] {
  const parent = collector.spans.find((one) => one.traceId === span.traceId && one.spanId === span.parentSpanId);
  return parent ? [span, ...upFrom(parent)] : [span];
}

describe('traces, switched on by configuration', { timeout: 120_000 }, () => {
  test('one click is one trace: the request, the command at the engine, the workflow, the recorder', async () => {
    const { link } = await all.asked();
    const { html } = await all.page(link);
    const signed = await all.press(link, html, { verdict: 'sign', signWords: '请寄 li@client.example' });
    expect(signed.status).toBe(303);
    const recorded = await until(() =>
      collector.spans.find(
        (span) =>
          span.service === 'jobbag-worker' &&
          span.name === 'RunActivity:recordEntries' &&
          upFrom(span).some(({ name }) => name === 'POST /a/[link]'),
      ),
    );
    const way = upFrom(recorded);
    expect(way.at(-1)).toMatchObject({ service: 'jobbag-api', name: 'POST /a/[link]' });
    expect(way.some(({ service, name }) => service === 'jobbag-worker' && name.startsWith('HandleUpdate:act'))).toBe(
      true,
    );
    expect(new Set(way.map(({ traceId }) => traceId)).size).toBe(1);
  });

  test('no link, no address and no word of anybody is in what the collector got', async () => {
    const { link } = await all.asked();
    expect((await fetch(`${all.house.url}${link}x?lang=en`)).status).toBe(404);
    await until(() => (collector.spans.some(({ name }) => name === 'GET /a/[link]') ? true : undefined));
    expect(collector.raw()).not.toMatch(/\/a\/[a-z0-9]{6}[A-Za-z0-9_-]{22}/);
    expect(collector.raw()).not.toContain('li@client.example');
    expect(collector.raw()).not.toContain(all.contact.mail.address);
  });

  test('the text of an error goes without what it quotes', async () => {
    const traces = await startTraces(collector.endpoint, 'errors');
    traces?.tracer.startActiveSpan('smtp://u:p@mail.example', (span) => {
      span.recordException(new Error('no mail to wang@client.example about /a/abcdefABCDEFGHIJKLMNOPQRSTUV.xyz'));
      span.setStatus({ code: 2, message: 'wang@client.example' });
      span.end();
    });
    await traces?.stop();
    expect(collector.spans.find(({ service }) => service === 'errors')?.name).toBe('smtp://[credentials]@mail.example');
    expect(collector.raw()).not.toContain('wang@client.example');
    expect(collector.raw()).not.toContain('ABCDEFGHIJKLMNOPQRSTUV');
  });

  test('design §2: every recorded history replays with traces switched on', async () => {
    const bundle = await bundleWorkflows({ traced: true });
    const errors: string[] = [];
    for await (const { workflowId, error } of Worker.runReplayHistories(
      { workflowBundle: bundle, sinks: { exporter: { export: { fn: () => undefined } } } },
      recordedBehaviours().flatMap(runsOf),
    ))
      if (error) errors.push(`${workflowId}: ${error.message}`);
    expect(errors).toEqual([]);
  });

  test('switched off, none of its libraries is loaded', async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const script = `
      const loaded = [];
      const { registerHooks } = await import('node:module');
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      await import('./api/server.ts'); await import('./worker/main.ts');
      const { openTracing } = await import('./api/tracing.ts');
      const { openWorkerTracing } = await import('./worker/tracing.ts');
      console.log(String(await openTracing(undefined)), String(await openWorkerTracing(undefined)));
      console.log(loaded.filter((url) => /@opentelemetry\\/(sdk|exporter|context|core)|interceptors-opentelemetry|@aws-sdk/.test(url)).length);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { cwd: root },
    );
    expect(stdout.trim().split('\n')).toEqual(['undefined undefined', '0']);
  });
});
