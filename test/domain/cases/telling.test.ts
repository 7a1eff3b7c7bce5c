import { describe, expect, test } from 'vitest';
import { nextMorning } from '../../../domain/calendar/morning.ts';
import type { AnyCaseAct, CaseEvent } from '../../../domain/cases/acts.ts';
import { dueOfClocks } from '../../../domain/cases/clocks.ts';
import { issue } from '../../../domain/cases/issue.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import { leavingOf, nextBehind, remindsHolders, stillReminds } from '../../../domain/cases/telling.ts';
import type { Leaving, Rang } from '../../../domain/cases/telling.ts';
import { laterOf } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes } from '../../../domain/minutes/state.ts';
import { inShanghai, office, shanghai } from '../calendar/calendars.ts';
import { atClient, atReviewer, move, type Minutes } from '../minutes/sent.ts';
import { Play, about, paperOf, said } from './play.ts';

type Meeting = Play<CaseState, AnyCaseAct, CaseEvent>;

function planned(): Meeting {
  const play: Meeting = new Play(caseProcess, newCase('m1', meeting));
  expect(said(play.act('ae-1', { type: 'begin', ...about }))).toBe('caseBegun');
  return play;
}

function announced(at: string): Meeting {
  const play = planned();
  const paper = paperOf('F-13', { meetingTime: inShanghai(at) });
  expect(said(play.act('ae-1', move('announce', { paper })))).toBe('caseMoved');
  return play;
}

/** What a mark says first, and how that leaves; where it tells others as well, `all`. */
function told(state: CaseState, now: Instant, rang: Rang): [string, Leaving | 'all'] {
  const notice = state.definition.clocks[rang.clock]?.rungs[rang.rung]?.tells?.[0]?.notice ?? '';
  if (!remindsHolders(state, rang)) return [notice, 'all'];
  const morning = nextMorning(office, () => shanghai, now).at;
  return [notice, leavingOf(nextBehind(state, rang, now), now, morning)];
}

/** Reaches every mark of the case's clocks up to a moment, one by one, and tells how each leaves. */
function leaving(play: Meeting | Minutes, until: string): [string, Leaving | 'all'][] {
  const found: [string, Leaving | 'all'][] = [];
  const end = inShanghai(until);
  for (let due = dueOfClocks(play.state); due !== undefined && due.at <= end; due = dueOfClocks(play.state)) {
    play.now = laterOf(play.now, due.at);
    play.report('clock', due.act);
    const { clock, rung } = due.act;
    found.push(told(play.state, play.now, { type: 'clockRang', clock, rung }));
  }
  return found;
}

