import { describe, expect, it } from 'vitest';
import type { JobState } from '../../../domain/job/state.ts';
import type { TimetablePlannedAct } from '../../../domain/job/timetable.ts';
import { isTimetableWarning, stillWarns, warnedDay } from '../../../domain/job/timetable-telling.ts';
import type { TimetableWarning } from '../../../domain/job/timetable-telling.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper } from './agency.ts';

const day = 86_400_000;

function accepted(): Agency {
  const job = bookUntil('OPENED');
  job.submit('executive', 'timetable', paper('F-10', { deliveryDate: '2026-04-30', changes: [] }, 't1'));
  job.signs('timetable', 'client');
  return job;
}

const dateAhead = (job: Agency, days: number): string => new Date(job.now + days * day).toISOString().slice(0, 10);

function planned(job: Agency, more: Partial<TimetablePlannedAct>): void {
  job.send({ kind: 'system', name: 'shell' }, { type: 'timetablePlanned', hash: 't1', nodes: [], stages: [], ...more });
}

const staged = (job: Agency): Extract<TimetableWarning, { type: 'stageWarned' }> => ({
  type: 'stageWarned',
  stage: '创意',
  end: dateAhead(job, 6),
  percent: 50,
});
const used: TimetableWarning = {
  type: 'floatUsedUp',
  ...{ clientMs: 3_600_000, agencyMs: 0, holdMs: 0, floatDays: 2, forecastDate: '2026-05-04' },
};
const drafted: TimetableWarning = {
  type: 'extensionDrafted',
  ...{ oldDate: '2026-04-30', newDate: '2026-05-04', clientMs: 5 * 3_600_000 },
};

describe('the day before whose close a warning must be read', () => {
  it('R-57: the last of its stage, else the agreed delivery', () => {
    const job = accepted();
    expect(warnedDay(staged(job), job.state)).toBe(dateAhead(job, 6));
    expect(warnedDay(used, job.state)).toBe('2026-04-30');
    expect(warnedDay(drafted, job.state)).toBe('2026-04-30');
  });

  it('a key node’s announcement is none of them: it goes to the client and waits for nothing (R-54)', () => {
    expect(['stageWarned', 'floatUsedUp', 'extensionDrafted'].every((type) => isTimetableWarning({ type }))).toBe(true);
    expect(isTimetableWarning({ type: 'nodeAnnounced' })).toBe(false);
  });
});

describe('whether a warning that waited is still worth reading', () => {
  const all = (state: JobState, job: Agency, at = job.at) =>
    [staged(job), used, drafted].map((event) => stillWarns(state, event, at));

  it('as long as nothing happened, all of them', () => {
    const job = accepted();
    expect(all(job.state, job)).toEqual([true, true, true]);
  });

  it('none of a job that is delivered, archived or cancelled, nor of one without a timetable', () => {
    const job = accepted();
    for (const phase of ['DELIVERED', 'ARCHIVED', 'CANCELLED'] as const)
      expect(all({ ...job.state, phase }, job)).toEqual([false, false, false]);
    const { timetable: _none, ...bare } = job.state;
    expect(all(bare, job)).toEqual([false, false, false]);
  });

  it('a stage on hold is no concern; its float and its extension are', () => {
    const job = accepted();
    job.does('manager', { type: 'hold', words: 'budget' });
    expect(all(job.state, job)).toEqual([false, true, true]);
  });

  it('a stage that ended with the node on or after its last day', () => {
    const job = accepted();
    const date = dateAhead(job, 6);
    const at = new Date(job.now + 6 * day).toISOString();
    planned(job, { nodes: [{ name: '定稿', date, at, announceAt: at }] });
    expect(all(job.state, job)[0]).toBe(true);
    job.does('executive', { type: 'reachNode', node: `${date} 定稿` });
    expect(all(job.state, job)).toEqual([false, true, true]);
  });

  it('R-51: a draft that was sent to the client, whatever the client then says; a newer baseline ends float and draft', () => {
    const job = accepted();
    const [warning, before] = [staged(job), job.at];
    job.now += 3_600_000;
    const changes = ['2026-04-30>2026-05-04'];
    job.submit('executive', 'timetable', paper('F-10', { deliveryDate: '2026-05-04', changes }, 't2'));
    expect([warning, used, drafted].map((event) => stillWarns(job.state, event, before))).toEqual([true, true, false]);
    job.signs('timetable', 'client');
    expect([warning, used, drafted].map((event) => stillWarns(job.state, event, before))).toEqual([true, false, false]);
    // The stage has another last day now, and its own warnings for that.
    const stages = [{ stage: '创意', end: dateAhead(job, 9), warnings: [] }];
    planned(job, { hash: 't2', stages });
    expect(stillWarns(job.state, warning, before)).toBe(false);
    planned(job, { hash: 't2', stages: [{ ...stages[0], stage: '创意', end: warning.end, warnings: [] }] });
    expect(stillWarns(job.state, warning, before)).toBe(true);
    // What the new one brings up is told.
    expect(stillWarns(job.state, used, job.at)).toBe(true);
  });
});
