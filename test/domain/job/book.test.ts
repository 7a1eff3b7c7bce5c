import { describe, expect, test } from 'vitest';
import { answersOf } from '../../../domain/job/answers.ts';
import { jobPhases } from '../../../domain/job/state.ts';
import { bookUntil, person } from './agency.ts';

describe('a job by the book', () => {
  test('M-01: goes from the task sheet to the archive', () => {
    const agency = bookUntil('ARCHIVED');
    expect(agency.state.phase).toBe('ARCHIVED');
    expect(agency.state.jobNumber).toBe('YFLC2026001');
    expect(agency.state.sealed?.hash).toBe('sealed-hash');
    const moves = agency.events.flatMap((event) => (event.type === 'phaseChanged' ? [event.to] : []));
    expect(moves).toEqual([
      'BRIEFED',
      'ASSESSING',
      'OPENED',
      'ORDER_SIGNOFF',
      'CREATING',
      'INTERNAL_REVIEW',
      'PROPOSED',
      'CLIENT_CONFIRMED',
      'IN_PRODUCTION',
      'ARTWORK_QC',
      'PROOF_QC',
      'DELIVERED',
      'TRACKING',
      'CLOSING',
      'ARCHIVED',
    ]);
  });

  test.each(jobPhases.filter((phase) => !['ALIGNING', 'REVISING', 'CANCELLED', 'ARCHIVED'].includes(phase)))(
    'R-58, S-38: at %s state, holder, since when, next action and due are never empty',
    (phase) => {
      const answers = answersOf(bookUntil(phase).state);
      expect(answers.phase).toBe(phase);
      expect(answers.since).not.toBe('');
      expect(answers.holders.length).toBeGreaterThan(0);
      expect(answers.next.length).toBeGreaterThan(0);
      expect(answers.due).toBeDefined();
    },
  );

  test('the state of a whole job stays small', () => {
    expect(JSON.stringify(bookUntil('ARCHIVED').state).length).toBeLessThan(64 * 1024);
  });

  test('a command id counts once, whatever the act', () => {
    const agency = bookUntil('REQUESTED');
    const before = agency.state;
    agency.send(person('manager'), { type: 'hold', words: 'x' }, 'same');
    const after = agency.state;
    expect(after.seq).toBe(before.seq + 1);
    agency.send(person('manager'), { type: 'resume' }, 'same');
    expect(agency.state).toBe(after);
  });
});
