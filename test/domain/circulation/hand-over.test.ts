import { describe, expect, test } from 'vitest';
import { maxWords } from '../../../domain/circulation/limits.ts';
import { author, desk, hour, Paper, routeOf } from './desk.ts';
import { atArt, atClient, atCopy, passed } from './line.ts';

describe('hand over', () => {
  const handed = (
    paper: Paper,
    who: string,
    step: string,
    how: 'delegate' | 'reassign' | 'standIn' | 'add',
    to: string,
    words = 'away',
  ) => paper.does(who, { type: 'handOver', ...paper.at(step), how, to, words })?.code;

  test('delegate is the holder’s; reassign and add are the account manager’s or the owner’s', () => {
    expect(handed(atCopy(), 'manager', 'copy', 'delegate', 'media')).toBe('NOT_ALLOWED');
    expect(handed(atCopy(), 'media', 'copy', 'delegate', 'media')).toBe('NOT_ALLOWED');
    expect(handed(atCopy(), 'copywriter', 'copy', 'reassign', 'media')).toBe('NOT_ALLOWED');
    expect(handed(atCopy(), 'copywriter', 'copy', 'add', 'media')).toBe('NOT_ALLOWED');
    expect(handed(atCopy(), 'copywriter', 'copy', 'delegate', 'media', '')).toBe('REASON_MISSING');
    expect(handed(atCopy(), 'copywriter', 'copy', 'delegate', 'media', 'x'.repeat(maxWords + 1))).toBe('TOO_LONG');
    expect(handed(atCopy(), 'copywriter', 'copy', 'delegate', 'media')).toBeUndefined();
    expect(handed(atCopy(), 'executive', 'copy', 'reassign', 'media')).toBeUndefined();
  });

  test('R-99: never to the author, to who signed already, to who has it, to nobody', () => {
    const paper = atArt();
    for (const to of ['designer', 'copywriter', 'artDirector', ''])
      expect(handed(paper, 'manager', 'art', 'reassign', to), to).toBe('CANNOT_HOLD');
  });

  test('the old holder cannot sign any more, the new one can, the cause is kept', () => {
    const paper = atCopy();
    expect(handed(paper, 'manager', 'copy', 'reassign', 'media')).toBeUndefined();
    expect(paper.sign('copywriter', 'copy')?.code).toBe('NOT_YET_YOUR_TURN');
    paper.open('copy', ['media']);
    expect(paper.sign('copywriter', 'copy')?.code).toBe('NOT_ALLOWED');
    expect(paper.sign('media', 'copy')).toBeUndefined();
    expect(paper.events).toContainEqual(
      expect.objectContaining({ type: 'handedOver', by: 'manager', how: 'reassign', to: 'media', words: 'away' }),
    );
  });

  test('who keeps the desk goes on deciding while a second person joins: a click in between is not lost', () => {
    const paper = atCopy();
    expect(handed(paper, 'manager', 'copy', 'add', 'media')).toBeUndefined();
    expect(paper.state('copy')).toBe('opening');
    expect(paper.sign('copywriter', 'copy')).toBeUndefined();
    expect(paper.state('copy')).toBe('passed');
    paper.open('copy', ['copywriter', 'media']);
    expect(paper.state('copy')).toBe('passed');
  });

  test('R-69: the client’s word is a request to the account executive; only account service moves the step', () => {
    const paper = atClient();
    expect(handed(paper, 'lead', 'client', 'delegate', 'contact')).toBeUndefined();
    expect(paper.events.at(-1)).toMatchObject({ type: 'handOverAsked', by: 'lead', to: 'contact' });
    expect(paper.stay('client')).toMatchObject({ state: 'open', holders: [{ personId: 'lead' }] });
    expect(handed(paper, 'executive', 'client', 'reassign', 'contact')).toBeUndefined();
    expect(paper.state('client')).toBe('opening');
  });
});

