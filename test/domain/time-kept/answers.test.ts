import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../domain/minutes/state.ts';
import { answersOf } from '../../../domain/time-kept/answers.ts';

const from = '2026-03-01T00:00:00.000Z';
const stay = {
  side: 'client',
  holders: ['li'],
  decidedBy: [],
  dueAt: '2026-03-10T00:00:00.000Z',
  closedAt: '2026-03-12T00:00:00.000Z',
} as const;
const verdict = (kind: Verdict['kind'], version = 1, at = '2026-03-12T00:00:00.000Z'): Verdict => ({
  kind,
  version,
  at,
  seq: 1,
});
const counted = (stays: Parameters<typeof answersOf>[0], verdicts: readonly Verdict[] = []) =>
  answersOf(stays, verdicts.length === 0 ? [] : [{ confirmers: ['li'], verdicts }], from);
const none = { answered: 0, unanswered: 0, overdue: 0, deemed: 0 };

describe('issue 4, 6: closed without answer is counted per person', () => {
  test('a desk that closed without anybody’s answer, late or not', () => {
    const early = { ...stay, closedAt: '2026-03-09T00:00:00.000Z' };
    expect(counted([stay, early])).toEqual([
      { personId: 'li', side: 'client', ...none, asked: 2, unanswered: 2, overdue: 1 },
    ]);
  });

  test('an answer, also a late one, is an answer; where somebody else answered the others owe nothing', () => {
    expect(counted([{ ...stay, holders: ['li', 'wu'], decidedBy: ['li'] }])).toEqual([
      { personId: 'li', side: 'client', ...none, asked: 1, answered: 1 },
    ]);
  });

  test('minutes: deemed apart from closed without answer; a signature or an objection is an answer', () => {
    expect(counted([], [verdict('deemed')])).toMatchObject([{ ...none, asked: 1, deemed: 1 }]);
    expect(counted([], [verdict('unanswered')])).toMatchObject([{ ...none, asked: 1, unanswered: 1, overdue: 1 }]);
    expect(counted([], [verdict('objected'), verdict('signed', 2)])).toMatchObject([
      { ...none, asked: 2, answered: 2 },
    ]);
  });

  test('R-135, R-136: a late signature takes the place of silence, a bounce takes silence away, a late objection leaves it', () => {
    expect(counted([], [verdict('deemed'), verdict('signed')])).toMatchObject([{ ...none, asked: 1, answered: 1 }]);
    expect(counted([], [verdict('unanswered'), verdict('signed')])).toMatchObject([{ ...none, asked: 1, answered: 1 }]);
    expect(counted([], [verdict('deemed'), verdict('annulled')])).toEqual([]);
    expect(counted([], [verdict('deemed'), verdict('lateObjection')])).toMatchObject([
      { ...none, asked: 1, deemed: 1 },
    ]);
  });

  test('what came before the time looked at is left out; who left most without an answer stands first', () => {
    expect(counted([], [verdict('deemed', 1, '2026-02-01T00:00:00.000Z')])).toEqual([]);
    const answered = { ...stay, holders: ['an'], decidedBy: ['an'] };
    expect(counted([answered, answered, stay]).map(({ personId }) => personId)).toEqual(['li', 'an']);
  });
});
