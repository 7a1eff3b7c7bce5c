import { describe, expect, it } from 'vitest';
import type { FrozenPaper } from '../../../domain/job/acts.ts';
import { possible } from '../../../domain/job/answers.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import type { TimetablePlannedAct } from '../../../domain/job/timetable.ts';
import { extensionToSend, withTimetableToTakeUp } from '../../../domain/job/timetable.ts';
import { timetableSentence } from '../../../domain/wording/timetable.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import type { Milestone } from '../../../domain/timetable/types.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper, person } from './agency.ts';

const hour = 3_600_000;
const day = 24 * hour;
const system = { kind: 'system', name: 'clock' } as const;

const f10 = (hash: string, deliveryDate: string, changes: readonly string[] = []): FrozenPaper =>
  paper('F-10', { deliveryDate, changes }, hash);

/** A job whose timetable, delivery on 30 April, the client has accepted. */
function accepted(): Agency {
  const job = bookUntil('OPENED');
  job.submit('executive', 'timetable', f10('t1', '2026-04-30'));
  job.signs('timetable', 'client');
  return job;
}

const later = (job: Agency, ms: number): string => new Date(job.now + ms).toISOString();
const node = (job: Agency, name: string, inMs: number, milestone?: Milestone) => ({
  name,
  date: later(job, inMs).slice(0, 10),
  at: later(job, inMs),
  announceAt: later(job, inMs - 3 * day),
  ...(milestone === undefined ? {} : { milestone }),
});

function planned(job: Agency, more: Partial<TimetablePlannedAct> = {}): void {
  job.send(system, { type: 'timetablePlanned', hash: 't1', nodes: [], stages: [], ...more });
}

/** Lets the clock do everything that falls due until a moment, and tells what. */
function tick(job: Agency, untilMs: number): string[] {
  const done: string[] = [];
  for (;;) {
    const due = jobProcess.due(job.state);
    if (!due || Date.parse(due.at) > untilMs) break;
    job.now = Math.max(job.now, Date.parse(due.at));
    const before = job.events.length;
    job.send(system, due.act);
    const found = job.events.slice(before).map(({ type }) => type);
    done.push(...found);
    if (found.length === 0) throw new Error(`nothing came of ${due.act.type}`);
  }
  job.now = Math.max(job.now, untilMs);
  return done;
}
const mailed = (job: Agency): string[] =>
  job.mails.map(({ input }) => `${input.kind} ${'position' in input.to ? input.to.position : input.to.personId}`);

describe('the baseline (R-45, R-51)', () => {
  it('R-45: it stands from the client’s acceptance on, and only then', () => {
    const job = bookUntil('OPENED');
    job.submit('executive', 'timetable', f10('t1', '2026-04-30'));
    expect(job.state.timetable).toBeUndefined();
    job.signs('timetable', 'client');
    expect(job.state.timetable).toMatchObject({
      baseline: { version: 1, hash: 't1', deliveryDate: '2026-04-30', acceptedBy: 'contact' },
      earlier: [],
    });
    expect(job.effects.filter(({ kind }) => kind === 'plan')).toHaveLength(1);
  });

  it('R-45: dates that contradict each other are refused, naming the field', () => {
    const job = bookUntil('OPENED');
    const given = paper('F-10', { deliveryDate: '2026-04-30', changes: [], wrong: ['deliveryDate'] });
    const refusal = job.send(person('executive'), { type: 'submit', point: 'timetable', paper: given });
    expect(refusal).toMatchObject({ code: 'FIELD_WRONG', field: 'deliveryDate', rule: 'R-45' });
    if (!refusal) throw new Error('not refused');
    expect(sayRefusal(refusal, 'zh')).toContain('日期前后矛盾');
    expect(sayRefusal(refusal, 'en')).toContain('Delivery Date');
  });

  it('R-51: a later date that does not name what it replaces is refused, and says what would be right', () => {
    const job = accepted();
    const submit = (given: FrozenPaper) =>
      job.send(person('executive'), { type: 'submit', point: 'timetable', paper: given });
    for (const changes of [[], ['2026-04-29>2026-05-08'], ['2026-04-30>2026-05-07']])
      expect(submit(f10('t2', '2026-05-08', changes))).toMatchObject({
        code: 'EXTENSION_UNNAMED',
        field: 'changes',
        rule: 'R-51',
        params: { before: '2026-04-30', date: '2026-05-08' },
      });
    expect(job.state.papers['F-10']?.version).toBe(1);
    expect(submit(f10('t2', '2026-04-24'))).toBeUndefined();
  });

  it('R-51, S-33: the old date stands while the new one goes round and after the client says no; with the yes both are kept', () => {
    const job = accepted();
    const extension = (hash: string) => f10(hash, '2026-05-08', ['2026-04-30>2026-05-08']);
    job.submit('executive', 'timetable', extension('t2'));
    expect(job.state.timetable?.baseline).toMatchObject({ hash: 't1', deliveryDate: '2026-04-30' });
    job.does('contact', job.returnAct('timetable', 'client'));
    expect(job.state.papers['F-10']?.status).toBe('returned');
    expect(job.state.timetable?.baseline.hash).toBe('t1');
    job.submit('executive', 'timetable', extension('t3'));
    job.signs('timetable', 'client');
    expect(job.state.timetable).toMatchObject({
      baseline: { hash: 't3', version: 3, deliveryDate: '2026-05-08' },
      earlier: [{ hash: 't1', deliveryDate: '2026-04-30' }],
    });
  });
});

