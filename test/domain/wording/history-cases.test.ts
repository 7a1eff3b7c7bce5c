import { describe, expect, test } from 'vitest';
import { meeting } from '../../../domain/cases/meeting.ts';
import { minutesCase } from '../../../domain/minutes/definition.ts';
import type { MinutesEvent } from '../../../domain/minutes/state.ts';
import { caseHistoryWords } from '../../../domain/wording/history-cases.ts';

const at = '2026-03-11T09:00:00.000Z';
const report = { notice: 'confirmMinutes', sent: 4, personId: 'client-1', at } as const;
const told: readonly MinutesEvent[] = [
  { type: 'caseMoved', move: 'deem', from: 'SENT', to: 'DEEMED_CONFIRMED' },
  { type: 'itemTicked', list: 'pack', item: 'C-64', answer: 'pass', by: 'ae-1' },
  { type: 'itemTicked', list: 'pack', item: 'C-65', answer: 'na', by: 'ae-1', note: 'x' },
  { type: 'clockRang', clock: 'delivery', rung: 0 },
  { type: 'mailReported', ...report, outcome: 'accepted' },
  { type: 'mailReported', ...report, outcome: 'failed' },
  { type: 'mailBounced', ...report },
  { type: 'commandRefused', commandId: 'c', act: 'move', refusal: { refused: true, code: 'ALREADY_DECIDED' } },
  { type: 'taskSettled', task: 'v1.1', done: true, by: 'ae-1' },
  { type: 'taskSettled', task: 'v1.1', done: false, by: 'ae-1' },
  { type: 'taskReminded', task: 'v1.1' },
  { type: 'lateObjection', by: 'client-1', words: 'x', at },
];
const kept: readonly MinutesEvent[] = [
  { type: 'clockCounted', clock: 'window', count: 4, at: [at], provisional: false },
  { type: 'clockRecounting', clock: 'window' },
  { type: 'tasksCounted', count: 4, at: [at], provisional: false },
  { type: 'tasksRecounting' },
];

describe('the history of meetings and minutes in words', () => {
  test.each(told)('$type is a sentence in both languages, without a key or a gap', (event) => {
    const said = caseHistoryWords(event, minutesCase, () => '周岚');
    for (const sentence of [said?.zh ?? '', said?.en ?? ''])
      expect(sentence).not.toMatch(/^$|[{}…]|[A-Z]_[A-Z]|undefined/);
    expect(said?.zh).toMatch(/\p{Script=Han}/u);
  });

  test('silence is named as what it is; a person is named by name', () => {
    const [deemed, , , , accepted] = told.map((event) => caseHistoryWords(event, minutesCase, () => '周岚'));
    expect(deemed).toEqual({
      zh: '默认确认，现在：默认确认',
      en: 'Deemed Confirmed; now: deemed confirmed',
    });
    expect(accepted?.zh).toContain('周岚');
  });

  test.each(kept)('$type is the service’s own book-keeping and stays out', (event) => {
    expect(caseHistoryWords(event, meeting, () => '')).toBeUndefined();
  });
});
