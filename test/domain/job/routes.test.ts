import { describe, expect, test } from 'vitest';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import type { Route } from '../../../domain/circulation/types.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import { routesAsked } from '../../../domain/job/rounds.ts';
import { isRefusal } from '../../../domain/process.ts';
import { bookUntil, paper, person } from './agency.ts';

/** The house wants its account manager to look at every timetable before the client does. */
const ours: Route = {
  ...standardRoutes.timetable,
  version: 2,
  steps: standardRoutes.timetable.steps.flatMap((step) =>
    step.side === 'client'
      ? [
          {
            ...step,
            key: 'manager',
            role: 'ACCOUNT_MANAGER',
            alsoRoles: [],
            side: 'agency',
            ladder: 'internalSignature',
          } as const,
          { ...step, after: ['manager'] },
        ]
      : [step],
  ),
};

function submitWith(routes: readonly Route[]) {
  const agency = bookUntil('OPENED');
  const act = { type: 'submit', point: 'timetable', paper: paper('F-10') } as const;
  const events = jobProcess.decide(agency.state, {
    id: 'c',
    actor: person('executive'),
    receivedAt: agency.at,
    at: agency.at,
    act,
    routes,
  });
  return { agency, events };
}

describe('routes a house has drawn itself', () => {
  test('a newer version goes round from now on and is copied into the job', () => {
    const { events } = submitWith([ours]);
    if (isRefusal(events)) throw new Error(events.code);
    const pinned = events.find((event) => event.type === 'routePinned');
    expect(pinned).toMatchObject({ key: 'timetable@2' });
    expect(events.filter((event) => event.type === 'stepOpening')).toMatchObject([{ step: 'manager' }]);
  });

  test('R-96: one in which the client comes before the agency is refused, and nothing happens', () => {
    const early = {
      ...ours,
      steps: ours.steps.map((step) => (step.side === 'client' ? { ...step, after: [ours.steps[0]?.key ?? ''] } : step)),
    };
    const { events } = submitWith([early]);
    expect(isRefusal(events) && events.code).toBe('ROUTE_BAD');
  });

  test('an older or foreign one changes nothing', () => {
    const { events } = submitWith([
      { ...ours, version: 1 },
      { ...ours, id: 'estimate' },
    ]);
    if (isRefusal(events)) throw new Error(events.code);
    expect(events.find((event) => event.type === 'routePinned')).toMatchObject({ key: 'timetable@1' });
  });

  test('the door asks only for routes that the act may use', () => {
    expect(routesAsked({ type: 'submit', point: 'workOrder' })).toEqual(['workOrder', 'workOrderMedia']);
    expect(routesAsked({ type: 'submitVersion', stage: 'PROOF' })).toEqual(['proofSeven', 'proofSix']);
    expect(routesAsked({ type: 'holdProposal' })).toEqual(['proposalComment']);
    expect(routesAsked({ type: 'sign' })).toEqual([]);
  });
});
