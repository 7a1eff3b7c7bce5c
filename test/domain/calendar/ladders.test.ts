import { describe, expect, it } from 'vitest';
import { ladderInstants } from '../../../domain/calendar/ladder-instants.ts';
import { checkLadder } from '../../../domain/calendar/check-ladder.ts';
import {
  clientCommentLadder,
  clientSignatureLadder,
  defaultLadders,
  internalSignatureLadder,
  refusedOrderLadder,
} from '../../../domain/calendar/ladders.ts';
import type { Ladder, Rung, RungChannel } from '../../../domain/calendar/ladders.ts';
import { sayCalendarProblem } from '../../../domain/wording/calendar.ts';
import { inShanghai, office, shanghai, shown } from './calendars.ts';

function run(ladder: Ladder, acceptedAt: string): Record<string, string> {
  const instants = ladderInstants(office, shanghai, inShanghai(acceptedAt), ladder);
  return Object.fromEntries(instants.map(({ key, at }) => [key, shown(shanghai, at)]));
}

describe('ladders of §7.3', () => {
  it('P-30: internal signature 4, 8, 16, 24 working hours, warned at 50 % and 80 % (R-57)', () => {
    expect(run(internalSignatureLadder, '2026-03-10 09:00')).toEqual({
      warn50: '2026-03-10 11:00',
      warn80: '2026-03-10 12:12',
      L1: '2026-03-10 13:00',
      L2: '2026-03-10 17:00',
      L3: '2026-03-11 17:00',
      L4: '2026-03-12 17:00',
    });
  });

  it('P-30: begun Friday 16:30 nothing fires before Monday', () => {
    const moments = run(internalSignatureLadder, '2026-03-13 16:30');
    expect(moments).toMatchObject({ warn50: '2026-03-16 10:30', L1: '2026-03-16 12:30', L2: '2026-03-16 16:30' });
    for (const moment of Object.values(moments)) expect(moment >= '2026-03-16 09:00').toBe(true);
  });

  it('P-31: client signature 1, 2, 3, 5 working days', () => {
    expect(run(clientSignatureLadder, '2026-03-13 16:30')).toEqual({
      warn50: '2026-03-16 12:45',
      warn80: '2026-03-16 15:18',
      L1: '2026-03-16 17:00',
      L2: '2026-03-17 17:00',
      L3: '2026-03-18 17:00',
      L4: '2026-03-20 17:00',
    });
  });

  it('P-31: client comment one week, then 2, 3, 5 working days past it', () => {
    expect(run(clientCommentLadder, '2026-03-10 10:00')).toMatchObject({
      L1: '2026-03-17 17:00',
      L2: '2026-03-19 17:00',
      L3: '2026-03-20 17:00',
      L4: '2026-03-24 17:00',
    });
  });

  it('P-07: a refused order not corrected after one working day', () => {
    expect(run(refusedOrderLadder, '2026-03-12 11:00')).toMatchObject({
      L1: '2026-03-13 17:00',
      L2: '2026-03-16 17:00',
    });
  });

  it('M-22: holder, then stand-in or head with the AE, then account manager, then account director', () => {
    expect(internalSignatureLadder.rungs.map(({ whom, copy, kind }) => [whom, copy, kind])).toEqual([
      ['holder', undefined, 'remind'],
      ['standInOrHead', ['ae'], 'escalate'],
      ['accountManager', undefined, 'escalate'],
      ['accountDirector', undefined, 'escalate'],
    ]);
  });

  it('M-22: on the client side only the holder is written to', () => {
    for (const ladder of [clientSignatureLadder, clientCommentLadder]) {
      expect(ladder.rungs.map(({ whom }) => whom)).toEqual(['holder', 'ae', 'accountManager', 'accountDirector']);
    }
  });

  it('beyond the published year moments are provisional', () => {
    const [warning] = ladderInstants(office, shanghai, inShanghai('2026-12-31 09:00'), internalSignatureLadder);
    expect(warning).toMatchObject({ key: 'warn50', provisional: false });
    const last = ladderInstants(office, shanghai, inShanghai('2026-12-31 09:00'), internalSignatureLadder).at(-1);
    expect(last).toMatchObject({ key: 'L4', provisional: true });
  });
});

