import { describe, expect, test } from 'vitest';
import { about, Play, said } from '../cases/play.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes } from '../../../domain/minutes/state.ts';
import { atClient, atReviewer, copy, move, paper, type Minutes } from './sent.ts';

const toldTo = (play: Minutes): readonly string[] =>
  play.mails.flatMap(({ notice, to }) => (notice === 'notNeeded' && 'personId' in to ? [to.personId] : []));

describe('R-59: who was asked about minutes and has not answered hears once that nothing is needed any more', () => {
  test('somebody above approves or sends them back: the reviewer who was asked, with the words; not who did it', () => {
    const approved = atReviewer();
    expect(said(approved.act('adir-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
    expect(toldTo(approved)).toEqual(['am-1']);
    const back = atReviewer();
    expect(said(back.act('adir-1', move('return', { hash: paper.hash, words: '漏了预算' })))).toBe('caseMoved');
    expect(toldTo(back)).toEqual(['am-1']);
    expect(back.mails.find(({ notice }) => notice === 'notNeeded')).toMatchObject({ words: '漏了预算', waits: true });
  });

  test('who answers hears nothing, in their own name or for somebody who is away', () => {
    const play = atClient();
    expect(said(play.act('client-1', move('sign', { hash: copy })))).toBe('caseMoved');
    expect(toldTo(play)).toEqual([]);
    const away: Minutes = new Play(minutesProcess, initialMinutes('m2/minutes'));
    away.standIns['am-1'] = 'adir-1';
    away.act('ae-1', { type: 'begin', ...about, origin: 'm2' });
    away.act('ae-1', move('submit', { paper }));
    expect(said(away.act('adir-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
    expect(toldTo(away)).toEqual([]);
  });

  test('an objection that account service puts on record: the client who was asked to confirm', () => {
    const play = atClient();
    const happenedAt = play.now;
    expect(said(play.act('ae-1', move('object', { hash: copy, words: '电话里说日期不对', happenedAt })))).toBe(
      'caseMoved',
    );
    expect(toldTo(play)).toEqual(['client-1']);
  });

  test('whom the mail server never reached, and who hears of it in a mail of its own, get no such mail', () => {
    const unread: Minutes = new Play(minutesProcess, initialMinutes('m3/minutes'));
    unread.post = 'failed';
    unread.act('ae-1', { type: 'begin', ...about, origin: 'm3' });
    unread.act('ae-1', move('submit', { paper }));
    unread.act('adir-1', move('approve', { hash: paper.hash }));
    expect(toldTo(unread)).toEqual([]);
    const silent = atClient();
    silent.until('2026-03-12 10:00');
    expect(silent.state.state).toBe('DEEMED_CONFIRMED');
    expect(silent.mailsTo('client-1')).toEqual(['confirmMinutes', 'minutesDeemed']);
  });
});
