import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { internalSignatureLadder, type Ladder } from '../../../domain/calendar/ladders.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { stepTimes } from '../../../domain/circulation/step-times.ts';
import { addMs } from '../../../domain/instant.ts';
import {
  rungName,
  rungsDue,
  standsAfterLast,
  toldOfRung,
  withClocks,
  withRungsTold,
  type CountSignature,
} from '../../../domain/people/hand-over-clock.ts';
import type { HandOver, HandOverSignature } from '../../../domain/people/hand-over.ts';
import type { HoldingContext } from '../../../domain/people/holders.ts';
import type { Absence } from '../../../domain/people/types.ts';
import { inShanghai, office, shanghai, shown } from '../calendar/calendars.ts';
import { person, sevenPeople, teamOf } from './house.ts';

const counting =
  (calendar: Calendar): CountSignature =>
  (ladder, _personId, from) =>
    stepTimes(ladder, calendar, zoneNamed, from);
const usual = counting(office);
const monday = inShanghai('2026-03-16 10:00');
const signature = (by: string): HandOverSignature => ({ by, at: monday, proof: 'session' });
const asked: HandOver = {
  brandId: 'b1',
  clientId: 'c1',
  from: 'executive',
  to: 'executive2',
  roles: ['ACCOUNT_EXECUTIVE'],
  state: 'asked',
  startedBy: 'manager',
  startedAt: monday,
  giverSigns: 'executive',
  factBookOn: '2026-03-10',
  words: '',
  list: [],
  owns: true,
};
const both: HandOver = {
  ...asked,
  giver: signature('executive'),
  taker: signature('executive2'),
  directorAsked: { personId: 'director' },
};
const everybody = [...sevenPeople, person('manager', ['ACCOUNT_MANAGER']), person('executive2', ['ACCOUNT_EXECUTIVE'])];
const around = (absences: readonly Absence[] = []): HoldingContext => ({
  team: teamOf(everybody.filter(({ id }) => id !== 'boss')),
  people: everybody,
  absences,
  at: monday,
  clientId: 'c1',
  ownerId: 'manager',
  authorId: '',
  signedBy: [],
});
const moments = (value: HandOver, part: string): readonly string[] =>
  (value.waits ?? [])
    .filter((wait) => wait.part === part)
    .flatMap(({ rungs }) => rungs.map(({ at }) => shown(shanghai, at)));

