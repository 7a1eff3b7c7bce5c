import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendMail } from '../../activities/mail/send.ts';
import { planTimetable } from '../../activities/timetable.ts';
import type { MailEffect } from '../../domain/job/effects.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import type { TimetablePlannedAct } from '../../domain/job/timetable.ts';
import { genesis } from '../../domain/log/entry.ts';
import { freeze } from '../../papers/form.ts';
import { timetable } from '../../papers/timing/timetable.ts';
import { calendars } from '../../store/calendars.ts';
import { freezePaper } from '../../store/papers.ts';
import { record } from '../../store/recorder.ts';
import { jobsWithTimetable } from '../../store/timetables.ts';
import { office } from '../domain/calendar/calendars.ts';
import { person } from '../domain/people/house.ts';
import { bookUntil } from '../domain/job/agency.ts';
import { Diary } from '../domain/time-kept/diary.ts';
import { ownStore } from '../store/store.ts';
import { fillHouse } from './house.ts';
import { openDesk, type MailDesk } from './mail/desk.ts';

const store = ownStore();
let desk: MailDesk;
beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [
    person('executive', ['ACCOUNT_EXECUTIVE'], { name: '王 芳', language: 'en' }),
    person('contact', ['CLIENT_CONTACT'], { name: '周 岚', clientId: 'yunfeng' }),
    person('other', ['CLIENT_CONTACT'], { name: '别 人', clientId: 'elsewhere' }),
  ]);
});
afterAll(() => desk.close());

const content = {
  jobNumber: 'YFLC2026001',
  project: '春茶上市海报',
  version: 'internal',
  rows: [{ stage: '创意发展', owner: '创作部', start: '2026-03-16', end: '2026-03-27' }],
  keyNodes: [
    { node: '提案', date: '2026-04-03', milestone: 'proposal' },
    { node: '创意确认', date: '2026-04-09', clientApproval: true, milestone: 'creativeApproval' },
  ],
  floatDays: 1,
  deliveryDate: '2026-04-24',
};

/** A job whose client accepted the timetable on Friday 3/13, with a log in the store. */
class Kept extends Diary {
  #recorded = 0;
  #head = genesis;

  constructor(id: string) {
    super();
    this.state = initialJobState(id);
  }

