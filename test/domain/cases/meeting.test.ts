import { describe, expect, test } from 'vitest';
import type { AnyCaseAct, CaseEvent } from '../../../domain/cases/acts.ts';
import { possibleMoves } from '../../../domain/cases/decide.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import { isOver, type CaseState } from '../../../domain/cases/state.ts';
import { inShanghai, shanghai, shown } from '../calendar/calendars.ts';
import { Play, about, paperOf, said, who } from './play.ts';

type Meeting = Play<CaseState, AnyCaseAct, CaseEvent>;
const notice = (at: string) => paperOf('F-13', { meetingTime: inShanghai(at) });
const move = (name: string, more: object = {}) => ({ type: 'move', move: name, ...more }) as const;

function planned(): Meeting {
  const play: Meeting = new Play(caseProcess, newCase('m1', meeting));
  expect(said(play.act('ae-1', { type: 'begin', ...about }))).toBe('caseBegun');
  return play;
}

function announced(at = '2026-03-12 14:00'): Meeting {
  const play = planned();
  expect(said(play.act('ae-1', move('announce', { paper: notice(at) })))).toBe('caseMoved');
  return play;
}

describe('M-06', () => {
  test('by the book: planned, announced, agenda, called, held, minuted', () => {
    const play = announced();
    expect(play.state.parts['participants']).toEqual(['client-1', 'ae-1']);
    expect(play.mailsTo('client-1')).toEqual(['meetingNotice']);
    play.until('2026-03-12 09:00');
    expect(said(play.act('ae-1', move('sendAgenda', { paper: paperOf('F-14') })))).toBe('caseMoved');
    play.until('2026-03-12 15:30');
    expect(play.state.state).toBe('CALLED');
    expect(play.mailsTo('client-1')).toEqual(['meetingNotice', 'meetingAgenda', 'meetingCall']);
    expect(play.state.flags).toEqual([]);
    expect(said(play.act('ae-1', move('hold', { happenedAt: inShanghai('2026-03-12 15:20') })))).toBe('caseMoved');
    expect(play.tells).toMatchObject([
      {
        to: 'm1/minutes',
        begins: 'minutes',
        act: { type: 'begin', origin: 'm1', from: inShanghai('2026-03-12 15:20') },
      },
    ]);
    play.report('tell', { type: 'told', move: 'minute' });
    expect(play.state.state).toBe('MINUTED');
    expect(isOver(play.state)).toBe(true);
    expect(said(play.act('ae-1', move('cancel', { words: '不开了' })))).toBe('CLOSED');
  });

  test('R-120, S-56: a meeting without a notice cannot be held', () => {
    const play = planned();
    expect(said(play.act('ae-1', move('hold', { happenedAt: play.now })))).toBe('WRONG_PHASE R-120');
    expect(said(play.act('ae-1', move('announce')))).toBe('PAPER_MISSING R-120');
    const bare = paperOf('F-13', { meetingPlace: undefined });
    expect(play.act('ae-1', move('announce', { paper: bare }))).toMatchObject({
      code: 'FIELD_MISSING',
      params: { fields: ['meetingPlace'] },
    });
    expect(play.state.state).toBe('PLANNED');
  });

  test('R-122, S-57: without an agenda the owner hears of it two hours before; one hour before it is late, and the meeting goes on', () => {
    const play = announced().until('2026-03-12 11:59');
    expect(play.mailsTo('ae-1')).toEqual(['meetingNotice']);
    play.until('2026-03-12 12:00');
    expect(play.mailsTo('ae-1')).toEqual(['meetingNotice', 'agendaDue']);
    expect(play.state.flags).toEqual([]);
    play.until('2026-03-12 13:00');
    expect(play.state.flags).toEqual(['agendaLate']);
    expect(said(play.act('ae-1', move('sendAgenda', { paper: paperOf('F-14') })))).toBe('caseMoved');
    expect(said(play.until('2026-03-12 15:00').act('ae-1', move('hold', { happenedAt: play.now })))).toBe('caseMoved');
  });

  test('R-127, S-59: everybody is called once, fifteen minutes before', () => {
    const play = announced().until('2026-03-12 13:44');
    expect(play.state.state).toBe('ANNOUNCED');
    play.until('2026-03-12 13:45').until('2026-03-12 14:30');
    expect(play.mailsTo('client-1').filter((one) => one === 'meetingCall')).toHaveLength(1);
  });

  test('R-125, S-60: the participants are those the notice gives a task', () => {
    const paper = paperOf('F-13', { internalParticipants: [{ person: 'artist-1', task: '讲解' }] });
    const play = planned();
    play.act('ae-1', move('announce', { paper }));
    expect(play.mailsTo('artist-1')).toEqual(['meetingNotice']);
    expect(play.mailsTo('ae-1')).toEqual([]);
  });

  test('a meeting moved to another time needs a new notice, and its clocks count anew', () => {
    const play = announced();
    expect(said(play.act('ae-1', move('postpone')))).toBe('FIELD_MISSING');
    expect(said(play.act('ae-1', move('postpone', { words: '客户改期' })))).toBe('caseMoved');
    expect(play.mailsTo('client-1')).toEqual(['meetingNotice', 'meetingMoved']);
    expect(Object.keys(play.state.clocks)).toEqual(['plan']);
    play.act('ae-1', move('announce', { paper: notice('2026-03-16 10:00') }));
    expect(play.state.papers['F-13']?.version).toBe(2);
    expect(shown(shanghai, play.state.clocks['call']?.rungs[0]?.at ?? '')).toBe('2026-03-16 09:45');
    expect(play.until('2026-03-13 18:00').state.state).toBe('ANNOUNCED');
  });

  test('a cancelled meeting says why and tells everybody who was invited', () => {
    const play = announced();
    play.act('ae-1', move('cancel', { words: '客户出差' }));
    expect(play.mails.at(-1)).toMatchObject({ notice: 'meetingCancelled', words: '客户出差' });
    expect(caseProcess.due(play.state)).toBeUndefined();
  });

  test('the pack is ticked item by item; not applicable needs a note', () => {
    const play = announced();
    const tick = { type: 'tick', list: 'pack', item: 'C-65' } as const;
    expect(said(play.act('ae-1', { ...tick, answer: 'na' }))).toBe('FIELD_MISSING');
    expect(said(play.act('ae-1', { ...tick, answer: 'pass' }))).toBe('itemTicked');
    expect(said(play.act('ae-1', { ...tick, item: 'C-01', answer: 'pass' }))).toBe('UNKNOWN_OBJECT');
    expect(said(play.act('client-1', { ...tick, answer: 'pass' }))).toBe('NOT_ALLOWED');
    expect(play.state.ticked).toEqual({ 'C-65': { answer: 'pass', by: 'ae-1' } });
  });

  test('what is possible now is what is accepted, for whoever asks', () => {
    const play = announced();
    const open = possibleMoves(play.state, who('ae-1')).flatMap(({ move: key, refusal }) => (refusal ? [] : [key]));
    expect(open).toEqual(['sendAgenda', 'hold', 'postpone', 'cancel']);
    expect(possibleMoves(play.state, who('client-1')).every(({ refusal }) => refusal?.code === 'NOT_ALLOWED')).toBe(
      true,
    );
    expect(possibleMoves(newCase('m2', meeting))).toEqual([]);
  });
});

