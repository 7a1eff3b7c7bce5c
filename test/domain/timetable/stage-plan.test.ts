import { describe, expect, it } from 'vitest';
import { workingDaysBetween } from '../../../domain/calendar/working-days.ts';
import { proposePlan, proposedFloatDays } from '../../../domain/timetable/stage-plan.ts';
import { isWorkingDay } from '../../../domain/calendar/day.ts';
import { freeze } from '../../../papers/form.ts';
import { timetable } from '../../../papers/timing/timetable.ts';
import { office, shanghai } from '../calendar/calendars.ts';

const time = { office, zones: shanghai };
/** Working days of a stage, both ends counted. */
const long = ({ start, end }: { readonly start: string; readonly end: string }): number =>
  workingDaysBetween(office, shanghai, start, end) + 1;

describe('S-35: a stage plan from the documented durations (§7.2)', () => {
  it('S-48: the plan reports its float; a campaign: plan 2 weeks, confirmation 2, creative 2, proposal 1 day, comment 1 week, correction 1, production 4', () => {
    const plan = proposePlan(['keyVisual', 'print'], '2026-03-12', time);
    expect(plan?.stages.map((one) => [one.stage.zh, long(one)])).toEqual([
      ['计划', 10],
      ['计划修正、确认', 10],
      ['创意发展', 10],
      ['创意提案', 1],
      ['客户意见', 5],
      ['提案修正', 5],
      ['制作', 20],
    ]);
    // One after the other from the next working day on: 12 weeks and a day in all.
    expect(plan?.stages[0]?.start).toBe('2026-03-13');
    const days = plan?.stages.reduce((sum, one) => sum + long(one), 0);
    expect(days).toBe(12 * 5 + 1);
    expect(plan?.floatDays).toBe(proposedFloatDays);
    expect(workingDaysBetween(office, shanghai, plan?.stages.at(-1)?.end ?? '', plan?.deliveryDate ?? '')).toBe(
      proposedFloatDays,
    );
    expect(plan?.nodes.map(({ milestone, clientApproval }) => [milestone, clientApproval])).toEqual([
      ['proposal', false],
      ['creativeApproval', true],
      ['materialFinished', false],
    ]);
  });

  it('over Spring Festival and on make-up days it counts what the office works, and begins and ends on working days', () => {
    const plan = proposePlan(['pos'], '2026-02-12', time);
    expect(plan?.stages.map(({ stage }) => stage.en)).toEqual([
      'Creative development',
      'Creative proposal',
      'Client comment',
      'Proposal correction',
      'Production',
    ]);
    // Fri 13 and the make-up Saturday 14 February, then eight working days from the 24th on, the 28th among them.
    expect(plan?.stages[0]).toMatchObject({ start: '2026-02-13', end: '2026-03-04' });
    for (const { start, end } of plan?.stages ?? [])
      for (const date of [start, end]) expect(isWorkingDay(office, shanghai, date), date).toBe(true);
  });

  it('R-50: media alone gets two weeks to plan; where the documents say nothing, nothing is proposed', () => {
    expect(proposePlan(['media'], '2026-03-12', time)?.stages.map(long)).toEqual([10, 5]);
    for (const kinds of [['research'], ['naming'], []] as const)
      expect(proposePlan(kinds, '2026-03-12', time)).toBeUndefined();
  });

  it('R-45: a timetable that is filled with it contradicts itself nowhere', () => {
    const plan = proposePlan(['tvc'], '2026-09-28', time);
    if (!plan) throw new Error('no plan');
    const content = {
      jobNumber: 'YFLC2026001',
      project: '春茶上市海报',
      version: 'external',
      rows: plan.stages.map(({ stage, owner, start, end }) => ({ stage: stage.zh, owner: owner.zh, start, end })),
      keyNodes: plan.nodes.map(({ name, ...node }) => ({ node: name.zh, ...node })),
      floatDays: plan.floatDays,
      deliveryDate: plan.deliveryDate,
    };
    const { facts } = freeze(timetable, content);
    expect(facts).toMatchObject({ complete: true, wrong: [] });
  });
});