  /** Writes what happened into the log. */
  async keep(): Promise<void> {
    const entries = this.entries.slice(this.#recorded);
    if (entries.length === 0) return;
    this.#head = await record(store(), { processId: this.state.processId, after: this.#head, entries }, this.at);
    this.#recorded = this.entries.length;
  }

  /** Looks at the timetable as the worker would, and takes what it found. */
  async look(): Promise<TimetablePlannedAct> {
    await this.keep();
    const { processId, clientId, seq } = this.state;
    const found = await planTimetable(
      { connection: store(), clock: () => this.at, office },
      { processId, clientId, seq },
    );
    this.send({ kind: 'system', name: 'shell' }, found);
    await this.keep();
    return found;
  }

  /** Lets the clock do what falls due until a moment. */
  async tick(until: string): Promise<void> {
    for (;;) {
      const due = jobProcess.due(this.state);
      if (!due || due.at > until) break;
      this.now = Math.max(this.now, Date.parse(due.at));
      this.send({ kind: 'system', name: 'clock' }, due.act);
    }
    this.now = Math.max(this.now, Date.parse(until));
    await this.keep();
  }
}

async function accepted(id: string): Promise<Kept> {
  const frozen = freeze(timetable, content);
  const hash = await freezePaper(store(), 'F-10', frozen.content, frozen.facts);
  const job = new Kept(id);
  job.timetable = { form: 'F-10', hash, facts: frozen.facts };
  job.pauseMs = 60_000;
  bookUntil('CREATING', job);
  job.now = Date.parse('2026-03-13T08:00:00.000Z');
  return job;
}

describe('a look at the timetable, on the store', () => {
  it('R-54, R-57: counts nodes and stages on the calendars as they are, and again when one changes', async () => {
    const job = await accepted('job-counted');
    const found = await job.look();
    expect(found.nodes.map(({ name, date, announceAt }) => [name, date, announceAt])).toEqual([
      ['提案', '2026-04-03', '2026-03-31T01:00:00.000Z'],
      // Tomb-Sweeping Day, Mon 4/6, is no working day: Thu 4/9 is announced on Fri 4/3.
      ['创意确认', '2026-04-09', '2026-04-03T01:00:00.000Z'],
    ]);
    expect(found.stages).toEqual([
      {
        stage: '创意发展',
        end: '2026-03-27',
        warnings: [
          { percent: 50, at: '2026-03-20T09:00:00.000Z' },
          { percent: 80, at: '2026-03-25T09:00:00.000Z' },
        ],
      },
    ]);
    expect(found.used ?? found.extension).toBeUndefined();
    // A job hears of a calendar also while no desk of it is open.
    const hear = async (id: string) => (await jobsWithTimetable(store(), id)).includes('job-counted');
    expect([await hear('office'), await hear('yunfeng')]).toEqual([true, true]);
    expect([await hear('elsewhere'), await hear('person:designer')]).toEqual([false, false]);
    // The client closes on 4/1 and 4/2: what they read by is counted on their days.
    const closed = { kind: 'closed', name: { zh: '盘点', en: 'Stock-taking' } } as const;
    const theirs = { ...office, id: 'yunfeng', days: { ...office.days, '2026-04-01': closed, '2026-04-02': closed } };
    await calendars.save(store(), 'yunfeng', 0, theirs, { by: 'test', at: job.at });
    const again = await job.look();
    expect(again.nodes.map(({ announceAt }) => announceAt)).toEqual([
      '2026-03-27T01:00:00.000Z',
      '2026-04-03T01:00:00.000Z',
    ]);
    await calendars.save(store(), 'yunfeng', 1, { ...theirs, days: office.days }, { by: 'test', at: job.at });
  });

  it('each is a mail to the right person in their language: node, stage, float and extension', async () => {
    const job = await accepted('job-mailed');
    await job.look();
    await job.tick('2026-04-01T00:00:00.000Z');
    job.now = Date.parse('2026-04-22T06:00:00.000Z');
    // Nothing was shown to the client: the agency's delay uses the float up, and asks nobody for another date.
    const own = await job.look();
    expect(own.used).toMatchObject({ clientMs: 0, floatDays: 1 });
    expect(own.extension).toBeUndefined();
    job.send(
      { kind: 'system', name: 'shell' },
      { ...own, extension: { oldDate: '2026-04-24', newDate: '2026-04-28', clientMs: 2 * 8 * 3_600_000 } },
    );
    await job.keep();
    const mails = job.effects
      .filter((effect): effect is MailEffect => effect.kind === 'mail')
      .filter(({ name }) => name.startsWith('job-mailed/timetable/'));
    expect(mails.map(({ input }) => input.kind)).toEqual([
      'stageWarned',
      'stageWarned',
      'nodeAhead',
      'floatUsedUp',
      'extensionDrafted',
    ]);
    desk.now = job.at;
    desk.post.taken.length = 0;
    for (const { input } of mails) {
      await sendMail(desk.deps(), input);
      // The same effect once more, as after a restart: nothing is sent twice.
      await sendMail(desk.deps(), input);
    }
    const taken = desk.post.taken.map(({ to, email }) => ({
      to,
      subject: email.subject ?? '',
      text: email.text ?? '',
    }));
    expect(taken.map(({ to }) => String(to).split('@')[0])).toEqual([
      'executive',
      'executive',
      'contact',
      'executive',
      'executive',
    ]);
    expect(taken[0]?.text).toContain('50% of its time has passed');
    expect(taken[2]?.subject).toContain('关键节点将至');
    expect(taken[2]?.text).toContain('提案：2026年4月3日（周五）');
    expect(taken[2]?.text).not.toMatch(/弹性|打开工作页/);
    expect(taken[3]?.text).toMatch(/Kept free: 1 working day\..*agency: .* working days/s);
    expect(taken[4]?.text).toContain('Fri 24 Apr 2026 → Tue 28 Apr 2026');
    expect(taken[4]?.text).toContain('Until the client agrees, the old delivery date stands');
    // Whoever is told that a form is filled in gets the way to the filled form.
    expect(taken[4]?.text).toMatch(/Open the filled form.*\/jobs\/job-mailed\/papers\/F-10\/edit/s);
  });

  it('a job without a timetable, and one of a job nobody knows: nothing, and no error', async () => {
    const deps = { connection: store(), clock: () => '2026-03-13T08:00:00.000Z', office };
    const nothing = { type: 'timetablePlanned', hash: '', nodes: [], stages: [] };
    expect(await planTimetable(deps, { processId: 'job-unknown', clientId: 'yunfeng', seq: 1 })).toEqual(nothing);
  });
});
