import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdersFor, isAbsent } from '../../../domain/people/holders.ts';
import { roles } from '../../../domain/people/roles.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { mayStandIn } from '../../../domain/people/stand-in.ts';
import { contextOf, person, sevenPeople, sevenSteps, step, teamOf } from './house.ts';

const away = (personId: string, standInId?: string) => ({
  personId,
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-04-01T00:00:00.000Z',
  ...(standInId === undefined ? {} : { standInId }),
});

describe('R-68: every step of the chain lies with the person of its title', () => {
  it.each(sevenSteps.map((one, n) => [one.key, one, sevenPeople[n < 6 ? n : 7]?.id] as const))(
    '%s',
    (_key, one, expected) => {
      expect(holdersFor(one, contextOf(sevenPeople))).toEqual({ holders: [{ personId: expected }], caretaker: false });
    },
  );

  it('R-65: the executive’s step belongs to the owner of the job, whoever else is an executive', () => {
    const people = [person('other', ['ACCOUNT_EXECUTIVE']), ...sevenPeople];
    expect(holdersFor(step('ACCOUNT_EXECUTIVE'), contextOf(people)).holders).toEqual([{ personId: 'executive' }]);
  });

  it('R-69: the client’s step lies with this client’s lead only', () => {
    const people = [
      person('foreign', ['CLIENT_LEAD'], { clientId: 'c2' }),
      person('contact', ['CLIENT_CONTACT']),
      ...sevenPeople,
    ];
    expect(holdersFor(step('CLIENT_LEAD'), contextOf(people)).holders).toEqual([{ personId: 'lead' }]);
    const without = people.filter(({ id }) => id !== 'lead');
    expect(holdersFor(step('CLIENT_LEAD'), contextOf(without))).toEqual({
      holders: [{ personId: 'director' }],
      caretaker: true,
    });
  });

  it('a title that several hold means the team’s own choice first', () => {
    const people = [person('w0', ['COPYWRITER']), ...sevenPeople];
    expect(
      holdersFor(step('COPYWRITER'), contextOf(people, { team: teamOf(people, { COPYWRITER: 'writer' }) })).holders,
    ).toEqual([{ personId: 'writer' }]);
  });

  it('who can do most stays free for the later steps', () => {
    const people = [
      person('both', ['ART_DIRECTOR', 'CREATIVE_DIRECTOR']),
      ...sevenPeople.filter(({ id }) => id !== 'creativeDirector'),
    ];
    expect(holdersFor(step('ART_DIRECTOR'), contextOf(people)).holders).toEqual([{ personId: 'artDirector' }]);
  });

  it('a step that several sign lies with all of them', () => {
    const people = [person('w0', ['COPYWRITER']), ...sevenPeople];
    expect(
      holdersFor(step('COPYWRITER', { rule: { kind: 'all' } }), contextOf(people))
        .holders.map((h) => h.personId)
        .sort(),
    ).toEqual(['w0', 'writer']);
  });
});

describe('R-229: who stands in is shown beside the one it was meant for', () => {
  it('R-227: the stand-in named beforehand comes first', () => {
    const people = [person('ae2', ['ACCOUNT_EXECUTIVE']), person('manager', ['ACCOUNT_MANAGER']), ...sevenPeople];
    const absent = contextOf(people, { absences: [away('executive', 'manager')] });
    expect(holdersFor(step('ACCOUNT_EXECUTIVE'), absent).holders).toEqual([
      { personId: 'manager', standInFor: 'executive' },
    ]);
  });

  it('R-228: a named stand-in whose title does not fit is passed over', () => {
    const people = [person('am2', ['ACCOUNT_MANAGER']), person('am', ['ACCOUNT_MANAGER']), ...sevenPeople];
    const team = teamOf(people, { ACCOUNT_MANAGER: 'am' });
    const absent = contextOf(people, { team, absences: [away('am', 'executive')] });
    expect(holdersFor(step('ACCOUNT_MANAGER'), absent).holders).toEqual([{ personId: 'am2', standInFor: 'am' }]);
  });

  it('R-99: an art director’s stand-in who is the creative director leaves the next step to another', () => {
    const people = [...sevenPeople, person('cd2', ['CREATIVE_DIRECTOR'])];
    const context = contextOf(people, {
      absences: [away('artDirector')],
      team: teamOf(sevenPeople, { CREATIVE_DIRECTOR: 'creativeDirector' }),
    });
    expect(holdersFor(step('ART_DIRECTOR'), context).holders).toEqual([
      { personId: 'creativeDirector', standInFor: 'artDirector' },
    ]);
    const next = { ...context, signedBy: ['creativeDirector'] };
    expect(holdersFor(step('CREATIVE_DIRECTOR'), next).holders).toEqual([{ personId: 'cd2' }]);
  });

  it('nobody left: the account director takes care, then management, and neither signs', () => {
    const context = contextOf(sevenPeople, { absences: [away('creativeDirector')] });
    expect(holdersFor(step('CREATIVE_DIRECTOR'), context)).toEqual({
      holders: [{ personId: 'director' }],
      caretaker: true,
    });
    const signed = { ...context, signedBy: ['director'] };
    expect(holdersFor(step('CREATIVE_DIRECTOR'), signed)).toEqual({ holders: [{ personId: 'boss' }], caretaker: true });
  });
});

