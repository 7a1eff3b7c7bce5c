import { describe, expect, it } from 'vitest';
import { holdersOfPosition } from '../../../domain/people/positions.ts';
import { contextOf, person, sevenPeople, step } from './house.ts';

const people = [person('manager', ['ACCOUNT_MANAGER']), ...sevenPeople];
const context = contextOf(people);
const leave = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };

describe('positions on a job', () => {
  it.each([
    ['owner', ['executive']],
    ['author', ['designer']],
    ['accountManager', ['manager']],
    ['accountDirector', ['director']],
    ['creativeDirector', ['creativeDirector']],
    ['executors', ['designer', 'writer', 'artDirector', 'creativeDirector']],
  ] as const)('%s', (position, expected) => {
    expect(holdersOfPosition(position, context)).toEqual(expected);
  });

  it('S-148: who answers for a job on leave is the stand-in, in whose absence theirs, then the account manager; on return the owner again', () => {
    const owner = (absences: Parameters<typeof contextOf>[1], at = '2026-03-12T01:00:00.000Z') =>
      holdersOfPosition('owner', { ...contextOf(people, absences), at });
    const away = { absences: [{ personId: 'executive', ...leave, standInId: 'manager' }] };
    expect(owner(away)).toEqual(['manager']);
    expect(owner(away, leave.to)).toEqual(['executive']);
    const chain = { absences: [...away.absences, { personId: 'manager', ...leave, standInId: 'director' }] };
    expect(owner(chain)).toEqual(['director']);
    expect(owner({ absences: [{ personId: 'executive', ...leave }] })).toEqual(['manager']);
    expect(holdersOfPosition('author', { ...contextOf(people, away), authorId: 'executive' })).toEqual(['manager']);
    expect(holdersOfPosition('author', contextOf(people, away))).toEqual(['designer']);
  });

  it('§7.3: the second rung goes to the stand-in on leave, else to the head of the department', () => {
    const about = { step: step('COPYWRITER'), holderId: 'writer' };
    expect(holdersOfPosition('standInOrHead', context, about)).toEqual(['creativeDirector']);
    const chief = person('chief', ['COPY_CHIEF']);
    const onLeave = contextOf([...people, chief], { absences: [{ personId: 'writer', ...leave, standInId: 'chief' }] });
    expect(holdersOfPosition('standInOrHead', onLeave, about)).toEqual(['chief']);
  });

  it('a head is not told of the own delay by being told again', () => {
    const about = { step: step('CREATIVE_DIRECTOR'), holderId: 'creativeDirector' };
    expect(holdersOfPosition('standInOrHead', context, about)).toEqual(['director']);
  });

  it('M-22: nobody of the client’s side is written to about the client’s delay', () => {
    const about = { step: step('CLIENT_LEAD'), holderId: 'lead' };
    expect(holdersOfPosition('standInOrHead', context, about)).toEqual(['director']);
  });

  it('M-22: the contact of the client is somebody else than who holds the desk, else account service calls', () => {
    const about = { step: step('CLIENT_LEAD'), holderId: 'lead' };
    expect(holdersOfPosition('clientContact', context, about)).toEqual(['executive']);
    const ofClient = { side: 'client', clientId: context.clientId } as const;
    const contact = { ...person('contact', ['CLIENT_CONTACT']), ...ofClient };
    const other = { ...person('other', ['CLIENT_CONTACT']), ...ofClient, clientId: 'another' };
    const known = contextOf([...people, other, contact]);
    expect(holdersOfPosition('clientContact', known, about)).toEqual(['contact']);
    expect(holdersOfPosition('clientContact', known, { ...about, holderId: 'contact' })).toEqual(['executive']);
  });

  it('without an account manager it is the director, without a director management', () => {
    expect(holdersOfPosition('accountManager', contextOf(sevenPeople))).toEqual(['director']);
    const few = sevenPeople.filter(({ id }) => id !== 'director');
    expect(holdersOfPosition('accountDirector', contextOf(few))).toEqual(['boss']);
  });
});
