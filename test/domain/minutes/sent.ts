import { expect } from 'vitest';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes } from '../../../domain/minutes/state.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../../domain/minutes/state.ts';
import { inShanghai, office } from '../calendar/calendars.ts';
import { Play, about, paperOf, said } from '../cases/play.ts';

/** Minutes as a test plays them. */
export type Minutes = Play<MinutesState, MinutesAct, MinutesEvent>;

/** The minutes of the tests, with one action: the artist, by Monday 16 March. */
export const paper = paperOf('F-15');
/** Names the copy that the client signs. */
export const copy = String(paper.facts['copyHash']);

/** A move by its name. */
export const move = (name: string, more: object = {}) => ({ type: 'move', move: name, ...more }) as const;

/** Minutes of a meeting that ended on Tuesday 10 March at 10:00, lying with their reviewer. */
export function atReviewer(): Minutes {
  const play: Minutes = new Play(minutesProcess, initialMinutes('m1/minutes'));
  play.now = inShanghai('2026-03-10 10:00');
  expect(said(play.act('ae-1', { type: 'begin', ...about, origin: 'm1' }))).toBe('caseBegun');
  expect(said(play.act('ae-1', move('submit', { paper })))).toBe('caseMoved');
  return play;
}

/** The same at the client since 10:20; how the mail fared is for the test to say. */
export function atClient(post: Minutes['post'] = 'accepted'): Minutes {
  const play = atReviewer();
  play.until('2026-03-10 10:20').post = post;
  expect(said(play.act('am-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
  expect(play.state.state).toBe('SENT');
  return play;
}

/** Minutes at the client with two actions, one due in what the office has published, one behind it. */
export function farAhead(): Minutes {
  const play = atClient();
  play.calendar = { ...office, publishedThrough: '2026-12-31' };
  play.act('client-1', move('object', { hash: copy, words: '日期不对' }));
  const rows = ['2026-03-16', '2027-03-15'].map((keyDate) => ({ action: '改', executor: 'artist-1', keyDate }));
  const better = paperOf('F-15', { nextSteps: rows });
  expect(said(play.act('ae-1', move('submit', { paper: better })))).toBe('caseMoved');
  expect(said(play.act('am-1', move('approve', { hash: better.hash })))).toBe('caseMoved caseMoved');
  return play;
}