describe('what the clock does (R-54, R-57)', () => {
  it('R-54, S-36: a node is announced to the client once, three working days before; not when it is reached', () => {
    const job = accepted();
    planned(job, {
      nodes: [
        node(job, '提案', 9 * day, 'proposal'),
        node(job, '看样', 12 * day),
        node(job, '接单', 10 * day, 'orderAccepted'),
      ],
    });
    job.does('executive', { type: 'huddle', heldAt: job.at, people: ['creativeDirector', 'designer'], objections: [] });
    job.submit('executive', 'workOrder', orderPaper());
    job.signs('workOrder', 'accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer');
    expect(job.state.phase).toBe('CREATING');
    expect(tick(job, job.now + 5 * day)).toEqual([]);
    expect(tick(job, job.now + 20 * day).filter((type) => type === 'nodeAnnounced')).toHaveLength(2);
    const told = job.mails.filter(({ input }) => input.kind === 'nodeAhead');
    expect(told.map(({ input }) => [input.to, input.authorId])).toEqual([
      [{ position: 'client' }, 'contact'],
      [{ position: 'client' }, 'contact'],
    ]);
    expect(jobProcess.due(job.state)).toBeUndefined();
  });

  it('R-54: a moved date is announced anew, the same date is not; what a person marked as reached is not at all', () => {
    const job = accepted();
    const first = node(job, '看样', 4 * day);
    const other = node(job, '定稿', 5 * day);
    planned(job, { nodes: [first, other] });
    job.does('executive', { type: 'reachNode', node: `${other.date} 定稿` });
    expect(tick(job, job.now + 2 * day)).toEqual(['nodeAnnounced']);
    job.submit('executive', 'timetable', f10('t2', '2026-04-28'));
    job.signs('timetable', 'client');
    planned(job, { hash: 't2', nodes: [first, node(job, '看样', 9 * day)] });
    expect(tick(job, job.now + 10 * day)).toEqual(['nodeAnnounced']);
    expect(job.mails.filter(({ input }) => input.kind === 'nodeAhead')).toHaveLength(2);
  });

  it('R-54: a node whose day went by on hold is ticked off, and the client hears nothing of it', () => {
    const job = accepted();
    planned(job, { nodes: [node(job, '看样', 5 * day)] });
    job.does('manager', { type: 'hold', words: 'budget' });
    expect(jobProcess.due(job.state)).toBeUndefined();
    job.now += 8 * day;
    job.does('manager', { type: 'resume' });
    expect(tick(job, job.now)).toEqual(['nodeAnnounced']);
    expect(mailed(job)).not.toContain('nodeAhead client');
  });

  it('R-57: a stage warns the account executive at 50 and 80 % once each, and no more once a node after it is reached', () => {
    const job = accepted();
    const warnings = (from: number) => [
      { percent: 50, at: later(job, from) },
      { percent: 80, at: later(job, from + day) },
    ];
    const stages = [
      { stage: '创意', end: later(job, 4 * day).slice(0, 10), warnings: warnings(2 * day) },
      { stage: '修改', end: later(job, 6 * day).slice(0, 10), warnings: warnings(5 * day) },
    ];
    planned(job, { stages, nodes: [node(job, '定稿', 6 * day)] });
    expect(tick(job, job.now + 4 * day)).toEqual(['stageWarned', 'nodeAnnounced', 'stageWarned']);
    // Counted anew, e.g. after a change of the calendar: what was said is not said again.
    planned(job, { stages, nodes: [node(job, '定稿', 2 * day)] });
    const { nodes } = job.state.timetable ?? { nodes: [] };
    job.does('executive', { type: 'reachNode', node: `${nodes[0]?.date ?? ''} 定稿` });
    expect(tick(job, job.now + 10 * day)).toEqual([]);
    expect(mailed(job).filter((one) => one === 'stageWarned owner')).toHaveLength(2);
  });

  it('S-48, R-51: the float is warned of and an extension drafted once a baseline, however often it is looked at', () => {
    const job = accepted();
    const used = { clientMs: 20 * hour, agencyMs: hour, holdMs: 0, floatDays: 2, forecastDate: '2026-05-04' };
    const extension = { oldDate: '2026-04-30', newDate: '2026-05-04', clientMs: 5 * hour };
    planned(job, { used, lookAt: later(job, hour) });
    expect(tick(job, job.now + hour)).toEqual(['timetableLook']);
    expect(job.effects.filter(({ kind }) => kind === 'plan')).toHaveLength(2);
    planned(job, { used, extension });
    planned(job, { used, extension });
    // An answer about a version that no longer stands comes too late.
    planned(job, { hash: 't0', used, extension });
    expect(job.events.filter(({ type }) => type === 'floatUsedUp')).toHaveLength(1);
    expect(job.events.filter(({ type }) => type === 'extensionDrafted')).toHaveLength(1);
    expect(mailed(job).slice(-2)).toEqual(['floatUsedUp owner', 'extensionDrafted owner']);
    job.submit('executive', 'timetable', f10('t2', '2026-05-04', ['2026-04-30>2026-05-04']));
    job.signs('timetable', 'client');
    planned(job, { hash: 't2', extension: { ...extension, oldDate: '2026-05-04', newDate: '2026-05-11' } });
    expect(job.events.filter(({ type }) => type === 'extensionDrafted')).toHaveLength(2);
  });

  it('a desk that begins to be late, a changed calendar and the end of a hold are looked into; the timetable’s own desk is not', () => {
    const job = accepted();
    planned(job);
    const looks = (): number => job.effects.filter(({ kind }) => kind === 'plan').length;
    const climb = (circulation: string, step: string): void => {
      const { round, stays } = job.running(circulation);
      const rung = stays.find((stay) => stay.step === step)?.rungs[0];
      job.now = Math.max(job.now, Date.parse(rung?.at ?? job.at));
      job.send(system, { type: 'rung', circulation, round, step, n: 1, kind: 'remind' });
    };
    job.submit('executive', 'timetable', f10('t2', '2026-04-28'));
    climb('timetable', 'client');
    expect(looks()).toBe(1);
    job.does('executive', { type: 'huddle', heldAt: job.at, people: ['creativeDirector', 'designer'], objections: [] });
    job.submit('executive', 'workOrder', orderPaper());
    climb('workOrder', 'accountDirector');
    expect(looks()).toBe(2);
    const refreshed = (calendarId: string): void => {
      job.send(
        { kind: 'system', name: 'operator' },
        { type: 'refresh', cause: { kind: 'calendar', calendarId, revision: 1 } },
      );
    };
    refreshed('person:designer');
    expect(looks()).toBe(2);
    refreshed('office');
    refreshed('yunfeng');
    expect(looks()).toBe(4);
    job.does('manager', { type: 'hold', words: 'budget' });
    job.does('manager', { type: 'resume' });
    expect(looks()).toBe(5);
  });
});

