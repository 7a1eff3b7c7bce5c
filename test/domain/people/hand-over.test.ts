import { describe, expect, test } from 'vitest';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { checkHandOver, handsOwnership, teamAfter } from '../../../domain/people/hand-over.ts';
import type { HandOverContext, WantedHandOver } from '../../../domain/people/hand-over.ts';
import type { Person } from '../../../domain/people/types.ts';
import { person, sevenPeople, teamOf } from './house.ts';

const other = person('executive2', ['ACCOUNT_EXECUTIVE']);
const both = person('both', ['ACCOUNT_EXECUTIVE', 'ACCOUNT_DIRECTOR']);
const manager = person('manager', ['ACCOUNT_MANAGER']);
const everybody = [...sevenPeople, manager, other, both];
const team = teamOf([...sevenPeople.filter(({ roles }) => !roles.includes('MANAGEMENT')), manager], {
  ACCOUNT_EXECUTIVE: 'executive',
});
const wanted: WantedHandOver = {
  brandId: 'b1',
  from: 'executive',
  to: 'executive2',
  roles: ['ACCOUNT_EXECUTIVE'],
  factBookOn: '2026-03-10',
  words: '',
};
const byId = (people: readonly Person[]): ReadonlyMap<string, Person> => new Map(people.map((one) => [one.id, one]));
const around = (more: Partial<HandOverContext> = {}): HandOverContext => ({
  people: byId(everybody),
  team,
  clientId: 'c1',
  routes: [standardRoutes.qcSeven],
  absences: [],
  running: [],
  now: '2026-03-12T02:00:00.000Z',
  today: '2026-03-12',
  starter: manager,
  ...more,
});
const codes = (more: Partial<WantedHandOver>, context: Partial<HandOverContext> = {}): string[] =>
  checkHandOver({ ...wanted, ...more }, around(context)).map(({ field, code }) => `${field} ${code}`);
const left = byId(everybody.map((one) => (one.id === 'executive' ? { ...one, active: false } : one)));

describe('hand-over of a brand', () => {
  test('M-21: from one executive to another nothing stands against it', () => {
    expect(codes({})).toEqual([]);
  });

  test.each<[string, Partial<WantedHandOver>, Partial<HandOverContext>, string]>([
    ['the same person', { to: 'executive' }, {}, 'to samePerson'],
    ['somebody unknown', { to: 'nobody' }, {}, 'to unknownTaker'],
    ['a giver nobody knows', { from: 'nobody' }, {}, 'from unknownGiver'],
    ['R-69: a client’s signature', { from: 'lead' }, {}, 'from clientSide'],
    ['R-69: a client’s person', { to: 'lead' }, {}, 'to clientSide'],
    ['somebody outside the team', { from: 'executive2', to: 'executive' }, {}, 'from notInTeam'],
    ['no title', { roles: [] }, {}, 'roles noTitle'],
    ['a title the giver has not', { roles: ['ACCOUNT_DIRECTOR'], to: 'both' }, {}, 'roles notGiversTitle'],
    ['a taker without the title', { to: 'writer' }, {}, 'to lacksTitle'],
    ['S-132: a fact book of two months ago', { factBookOn: '2026-01-10' }, {}, 'factBookOn factBookOld'],
    ['S-132: a fact book of tomorrow', { factBookOn: '2026-03-13' }, {}, 'factBookOn factBookAhead'],
    ['words without end', { words: 'x'.repeat(1_001) }, {}, 'words tooLong'],
    [
      'a taker on leave',
      {},
      {
        absences: [{ personId: 'executive2', from: '2026-03-11T00:00:00.000Z', to: '2026-03-14T00:00:00.000Z' }],
      },
      'to takerAway',
    ],
    ['one that is under way', {}, { running: [{ from: 'executive', to: 'both' }] }, 'from alreadyRunning'],
    ['a giver who left, started by no manager', {}, { people: left, starter: other }, 'from giverLeft'],
    [
      'a giver who left, and the same manager for both',
      { to: 'both' },
      { people: left, starter: both },
      'to takerSignsBoth',
    ],
    [
      'F-57: a brand whose director has left, in a house without another and without management',
      {},
      {
        people: byId(
          everybody
            .filter(({ id }) => id !== 'both')
            .map((one) => (['director', 'boss'].includes(one.id) ? { ...one, active: false } : one)),
        ),
        routes: [],
      },
      'brandId noDirector',
    ],
    // The seven signatures are seven people: who signs as director cannot sign as executive too.
    [
      'R-99: a team in which one person would sign two steps',
      { to: 'both' },
      { team: teamOf([...sevenPeople.filter(({ id }) => id !== 'director'), both]) },
      'to teamShort',
    ],
  ])('%s is refused by field and reason', (_what, more, context, expected) => {
    expect(codes(more, context)).toContain(expected);
  });

  test('S-133: a manager may begin it for somebody who has left', () => {
    expect(codes({}, { people: left })).toEqual([]);
  });

  test('S-147: the title and the team’s choice for it change hands; once is as good as twice', () => {
    const after = teamAfter(team, wanted);
    expect(after.members.find(({ personId }) => personId === 'executive')).toBeUndefined();
    expect(after.members.find(({ personId }) => personId === 'executive2')?.roles).toEqual(['ACCOUNT_EXECUTIVE']);
    expect(after.defaults).toEqual({ ACCOUNT_EXECUTIVE: 'executive2' });
    expect(teamAfter(after, wanted)).toEqual(after);
  });

  test('R-65: jobs go over unless the giver keeps a title of account service', () => {
    expect(handsOwnership(team, 'executive', ['ACCOUNT_EXECUTIVE'])).toBe(true);
    const wide = teamOf([both, other]);
    expect(handsOwnership(wide, 'both', ['ACCOUNT_EXECUTIVE'])).toBe(false);
    expect(teamAfter(wide, { ...wanted, from: 'both' }).members).toMatchObject([
      { personId: 'both', roles: ['ACCOUNT_DIRECTOR'] },
      { personId: 'executive2' },
    ]);
    expect(handsOwnership(team, 'designer', ['ARTIST'])).toBe(false);
  });
});
