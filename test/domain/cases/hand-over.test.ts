import { describe, expect, test } from 'vitest';
import { askedInstead } from '../../../domain/cases/holders.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes, openTasks } from '../../../domain/minutes/state.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../../domain/minutes/state.ts';
import type { HandOverCause } from '../../../domain/people/hand-over.ts';
import { Play, about, paperOf, said } from './play.ts';

const cause = (more: Partial<HandOverCause> = {}): HandOverCause => ({
  kind: 'handOver',
  handOverId: 'ho-1',
  revision: 3,
  brandId: 'yunfeng',
  from: 'ae-1',
  to: 'ae-2',
  roles: ['ACCOUNT_EXECUTIVE'],
  owns: true,
  signed: { giver: 'ae-1', taker: 'ae-2' },
  ...more,
});
const paper = paperOf('F-15');
const minutes = (): Play<MinutesState, MinutesAct, MinutesEvent> => {
  const play = new Play<MinutesState, MinutesAct, MinutesEvent>(minutesProcess, initialMinutes('m1/minutes'));
  play.act('ae-1', { type: 'begin', ...about, origin: 'm1' });
  return play;
};

describe('a brand that changes hands reaches meetings and minutes', () => {
  test('S-133: who answers for a meeting and comes to it changes, once', () => {
    const play = new Play(caseProcess, newCase('case-1', meeting));
    play.act('ae-1', { type: 'begin', ...about });
    expect(said(play.report('tell', { type: 'handOver', cause: cause() }))).toBe('caseHandedOver');
    expect(play.state).toMatchObject({ ownerId: 'ae-2', parts: { team: ['ae-2'], confirmer: ['client-1'] } });
    expect(said(play.report('tell', { type: 'handOver', cause: cause() }))).toBe('');
    expect(said(play.act('ae-1', { type: 'handOver', cause: cause() } as never))).toContain('NOT_ALLOWED');
  });

  test('S-66: open tasks from minutes go over; who was there stays written', () => {
    const play = minutes();
    play.act('ae-1', { type: 'move', move: 'submit', paper });
    play.act('am-1', { type: 'move', move: 'approve', hash: paper.hash });
    const mine = openTasks(play.state).filter(({ executor }) => executor === 'ae-1').length;
    const before = openTasks(play.state).map(({ executor }) => executor);
    play.report('tell', { type: 'handOver', cause: cause() });
    expect(play.state.ownerId).toBe('ae-2');
    expect(openTasks(play.state).filter(({ executor }) => executor === 'ae-2')).toHaveLength(mine);
    expect(openTasks(play.state)).toHaveLength(before.length);
    expect(play.state.parts['team']).toEqual(['ae-1']);
  });

  test('R-129: minutes that lie with the reviewer ask the new one; whoever wrote them does not come to review them', () => {
    const play = minutes();
    play.act('ae-1', { type: 'move', move: 'submit', paper });
    expect(askedInstead(play.state, 'reviewMinutes', 'am-1')).toBeUndefined();
    const review = { from: 'am-1', to: 'am-2', roles: ['ACCOUNT_MANAGER'] as const, owns: false };
    play.report('tell', { type: 'handOver', cause: cause({ ...review, handOverId: 'ho-2', to: 'ae-1' }) });
    expect(play.state.parts['reviewer']).toEqual(['am-1']);
    play.mails.length = 0;
    play.report('tell', { type: 'handOver', cause: cause(review) });
    expect(play.state.parts['reviewer']).toEqual(['am-2']);
    expect(askedInstead(play.state, 'reviewMinutes', 'am-1')).toEqual(['am-2']);
    expect(askedInstead(play.state, 'reviewMinutes', 'am-2')).toBeUndefined();
    expect(play.mails.map(({ notice, to }) => [notice, to])).toEqual([['reviewMinutes', { personId: 'am-2' }]]);
    expect(play.state.clocks['review']).toBeDefined();
    expect(said(play.act('am-1', { type: 'move', move: 'approve', hash: paper.hash }))).toContain('NOT_ALLOWED');
  });
});
