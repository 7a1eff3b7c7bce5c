import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import type { Caller } from '../../ops/demo/caller.ts';
import { openDemo, storySubject } from '../../ops/demo/greet.ts';
import type { HousePlace } from '../../ops/demo/place.ts';
import { placeFile } from '../../ops/demo/place.ts';
import { playUntil, submitPaper, type Telling } from '../../ops/demo/story.ts';
import { momentInWords, nextOnTheWall, readWish } from '../../ops/rehearse/moments.ts';
import { caseIdOf, caseRow } from '../../store/cases.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { demoPrefix } from '../../store/demo.ts';
import { stepsOf } from '../../store/steps.ts';
import { samples } from '../papers/samples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = ['--import', 'tsx', 'ops/rehearse/main.ts'];
const anyPort = Object.fromEntries(
  ['HTTP', 'JOBBAG_ENGINE', 'JOBBAG_DOCUMENTS', 'JOBBAG_POSTGRES', 'JOBBAG_SMTP', 'JOBBAG_INBOX'].map((part) => [
    `${part}_PORT`,
    '0',
  ]),
);
const surroundings = (dataDir: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  XDG_CACHE_HOME: process.env.XDG_CACHE_HOME,
  JAVA_HOME: process.env.JAVA_HOME,
  JOBBAG_DATA_DIR: dataDir,
  ...anyPort,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobbag-rehearse-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A rehearsal at whose handle somebody types, through a pipe. */
class Typed {
  readonly #child: ChildProcess;
  #out = '';
  #read = 0;
  readonly ended: Promise<number | null>;

  constructor(dataDir: string) {
    this.#child = spawn(process.execPath, program, { cwd: root, env: surroundings(dataDir), stdio: 'pipe' });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#out += text));
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** Everything said since the last time, once the last of it fits; bounded. */
  async until(fits: RegExp, withinMs = 90_000): Promise<string> {
    const late = performance.now() + withinMs;
    while (!fits.test(this.#out.slice(this.#read))) {
      if (performance.now() > late || this.#child.exitCode !== null)
        throw new Error(`never said ${String(fits)}; it said:\n${this.#out.slice(this.#read)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const said = this.#out.slice(this.#read);
    this.#read = this.#out.length;
    return said;
  }

  /** Types a line, and a word without meaning behind it: its answer is the end of the line's own. */
  async type(line: string): Promise<string> {
    this.#child.stdin?.write(`${line}\n???\n`);
    return this.until(/"\?\?\?" means nothing here[\s\S]*\(quit, Ctrl-C\)\n/);
  }

  async quit(): Promise<number | null> {
    this.#child.stdin?.write('quit\n');
    return this.ended;
  }

  /** Whatever happened before. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGTERM');
    await this.ended;
  }
}

const zone = zoneNamed('Asia/Shanghai');
/** Date and time of a moment in words, for comparing two of them; milliseconds. */
const minuteOf = ([, date = '', time = '']: RegExpExecArray): number => Date.parse(`${date}T${time}Z`);

const callTitle = '电话：灯箱尺寸';

/** Minutes of a call, reviewed and with the client; their id. */
async function sentMinutes(caller: Caller): Promise<string> {
  const { ownerId, clientId, brandId, clientLead } = storySubject;
  const reviewer = `${demoPrefix}he`;
  const parts = { confirmer: [clientLead], reviewer: [reviewer], team: [ownerId] };
  const about = { title: callTitle, clientId, brandId, ownerId, parts };
  const { id } = await caller.ask<{ id: string }>(ownerId, 'POST', '/minutes', about);
  const reached = (state: string) =>
    caller.until(state, async () => {
      const path = `/cases/${id}`;
      const found = await caller
        .ask<{ state: string; papers: { hash: string }[] }>(ownerId, 'GET', path)
        .catch(() => undefined);
      return found?.state === state ? found : undefined;
    });
  const move = (who: string, act: object) => caller.ask(who, 'POST', `/cases/${id}/acts`, { act });
  const content = {
    ...samples['F-15'],
    client: clientId,
    participants: [clientLead, ownerId],
    copiesTo: [reviewer],
    nextSteps: [{ action: '改尺寸', executor: ownerId, keyDate: '2099-12-31' }],
    reporter: ownerId,
  };
  await reached('DUE');
  await move(ownerId, { type: 'move', move: 'submit', paper: { form: 'F-15', content } });
  const { papers } = await reached('AT_SUPERVISOR');
  await move(reviewer, { type: 'move', move: 'approve', hash: papers[0]?.hash });
  await reached('SENT');
  return id;
}

describe('npm run rehearse', { timeout: 300_000 }, () => {
  test('§5, R-57: the clock is moved from rung to rung, each is climbed once at its time and its mail lies in the inbox; behind the last the director reads of it every morning', async () => {
    const dataDir = join(folder, 'played');
    const rehearsal = new Typed(dataDir);
    try {
      const greeting = await rehearsal.until(/No step is open/);
      const place = JSON.parse(await readFile(join(dataDir, placeFile), 'utf8')) as HousePlace;
      expect(greeting).toContain(place.baseUrl);
      expect(greeting).toContain(place.inboxUrl);

      const demo = await openDemo(place);
      const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
      const t: Telling = { ...demo, subject: storySubject, seed: 0, jobId: '', jobNumber: '' };
      try {
        // An answer of the door can be "received" here, so each step waits until the read models show the one before.
        const stands = (phase: string) =>
          demo.caller.until(phase, async () => {
            const path = `/jobs/${t.jobId}`;
            const { job } = await demo.caller
              .ask<{ job: { phase: string } }>(t.subject.ownerId, 'GET', path)
              .catch(() => ({ job: { phase: '' } }));
            return job.phase === phase ? job : undefined;
          });
        await playUntil(t, 'REQUESTED');
        await stands('REQUESTED');
        await playUntil(t, 'BRIEFED', 'REQUESTED');
        await stands('BRIEFED');
        await submitPaper(t, t.subject.ownerId, 'requirementBrief', 'F-03');
        await demo.caller.openStep(t.subject.ownerId, t.jobId, 'requirementBrief', 'client');

        const minutes = await sentMinutes(demo.caller);
        // So near that no rung is passed, on whatever day this runs.
        const soon = momentInWords(zone, new Date(Date.now() + 10 * 60_000).toISOString());
        expect(await rehearsal.type(soon.split(' ').slice(-2).join(' '))).toContain(`${soon} (Asia/Shanghai)`);
        const open = await rehearsal.type('where');
        expect(open).toMatch(/Requirement brief · Client[\s\S]*due[\s\S]*then .* Warning/);
        expect(open).toMatch(/灯箱尺寸: .*Minutes · .*awaiting the client[^\n]*\n +.*then .*one working day/);

        const climbed: { what: string; at: number }[] = [];
        const mailed: { at: number; to: string }[] = [];
        const stops: string[] = [];
        const mornings = () => mailed.filter(({ to }) => to.startsWith('lan.zhou@')).length;
        // Behind the last rung the director reads of it every morning, for ever: two of them are enough to see.
        for (let steps = 0; steps < 60 && (climbed.length < 6 || mornings() < 3); steps += 1) {
          const said = await rehearsal.type('next');
          for (const found of said.matchAll(/ mail {2}(\S+) \S+ \S+ (\S+) {2}(\S+) {2}(.*)/g))
            if (found[4]?.includes(callTitle) !== true) mailed.push({ at: minuteOf(found), to: found[3] ?? '' });
          for (const found of said.matchAll(/ next {2}(\S+) \S+ \S+ (\S+) {2}.*: (.*)$/gm)) {
            const what = found[3] ?? '';
            if (found[0].includes(callTitle)) stops.push(what);
            else if (!what.includes('due')) climbed.push({ what: what.replace(/^\S*→\S* /, ''), at: minuteOf(found) });
          }
        }
        expect(climbed.map(({ what }) => what)).toEqual([
          'Warning before the date, to the holder',
          'Warning before the date, to the holder',
          'Reminder, to the holder',
          'Escalation, to Account Executive',
          'Escalation, to Account Manager',
          'Escalation, to Account Director',
        ]);
        // Who is told above the holder is told within two minutes; the holder at the latest before that.
        for (const { at } of climbed.slice(3))
          expect(mailed.some((mail) => mail.at >= at && mail.at - at <= 120_000)).toBe(true);
        const [firstAbove] = climbed.slice(3);
        const toHolder = mailed.filter(({ to }) => !to.endsWith('@yunfan.example'));
        expect(toHolder.some(({ at }) => at < (firstAbove?.at ?? 0))).toBe(true);
        expect(mornings()).toBeGreaterThanOrEqual(3);

        const [desk] = (await stepsOf(store, t.jobId)).filter(({ step }) => step === 'client');
        expect(desk?.rungs.map(({ at, firedAt = '' }) => Date.parse(firedAt) - Date.parse(at) < 60_000)).toEqual(
          Array<boolean>(6).fill(true),
        );
        const mails = (await (await fetch(`${place.inboxUrl}/api/messages`)).json()) as { to: string[] }[] | object;
        const to = JSON.stringify(mails);
        for (const address of ['yi.zhao', 'zhiyuan.he', 'lan.zhou']) expect(to).toContain(`${address}@yunfan.example`);

        // Meanwhile silence became an answer to the minutes, and the handle stopped at that moment as well (M-07).
        expect(await caseRow(store, caseIdOf(minutes) ?? '')).toMatchObject({ standing: 'DEEMED_CONFIRMED' });
        expect(stops.some((what) => what.includes('one working day to object'))).toBe(true);
      } finally {
        await closeStore(store);
        await demo.close();
      }
      expect(await rehearsal.quit()).toBe(0);
      const left = (await readdir(join(dataDir, 'run'))).concat(await readdir(join(dataDir, 'engine', 'run')));
      expect(left).toEqual([]);
      expect(existsSync(join(dataDir, 'mail'))).toBe(true);
    } finally {
      await rehearsal.end();
    }
  });

  const refused = (env: NodeJS.ProcessEnv): Promise<{ code: number; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, program, { cwd: root, env }, (error, _out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), err }),
      );
    });

  test('§5: a rehearsal that would reach a real mail server, engine or store is refused, each named, and nothing is made', async () => {
    const dataDir = join(folder, 'real');
    const real = {
      SMTP_URL: 'smtp://127.0.0.1:25',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      MONGODB_URI: 'mongodb://127.0.0.1/jobbag',
    };
    const said = await refused({ ...surroundings(dataDir), ...real });
    expect(said.code).toBe(1);
    for (const name of Object.keys(real)) {
      expect(said.err).toContain(`${name} 已设置`);
      expect(said.err).toContain(`${name} is set, but`);
    }
    expect(existsSync(dataDir)).toBe(false);
  });

  test('§5: a folder that holds something else is refused and left as it is', async () => {
    const dataDir = await mkdtemp(join(folder, 'house-'));
    await writeFile(join(dataDir, 'keys'), 'precious');
    const said = await refused(surroundings(dataDir));
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining('is no rehearsal') as string });
    expect(await readdir(dataDir)).toEqual(['keys']);
  });
});

describe('the handle of the clock', () => {
  test.each([
    ['+2h', { kind: 'by', ms: 7_200_000 }],
    ['+1d 30m', { kind: 'by', ms: 88_200_000 }],
    ['Mon 09:00', { kind: 'to', weekday: 1, minutes: 540 }],
    ['星期天 18：30', { kind: 'to', weekday: 7, minutes: 1_110 }],
    ['下一步', { kind: 'next' }],
    ['QUIT', { kind: 'quit' }],
    ['', { kind: 'nothing' }],
  ])('reads %j', (line, wish) => expect(readWish(line)).toEqual(wish));

  test.each([
    '+',
    '+2',
    '2h',
    '+0h',
    '+2h later',
    '+9999d',
    '-1h',
    'Mon',
    'Mon 24:00',
    'Mon 9:60',
    'constructor',
    '周八 09:00',
  ])('does not understand %j', (line) => expect(readWish(line)).toEqual({ kind: 'unclear' }));

  test('the next such moment on the wall lies ahead, also when today’s has just passed', () => {
    const monday = '2026-11-23T01:00:00.000Z';
    expect(nextOnTheWall(zone, '2026-11-22T20:00:00.000Z', 1, 540)).toBe(monday);
    expect(nextOnTheWall(zone, monday, 1, 540)).toBe('2026-11-30T01:00:00.000Z');
    expect(nextOnTheWall(zone, monday, 1, 541)).toBe('2026-11-23T01:01:00.000Z');
    expect(nextOnTheWall(zone, monday, 7, 0)).toBe('2026-11-28T16:00:00.000Z');
  });
});
