import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { CaseActivities } from '../../activities/cases/contract.ts';
import type { MinutesAct } from '../../domain/minutes/state.ts';
import type { ScheduleAct } from '../../domain/schedule/state.ts';
import type { FoldedEvent } from '../../store/cases.ts';
import type { Actor } from '../../domain/process.ts';
import { createWorker } from '../../worker/worker.ts';
import { issueWorkflowId, meetingWorkflowId, minutesWorkflowId, scheduleWorkflowId } from '../../workflows/ids.ts';
import { actSignal, actUpdate, type SentCommand } from '../../workflows/messages.ts';
import { about, paperOf, who } from '../domain/cases/play.ts';
import { Hands } from '../workflows/house.ts';
import { historiesOf, record, type Left, type Recording } from './recording.ts';

/*
 * Records histories of meetings, minutes, issues and schedules on a real engine, one file a behaviour, as `record.ts` does for jobs:
 * `tsx test/replay/record-cases.ts 0.1.0 [behaviour…]`.
 */

type Kind = 'meeting' | 'minutes' | 'issue' | 'schedule';
type PlayedAct = MinutesAct | ScheduleAct;

/** A meeting, minutes, an issue or a schedule being played for the record, with hands that answer from memory. */
class PlayedCase {
  readonly processId: string;
  readonly kind: Kind;
  readonly entries: FoldedEvent[] = [];
  /** How far ahead every counted moment lies; milliseconds. */
  spanMs = 3_600_000;
  /** When set, mails wait for it. */
  mailGate: Promise<void> | undefined;
  readonly #recording: Recording;
  readonly #taskQueue = `record-${randomUUID()}`;

  constructor(recording: Recording, kind: Kind) {
    this.#recording = recording;
    this.kind = kind;
    const idOf = {
      meeting: meetingWorkflowId,
      minutes: minutesWorkflowId,
      issue: issueWorkflowId,
      schedule: scheduleWorkflowId,
    }[kind];
    this.processId = idOf(randomUUID());
  }

