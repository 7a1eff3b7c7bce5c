import { expect } from 'vitest';
import { scheduleProcess } from '../../../domain/schedule/process.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from '../../../domain/schedule/state.ts';
import { initialSchedule } from '../../../domain/schedule/state.ts';
import { inShanghai } from '../calendar/calendars.ts';
import { about, paperOf, Play, said } from '../cases/play.ts';

/** A schedule as a test plays it. */
export type Schedule = Play<ScheduleState, ScheduleAct, ScheduleEvent>;

/** A row of F-11 as a test writes it. */
export interface Row {
  readonly task: string;
  readonly owner: string;
  /** On a wall clock in Shanghai. */
  readonly node: string;
  readonly standard?: string;
  readonly stage?: string;
}

/** Two tasks of two people: the artist by Monday 16 March 16:00, the media buyer by Wednesday 18 March 10:00. */
export const two: readonly Row[] = [
  { task: '现场搭建', owner: 'artist-1', node: '2026-03-16 16:00' },
  { task: '旗帜上线', owner: 'media-1', node: '2026-03-18 10:00' },
];

/** F-11 with these rows, frozen. */
export function scheduleOf(rows: readonly Row[]) {
  const entries = rows.map(({ task, owner, node, standard = '到位', stage = '执行' }) => ({
    stage,
    task,
    owner,
    timeNode: inShanghai(node),
    standard,
  }));
  return paperOf('F-11', { entries });
}

/** The act that lays these rows down. */
export function laying(rows: readonly Row[]): ScheduleAct {
  return { type: 'move', move: 'layDown', paper: scheduleOf(rows) };
}

/** A schedule that was begun on Tuesday 10 March at 10:00 and has nothing in it yet. */
export function begun(): Schedule {
  const play: Schedule = new Play(scheduleProcess, initialSchedule('schedule-s1'));
  play.now = inShanghai('2026-03-10 10:00');
  const { parts: _none, ...rest } = about;
  expect(said(play.act('ae-1', { type: 'begin', ...rest, parts: {}, jobId: 'job-s1' }))).toBe('caseBegun');
  return play;
}

/** The same with its first version laid down. */
export function laid(rows: readonly Row[] = two): Schedule {
  const play = begun();
  expect(said(play.act('ae-1', laying(rows)))).toBe('caseMoved');
  return play;
}

/** An executor's word about an entry, with the mark it has now unless another is given. */
export function word(
  play: Schedule,
  type: 'confirmEntry' | 'declineEntry' | 'reportEntry',
  entry: string,
  more: object = {},
): ScheduleAct {
  const mark = play.state.entries.find(({ id }) => id === entry)?.mark ?? 'none';
  const said = { confirmEntry: {}, declineEntry: { words: '人手不够' }, reportEntry: { evidence: '现场照片 12 张' } }[
    type
  ];
  return { type, entry, mark, ...said, ...more } as ScheduleAct;
}

/** How the entries stand, by their ids. */
export function standing({ state }: Schedule): Readonly<Record<string, string>> {
  return Object.fromEntries(state.entries.map((entry) => [entry.id, entry.state]));
}
