import { describe, expect, test } from 'vitest';
import type { FormId } from '../../domain/wording/papers.ts';
import { checkPaper, freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { copyHash, copyOf } from '../../papers/meetings/minutes.ts';
import { samples } from './samples.ts';

const facts = (id: FormId, change: Record<string, unknown> = {}) =>
  freeze(forms[id], { ...samples[id], ...change }).facts;
const wrong = (id: FormId, change: Record<string, unknown>): string[] => {
  const checked = checkPaper(forms[id], { ...samples[id], ...change });
  return checked.ok ? [] : checked.problems.map(({ field, code }) => `${field} ${code}`);
};
const longId = (n: number): string => `p${String(n).padStart(63, '0')}`;
const fill = <T>(n: number, of: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => of(at));

describe('F-13', () => {
  test('R-120: time, place and the participants of both sides are facts', () => {
    expect(facts('F-13')).toEqual({
      complete: true,
      missing: [],
      meetingTime: '2026-03-12T06:00:00.000Z',
      participants: ['client-1', 'ae-1'],
      inBothForms: true,
    });
  });

  test('R-125, S-60: an invitee without a task is refused', () => {
    expect(wrong('F-13', { internalParticipants: [{ person: 'ae-1' }] })).toEqual([
      'internalParticipants.0.task MISSING',
    ]);
  });

  test('R-121: papers that come in one form only are seen', () => {
    expect(facts('F-13', { papersNeeded: [{ name: '预算', electronic: true }] })).toMatchObject({ inBothForms: false });
  });
});

describe('F-14', () => {
  test('R-124: topics stand one by one, each with its time', () => {
    expect(wrong('F-14', { topics: [{ topic: '海报' }] })).toEqual(['topics.0.minutes MISSING']);
    expect(facts('F-14')).toMatchObject({ topics: 1, minutes: 30 });
  });

  test('R-123: whom it was discussed with and what the client wants to talk about may not be left out', () => {
    expect(wrong('F-14', { discussedWith: undefined, clientTopics: [] })).toEqual([
      'clientTopics MISSING',
      'discussedWith MISSING',
    ]);
  });
});

describe('F-15', () => {
  test('the facts the guards ask', () => {
    expect(facts('F-15')).toEqual({
      complete: true,
      missing: [],
      recipients: ['client-1', 'ae-1', 'am-1'],
      executors: ['artist-1'],
      keyDates: ['2026-03-16'],
      notice: true,
      copyHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  test.each(['executor', 'keyDate'])('R-132, S-61: a next step without %s is named', (key) => {
    const row: Record<string, unknown> = { action: '标题放大', executor: 'artist-1', keyDate: '2026-03-16' };
    delete row[key];
    expect(wrong('F-15', { nextSteps: [row] })).toEqual([`nextSteps.0.${key} MISSING`]);
    expect(facts('F-15', { nextSteps: [row] })).toMatchObject({ complete: false, missing: ['nextSteps'] });
  });

  test('R-136: without the notice of the objection period the minutes are not complete', () => {
    expect(facts('F-15', { notice: undefined })).toMatchObject({ complete: false, notice: false });
    expect(wrong('F-15', { notice: false })[0]).toMatch(/^notice /);
  });

  test('R-139, S-67: the confidential paragraph is in no copy, and the copy has its own name', () => {
    const content = freeze(forms['F-15'], samples['F-15']).content;
    expect(copyOf(content)).not.toHaveProperty('restrictedNotes');
    expect(JSON.stringify(copyOf(content))).not.toContain('未公开');
    expect(facts('F-15', { restrictedNotes: '另一件事' })['copyHash']).toBe(copyHash(content));
    expect(facts('F-15', { subject: '别的' })['copyHash']).not.toBe(copyHash(content));
  });
});

test('R-134: a telephone record says whether a decision was taken', () => {
  expect(facts('F-16', { decided: true })).toMatchObject({ decided: true, toConfirm: 1 });
  expect(wrong('F-16', { decided: undefined })).toEqual(['decided MISSING']);
});

test('facts of meetings stay within 4 KB when every list is as full as the form allows', () => {
  const full = [
    facts('F-13', {
      clientParticipants: fill(20, longId),
      internalParticipants: fill(20, (at) => ({ person: longId(at + 20), task: '听' })),
    }),
    facts('F-14', { discussedWith: fill(20, longId) }),
    facts('F-15', {
      participants: fill(15, longId),
      copiesTo: fill(15, (at) => longId(at + 15)),
      nextSteps: fill(20, (at) => ({ action: '做', executor: longId(at), keyDate: '2026-03-16' })),
      subject: undefined,
    }),
  ];
  for (const one of full) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThanOrEqual(4096);
  expect(full[0]?.['participants']).toHaveLength(40);
  expect(full[2]?.['recipients']).toHaveLength(30);
  expect(full[2]?.['executors']).toHaveLength(20);
});
