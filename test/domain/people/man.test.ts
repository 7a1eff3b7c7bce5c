import { describe, expect, it } from 'vitest';
import type { Route, RouteStep } from '../../../domain/circulation/types.ts';
import { canMan, manRoute } from '../../../domain/people/man.ts';
import { person, sevenPeople, sevenSteps, step, teamOf } from './house.ts';

const route = (steps: readonly RouteStep[]): Route => ({
  id: 'r',
  version: 1,
  title: { zh: '流程', en: 'Route' },
  steps,
});

describe('R-99: a team must have different people for every step of a route', () => {
  it('finds one person for each of the seven steps', () => {
    const { missing, holds } = manRoute(teamOf(sevenPeople), route(sevenSteps), sevenPeople, 'c1');
    expect(missing).toEqual([]);
    expect(new Set(Object.values(holds).flat()).size).toBe(7);
  });

  it('names the step when one person would have to sign two', () => {
    const people = [
      ...sevenPeople.filter(({ id }) => id !== 'artDirector'),
      person('both', ['ART_DIRECTOR', 'CREATIVE_DIRECTOR']),
    ].filter(({ id }) => id !== 'creativeDirector');
    const refusal = canMan(teamOf(people), route(sevenSteps), people, 'c1');
    expect(refusal).toMatchObject({ code: 'TEAM_SHORT', rule: 'R-99' });
    expect(refusal?.params?.['steps']).toHaveLength(1);
  });

  it('gives way: who can do two steps takes the one nobody else can', () => {
    const people = [person('both', ['ART_DIRECTOR', 'COPYWRITER']), person('writer', ['COPYWRITER'])];
    const steps = [step('COPYWRITER'), step('ART_DIRECTOR')];
    expect(manRoute(teamOf(people), route(steps), people, 'c1')).toMatchObject({
      missing: [],
      holds: { copywriter: ['writer'], art_director: ['both'] },
    });
  });

  it('asks as many people as a rule asks signatures', () => {
    const people = [person('w1', ['COPYWRITER'])];
    const steps = [step('COPYWRITER', { rule: { kind: 'some', n: 2 } })];
    expect(canMan(teamOf(people), route(steps), people, 'c1')?.code).toBe('TEAM_SHORT');
  });

  it('R-86: asks nobody new for a receipt; P-08: nor for an optional step', () => {
    const steps = [
      ...sevenSteps,
      step('CLIENT_LEAD', { key: 'receipt', act: 'receipt' }),
      step('MEDIA_PLANNER', { optional: true }),
    ];
    expect(canMan(teamOf(sevenPeople), route(steps), sevenPeople, 'c1')).toBeUndefined();
  });

  it('counts neither people who left nor another client’s lead', () => {
    const gone = sevenPeople.map((one) => (one.id === 'writer' ? { ...one, active: false } : one));
    expect(canMan(teamOf(gone), route(sevenSteps), gone, 'c1')?.params?.['steps']).toEqual(['copywriter']);
    expect(canMan(teamOf(sevenPeople), route(sevenSteps), sevenPeople, 'c2')?.params?.['steps']).toEqual([
      'client_lead',
    ]);
  });
});
