import { describe, expect, test } from 'vitest';
import { holdersFor, standInNamedBy } from '../../../domain/people/holders.ts';
import { agreersOf, checkLeave, type LeaveContext } from '../../../domain/people/leave.ts';
import type { Absence } from '../../../domain/people/types.ts';
import { contextOf, person, sevenPeople, step, teamOf } from './house.ts';

const all = [
  ...sevenPeople,
  person('second', ['COPYWRITER']),
  person('chief', ['COPY_CHIEF']),
  person('third', ['COPYWRITER']),
];
const days = (from: number, to: number): Pick<Absence, 'from' | 'to'> => ({
  from: `2026-03-${String(from).padStart(2, '0')}T00:00:00.000Z`,
  to: `2026-03-${String(to).padStart(2, '0')}T00:00:00.000Z`,
});
const away = (personId: string, standInId?: string, span = days(10, 20)): Absence => ({
  personId,
  ...span,
  ...(standInId === undefined ? {} : { standInId }),
});
const context = (absences: readonly Absence[] = [], more: Partial<LeaveContext> = {}): LeaveContext => ({
  people: new Map(all.map((one) => [one.id, one])),
  teams: [teamOf(all)],
  absences,
  now: '2026-03-09T02:00:00.000Z',
  ...more,
});
const codes = (leave: Absence, absences: readonly Absence[] = []): string[] =>
  checkLeave(leave, context(absences)).map(({ field, code }) => `${field} ${code}`);

describe('who is asked to agree', () => {
  const manager = person('manager', ['ACCOUNT_MANAGER']);
  const people = new Map([...all, manager].map((one) => [one.id, one]));
  const house = (absences: readonly Absence[] = []): LeaveContext => ({
    ...context(absences),
    people,
    teams: [teamOf([...all, manager].filter(({ roles }) => !roles.includes('MANAGEMENT')))],
  });
  const onLeave = (id: string): Absence => away(id, undefined, days(1, 20));

  test('M-21, R-227: the account manager of the brand, in whose absence the director, never oneself, and in the end management', () => {
    expect(agreersOf('writer', house())).toEqual(['manager']);
    expect(agreersOf('manager', house())).toEqual(['director']);
    expect(agreersOf('writer', house([onLeave('manager')]))).toEqual(['director']);
    expect(agreersOf('writer', house([onLeave('manager'), onLeave('director')]))).toEqual(['boss']);
    expect(agreersOf('stranger', house())).toEqual(['boss']);
  });
});

describe('leave as it is announced', () => {
  test('M-21, R-227: leave with a stand-in of the same or a higher title is fine', () => {
    expect(codes(away('writer', 'second'))).toEqual([]);
    expect(codes(away('writer', 'chief'))).toEqual([]);
    // Leave that touches the next by its end does not overlap it.
    expect(
      codes(away('writer', 'second'), [away('writer', 'second', days(20, 25)), away('second', 'chief', days(5, 10))]),
    ).toEqual([]);
  });

  test.each<[string, Absence, readonly Absence[], string]>([
    ['ends before it starts', away('writer', 'second', days(12, 12)), [], 'to endsBeforeStart'],
    ['is over', away('writer', 'second', days(2, 8)), [], 'to isOver'],
    ['lasts years', { ...away('writer', 'second'), to: '2028-01-01T00:00:00.000Z' }, [], 'to tooLong'],
    [
      'overlaps leave of the same person',
      away('writer', 'second'),
      [away('writer', 'chief', days(19, 25))],
      'from alreadyAway',
    ],
    ['has no stand-in', away('writer'), [], 'standInId noStandIn'],
    ['names oneself', away('writer', 'writer'), [], 'standInId oneself'],
    ['names nobody we know', away('writer', 'ghost'), [], 'standInId unknownStandIn'],
    [
      'names somebody who is away on a day of it',
      away('writer', 'second'),
      [away('second', 'chief', days(19, 21))],
      'standInId standInAway',
    ],
    ['names a lower title of the line', away('chief', 'writer'), [], 'standInId mayNotStandIn'],
    ['names an executive for the director', away('director', 'executive'), [], 'standInId mayNotStandIn'],
    ['is that of a client’s person', away('lead', 'second'), [], 'personId unknownPerson'],
    [
      'leaves somebody who relies on this person without anybody',
      away('chief', 'chief2'),
      [away('writer', 'chief')],
      'standInId unknownStandIn',
    ],
  ])('R-227, R-228: leave that %s is refused', (_what, leave, others, expected) => {
    expect(codes(leave, others)).toEqual([expected]);
  });

  test('M-21: a chain that would end nowhere is refused, one that goes on is not', () => {
    const both = person('both', ['COPYWRITER', 'ARTIST']);
    const people = new Map([...all, both].map((one) => [one.id, one]));
    const teams = [teamOf([...all, both])];
    const relying = [away('writer', 'both')];
    const asked = (standIn: string) => checkLeave(away('both', standIn), context(relying, { people, teams }));
    expect(asked('designer')).toMatchObject([{ field: 'standInId', code: 'chainEnds', personId: 'writer' }]);
    expect(asked('second')).toEqual([]);
  });
});

describe('whom leave leads to', () => {
  const at = '2026-03-12T02:00:00.000Z';

  test('M-21: a chain of stand-ins ends at the first who is there, a ring at nobody', () => {
    const chain = [away('writer', 'second'), away('second', 'third')];
    expect(standInNamedBy('writer', chain, at)).toBe('third');
    expect(standInNamedBy('writer', [...chain, away('third', 'writer')], at)).toBeUndefined();
    expect(standInNamedBy('writer', [{ ...away('writer', 'second'), asked: true }], at)).toBeUndefined();
  });

  test('R-229: the step goes to the end of the chain, in the name of the one it was meant for', () => {
    const absences = [away('writer', 'second'), away('second', 'third')];
    const held = holdersFor(
      step('COPYWRITER'),
      contextOf(all, { absences, team: teamOf(all, { COPYWRITER: 'writer' }) }),
    );
    expect(held).toEqual({ holders: [{ personId: 'third', standInFor: 'writer' }], caretaker: false });
  });

  test('M-21: leave that nobody has agreed to takes nobody off a desk', () => {
    const absences: readonly Absence[] = [{ ...away('writer', 'second'), asked: true }];
    const held = holdersFor(
      step('COPYWRITER'),
      contextOf(all, { absences, team: teamOf(all, { COPYWRITER: 'writer' }) }),
    );
    expect(held.holders).toEqual([{ personId: 'writer' }]);
  });

  test('R-99, M-21: where everybody who could is away, signed or wrote it, it ends at a person who finds somebody', () => {
    const absences = ['writer', 'second', 'third', 'chief'].map((id) => away(id, 'writer'));
    const held = holdersFor(step('COPYWRITER'), contextOf(all, { absences, handed: { to: 'writer', standIn: false } }));
    expect(held).toEqual({ holders: [{ personId: 'director' }], caretaker: true });
  });
});
