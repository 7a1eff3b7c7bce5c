import { expect, test } from 'vitest';
import { checkPaper, freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { executionSchedule, scheduleRowsOf, withOwners } from '../../papers/timing/schedule.ts';
import { samples } from './samples.ts';

const row = {
  stage: '执行',
  task: '搭建',
  owner: 'artist-1',
  timeNode: '2026-03-20T08:00:00.000Z',
  standard: '到位',
};
const facts = (...entries: object[]) => freeze(executionSchedule, { entries }).facts;

test('R-52: a task without person, date or standard is named with its row and what is missing, in both languages', () => {
  const { owner: _owner, ...nobody } = row;
  const { timeNode: _node, ...undated } = { ...row, task: '上线' };
  const { standard: _standard, ...unmeasured } = { ...row, task: '通稿' };
  const checked = checkPaper(executionSchedule, { entries: [nobody, undated, unmeasured] });
  expect(checked.ok ? [] : checked.problems).toEqual([
    expect.objectContaining({ field: 'entries.0.owner', zh: '“排期任务，第 1 行，负责人”还没有填写，请填写。' }),
    expect.objectContaining({
      field: 'entries.1.timeNode',
      en: '“Tasks, row 2, Time Node” is not filled in; please fill it in.',
    }),
    expect.objectContaining({ field: 'entries.2.standard' }),
  ]);
});

test('what an executor promises has a name of its own: task, person, node and standard change it, stage and order do not', () => {
  const of = (change: object): unknown => (facts({ ...row, ...change })['marks'] as string[])[0];
  const as = of({});
  expect(as).toMatch(/^[A-Za-z0-9_-]{12}$/);
  expect(of({ stage: '收尾' })).toBe(as);
  for (const change of [
    { task: '拆除' },
    { owner: 'b' },
    { timeNode: '2026-03-21T08:00:00.000Z' },
    { standard: '验收' },
  ])
    expect(of(change)).not.toBe(as);
});

test('the same task twice is named, whatever blanks stand around it', () => {
  const checked = checkPaper(executionSchedule, { entries: [row, { ...row, task: ' 搭建 ' }] });
  expect(checked.ok ? [] : checked.problems.map(({ field, code }) => [field, code])).toEqual([['entries', 'RULE']]);
});

test('facts stay within 4 KB at thirty tasks of people with the longest ids, and thirty-one are too many', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, at) => ({ ...row, task: `任务 ${at}`, owner: `p${String(at).padStart(63, '0')}` }));
  expect(Buffer.byteLength(JSON.stringify(facts(...many(30))))).toBeLessThanOrEqual(4096);
  const checked = checkPaper(executionSchedule, { entries: many(31) });
  expect(checked.ok ? [] : checked.problems.map(({ code }) => code)).toEqual(['TOO_MANY']);
});

test('kept rows are read whatever lies there, and owners are put in their places', () => {
  expect(scheduleRowsOf(undefined)).toEqual([]);
  expect(scheduleRowsOf({ entries: [7, { task: 1 }] })).toHaveLength(2);
  const content = freeze(forms['F-11'], samples['F-11']).content;
  expect(scheduleRowsOf(withOwners(content, [undefined, 'media-2'])).map(({ owner }) => owner)).toEqual([
    'artist-1',
    'media-2',
  ]);
});