describe('hand-over', () => {
  const people = [person('w2', ['COPYWRITER']), person('chief', ['COPY_CHIEF']), ...sevenPeople];
  const team = teamOf(people, { COPYWRITER: 'writer' });
  it('reassigned to a colleague of the title, in their own right', () => {
    const context = contextOf(people, { team, handed: { to: 'w2', standIn: false } });
    expect(holdersFor(step('COPYWRITER'), context).holders).toEqual([{ personId: 'w2' }]);
  });
  it('R-229: as stand-in, or by the matrix only, with both names', () => {
    expect(
      holdersFor(step('COPYWRITER'), contextOf(people, { team, handed: { to: 'w2', standIn: true } })).holders,
    ).toEqual([{ personId: 'w2', standInFor: 'writer' }]);
    expect(
      holdersFor(step('COPYWRITER'), contextOf(people, { team, handed: { to: 'chief', standIn: false } })).holders,
    ).toEqual([{ personId: 'chief', standInFor: 'writer' }]);
  });
  it('R-228: to somebody whose title does not fit it counts for nothing', () => {
    const context = contextOf(people, { team, handed: { to: 'executive', standIn: false } });
    expect(holdersFor(step('COPYWRITER'), context).holders).toEqual([{ personId: 'writer' }]);
  });
  it('to somebody on leave it goes to who stands in for them', () => {
    const context = contextOf(people, { team, handed: { to: 'w2', standIn: false }, absences: [away('w2', 'chief')] });
    expect(holdersFor(step('COPYWRITER'), context).holders).toEqual([{ personId: 'chief', standInFor: 'w2' }]);
  });
});

describe('whatever the house looks like', () => {
  const ids = Array.from({ length: 10 }, (_, n) => `p${n}`);
  const agencyRoles = roles.filter((role) => !role.startsWith('CLIENT_') && role !== 'THIRD_PARTY');
  const anyStep = fc.record({
    role: fc.constantFrom<Role>(...agencyRoles, 'CLIENT_LEAD'),
    rule: fc.constantFrom('one' as const, 'all' as const),
  });
  const anyHouse = fc.record({
    held: fc.array(fc.subarray([...agencyRoles], { minLength: 1, maxLength: 3 }), { minLength: 10, maxLength: 10 }),
    inTeam: fc.subarray(ids),
    absent: fc.subarray(ids, { maxLength: 6 }),
    standIns: fc.array(fc.constantFrom(...ids), { minLength: 10, maxLength: 10 }),
    signed: fc.subarray(ids, { maxLength: 4 }),
    author: fc.constantFrom(...ids),
    owner: fc.constantFrom(...ids),
    to: fc.option(fc.constantFrom(...ids), { nil: undefined }),
  });

  it('R-99, R-227, R-228: the holder is never the author, an absent person or one who signed, has a fitting title, and there always is one', () => {
    fc.assert(
      fc.property(anyStep, anyHouse, ({ role, rule }, house) => {
        const people = [
          ...ids.map((id, n) => person(id, house.held[n] ?? ['ARTIST'])),
          person('boss', ['MANAGEMENT']),
          person('lead', ['CLIENT_LEAD']),
        ];
        const members = people.filter(({ id }) => house.inTeam.includes(id));
        const context = contextOf(people, {
          team: teamOf(members),
          absences: house.absent.map((id, n) => away(id, house.standIns[n])),
          ownerId: house.owner,
          authorId: house.author,
          signedBy: house.signed,
          ...(house.to === undefined ? {} : { handed: { to: house.to, standIn: false } }),
        });
        const asked = step(role, { rule: { kind: rule } });
        const found = holdersFor(asked, context);
        expect(found.holders.length).toBeGreaterThan(0);
        for (const { personId, standInFor } of found.holders) {
          expect(personId).not.toBe(house.author);
          expect(house.signed).not.toContain(personId);
          expect(isAbsent(personId, context.absences, context.at)).toBe(false);
          if (standInFor !== undefined) expect([house.author, personId, ...house.signed]).not.toContain(standInFor);
          const held = people.find(({ id }) => id === personId)?.roles ?? [];
          const isOwner = role === 'ACCOUNT_EXECUTIVE' && personId === house.owner;
          if (!found.caretaker && !isOwner)
            expect(
              held.includes(role) || mayStandIn(role, { roles: held, inTeam: house.inTeam.includes(personId) }),
            ).toBe(true);
          if (role === 'CLIENT_LEAD' && !found.caretaker) expect(personId).toBe('lead');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