describe('a drafted extension until it is sent (R-51)', () => {
  const extension = { oldDate: '2026-04-30', newDate: '2026-05-04', clientMs: 16 * hour };
  const drafted = (): Agency => {
    const job = accepted();
    planned(job, { extension });
    return job;
  };
  const later = (hash: string) => f10(hash, '2026-05-04', ['2026-04-30>2026-05-04']);

  it('waits for whoever answers for the job until it goes to the client, and again when the client says no', () => {
    const job = drafted();
    expect(extensionToSend(job.state)).toEqual(extension);
    job.submit('executive', 'timetable', later('t2'));
    expect(extensionToSend(job.state)).toBeUndefined();
    job.does('contact', job.returnAct('timetable', 'client'));
    expect(extensionToSend(job.state)).toEqual(extension);
    job.submit('executive', 'timetable', later('t3'));
    job.signs('timetable', 'client');
    expect(extensionToSend(job.state)).toBeUndefined();
    expect(job.state.timetable?.extension).toBeUndefined();
  });

  it('waits for nobody while the job is on hold, or once it is called off', () => {
    const job = drafted();
    job.does('manager', { type: 'hold', words: 'budget' });
    expect(extensionToSend(job.state)).toBeUndefined();
    job.does('manager', { type: 'resume' });
    expect(extensionToSend(job.state)).toEqual(extension);
    job.does('manager', { type: 'cancel', words: 'no money' });
    expect(extensionToSend(job.state)).toBeUndefined();
  });

  it('is not asked for any more once the work has caught up: reaching a node looks again, and its dates follow the newest look', () => {
    const job = accepted();
    const nodes = [node(job, '看样', 5 * day), node(job, '定稿', 6 * day)];
    planned(job, { nodes, extension });
    const looks = (): number => job.effects.filter(({ kind }) => kind === 'plan').length;
    const before = looks();
    job.does('executive', { type: 'reachNode', node: `${nodes[0]?.date ?? ''} 看样` });
    expect(looks()).toBe(before + 1);
    planned(job, { nodes, extension: { ...extension, newDate: '2026-05-06' } });
    expect(extensionToSend(job.state)?.newDate).toBe('2026-05-06');
    planned(job, { nodes });
    expect(extensionToSend(job.state)).toBeUndefined();
    // Nothing is asked for, so going on is nothing to look into.
    job.does('executive', { type: 'reachNode', node: `${nodes[1]?.date ?? ''} 定稿` });
    expect(looks()).toBe(before + 1);
    expect(job.events.filter(({ type }) => type === 'extensionDrafted')).toHaveLength(1);
  });
});

