import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { playUntil, submitPaper } from '../../ops/demo/story.ts';
import { commandIdOf } from '../../store/form-values.ts';
import { logOf } from './invariants.ts';
import { again, pause, Witness } from './patient.ts';
import { bodyOf, Findings, formHeaders, linkOf, readLink, tellingOf, type Scene } from './scene.ts';

type Telling = ReturnType<typeof tellingOf>;

/** A job whose client is asked to sign the brief, and the link to it. */
async function briefed(scene: Scene, number: number): Promise<{ telling: Telling; url: string }> {
  const telling = tellingOf(scene, new Witness(), 400_000 + number, scene.random.branch());
  await playUntil(telling, 'BRIEFED');
  await submitPaper(telling, telling.subject.ownerId, 'requirementBrief', 'F-03');
  const step = await telling.caller.openStep(telling.subject.ownerId, telling.jobId, 'requirementBrief', 'client');
  return { telling, url: await linkOf(scene, telling.jobId, step) };
}

const from = '10.66.0.1';

async function post(url: string, body: string): Promise<{ status: number; text: string; retryAfter: string | null }> {
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: formHeaders(url, from), body });
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
}

/** No worker: a click is received and recorded later, once; one that became impossible ends in a refusal, recorded and mailed. */
export async function noWorker(scene: Scene): Promise<Findings> {
  const findings = new Findings();
  const rounds = scene.options.quick ? 2 : 5;
  for (let round = 1; round <= rounds; round += 1) {
    const good = await briefed(scene, round * 2);
    const late = await briefed(scene, round * 2 + 1);
    const witness = new Witness();
    const [first, second] = [await readLink(witness, good.url, from), await readLink(witness, late.url, from)];
    const other = await readLink(witness, late.url, from);
    if (!first || !second || !other) throw new Error('an open step shows no form');
    await scene.house.halt('worker');
    const goodId = commandIdOf(first.fields.get('formValue') ?? '');
    const body = bodyOf(first, { verdict: 'sign' });
    // Twice: somebody who is told "received" presses again.
    for (const again of [1, 2]) {
      const answer = await post(good.url, body);
      findings.expect(answer.status === 202, `press ${again} without a worker was answered ${answer.status}`);
      findings.expect(answer.text.includes('<h1'), 'no page says that it was received');
    }
    // Both are received; the first to arrive makes the second impossible.
    const winner = await post(late.url, bodyOf(second, { verdict: 'sign' }));
    const loser = await post(
      late.url,
      bodyOf(other, { verdict: 'back', backKind: 'return', reason: 'COPY', backWords: '请再短一些' }),
    );
    findings.expect(
      winner.status === 202 && loser.status === 202,
      `two clicks without a worker were answered ${winner.status} and ${loser.status}`,
    );
    const loserId = commandIdOf(other.fields.get('formValue') ?? '');
    await again('the worker', () => scene.house.restart('worker'), 120_000);

    const log = await untilLog(scene, good.telling.jobId, goodId);
    findings.expect(
      log.filter(({ event, stamp }) => event.type === 'decided' && stamp.commandId === goodId).length === 1,
      `${good.telling.jobId}: the received click is not in the log once`,
    );
    const lateLog = await untilLog(scene, late.telling.jobId, loserId);
    const refused = lateLog.filter(({ event }) => event.type === 'commandRefused' && event.commandId === loserId);
    findings.expect(
      refused.length === 1,
      `${late.telling.jobId}: the impossible click is recorded ${refused.length} times`,
    );
    findings.expect(
      lateLog.filter(({ event }) => event.type === 'decided').length === 1,
      `${late.telling.jobId}: not one decision`,
    );
    const told = await mailed(scene, late.telling.jobId, 'commandRefused');
    findings.expect(told, `${late.telling.jobId}: nobody was mailed the refusal`);
    const page = await fetch(`${late.url}?command=${loserId}`, {
      headers: { accept: 'text/html', 'x-forwarded-for': from },
    });
    findings.expect(page.status === 200, `the page of the refused click answers ${page.status}`);
  }
  findings.figure(
    `${rounds} times without a worker: ${rounds * 4} clicks answered "received", ${rounds * 2} decisions recorded once, ${rounds} refusals recorded and mailed`,
  );
  return findings;
}

