import { describe, expect, test } from 'vitest';
import { caseProcess } from '../../domain/cases/process.ts';
import { minutesProcess } from '../../domain/minutes/process.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../domain/minutes/state.ts';
import { scheduleProcess } from '../../domain/schedule/process.ts';
import { upcastCase, upcastMinutes, upcastSchedule } from '../../workflows/upcast/case.ts';
import { Play, paperOf } from '../domain/cases/play.ts';
import { frozenCaseStates } from './case-states.ts';

const frozen = frozenCaseStates();
const ofMinutes = frozen.filter(({ name }) => name.startsWith('minutes-'));

/** Minutes of a release as this one takes them over, at the moment their last entry was written. */
function takenOver(name: string, now: string): Play<MinutesState, MinutesAct, MinutesEvent> {
  const found = ofMinutes.find((one) => one.name === name);
  const play: Play<MinutesState, MinutesAct, MinutesEvent> = new Play(minutesProcess, upcastMinutes(found?.state));
  play.now = now;
  return play;
}

describe('states of meetings and minutes of every release are read by this one', () => {
  test('release 0.1.0 left one of each that is kept', () => {
    expect(frozen.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['meeting-ANNOUNCED-0.1.0', 'minutes-SENT-0.1.0', 'minutes-FILED_TACIT-0.1.0']),
    );
  });

  test.each(frozen)('$name: is taken over whole, and its clock goes on', ({ name, state }) => {
    const minutes = name.startsWith('minutes-');
    const schedule = name.startsWith('schedule-');
    const upcast = minutes ? upcastMinutes : schedule ? upcastSchedule : upcastCase;
    const taken = upcast(structuredClone(state));
    expect(taken).toEqual(state);
    const due = minutes
      ? minutesProcess.due(upcastMinutes(state))
      : schedule
        ? scheduleProcess.due(upcastSchedule(state))
        : caseProcess.due(taken);
    const still = name.includes('FILED');
    expect(due === undefined, 'what has ended waits for nothing').toBe(still);
  });

  test('R-136: minutes that an earlier release sent are deemed confirmed at the close its calendar gave', () => {
    const play = takenOver('minutes-SENT-0.1.0', '2026-03-10T02:20:00.000Z');
    play.until('2026-03-11 16:59');
    expect(play.state.state).toBe('SENT');
    play.until('2026-03-11 17:00');
    expect(play.state.state).toBe('DEEMED_CONFIRMED');
  });

  test('R-138: minutes that an earlier release filed as deemed confirmed still take the signature', () => {
    const play = takenOver('minutes-FILED_TACIT-0.1.0', '2026-03-20T02:00:00.000Z');
    play.act('client-1', { type: 'move', move: 'sign', hash: String(paperOf('F-15').facts['copyHash']) });
    expect(play.state.verdicts.map(({ kind }) => kind)).toEqual(['deemed', 'signed']);
  });

  test('a state of a release to come is refused by name, never misread', () => {
    for (const state of [{ stateVersion: 2, definition: {}, clocks: {} }, {}, undefined, 'x'])
      for (const upcast of [upcastCase, upcastMinutes, upcastSchedule]) expect(() => upcast(state)).toThrow(/cannot read/);
  });
});