describe('bad input is refused and changes nothing', () => {
  test.each<[string, string, object, string]>([
    ['a stranger', 'client-1', { type: 'begin', ...about }, 'NOT_ALLOWED'],
    ['no owner', 'ae-1', { type: 'begin', ...about, ownerId: ' ' }, 'FIELD_MISSING'],
    ['nobody to confirm', 'ae-1', { type: 'begin', ...about, parts: { reviewer: ['am-1'] } }, 'FIELD_MISSING'],
    [
      'two to confirm',
      'ae-1',
      { type: 'begin', ...about, parts: { ...about.parts, confirmer: ['a', 'b'] } },
      'FIELD_WRONG',
    ],
    ['an end in the future', 'ae-1', { type: 'begin', ...about, from: '2030-01-01T00:00:00.000Z' }, 'FIELD_WRONG'],
    ['a move before the beginning', 'ae-1', { type: 'move', move: 'announce' }, 'UNKNOWN_OBJECT'],
    ['an act that is none', 'ae-1', { type: 'constructor' }, 'UNKNOWN_OBJECT'],
  ])('%s', (_title, personId, act, code) => {
    const play: Meeting = new Play(caseProcess, newCase('m1', meeting));
    expect(said(play.act(personId, act as AnyCaseAct))).toBe(code);
    expect(play.state.seq).toBe(0);
  });

  test('names of moves that only look like one, a move of the clock by hand, a report by a person', () => {
    const play = announced();
    const { state } = play;
    expect(said(play.act('ae-1', move('__proto__')))).toBe('UNKNOWN_OBJECT');
    expect(said(play.act('ae-1', move('call')))).toBe('NOT_ALLOWED R-127');
    expect(said(play.act('ae-1', { type: 'told', move: 'minute' }))).toBe('NOT_ALLOWED');
    expect(said(play.act('ae-1', move('hold', { happenedAt: '2030-01-01T00:00:00.000Z' })))).toBe('FIELD_WRONG R-120');
    expect(said(play.act('ae-1', move('hold')))).toBe('FIELD_MISSING R-120');
    expect(play.state).toBe(state);
  });
});