async function untilLog(scene: Scene, jobId: string, commandId: string): ReturnType<typeof logOf> {
  for (let tries = 0; ; tries += 1) {
    const log = await logOf(scene, jobId);
    if (tries > 150 || log.some(({ stamp }) => stamp.commandId === commandId)) return log;
    await pause(300);
  }
}

/** Whether a mail of this kind about a job was sent, within a minute. */
export async function mailed(scene: Scene, jobId: string, kind: string): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await scene.store.collection('outbox').countDocuments({ processId: jobId, kind, state: 'sent' })) > 0)
      return true;
    await pause(300);
  }
  return false;
}

/** Engine away, once as a closed door and once as silence: nothing is accepted, nothing typed is lost, the same press counts once later. */
export async function noEngine(scene: Scene): Promise<Findings> {
  const findings = new Findings();
  const rounds = scene.options.quick ? 1 : 3;
  const words = '标语再短一些，请把第二行去掉。';
  const button = { verdict: 'back', backKind: 'return', reason: 'COPY', backWords: words };
  const alone = await apiWithoutEngine(scene);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const how of ['closed', 'silent'] as const) {
        const { telling, url } = await briefed(scene, 50 + round * 2 + (how === 'closed' ? 0 : 1));
        const there = how === 'closed' ? `${alone.baseUrl}${new URL(url).pathname}` : url;
        const form = await readLink(new Witness(), there, from);
        if (!form) throw new Error('the page needs the engine to be shown');
        const id = commandIdOf(form.fields.get('formValue') ?? '');
        if (how === 'silent') scene.house.kill('engine', 'SIGSTOP');
        const body = bodyOf(form, button);
        let answer: Awaited<ReturnType<typeof post>>;
        try {
          answer = await post(there, body);
        } finally {
          if (how === 'silent') scene.house.kill('engine', 'SIGCONT');
        }
        findings.expect(answer.status === 503, `engine ${how}: answered ${answer.status}`);
        findings.expect(answer.retryAfter !== null, `engine ${how}: no Retry-After`);
        findings.expect(answer.text.includes(words), `engine ${how}: the typed words are gone`);
        const kept = formsWith(answer.text, form.fields.get('formValue') ?? '');
        findings.expect(kept, `engine ${how}: the page that came back is another decision than the one pressed`);
        await pause(3_000);
        const taken = (await logOf(scene, telling.jobId)).some(({ stamp }) => stamp.commandId === id);
        findings.expect(!taken, `engine ${how}: the press was accepted although the page said 503`);
        // The same press again, now that somebody is there.
        const later = await again('the press', async () => {
          const found = await post(url, body);
          if (found.status === 503) throw new Error('still away');
          return found;
        });
        findings.expect(
          later.status === 303 || later.status === 202 || later.status === 200,
          `engine ${how}: the same press later was answered ${later.status}`,
        );
        const log = await untilLog(scene, telling.jobId, id);
        findings.expect(
          log.filter(({ event, stamp }) => event.type === 'decided' && stamp.commandId === id).length === 1,
          `engine ${how}: the press is not in the log once`,
        );
      }
    }
  } finally {
    await alone.stop();
  }
  findings.figure(
    `${rounds} times refused and ${rounds} times silent: 503 with Retry-After and the words still there; pressed again, each counted once`,
  );
  return findings;
}

const formsWith = (page: string, formValue: string): boolean => formValue !== '' && page.includes(formValue);

/** A second api of the same house that finds nobody where the engine should be. */
async function apiWithoutEngine(scene: Scene): Promise<{ baseUrl: string; stop(): Promise<void> }> {
  const [httpPort, nobody] = [await freePort(), await freePort()];
  const baseUrl = `http://127.0.0.1:${httpPort}`;
  const child = spawn(
    process.execPath,
    [
      '--disable-proto=delete',
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('../../api/server.ts', import.meta.url)),
    ],
    {
      env: {
        ...process.env,
        ...scene.house.environment,
        TEMPORAL_ADDRESS: `127.0.0.1:${nobody}`,
        HTTP_PORT: String(httpPort),
        PUBLIC_BASE_URL: baseUrl,
      },
      stdio: 'ignore',
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await again(
    'the api without an engine',
    async () => {
      const answer = await fetch(`${baseUrl}/healthz`);
      if (!answer.ok) throw new Error(String(answer.status));
    },
    90_000,
  );
  return {
    baseUrl,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
