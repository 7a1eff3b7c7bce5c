import { describe, expect, it } from 'vitest';
import { caseRowOf, isDueProvisional } from '../../store/cases.ts';
import { farAhead } from '../domain/minutes/sent.ts';

describe('issue 4, 1: a date beyond the published calendar says so', () => {
  it('the nearest thing the clock of a case does is provisional where that very clock or task is', () => {
    const { state, now } = farAhead();
    const rowOf = (some: typeof state) => caseRowOf({ state: some, head: { seq: 1, hash: 'h' }, at: now });
    expect(isDueProvisional(state)).toBe(false);
    expect(rowOf(state)).not.toHaveProperty('provisional');
    const tasks = state.tasks.filter(({ provisional }) => provisional);
    const far = { ...state, clocks: {}, tasks };
    expect(tasks).toHaveLength(1);
    expect(rowOf(far)).toMatchObject({ provisional: true, dueAt: tasks[0]?.marks?.[0]?.at });
    const [name = '', clock] = Object.entries(state.clocks)[0] ?? [];
    if (!clock) throw new Error('no clock runs');
    const unsure = { ...state, tasks: [], clocks: { [name]: { ...clock, provisional: true } } };
    expect(rowOf(unsure)).toMatchObject({ provisional: true });
  });
});
