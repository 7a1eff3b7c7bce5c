import { describe, expect, test } from 'vitest';
import { directorOf, type DirectorContext } from '../../../domain/people/hand-over-director.ts';
import { signersOfHandOver, signsAs, type HandOver, type HandOverSignature } from '../../../domain/people/hand-over.ts';
import type { Absence } from '../../../domain/people/types.ts';
import { person, sevenPeople, teamOf } from './house.ts';

const other = person('executive2', ['ACCOUNT_EXECUTIVE']);
const manager = person('manager', ['ACCOUNT_MANAGER']);
const second = person('second', ['ACCOUNT_DIRECTOR']);
const outside = person('outside', ['ACCOUNT_DIRECTOR']);
const everybody = [...sevenPeople, manager, other, second, outside];
const serving = everybody.filter(({ id }) => !['boss', 'outside', 'second'].includes(id));
const people = (left: readonly string[] = []): DirectorContext['people'] =>
  new Map(everybody.map((one) => [one.id, left.includes(one.id) ? { ...one, active: false } : one]));
const away = (personId: string, standInId?: string): Absence => ({
  personId,
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-04-01T00:00:00.000Z',
  ...(standInId === undefined ? {} : { standInId }),
});
const around = (more: Partial<DirectorContext> = {}): DirectorContext => ({
  people: people(),
  team: teamOf(serving),
  absences: [],
  now: '2026-03-12T02:00:00.000Z',
  ...more,
});
const executives = { from: 'executive', to: 'executive2', giverSigns: 'executive' };
const two = teamOf([...serving, second], { ACCOUNT_DIRECTOR: 'director' });

describe('whose signature as account director a hand-over needs', () => {
  test.each<[string, typeof executives, Partial<DirectorContext>, object]>([
    ['F-57: the brand’s own', executives, {}, { kind: 'asked', personId: 'director' }],
    [
      'R-99: one of the two who is it signs once',
      { from: 'director', to: 'outside', giverSigns: 'director' },
      {},
      { kind: 'own', personId: 'director' },
    ],
    [
      'R-99: a director who signs for somebody who has left signs once',
      { ...executives, giverSigns: 'director' },
      { people: people(['executive']) },
      { kind: 'own', personId: 'director' },
    ],
    [
      'R-227, R-229: whom the director on leave named, with both names',
      executives,
      { absences: [away('director', 'outside')] },
      { kind: 'asked', personId: 'outside', inPlaceOf: 'director' },
    ],
    [
      'R-228: a named account manager is passed over, another director of the brand signs in their own right',
      executives,
      { team: two, absences: [away('director', 'manager')] },
      { kind: 'asked', personId: 'second' },
    ],
    [
      '§1.4: with all the brand’s directors away, another of the house',
      executives,
      { team: two, absences: [away('director'), away('second')] },
      { kind: 'asked', personId: 'outside', inPlaceOf: 'director' },
    ],
    [
      '§1.4: with no director there at all, management',
      executives,
      { absences: [away('director'), away('second'), away('outside')] },
      { kind: 'asked', personId: 'boss', inPlaceOf: 'director' },
    ],
    [
      'M-21: a ring of stand-ins ends at a person, not in a loop',
      executives,
      { absences: [away('director', 'second'), away('second', 'director'), away('outside', 'director')] },
      { kind: 'asked', personId: 'boss', inPlaceOf: 'director' },
    ],
    [
      'a director who has left and whose brand goes on does not sign it',
      { from: 'director', to: 'second', giverSigns: 'manager' },
      { people: people(['director']) },
      { kind: 'asked', personId: 'outside' },
    ],
    [
      'nobody, where there is neither a director nor management',
      executives,
      { people: people(['director', 'second', 'outside', 'boss']) },
      { kind: 'nobody' },
    ],
  ])('%s', (_what, wanted, more, expected) => {
    expect(directorOf(wanted, around(more))).toEqual(expected);
  });
});

describe('whose turn it is to sign', () => {
  const signature = (by: string): HandOverSignature => ({ by, at: '2026-03-12T02:00:00.000Z', proof: 'link' });
  const value: HandOver = {
    brandId: 'b1',
    clientId: 'c1',
    ...executives,
    roles: ['ACCOUNT_EXECUTIVE'],
    state: 'asked',
    startedBy: 'manager',
    startedAt: '2026-03-12T02:00:00.000Z',
    factBookOn: '2026-03-10',
    words: '',
    list: [],
    owns: true,
    directorAsked: { personId: 'director' },
  };
  const both = { ...value, giver: signature('executive'), taker: signature('executive2') };

  test('F-57: the two in any order, the account director when both have, each once, and nobody else', () => {
    expect(signsAs(value, 'executive')).toBe('giver');
    expect(signsAs(value, 'executive2')).toBe('taker');
    expect(signsAs(value, 'director')).toBeUndefined();
    expect(signsAs({ ...value, taker: signature('executive2') }, 'executive2')).toBeUndefined();
    expect(signsAs(both, 'director')).toBe('director');
    expect(signsAs(both, 'second')).toBeUndefined();
    expect(signsAs({ ...both, director: signature('director') }, 'director')).toBeUndefined();
    expect(signsAs({ ...both, state: 'withdrawn' }, 'director')).toBeUndefined();
    expect(signersOfHandOver(both)).toEqual(['executive', 'executive2', 'director']);
  });
});