  get #client(): Client {
    return this.#recording.client;
  }

  get #handle() {
    return this.#client.workflow.getHandle(this.processId);
  }

  activities(): CaseActivities {
    return {
      recordCase: async ({ processId, entries }) => {
        if (processId === this.processId) for (const { stamp, event } of entries) this.entries[stamp.seq - 1] = event;
        const seq = entries.at(-1)?.stamp.seq ?? 0;
        return { seq, hash: `h${seq}` };
      },
      countSpans: async ({ clock, count, spans }) => ({
        type: 'counted',
        clock,
        count,
        at: spans.map((_span, n) => new Date(Date.now() + (n + 1) * this.spanMs).toISOString()),
        provisional: false,
      }),
      sendNotice: async ({ notice, asks, to, seq, asking }) => {
        await this.mailGate;
        if (!asks || !('personId' in to)) return null;
        const again = asking === undefined ? {} : { again: seq, standInId: 'adir-1' };
        const sent = asking ?? seq;
        return { type: 'mailed', notice, sent, personId: to.personId, outcome: 'accepted', at: now(), ...again };
      },
    };
  }

  async working(work: () => Promise<void>): Promise<void> {
    const { native, bundle } = this.#recording;
    const worker = await createWorker({
      connection: native,
      namespace: this.#client.options.namespace,
      activities: { ...new Hands().activities(), ...this.activities() },
      dataConverter: {},
      bundle,
      taskQueue: this.#taskQueue,
      shutdownGraceMs: 100,
    });
    await worker.runUntil(work());
  }

  async begin(): Promise<void> {
    await this.#client.workflow.start(['minutes', 'schedule'].includes(this.kind) ? this.kind : 'case', {
      workflowId: this.processId,
      taskQueue: this.#taskQueue,
      args: [{ processId: this.processId, kind: this.kind }],
    });
    const raised = {
      parts: { finder: ['artist-1'] },
      paper: paperOf('F-63', { cause: undefined, solution: undefined }),
    };
    await this.signal(who('ae-1'), { type: 'begin', ...about, ...(this.kind === 'issue' ? raised : {}) });
  }

  #command(actor: Actor, act: PlayedAct): SentCommand<PlayedAct> {
    return { id: randomUUID(), actor, receivedAt: now(), act };
  }

  async act(by: string, act: PlayedAct): Promise<void> {
    await this.#handle.executeUpdate(actUpdate, { args: [this.#command(who(by), act)] });
  }

  async signal(actor: Actor, act: PlayedAct): Promise<void> {
    await this.#handle.signal(actSignal, this.#command(actor, act));
  }

  /** Waits until the log holds so many entries like this. */
  async logged(what: (event: FoldedEvent) => boolean, times = 1): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (this.entries.filter((event) => event !== undefined && what(event)).length >= times) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the log never said so');
  }

  /** Waits until the process has come to rest in a fresh run, or has ended. */
  async rested(): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { historyLength, status } = await this.#handle.describe();
      if (historyLength < 8 || status.name !== 'RUNNING') return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('it never came to rest');
  }

  async left(): Promise<Left> {
    return { workflowId: this.processId, runs: await historiesOf(this.#client, this.processId) };
  }
}

const now = (): string => new Date().toISOString();
const ahead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const move = (name: string, more: object = {}): PlayedAct => ({ type: 'move', move: name, ...more });
const paper = paperOf('F-15');
const copy = String(paper.facts['copyHash']);
const system = (name: 'tell' | 'mail'): Actor => ({ kind: 'system', name });
const moved = (to: string) => (event: FoldedEvent) => event.type === 'caseMoved' && event.to === to;
const accepted = (notice: string) => (event: FoldedEvent) => event.type === 'mailReported' && event.notice === notice;

/** From the end of a call to the minutes at the client. */
async function atClient(minutes: PlayedCase): Promise<void> {
  await minutes.logged((event) => event.type === 'caseBegun');
  await minutes.act('ae-1', move('submit', { paper }));
  await minutes.logged(accepted('reviewMinutes'));
  await minutes.act('am-1', move('approve', { hash: paper.hash }));
  await minutes.logged(accepted('confirmMinutes'));
}

type Playing = (one: PlayedCase) => Promise<void>;

const ofMinutes =
  (play: Playing) =>
  async (recording: Recording): Promise<Left> => {
    const one = new PlayedCase(recording, 'minutes');
    await play(one);
    return one.left();
  };

/** What is recorded: each a thing that meetings and minutes do for people. */
const behaviours: Readonly<Record<string, (recording: Recording) => Promise<Left>>> = {
  'case-meeting-held': async (recording) => {
    const meeting = new PlayedCase(recording, 'meeting');
    await meeting.begin();
    await meeting.working(async () => {
      await meeting.logged((event) => event.type === 'caseBegun');
      const meetingTime = new Date(Date.now() + 3_600_000).toISOString();
      await meeting.act('ae-1', move('announce', { paper: paperOf('F-13', { meetingTime }) }));
      await meeting.rested();
      await meeting.act('ae-1', move('sendAgenda', { paper: paperOf('F-14') }));
      await meeting.act('ae-1', { type: 'tick', list: 'room', item: 'C-79', answer: 'pass' });
      await meeting.act('ae-1', move('hold', { happenedAt: now() }));
      await meeting.logged(moved('HELD'));
      await meeting.rested();
      await meeting.signal(system('tell'), { type: 'told', move: 'minute' });
      await meeting.logged(moved('MINUTED'));
      await meeting.rested();
    });
    return meeting.left();
  },
  'issue-told': async (recording) => {
    const issue = new PlayedCase(recording, 'issue');
    issue.spanMs = 400;
    await issue.begin();
    await issue.working(async () => {
      await issue.logged((event) => event.type === 'clockRang', 3);
      await issue.act('ae-1', move('record', { paper: paperOf('F-63') }));
      await issue.act('ae-1', move('tellByMail', { parts: { told: ['client-1'] }, words: '说明' }));
      await issue.logged(moved('CLIENT_TOLD'));
      await issue.rested();
      const sent = issue.entries.findIndex((event) => moved('TELLING')(event)) + 1;
      const about = { notice: 'issueToClient', sent, personId: 'client-1', at: now() };
      await issue.signal(system('mail'), { type: 'bounced', ...about });
      await issue.logged(moved('FOUND'), 2);
      await issue.act('ae-1', move('tellByPhone', { words: '已说明', happenedAt: now() }));
      await issue.act('ae-1', move('close'));
      await issue.logged(moved('CLOSED'));
      await issue.rested();
    });
    return issue.left();
  },
  'schedule-kept': async (recording) => {
    const schedule = new PlayedCase(recording, 'schedule');
    schedule.spanMs = 400;
    await schedule.begin();
    await schedule.working(async () => {
      await schedule.logged((event) => event.type === 'caseBegun');
      const entries = [
        { stage: '执行', task: '搭建', owner: 'artist-1', timeNode: ahead(30), standard: '到位' },
        { stage: '执行', task: '上线', owner: 'media-1', timeNode: ahead(40), standard: '可达' },
      ];
      const marks = paperOf('F-11', { entries }).facts['marks'];
      const mark = (n: number): string => (Array.isArray(marks) ? String(marks[n]) : '');
      await schedule.act('ae-1', move('layDown', { paper: paperOf('F-11', { entries }) }));
      await schedule.logged(accepted('confirmEntries'), 2);
      await schedule.act('artist-1', { type: 'confirmEntry', entry: 'e1', mark: mark(0) });
      await schedule.logged((event) => event.type === 'entryReminded', 3);
      await schedule.rested();
      schedule.spanMs = 7_200_000;
      const changed = entries.map((one, n) => (n === 1 ? { ...one, standard: '全部位置可达' } : one));
      const next = paperOf('F-11', { entries: changed });
      await schedule.act('am-1', move('layDown', { paper: next }));
      await schedule.logged(accepted('confirmEntries'), 3);
      const cause = { kind: 'calendar', calendarId: 'office', revision: 2 } as const;
      await schedule.signal(system('tell'), { type: 'refresh', cause });
      await schedule.logged((event) => event.type === 'entriesCounted', 3);
      await schedule.rested();
      const renewed = next.facts['marks'];
      const second = Array.isArray(renewed) ? String(renewed[1]) : '';
      await schedule.act('media-1', { type: 'declineEntry', entry: 'e2', mark: second, words: '人手不够' });
      await schedule.act('media-1', { type: 'reportEntry', entry: 'e2', mark: second, evidence: '截图' });
      await schedule.act('artist-1', { type: 'reportEntry', entry: 'e1', mark: mark(0), evidence: '照片' });
      await schedule.logged(moved('FULFILLED'));
      await schedule.rested();
    });
    return schedule.left();
  },
  'minutes-signed': ofMinutes(async (minutes) => {
    await minutes.begin();
    await minutes.working(async () => {
      await minutes.logged((event) => event.type === 'caseBegun');
      await minutes.act('ae-1', move('submit', { paper }));
      await minutes.act('am-1', move('return', { hash: paper.hash, words: '再改' }));
      await minutes.rested();
      await atClient(minutes);
      await minutes.act('client-1', move('sign', { hash: copy }));
      await minutes.rested();
      await minutes.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true }).catch(() => undefined);
      await minutes.act('artist-1', { type: 'settleTask', task: 'v2.1', done: true });
      await minutes.act('ae-1', move('file'));
      await minutes.logged(moved('FILED'));
      await minutes.rested();
    });
  }),
  'minutes-deemed': ofMinutes(async (minutes) => {
    minutes.spanMs = 400;
    await minutes.begin();
    await minutes.working(async () => {
      await atClient(minutes);
      await minutes.logged(moved('DEEMED_CONFIRMED'));
      await minutes.logged((event) => event.type === 'taskReminded', 4);
      await minutes.rested();
      const sent = minutes.entries.findIndex((event) => moved('SENT')(event)) + 1;
      const about = { notice: 'confirmMinutes', sent, personId: 'client-1', at: now() };
      await minutes.signal(system('mail'), { type: 'bounced', ...about });
      await minutes.logged(moved('SENT'), 2);
      await minutes.rested();
    });
  }),
  'minutes-refreshed': ofMinutes(async (minutes) => {
    await minutes.begin();
    await minutes.working(async () => {
      await minutes.logged((event) => event.type === 'caseBegun');
      await minutes.act('ae-1', move('submit', { paper }));
      await minutes.logged(accepted('reviewMinutes'));
      const absence = { kind: 'absence', absenceId: 'a1', revision: 1, personId: 'am-1', what: 'begins' } as const;
      await minutes.signal(system('tell'), { type: 'refresh', cause: absence });
      await minutes.logged(accepted('reviewMinutes'), 2);
      await minutes.act('adir-1', move('approve', { hash: paper.hash }));
      await minutes.logged(accepted('confirmMinutes'));
      await minutes.rested();
      minutes.spanMs = 7_200_000;
      const calendar = { kind: 'calendar', calendarId: 'office', revision: 2 } as const;
      await minutes.signal(system('tell'), { type: 'refresh', cause: calendar });
      await minutes.logged((event) => event.type === 'tasksCounted', 2);
      await minutes.rested();
    });
  }),
  'minutes-late-refusal': ofMinutes(async (minutes) => {
    let release = (): void => undefined;
    await minutes.begin();
    await minutes.working(() => atClient(minutes));
    // Nobody works: both are left with the engine, and the second has become impossible.
    await minutes.signal(who('client-1'), move('object', { hash: copy, words: '日期不对' }));
    await minutes.signal(who('client-1'), move('sign', { hash: copy }));
    minutes.mailGate = new Promise((resolve) => (release = resolve));
    await minutes.working(async () => {
      await minutes.logged((event) => event.type === 'commandRefused');
      // A mail that hangs holds nobody up.
      await minutes.act('ae-1', move('submit', { paper: paperOf('F-15', { subject: '更正' }) }));
      release();
      await minutes.logged(accepted('reviewMinutes'), 2);
      await minutes.rested();
    });
  }),
};

const [release, ...wanted] = process.argv.slice(2);
await record(release, wanted, behaviours);
