import { describe, expect, test } from 'vitest';
import type { Agency } from './agency.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { bookUntil, person } from './agency.ts';

const hour = 3_600_000;
/** The order on the account director's desk. */
const where = { circulation: 'workOrder', round: 1, step: 'accountDirector' } as const;
const inHours = (job: Agency, hours: number): string => new Date(job.now + hours * hour).toISOString();

/** Moves the date of the desk; what was mailed because of it. */
function moves(job: Agency, who: string): readonly { readonly to: string; readonly link: boolean }[] {
  const before = job.mails.length;
  job.does(who, { type: 'moveDate', ...where, dueAt: inHours(job, 30), words: '客户出差' });
  const told = job.mails.slice(before);
  expect(told.map(({ input }) => input.kind)).toEqual(told.map(() => 'dateSet'));
  expect(new Set(told.map(({ name }) => name)).size).toBe(told.length);
  return told.map(({ input }) => ({
    to: 'position' in input.to ? input.to.position : input.to.personId,
    link: input.grantId !== undefined,
  }));
}

describe('R-51, R-59: a date that somebody moves', () => {
  test('by the owner of the job: whoever has the desk hears of it, with their link', () => {
    expect(moves(bookUntil('ORDER_SIGNOFF'), 'executive')).toEqual([{ to: 'director', link: true }]);
  });

  test('by an account manager: so does who answers for the job', () => {
    expect(moves(bookUntil('ORDER_SIGNOFF'), 'manager')).toEqual([
      { to: 'director', link: true },
      { to: 'owner', link: false },
    ]);
  });

  test('by the one who has the desk: nobody is told what they did themselves', () => {
    expect(moves(bookUntil('ORDER_SIGNOFF'), 'director')).toEqual([{ to: 'owner', link: false }]);
  });

  test('bad input: the past, a year mistyped by a century, no moment, no reason: refused with what would be right, nothing changed', () => {
    const job = bookUntil('ORDER_SIGNOFF');
    const move = (dueAt: string, words = 'x') =>
      job.send(person('executive'), { type: 'moveDate', ...where, dueAt, words });
    const { seq } = job.state;
    expect(move(inHours(job, -1))).toMatchObject({ code: 'FIELD_WRONG', field: 'dueAt', params: { why: 'past' } });
    const far = move('2099-03-12T01:00:00.000Z');
    expect(far).toMatchObject({ code: 'FIELD_WRONG', field: 'dueAt', params: { why: 'farAhead' } });
    if (!far) throw new Error('not refused');
    expect(sayRefusal(far, 'zh')).toContain('离现在超过两年，请核对年份');
    expect(sayRefusal(far, 'en')).toContain('more than two years ahead');
    expect(move('soon')).toMatchObject({ code: 'FIELD_WRONG', field: 'dueAt' });
    expect(move(inHours(job, 9), ' ')).toMatchObject({ code: 'REASON_MISSING', field: 'words' });
    const note = { kind: 'onIt', until: '2099-03-12T01:00:00.000Z' } as const;
    expect(job.send(person('director'), { type: 'note', ...where, note, words: '' })).toMatchObject({
      code: 'FIELD_WRONG',
      field: 'note.until',
    });
    expect(job.state.seq).toBe(seq);
  });

  test('both dates and the reason are kept, twice moved is told twice, and the step stays where it is', () => {
    const job = bookUntil('ORDER_SIGNOFF');
    const stay = () => job.running('workOrder').stays.find(({ step }) => step === where.step);
    const first = stay()?.dueAt;
    moves(job, 'manager');
    const second = stay()?.dueAt;
    moves(job, 'manager');
    const kept = job.events.flatMap((event) => (event.type === 'dateMoved' ? [event] : []));
    expect(kept.map(({ from, to, words, by }) => [from, to, words, by])).toEqual([
      [first, second, '客户出差', 'manager'],
      [second, stay()?.dueAt, '客户出差', 'manager'],
    ]);
    expect(stay()).toMatchObject({ state: 'open', decisions: [], dueMoved: true });
    expect(job.mails.filter(({ input }) => input.kind === 'dateSet')).toHaveLength(4);
  });
});
