import { mkdirSync, writeFileSync } from 'node:fs';
import { caseProcess, newCase } from '../../domain/cases/process.ts';
import { meeting } from '../../domain/cases/meeting.ts';
import { minutesProcess } from '../../domain/minutes/process.ts';
import { initialMinutes } from '../../domain/minutes/state.ts';
import { scheduleProcess } from '../../domain/schedule/process.ts';
import { initialSchedule } from '../../domain/schedule/state.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from '../../domain/schedule/state.ts';
import type { CaseState } from '../../domain/cases/state.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../domain/minutes/state.ts';
import type { AnyCaseAct, CaseEvent } from '../../domain/cases/acts.ts';
import { inShanghai } from '../domain/calendar/calendars.ts';
import { about, paperOf, Play } from '../domain/cases/play.ts';
import { caseStatesFolder } from './case-states.ts';

/** Writes what a meeting and minutes of this release look like at rest: `tsx test/states/record-cases.ts 0.1.0`. */
const release = process.argv[2] ?? '';
if (!/^\d+\.\d+\.\d+$/.test(release)) throw new Error('usage: tsx test/states/record-cases.ts <release>');

function keep(name: string, state: CaseState): void {
  mkdirSync(caseStatesFolder, { recursive: true });
  const head = { seq: state.seq, hash: 'h' };
  writeFileSync(`${caseStatesFolder}${name}-${release}.json`, `${JSON.stringify({ ...state, head, effects: [] })}\n`);
}

const meetings: Play<CaseState, AnyCaseAct, CaseEvent> = new Play(caseProcess, newCase('m1', meeting));
meetings.act('ae-1', { type: 'begin', ...about });
meetings.act('ae-1', { type: 'move', move: 'announce', paper: paperOf('F-13') });
keep('meeting-ANNOUNCED', meetings.state);

const play: Play<MinutesState, MinutesAct, MinutesEvent> = new Play(minutesProcess, initialMinutes('m1/minutes'));
play.now = inShanghai('2026-03-10 10:00');
play.act('ae-1', { type: 'begin', ...about, origin: 'm1' });
keep('minutes-DUE', play.state);
const paper = paperOf('F-15');
play.act('ae-1', { type: 'move', move: 'submit', paper });
keep('minutes-AT_SUPERVISOR', play.state);
play.until('2026-03-10 10:20').act('am-1', { type: 'move', move: 'approve', hash: paper.hash });
keep('minutes-SENT', play.state);
play.until('2026-03-11 17:30');
keep('minutes-DEEMED_CONFIRMED', play.state);
play.act('ae-1', { type: 'settleTask', task: 'v1.1', done: true });
play.act('ae-1', { type: 'move', move: 'fileTacit' });
keep('minutes-FILED_TACIT', play.state);

const schedule: Play<ScheduleState, ScheduleAct, ScheduleEvent> = new Play(scheduleProcess, initialSchedule('schedule-s1'));
schedule.now = inShanghai('2026-03-10 10:00');
schedule.act('ae-1', { type: 'begin', ...about, parts: {}, jobId: 'job-s1' });
schedule.act('ae-1', { type: 'move', move: 'layDown', paper: paperOf('F-11') });
const [first] = schedule.state.entries;
schedule.act('artist-1', { type: 'confirmEntry', entry: first?.id ?? '', mark: first?.mark ?? '' });
keep('schedule-SCHEDULED', schedule.state);
