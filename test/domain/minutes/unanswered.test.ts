import { describe, expect, test } from 'vitest';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { isOver } from '../../../domain/cases/state.ts';
import { onDeskOf } from '../../../domain/cases/holders.ts';
import type { AnyCaseAct, CaseEvent } from '../../../domain/cases/acts.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import { inShanghai } from '../calendar/calendars.ts';
import { about, paperOf, Play, said } from '../cases/play.ts';
import { atClient, atReviewer, copy, move, paper, type Minutes } from './sent.ts';

const close = move('closeUnanswered', { words: '对方已离职，无人答复' });
const settled = (play: Minutes): Minutes => {
  play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true });
  return play;
};

describe('issue 4, 6: closed without answer is an outcome of minutes', () => {
  test('nobody was reached: the owner hears of it, then the manager, and it is closed with a reason', () => {
    const play = settled(atClient('failed'));
    expect(play.mailsTo('ae-1')).toContain('caseUnreached');
    play.until('2026-03-12 17:00');
    expect(play.mailsTo('ae-1')).toContain('minutesStillOpen');
    play.until('2026-06-01 10:00');
    expect(play.mailsTo('ACCOUNT_MANAGER')).toContain('minutesStillOpen');
    expect(play.state.state).toBe('SENT');
    expect(said(play.act('ae-1', close))).toBe('NOT_ALLOWED R-136');
    expect(said(play.act('am-1', move('closeUnanswered')))).toBe('FIELD_MISSING R-136');
    expect(said(play.act('am-1', close))).toBe('caseMoved');
    expect(isOver(play.state)).toBe(true);
    expect(onDeskOf(play.state)).toEqual([]);
    expect(play.state.verdicts).toMatchObject([{ kind: 'unanswered', by: 'am-1', version: 1 }]);
    expect(play.state.clocks).toEqual({});
  });

  test('R-136: while the client can still object nobody cuts the window short', () => {
    const play = settled(atClient());
    expect(said(play.act('am-1', close))).toBe('WINDOW_RUNS R-136');
    expect(play.until('2026-03-11 17:00').state.state).toBe('DEEMED_CONFIRMED');
    expect(said(play.act('am-1', close))).toBe('WRONG_PHASE R-136');
  });

  test('R-141: nothing dangles: an action nobody has answered for keeps it open', () => {
    const play = atClient('failed');
    expect(said(play.act('am-1', close))).toBe('ARCHIVE_INCOMPLETE R-141');
  });

  test('R-135, R-137: a late signature upgrades it, a late objection takes it up again', () => {
    const signed = settled(atClient('failed'));
    signed.act('am-1', close);
    expect(said(signed.act('client-1', move('sign', { hash: copy })))).toBe('caseMoved');
    expect(signed.state.verdicts.map(({ kind }) => kind)).toEqual(['unanswered', 'signed']);
    const objected = settled(atClient('failed'));
    objected.act('am-1', close);
    expect(said(objected.act('client-1', move('object', { hash: copy, words: '不对' })))).toBe('caseMoved');
    expect(objected.state.state).toBe('OBJECTED');
  });

  test('what has a verdict and is not filed speaks up once, to its owner', () => {
    const play = settled(atClient());
    play.act('client-1', move('sign', { hash: copy }));
    play.until('2026-06-01 10:00');
    expect(play.mailsTo('ae-1').filter((one) => one === 'minutesUnfiled')).toHaveLength(1);
    play.act('ae-1', move('file'));
    expect(isOver(play.state)).toBe(true);
  });
});

describe('M-06, M-07: a meeting whose minutes are not needed ends too', () => {
  test('dropping the minutes tells the meeting, which waits for nothing any more', () => {
    const play = atReviewer();
    play.act('am-1', move('return', { hash: paper.hash, words: '不必' }));
    play.act('am-1', move('drop', { words: '内部会，不必记录' }));
    expect(play.tells.at(-1)).toMatchObject({ to: 'm1', act: { type: 'told', move: 'leave' } });
    const held: Play<CaseState, AnyCaseAct, CaseEvent> = new Play(caseProcess, newCase('m1', meeting));
    held.act('ae-1', { type: 'begin', ...about });
    held.act('ae-1', move('announce', { paper: paperOf('F-13', { meetingTime: inShanghai('2026-03-10 09:00') }) }));
    held.act('ae-1', move('hold', { happenedAt: inShanghai('2026-03-10 09:30') }));
    expect(said(held.report('tell', { type: 'told', move: 'leave' }))).toBe('caseMoved');
    expect(held.state.state).toBe('UNMINUTED');
    expect(isOver(held.state)).toBe(true);
  });
});