describe('checkLadder', () => {
  const codesOf = (ladder: Ladder) => checkLadder(ladder).map(({ code, field }) => [code, field]);

  it.each(defaultLadders.map((ladder) => [ladder.id, ladder] as const))('the default %s is sound', (_id, ladder) => {
    expect(checkLadder(ladder)).toEqual([]);
  });

  it('refuses negative offsets', () => {
    const rungs = [{ n: 1, after: { workingMinutes: -60 }, whom: 'holder', kind: 'remind' }] as const;
    expect(codesOf({ ...internalSignatureLadder, rungs })).toEqual([['spanNotPositive', 'rungs.0.after']]);
  });

  it('refuses rungs out of order, wrong numbers and an empty ladder', () => {
    const [first, second] = internalSignatureLadder.rungs;
    if (!first || !second) throw new Error('the default ladder has four rungs');
    expect(codesOf({ ...internalSignatureLadder, rungs: [second, first] })).toEqual([
      ['rungNumberOutOfOrder', 'rungs.0.n'],
      ['rungNumberOutOfOrder', 'rungs.1.n'],
      ['rungNotLater', 'rungs.1.after'],
    ]);
    expect(codesOf({ ...internalSignatureLadder, rungs: [] })).toEqual([['ladderEmpty', 'rungs']]);
  });

  it('refuses hours and days in one ladder: on some calendars they would change places', () => {
    const rungs = [
      { n: 1, after: { workingMinutes: 480 }, whom: 'holder', kind: 'remind' },
      { n: 2, after: { workingDays: 1 }, whom: 'ae', kind: 'escalate' },
    ] as const;
    expect(codesOf({ ...internalSignatureLadder, rungs })).toEqual([['spansMixed', 'rungs.1.after']]);
  });

  it('refuses two rungs at the same time and more than six', () => {
    const at = (n: number, minutes: number) =>
      ({ n, after: { workingMinutes: minutes }, whom: 'ae', kind: 'escalate' }) as const;
    expect(codesOf({ ...internalSignatureLadder, rungs: [at(1, 60), at(2, 60)] })).toEqual([
      ['rungNotLater', 'rungs.1.after'],
    ]);
    const seven = [1, 2, 3, 4, 5, 6, 7].map((n) => at(n, n * 60));
    expect(codesOf({ ...internalSignatureLadder, rungs: seven })).toEqual([['tooManyRungs', 'rungs']]);
  });

  it('refuses a rung that tells nobody, or one person twice, or over a channel there is not', () => {
    const told = (more: object) => ({
      ...internalSignatureLadder,
      // What comes in from outside need not be what the types promise.
      rungs: [{ n: 1, after: { workingMinutes: 60 }, whom: 'ae', kind: 'escalate', ...more } as Rung],
    });
    expect(codesOf(told({ whom: '' }))).toEqual([['rungToNobody', 'rungs.0.whom']]);
    expect(codesOf(told({ copy: ['boss'] }))).toEqual([['rungToNobody', 'rungs.0.copy.0']]);
    expect(codesOf(told({ copy: ['ae'] }))).toEqual([['toldTwice', 'rungs.0.copy.0']]);
    expect(codesOf(told({ by: 'pigeon' }))).toEqual([['channelUnknown', 'rungs.0.by']]);
    expect(codesOf(told({ by: 'desk' }))).toEqual([]);
  });

  it('M-22: the client hears of the client’s own steps only, and by mail, because there is no desk to look at', () => {
    const told = (side: 'agency' | 'client', whom: Rung['whom'], by: RungChannel) =>
      checkLadder(
        {
          ...internalSignatureLadder,
          rungs: [{ n: 1, after: { workingMinutes: 60 }, whom, kind: 'escalate', by }],
        },
        { side, office },
      ).map(({ code }) => code);
    expect(told('agency', 'clientContact', 'mail')).toEqual(['clientToldOfAgency']);
    expect(told('client', 'clientContact', 'mail')).toEqual([]);
    expect(told('client', 'clientContact', 'desk')).toEqual(['clientByMailOnly']);
    expect(told('client', 'holder', 'desk')).toEqual(['clientByMailOnly']);
    expect(told('client', 'ae', 'desk')).toEqual([]);
    expect(told('agency', 'holder', 'desk')).toEqual([]);
  });

  it('refuses quiet hours that are no times, or leave no minute of the office’s day', () => {
    const quiet = (from: string, to: string) =>
      checkLadder({ ...internalSignatureLadder, quiet: { from, to } }, { side: 'agency', office }).map(
        ({ code, field }) => [code, field],
      );
    expect(quiet('18:00', '09:30')).toEqual([]);
    expect(quiet('12:00', '13:30')).toEqual([]);
    expect(quiet('25:00', '')).toEqual([
      ['timeUnreadable', 'quiet.from'],
      ['timeUnreadable', 'quiet.to'],
    ]);
    expect(quiet('09:00', '09:00')).toEqual([['quietWholeDay', 'quiet']]);
    expect(quiet('08:00', '18:00')).toEqual([['quietWholeDay', 'quiet']]);
    // One minute a day is left to it.
    expect(quiet('17:00', '16:59')).toEqual([]);
  });

  it('every finding is a sentence in both languages that leaves no gap', () => {
    const rungs = [1, 2, 3, 4, 5, 6, 7].map(
      (n) =>
        ({ n, after: n === 2 ? { workingDays: 1 } : { workingMinutes: 0 }, whom: 'nobody', kind: 'warn' }) as never,
    );
    const bad: Ladder = { ...internalSignatureLadder, rungs, quiet: { from: '10:00', to: '10:00' } };
    for (const problem of checkLadder(bad, { side: 'client', office }))
      for (const said of Object.values(sayCalendarProblem(problem))) expect(said).not.toMatch(/[{}]|undefined/);
  });

  it('refuses fractions, endless offsets and warnings outside the limit', () => {
    const bad = (minutes: number) => codesOf({ ...internalSignatureLadder, limit: { workingMinutes: minutes } });
    expect(bad(1.5)).toEqual([['spanUnreadable', 'limit']]);
    expect(bad(Number.NaN)).toEqual([['spanUnreadable', 'limit']]);
    expect(bad(10_000_000)).toEqual([['spanTooLong', 'limit']]);
    expect(codesOf({ ...internalSignatureLadder, warnPercents: [80, 50, 100] })).toEqual([
      ['percentOutOfOrder', 'warnPercents.1'],
      ['percentOutOfRange', 'warnPercents.2'],
    ]);
  });
});
