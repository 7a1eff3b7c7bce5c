import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeCaseAct, parseCaseAct } from '../../papers/acts-case.ts';
import { samples } from './samples.ts';

const at = '2026-03-12T08:30:00.000Z';
const about = { title: '提案会', clientId: 'yunfeng', brandId: 'yunfeng', ownerId: 'ae-1' };
const parts = { confirmer: ['client-1'], reviewer: ['am-1'] };
const good = [
  { type: 'begin', ...about, jobId: 'job-abc', from: at, parts },
  { type: 'move', move: 'submit', paper: { form: 'F-15', content: samples['F-15'] } },
  {
    type: 'move',
    move: 'object',
    hash: 'b'.repeat(64),
    words: '日期不对',
    happenedAt: at,
    parts: { confirmer: ['c'] },
  },
  { type: 'tick', list: 'pack', item: 'C-64', answer: 'na', note: '电话会议' },
  { type: 'settleTask', task: 'v1.2', done: false, words: '等客户资料' },
] as const;

/** Fields that are wrong, as people are told. */
const wrong = (input: unknown): string[] => {
  const parsed = parseCaseAct(input);
  return parsed.ok ? [] : parsed.problems.map(({ field }) => field);
};

describe('acts on meetings and minutes from outside', () => {
  test.each(good)('a good $type is taken as it is', (act) => {
    expect(wrong(act)).toEqual([]);
  });

  test('a paper is frozen: the act carries its hash and facts, the content goes to the store', () => {
    const parsed = parseCaseAct(good[1]);
    const frozen = parsed.ok ? freezeCaseAct(parsed.act) : parsed;
    if (!frozen.ok || frozen.act.type !== 'move') throw new Error('not frozen');
    expect(frozen.papers).toHaveLength(1);
    expect(frozen.act.paper).toMatchObject({ form: 'F-15', hash: frozen.papers[0]?.hash, facts: { complete: true } });
    expect(JSON.stringify(frozen.act)).not.toContain('客户明年预算未公开');
  });

  test('what is too long, too much, of another kind or nobody’s to say is named by its field', () => {
    const many = Array.from({ length: 61 }, (_, n) => `p-${n}`);
    expect(wrong({ ...good[2], words: '长'.repeat(4001) })).toEqual(['words']);
    expect(wrong({ ...good[0], parts: { team: many } })).toEqual(['parts.team']);
    expect(wrong({ ...good[0], parts: Object.fromEntries(many.map((id) => [id, []])) })).toEqual(['parts']);
    expect(wrong({ ...good[0], origin: 'case-12345678' })).toEqual(['origin']);
    expect(wrong({ ...good[2], hash: 'B'.repeat(64), happenedAt: 'yesterday' }).sort()).toEqual(['happenedAt', 'hash']);
    expect(wrong({ ...good[4], task: '../1' })).toEqual(['task']);
    for (const type of ['deem', 'mailed', 'bounced', 'counted', 'rung', 'told', 'refresh', 'taskDue', 'constructor'])
      expect(wrong({ type }), type).toEqual(['type']);
  });

  test('any input has an answer', () => {
    fc.assert(fc.property(fc.anything(), (input) => Array.isArray(wrong(input))));
    const type = fc.constantFrom('begin', 'move', 'tick', 'settleTask');
    fc.assert(fc.property(type, fc.object(), (name, more) => Array.isArray(wrong({ ...more, type: name }))));
  });
});
