import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, inject, test } from 'vitest';

const file = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jobbag-halves-'));
const everybody: ChildProcess[] = [];
afterAll(() => {
  // What a failed test left behind; its other half ends with it.
  for (const child of everybody) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A worker as it is started on a server, in a process of its own. */
interface Started {
  readonly decides: ChildProcess;
  readonly decidesPid: number;
  readonly handsPid: number;
  readonly ended: Promise<number | null>;
}

const alive = (pid: number): boolean => {
  try {
    // A process that ended and was not fetched by its parent yet is still listed: as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

/** Starts a worker and waits until both halves have said that they take tasks. */
async function started(): Promise<Started> {
  const decides = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: inject('temporalNamespace'),
      MONGODB_URI: inject('mongoUri'),
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_BASE_URL: 'http://127.0.0.1:1',
      JOBBAG_DATA_DIR: folder,
      JOBBAG_KEYS_DIR: join(folder, 'keys'),
      MAIL_FROM: 'jobbag@agency.example',
      AGENCY_NAME_ZH: '云帆广告',
      AGENCY_NAME_EN: 'Yunfan Advertising',
    },
  });
  everybody.push(decides);
  const ended = once(decides, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  const pids = new Map<string, number>();
  let said = '';
  for await (const piece of decides.stdout as AsyncIterable<Buffer>) {
    said += piece.toString();
    for (const line of said.split('\n').slice(0, -1)) {
      const { name, pid, msg } = JSON.parse(line) as { name: string; pid: number; msg: string };
      if (msg === 'ready') pids.set(name, pid);
    }
    if (pids.size === 2) break;
  }
  const [handsPid, decidesPid] = [pids.get('hands'), pids.get('worker')];
  if (handsPid === undefined || decidesPid === undefined) throw new Error(`not both halves: ${said}`);
  return { decides, decidesPid, handsPid, ended };
}

const gone = (pid: number): Promise<void> => expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false);

test('a worker is two processes: stopped, both finish and end in order', async () => {
  const { decides, decidesPid, handsPid, ended } = await started();
  expect(handsPid).not.toBe(decidesPid);
  decides.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(alive(handsPid)).toBe(false);
});

test('on a busy machine whoever signs goes before entries and mails: the half that carries out stands back', async () => {
  const { decides, decidesPid, handsPid, ended } = await started();
  expect(getPriority(handsPid)).toBeGreaterThan(getPriority(decidesPid));
  decides.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('where the half that decides is killed, the half that carries out ends as well', async () => {
  const { decides, handsPid, ended } = await started();
  decides.kill('SIGKILL');
  expect(await ended).toBeNull();
  await gone(handsPid);
});

test('where the half that carries out is killed, the worker stops and says so by its exit code, to be started again', async () => {
  const { handsPid, ended } = await started();
  process.kill(handsPid, 'SIGKILL');
  expect(await ended).toBe(1);
});