describe('a timetable that was accepted before jobs had a clock for it (R-45)', () => {
  /** A job as the earlier release left it: the client signed, nothing counts. */
  const older = (): Agency => {
    const job = accepted();
    const { timetable: _counted, ...state } = job.state;
    job.state = state;
    return job;
  };

  it('nothing is due of it in the run that began before; the next run takes it up at once, and only once', () => {
    const job = older();
    expect(jobProcess.due(job.state)).toBeUndefined();
    const rested = withTimetableToTakeUp(job.state);
    expect(withTimetableToTakeUp(rested)).toBe(rested);
    job.state = rested;
    const before = job.effects.filter(({ kind }) => kind === 'plan').length;
    const { at } = jobProcess.due(job.state) ?? { at: '' };
    expect(at <= job.at).toBe(true);
    expect(tick(job, job.now)).toEqual(['baselineAccepted']);
    expect(job.effects.filter(({ kind }) => kind === 'plan')).toHaveLength(before + 1);
    expect(job.state.uncounted).toBeUndefined();
    expect(job.state.timetable?.baseline).toMatchObject({
      hash: 't1',
      version: 1,
      deliveryDate: '2026-04-30',
      acceptedBy: 'contact',
    });
    expect(job.state.timetable?.baseline.acceptedAt).not.toBe(job.state.timetable?.baseline.countedFrom);
    expect(withTimetableToTakeUp(job.state)).toBe(job.state);
    expect(jobProcess.due(job.state)).toBeUndefined();
  });

  it('the history says that the client accepted it earlier, in both languages', () => {
    const job = older();
    job.state = withTimetableToTakeUp(job.state);
    tick(job, job.now);
    const event = job.events.at(-1);
    if (event?.type !== 'baselineAccepted') throw new Error('not taken up');
    const names = { person: () => undefined };
    expect(timetableSentence(event, names, 'zh')).toContain('客户先前接受的工作进度表第 1 版');
    expect(timetableSentence(event, names, 'en')).toContain('accepted earlier');
  });

  it('is not taken up on hold, nor once the job is delivered or a newer version goes round', () => {
    const job = older();
    job.does('manager', { type: 'hold', words: 'budget' });
    job.state = withTimetableToTakeUp(job.state);
    expect(jobProcess.due(job.state)).toBeUndefined();
    job.does('manager', { type: 'resume' });
    expect(jobProcess.due(job.state)).toMatchObject({ act: { what: 'takeUp' } });
    const round = older();
    round.submit('executive', 'timetable', f10('t2', '2026-04-24'));
    expect(withTimetableToTakeUp(round.state)).toBe(round.state);
    const done = { ...older().state, phase: 'DELIVERED' } as const;
    expect(withTimetableToTakeUp(done)).toBe(done);
    const none = bookUntil('OPENED').state;
    expect(withTimetableToTakeUp(none)).toBe(none);
  });
});

describe('bad input on nodes', () => {
  it('a node that is not there, one that is reached, a stranger, no timetable: refused with a reason, nothing changed', () => {
    const job = accepted();
    const plain = bookUntil('OPENED');
    expect(plain.refused('executive', { type: 'reachNode', node: 'x' })).toBe('PAPER_MISSING');
    const one = node(job, '看样', 5 * day);
    planned(job, { nodes: [one, node(job, '定稿', 6 * day)] });
    expect(job.refused('executive', { type: 'reachNode', node: '看样' })).toBe('UNKNOWN_OBJECT');
    expect(job.refused('designer', { type: 'reachNode', node: `${one.date} 看样` })).toBe('NOT_ALLOWED');
    job.does('executive', { type: 'reachNode', node: `${one.date} 看样` });
    const { seq } = job.state;
    expect(job.refused('executive', { type: 'reachNode', node: `${one.date} 看样` })).toBe('ALREADY_DECIDED');
    expect(job.state.seq).toBe(seq);
    expect(possible(job.state, person('executive')).find(({ act }) => act === 'reachNode')?.refusal).toBeUndefined();
  });
});