describe('the clocks of the signatures under a hand-over', () => {
  test('S-133, §7.3: both have the ladder of internal signatures from when they were asked, in working time', () => {
    const value = withClocks(asked, usual, monday);
    expect(value.waits?.map(({ part, personId, since }) => [part, personId, since])).toEqual([
      ['giver', 'executive', monday],
      ['taker', 'executive2', monday],
    ]);
    // 2 and 3 h 12 are the warnings of R-57; 4, 8, 16 and 24 working hours are the rungs of P-30.
    expect(moments(value, 'giver')).toEqual([
      '2026-03-16 12:00',
      '2026-03-16 13:12',
      '2026-03-16 14:00',
      '2026-03-17 10:00',
      '2026-03-18 10:00',
      '2026-03-19 10:00',
    ]);
    expect(value.waits?.map(({ dueAt }) => dueAt && shown(shanghai, dueAt))).toEqual([
      '2026-03-16 14:00',
      '2026-03-16 14:00',
    ]);
    expect(withClocks(value, usual, addMs(monday, 60_000))).toEqual(value);
  });

  test('M-22: a rung falls due once; who has signed is reminded of nothing, and the director from the moment of being asked', () => {
    const value = withClocks(asked, usual, monday);
    const late = inShanghai('2026-03-16 14:00');
    expect(rungsDue(value, addMs(monday, 60_000))).toEqual([]);
    expect(rungsDue(value, late).map(({ wait, rung }) => `${wait.part} ${rung.kind}${String(rung.n)}`)).toEqual([
      'giver warn1',
      'giver warn2',
      'giver remind1',
      'taker warn1',
      'taker warn2',
      'taker remind1',
    ]);
    const told = withRungsTold(value, late);
    expect(rungsDue(told, late)).toEqual([]);
    expect(rungsDue(withClocks(told, usual, late), late)).toEqual([]);
    const half = withClocks({ ...told, giver: signature('executive') }, usual, late);
    expect(half.waits?.map(({ part }) => part)).toEqual(['taker']);
    const third = withClocks({ ...told, ...both }, usual, late);
    expect(third.waits?.map(({ part, since }) => [part, since])).toEqual([['director', late]]);
    for (const state of ['signed', 'done', 'declined', 'withdrawn'] as const)
      expect(withClocks({ ...third, state }, usual, late)).not.toHaveProperty('waits');
  });

  test('design §5: a day that is declared closed moves the rungs ahead and takes back none that was told', () => {
    const noon = inShanghai('2026-03-16 12:00');
    const told = withRungsTold(withClocks(asked, usual, monday), noon);
    const name = { zh: '台风', en: 'Typhoon' };
    const closed: Calendar = { ...office, days: { ...office.days, '2026-03-17': { kind: 'closed', name } } };
    const moved = withClocks(told, counting(closed), noon);
    expect(moments(moved, 'taker').slice(0, 4)).toEqual([
      '2026-03-16 12:00',
      '2026-03-16 13:12',
      '2026-03-16 14:00',
      '2026-03-18 10:00',
    ]);
    expect(moved.waits?.map(({ rungs }) => rungs.map(({ firedAt }) => firedAt !== undefined))).toEqual([
      [true, false, false, false, false, false],
      [true, false, false, false, false, false],
    ]);
  });

  test('design §5: the ladder is the one it was started with; hours without any working time count nothing and stay silent', () => {
    const own: Ladder = { ...internalSignatureLadder, limit: { workingMinutes: 60 }, warnPercents: [], rungs: [] };
    const value = withClocks({ ...asked, ladder: own }, usual, monday);
    expect(value.waits?.map(({ dueAt, rungs }) => [dueAt && shown(shanghai, dueAt), rungs.length])).toEqual([
      ['2026-03-16 11:00', 0],
      ['2026-03-16 11:00', 0],
    ]);
    const none = withClocks(asked, () => undefined, monday);
    expect(none.waits?.map(({ rungs, dueAt }) => [rungs, dueAt])).toEqual([
      [[], undefined],
      [[], undefined],
    ]);
  });

  test('M-22: after the last rung it stands, and only then', () => {
    const value = withClocks(asked, usual, monday);
    const standing = (at: string) => withRungsTold(value, at).waits?.map(standsAfterLast);
    expect(standing(inShanghai('2026-03-19 09:59'))).toEqual([false, false]);
    expect(standing(inShanghai('2026-03-19 10:00'))).toEqual([true, true]);
    expect(standsAfterLast({ rungs: [] })).toBe(false);
  });
});

describe('whom a rung of a hand-over tells', () => {
  const tells = (value: HandOver, name: string, context = around()): readonly string[] =>
    rungsDue(value, inShanghai('2026-03-27 10:00'))
      .filter(({ rung }) => rungName(rung).startsWith(name))
      .flatMap((one) => toldOfRung(value, one, context));
  const giver = withClocks({ ...asked, taker: signature('executive2') }, usual, monday);

  test.each<[string, string, HandOver, readonly Absence[], readonly string[]]>([
    ['R-57: a warning is the signer’s', 'warn/1', giver, [], ['executive']],
    ['P-30: at the limit the signer is reminded', 'remind/1', giver, [], ['executive']],
    ['M-22: then the head of the department, and whoever started it', 'escalate/2', giver, [], ['director', 'manager']],
    [
      '§1.4: on leave the stand-in, who may press for it and not sign',
      'escalate/2',
      giver,
      [
        {
          personId: 'executive',
          standInId: 'executive2',
          from: '2026-03-10T00:00:00.000Z',
          to: '2026-04-01T00:00:00.000Z',
        },
      ],
      ['executive2', 'manager'],
    ],
    ['M-22: then the account manager', 'escalate/3', giver, [], ['manager']],
    ['M-22: then the account director', 'escalate/4', giver, [], ['director']],
    [
      'M-22: above a director who does not sign stands management',
      'escalate/4',
      withClocks(both, usual, monday),
      [],
      ['boss'],
    ],
  ])('%s', (_what, name, value, absences, expected) => {
    expect(tells(value, name, around(absences))).toEqual(expected);
  });

  test('both signatures missing at one moment are one rung by its name, so one person has one letter of them', () => {
    const value = withClocks(asked, usual, monday);
    const names = (value.waits ?? []).map(({ rungs }) => rungs.map(rungName));
    expect(names[0]).toEqual(names[1]);
    expect(new Set(names[0]).size).toBe(6);
  });
});