describe('M-22: which marks of a case wait for their reader’s morning', () => {
  test('S-57, R-122: what comes before a meeting never waits, whatever lies between', () => {
    expect(leaving(announced('2026-03-12 14:00'), '2026-03-12 13:30')).toEqual([
      ['agendaDue', 'once'],
      ['agendaLate', 'once'],
    ]);
    // The first mark of an early meeting lies before the office opens, and the next is near: no morning is early enough.
    expect(leaving(announced('2026-03-12 10:30'), '2026-03-12 10:00')).toEqual([
      ['agendaDue', 'once'],
      ['agendaLate', 'once'],
    ]);
  });

  test('a forgotten meeting waits for the morning; what the account manager hears as well waits for nothing', () => {
    expect(leaving(planned(), '2026-03-20 10:00')).toEqual([['meetingUnplanned', 'morning']]);
    const play = announced('2026-03-12 14:00');
    play.until('2026-03-12 13:50');
    expect(play.state.state).toBe('CALLED');
    expect(leaving(play, '2026-03-20 10:00')).toEqual([
      ['heldOrNot', 'morning'],
      ['heldOrNot', 'all'],
    ]);
  });

  test('R-128: a reviewer is reminded while the 24 hours leave time to read: no morning that is an hour before their end', () => {
    // Tuesday 10:00: reminded at 14:00; on Wednesday at 10:00 the minutes are overdue and the owner hears of it too.
    const [first, ...rest] = leaving(atReviewer(), '2026-03-13 17:30');
    expect(first).toEqual(['reviewReminder', 'minute']);
    expect(new Set(rest.map(([, how]) => how))).toEqual(new Set(['all']));
    expect(rest.map(([notice]) => notice).sort()).toEqual([
      'minutesOverdue',
      'minutesOverdue',
      'reviewReminder',
      'reviewStalled',
      'reviewStalled',
    ]);
    const unwritten: Minutes = new Play(minutesProcess, initialMinutes('m1/minutes'));
    expect(said(unwritten.act('ae-1', { type: 'begin', ...about, origin: 'm1' }))).toBe('caseBegun');
    expect(leaving(unwritten, '2026-03-11 12:00')).toEqual([
      ['minutesDraftDue', 'once'],
      ['minutesOverdue', 'all'],
    ]);
  });

  test('R-64: an issue of which the client is to hear by half past ten is not kept until nine; settling it waits', () => {
    const play: Meeting = new Play(caseProcess, newCase('issue-1', issue));
    play.now = inShanghai('2026-03-10 14:30');
    const paper = paperOf('F-63');
    const begin = { type: 'begin', ...about, jobId: 'job-1', parts: { finder: ['artist-1'] }, paper } as const;
    expect(said(play.act('artist-1', begin))).toBe('caseBegun');
    expect(leaving(play, '2026-03-11 12:00')).toEqual([
      ['issueTellSoon', 'minute'],
      ['issueUntold', 'all'],
    ]);
    const told = { words: '已说明', parts: { told: ['client-1'] }, happenedAt: play.now };
    expect(said(play.act('am-1', move('tellByPhone', told)))).toBe('caseMoved');
    expect(leaving(play, '2026-03-20 10:00')).toEqual([
      ['issueUnsettled', 'morning'],
      ['issueUnsettled', 'all'],
    ]);
  });

  test('R-137, R-141: a correction and a filing wait; what the client keeps lies above its owner and does not', () => {
    const play = atClient();
    const hash = play.state.papers['F-15']?.facts['copyHash'];
    play.act('client-1', move('object', { hash, words: '日期不对' }));
    expect(leaving(play, '2026-03-18 17:30')).toEqual([
      ['correctionDue', 'morning'],
      ['correctionDue', 'all'],
    ]);
    const filed = atClient();
    filed.act('client-1', move('sign', { hash }));
    expect(leaving(filed, '2026-04-20 10:00')).toEqual([['minutesUnfiled', 'morning']]);
    expect(leaving(atClient('silent'), '2026-03-20 10:00')).toEqual([
      ['minutesStillOpen', 'all'],
      ['minutesStillOpen', 'all'],
    ]);
  });

  test('a mark that no calendar has counted yet may be the next: nothing waits behind it', () => {
    const play = planned();
    play.until('2026-03-13 17:30');
    const rang: Rang = { type: 'clockRang', clock: 'plan', rung: 0 };
    expect(nextBehind(play.state, rang, play.now)).toBeUndefined();
    const state = { ...play.state, clocks: { ...play.state.clocks, other: { from: play.now, count: 1, rungs: [{}] } } };
    expect(nextBehind(state, rang, play.now)).toBe(play.now);
  });
});

describe('how a reminder leaves', () => {
  const now = inShanghai('2026-03-12 15:00');
  const morning = inShanghai('2026-03-13 09:00');

  test('R-57: with the morning well before the next thing; else within the minute, and at once where that is near', () => {
    expect(leavingOf(undefined, now, morning)).toBe('morning');
    expect(leavingOf(inShanghai('2026-03-13 11:01'), now, morning)).toBe('morning');
    // In a crowded morning the digest may leave as late as half past ten.
    expect(leavingOf(inShanghai('2026-03-13 11:00'), now, morning)).toBe('minute');
    expect(leavingOf(morning, now, morning)).toBe('minute');
    expect(leavingOf(inShanghai('2026-03-12 17:01'), now, morning)).toBe('minute');
    expect(leavingOf(inShanghai('2026-03-12 17:00'), now, morning)).toBe('once');
    expect(leavingOf(now, now, morning)).toBe('once');
  });

  test('a reader without any working day ahead is told within the minute', () => {
    expect(leavingOf(undefined, now, undefined)).toBe('minute');
  });
});

describe('what still waits for its reader', () => {
  const rang: Rang = { type: 'clockRang', clock: 'correction', rung: 0 };

  test('a clock that stopped, one that was begun anew, and a case of somebody else remind nobody', () => {
    const play = atClient();
    const hash = play.state.papers['F-15']?.facts['copyHash'];
    play.act('client-1', move('object', { hash, words: '日期不对' }));
    expect(stillReminds(play.state, rang, 'ae-1')).toBe(false);
    play.until('2026-03-11 17:30');
    expect(stillReminds(play.state, rang, 'ae-1')).toBe(true);
    expect(stillReminds(play.state, rang, 'am-1')).toBe(false);
    expect(stillReminds({ ...play.state, ownerId: 'am-1' }, rang, 'ae-1')).toBe(false);
    const better = paperOf('F-15', { subject: '改正' });
    expect(said(play.act('ae-1', move('submit', { paper: better })))).toBe('caseMoved');
    expect(stillReminds(play.state, rang, 'ae-1')).toBe(false);
    expect(said(play.act('am-1', move('approve', { hash: better.hash })))).toBe('caseMoved caseMoved');
    const again = play.state.papers['F-15']?.facts['copyHash'];
    expect(said(play.act('client-1', move('object', { hash: again, words: '还是不对' })))).toBe('caseMoved');
    expect(play.state.state).toBe('OBJECTED');
    expect(stillReminds(play.state, rang, 'ae-1')).toBe(false);
  });
});
