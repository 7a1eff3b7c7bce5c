import { describe, expect, test } from 'vitest';
import { routesAsked } from '../../../domain/job/rounds.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper } from './agency.ts';

const file = (form: string, facts: Parameters<typeof paper>[1] = {}): JobAct => ({
  type: 'file',
  paper: paper(form, facts),
});
const wholePlan = { missingModules: [], printedSet: true, electronic: true };

/** A proposal is prepared on an order of such a kind, with these papers in its package. */
function prepared(order: Parameters<typeof orderPaper>[0], ...papers: readonly JobAct[]): Agency {
  const a = bookUntil('OPENED');
  a.submit('executive', 'timetable', paper('F-10'));
  a.signs('timetable', 'client');
  a.does('executive', { type: 'huddle', heldAt: a.at, people: ['creativeDirector'], objections: [] });
  a.submit('executive', 'workOrder', orderPaper(order));
  a.signs('workOrder', 'accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer');
  if (order?.['hasMedia'] === true) a.signs('workOrder', 'media');
  a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
  for (const act of papers) a.does('executive', act);
  return a;
}
const desks = (a: Agency): Record<string, string> =>
  Object.fromEntries(
    a
      .running('internalAgreement')
      .stays.filter(({ state }) => state !== 'passed')
      .map(({ step, state }) => [step, state]),
  );

describe('who agrees before a proposal (M-05)', () => {
  const items = file('F-20', { itemProblems: [] });
  const plan = file('F-19', wholePlan);

  test('creative and account service alone where nothing else is in it', () => {
    const a = prepared({}, items);
    a.submit('executive', 'internalAgreement');
    expect(desks(a)).toEqual({ creativeDirector: 'open', accountManager: 'open' });
  });

  test('R-97: a plan is agreed on by strategy too, beside the others', () => {
    const a = prepared({}, plan, items);
    a.submit('executive', 'internalAgreement');
    expect(desks(a)).toEqual({
      creativeDirector: 'open',
      accountManager: 'open',
      strategy: 'open',
      media: 'notApplicable',
    });
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    expect(a.state.proposals.at(-1)?.state).toBe('INTERNAL');
    a.signs('internalAgreement', 'strategy');
    expect(a.state.proposals.at(-1)?.state).toBe('READY');
  });

  test('P-09: media agrees where media works on the job, and its objection blocks the proposal (S-68)', () => {
    const a = prepared({ hasMedia: true }, items);
    a.submit('executive', 'internalAgreement');
    expect(desks(a)).toMatchObject({ media: 'open', strategy: 'notApplicable' });
    a.does('media', { ...a.returnAct('internalAgreement', 'media', 'object'), reason: 'COST' });
    expect([a.state.phase, a.state.proposals.at(-1)?.state]).toEqual(['CREATING', 'PREPARING']);
    a.submit('executive', 'internalAgreement');
    a.signs('internalAgreement', 'creativeDirector', 'accountManager', 'media');
    expect(a.state.proposals.at(-1)?.state).toBe('READY');
  });

  test('the author may ask for either beside the rule, and excuses nobody (R-102)', () => {
    const a = prepared({}, plan, items);
    expect(
      a.refused('executive', {
        type: 'submit',
        point: 'internalAgreement',
        notApplicable: [{ step: 'strategy', reason: 'in a hurry' }],
      }),
    ).toBe('SKIP_NOT_ALLOWED');
    expect(a.refused('executive', { type: 'submit', point: 'internalAgreement', with: ['finance'] })).toBe(
      'UNKNOWN_OBJECT',
    );
    a.submit('executive', 'internalAgreement', undefined, { with: ['media'] });
    expect(desks(a)).toMatchObject({ strategy: 'open', media: 'open' });
  });

  test('a package that gains a plan between two rounds goes round with strategy, and stays closed meanwhile', () => {
    const a = prepared({}, items);
    a.submit('executive', 'internalAgreement');
    a.does('creativeDirector', { ...a.returnAct('internalAgreement', 'creativeDirector', 'object'), reason: 'IDEA' });
    a.does('executive', plan);
    a.submit('executive', 'internalAgreement');
    expect(desks(a)).toMatchObject({ strategy: 'open' });
    expect(a.refused('executive', file('F-19', wholePlan))).toBe('IN_CIRCULATION');
  });

  test('the door looks for newer routes of both kinds', () => {
    expect(routesAsked({ type: 'submit', point: 'internalAgreement' })).toEqual([
      'internalAgreement',
      'internalAgreementWide',
    ]);
  });
});