describe('withdraw', () => {
  const back = (paper: Paper, who: string, step?: string, words = 'slip') =>
    paper.does(who, {
      type: 'withdraw',
      circulation: 'c1',
      round: paper.circulation.round,
      words,
      ...(step ? { step } : {}),
    })?.code;

  test('an own decision goes back until the next person acted, then no more', () => {
    const paper = atArt();
    expect(back(paper, 'copywriter', 'copy', '')).toBe('REASON_MISSING');
    expect(back(paper, 'copywriter', 'copy', 'x'.repeat(maxWords + 1))).toBe('TOO_LONG');
    expect(back(paper, 'artDirector', 'copy')).toBe('NOTHING_TO_WITHDRAW');
    expect(back(paper, 'copywriter', 'copy')).toBeUndefined();
    expect(paper.stay('copy')).toMatchObject({ state: 'opening', decisions: [] });
    expect(paper.events.at(-1)).toMatchObject({ type: 'stepOpening', step: 'copy', to: 'copywriter', keep: [] });
    paper.open('copy', ['copywriter']);
    expect(paper.stay('art')).toMatchObject({ state: 'waiting', holders: [] });
    expect(paper.sign('artDirector', 'art', { checklist: passed })?.code).toBe('NOT_YET_YOUR_TURN');
    expect(paper.sign('copywriter', 'copy')).toBeUndefined();
    paper.open('art', ['artDirector']);
    paper.sign('artDirector', 'art', { checklist: passed });
    expect(back(paper, 'copywriter', 'copy')).toBe('NOTHING_TO_WITHDRAW');
  });

  test('across parallel branches: one decision in either branch is enough to keep what came before', () => {
    const fork = routeOf(
      author(),
      desk('lead', 'CREATIVE_DIRECTOR', { after: ['author'] }),
      desk('art', 'ART_DIRECTOR', { after: ['lead'] }),
      desk('media', 'MEDIA_DIRECTOR', { after: ['lead'] }),
      desk('join', 'ACCOUNT_DIRECTOR', { after: ['art', 'media'] }),
    );
    const paper = new Paper(fork);
    paper.open('lead', ['creativeDirector']);
    paper.sign('creativeDirector', 'lead');
    paper.open('art', ['artDirector']);
    paper.open('media', ['media']);
    paper.sign('media', 'media');
    expect(back(paper, 'creativeDirector', 'lead')).toBe('NOTHING_TO_WITHDRAW');
    expect(back(paper, 'media', 'media')).toBeUndefined();
    expect(paper.state('art')).toBe('open');
    expect(back(paper, 'creativeDirector', 'lead')).toBeUndefined();
    expect([paper.state('art'), paper.state('media')]).toEqual(['waiting', 'waiting']);
  });

  test('the author takes the paper back while nobody acted, later only an account manager or above', () => {
    expect(back(atCopy(), 'copywriter')).toBe('NOTHING_TO_WITHDRAW');
    const early = atCopy();
    expect(back(early, 'designer')).toBeUndefined();
    expect(early.circulation.status).toBe('withdrawn');
    expect(back(early, 'designer')).toBe('NOTHING_TO_WITHDRAW');
    expect(back(atArt(), 'designer')).toBe('NOTHING_TO_WITHDRAW');
    expect(back(atArt(), 'executive')).toBe('NOTHING_TO_WITHDRAW');
    expect(back(atArt(), 'manager')).toBeUndefined();
  });
});

describe('move a date', () => {
  const move = (paper: Paper, who: string, dueAt: string, words = 'late copy') =>
    paper.does(who, { type: 'moveDate', ...paper.at('copy'), dueAt, words })?.code;

  test('R-51: the owner or a manager, with the reason; both dates are kept', () => {
    expect(move(atCopy(), 'copywriter', hour(9))).toBe('NOT_ALLOWED');
    expect(move(atCopy(), 'manager', hour(9), '')).toBe('REASON_MISSING');
    expect(move(atCopy(), 'manager', hour(-9))).toBe('FIELD_WRONG');
    expect(move(atCopy(), 'manager', 'Friday')).toBe('FIELD_WRONG');
    expect(move(atCopy(), 'manager', hour(9), 'x'.repeat(maxWords + 1))).toBe('TOO_LONG');
    const paper = atCopy();
    expect(move(paper, 'executive', hour(9))).toBeUndefined();
    expect(paper.events.at(-1)).toMatchObject({ type: 'dateMoved', from: hour(4), to: hour(9), words: 'late copy' });
    expect(paper.stay('copy')?.dueAt).toBe(hour(9));
  });
});
