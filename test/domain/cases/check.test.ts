import { describe, expect, test } from 'vitest';
import { checkCase } from '../../../domain/cases/check.ts';
import type { CaseDefinition, ClockDefinition, MoveDefinition } from '../../../domain/cases/definition.ts';
import { tellsOf } from '../../../domain/cases/definition.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { newCase } from '../../../domain/cases/process.ts';
import { standardCases } from '../../../domain/cases/standard.ts';
import { minutesCase } from '../../../domain/minutes/definition.ts';
import { caseWords, noticeWords } from '../../../domain/wording/cases.ts';
import { checkItem } from '../../../domain/wording/checklists.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { refuse } from '../../../domain/process.ts';
import { freeze } from '../../../papers/form.ts';
import { forms } from '../../../papers/index.ts';
import { samples } from '../../papers/samples.ts';

const codes = (definition: CaseDefinition): string[] => checkCase(definition).map(({ code, at }) => `${code} ${at}`);
const withMove = (of: CaseDefinition, key: string, change: Partial<MoveDefinition>): CaseDefinition => {
  const move = of.moves[key] ?? { title: of.title, from: [of.first], to: of.first, by: ['owner'] };
  return { ...of, moves: { ...of.moves, [key]: { ...move, ...change } } };
};
const withClock = (of: CaseDefinition, key: string, change: Partial<ClockDefinition>): CaseDefinition => {
  const clock = of.clocks[key];
  if (!clock) throw new Error(`no clock ${key}`);
  return { ...of, clocks: { ...of.clocks, [key]: { ...clock, ...change } } };
};
const without = (of: CaseDefinition, ...keys: readonly string[]): CaseDefinition => ({
  ...of,
  moves: Object.fromEntries(Object.entries(of.moves).filter(([name]) => !keys.includes(name))),
});
const title = { zh: '其他', en: 'other' };

describe.each(Object.entries(standardCases))('%s as shipped', (id, definition) => {
  test('holds together, and says so under its own name', () => {
    expect(codes(definition)).toEqual([]);
    expect(definition.id).toBe(id);
  });

  test('every fact a move or a clock asks for is a fact of its form', () => {
    const asked = [
      ...Object.values(definition.moves).flatMap(({ facts = [], about, takes, brings }) => [
        ...facts,
        ...(about?.fact === undefined ? [] : [{ form: about.form, fact: about.fact }]),
        ...(takes && brings ? [{ form: brings, fact: takes.fact }] : []),
      ]),
      ...Object.values(definition.clocks).flatMap(({ from }) => (from.on === 'fact' ? [from] : [])),
    ];
    for (const { form, fact } of asked) expect(Object.keys(freeze(forms[form], samples[form]).facts)).toContain(fact);
  });

  test('its states, parts, notices and check items have words', () => {
    for (const key of [...Object.keys(definition.states), ...Object.keys(definition.parts)]) {
      expect(caseWords[key]?.zh, key).toMatch(/\p{Script=Han}/u);
      expect(caseWords[key]?.en, key).toMatch(/^[\x20-\x7e’“”]+$/u);
    }
    for (const { notice } of tellsOf(definition)) expect(Object.keys(noticeWords)).toContain(notice);
    for (const item of Object.values(definition.lists).flat()) expect(checkItem(item), item).toBeDefined();
  });
});

describe('a definition is refused', () => {
  test.each<[string, CaseDefinition, string]>([
    ['a state nobody comes to', { ...meeting, states: { ...meeting.states, LIMBO: { title } } }, 'UNREACHABLE LIMBO'],
    ['a state nobody leaves', without(meeting, 'minute', 'leave'), 'NO_EXIT HELD'],
    ['a move nobody can make', withMove(meeting, 'hold', { by: [] }), 'NOBODY hold'],
    ['a move of the clock that a person may make', withMove(meeting, 'call', { by: ['owner'] }), 'TWO_HANDS call'],
    [
      'a move of the clock that no clock makes',
      withClock(meeting, 'call', { rungs: [{ when: { minutesBefore: 15 }, flag: 'x' }] }),
      'NEVER_MADE call',
    ],
    ['a move to nowhere', withMove(meeting, 'hold', { to: 'NOWHERE' }), 'UNKNOWN_STATE hold'],
    ['a move by a stranger', withMove(meeting, 'hold', { by: ['butler'] }), 'UNKNOWN_PART hold'],
    ['a paper nobody brings', withMove(meeting, 'hold', { needs: ['F-16'] }), 'PAPER_NOWHERE hold'],
    [
      'a fact of a paper that is not there',
      withMove(meeting, 'cancel', { facts: [{ form: 'F-13', fact: 'x', is: true, rule: 'R-120' }] }),
      'FACT_WITHOUT_PAPER cancel',
    ],
    ['a checklist it does not have', withMove(meeting, 'hold', { lists: ['none'] }), 'UNKNOWN_LIST hold'],
    [
      'a mail to nobody',
      withMove(meeting, 'cancel', { tells: [{ notice: 'meetingCancelled', to: [] }] }),
      'TELLS_NOBODY meetingCancelled',
    ],
    [
      'a link for a title',
      withMove(meeting, 'cancel', { tells: [{ notice: 'x', to: ['ACCOUNT_DIRECTOR'], asks: true }] }),
      'ASKS_A_TITLE x',
    ],
    [
      'a clock that runs in the end',
      withClock(meeting, 'plan', { runsIn: ['PLANNED', 'CANCELLED'] }),
      'CLOCK_NO_WAY_OUT plan',
    ],
    [
      'a clock that never stops',
      withClock(meeting, 'plan', { runsIn: Object.keys(meeting.states) }),
      'CLOCK_NO_WAY_OUT plan',
    ],
    [
      'a clock that never starts',
      withClock(meeting, 'plan', { from: { on: 'accepted', notice: 'none' } }),
      'CLOCK_NEVER plan',
    ],
    [
      'a clock that does nothing',
      withClock(meeting, 'plan', { rungs: [{ when: { after: { workingDays: 1 } } }] }),
      'CLOCK_IDLE plan',
    ],
    [
      'a span that is none',
      withClock(meeting, 'plan', { rungs: [{ when: { after: { workingDays: -1 } }, flag: 'x' }] }),
      'BAD_SPAN plan',
    ],
    [
      'minutes before nothing',
      withClock(meeting, 'plan', { rungs: [{ when: { minutesBefore: 5 }, flag: 'x' }] }),
      'BAD_SPAN plan',
    ],
    [
      'a clock that moves from where it cannot',
      withMove(meeting, 'call', { from: ['ANNOUNCED'] }),
      'MOVE_NOT_THERE call',
    ],
    ['a following move that does not fit', withMove(minutesCase, 'approve', { to: 'SENT' }), 'MOVE_NOT_THERE approve'],
  ])('%s', (_title, definition, problem) => {
    expect(codes(definition)).toContain(problem);
  });

  test('and cannot be begun', () => {
    expect(() => newCase('p', without(meeting, 'minute', 'leave'))).toThrow('NO_EXIT HELD');
  });
});

describe('R-230: silence decides nothing but minutes', () => {
  test.each<[string, CaseDefinition]>([
    ['R-138: in another kind of case', { ...minutesCase, id: 'finals' }],
    ['counted from anything but an accepted mail', withClock(minutesCase, 'window', { from: { on: 'entry' } })],
    [
      'towards more than one person',
      { ...minutesCase, parts: { ...minutesCase.parts, confirmer: { title, side: 'client' } } },
    ],
    [
      'as if it had been said',
      { ...minutesCase, states: { ...minutesCase.states, DEEMED_CONFIRMED: { title, verdict: 'said' } } },
    ],
    ['where the person could not object', withMove(minutesCase, 'object', { by: ['owner'] })],
    ['where the person could not sign', withMove(minutesCase, 'sign', { by: ['owner'] })],
  ])('%s', (_title, definition) => {
    expect(codes(definition)).toEqual(['SILENCE_DECIDES window']);
  });
});

test('a refusal about a case is said in words', () => {
  const no = refuse('WRONG_PHASE', { params: { phase: 'AT_SUPERVISOR' } });
  expect(sayRefusal(no, 'zh')).toContain('审阅中');
  expect(sayRefusal(no, 'en')).toContain('under review');
  expect(sayRefusal(refuse('NOT_ALLOWED', { params: { who: 'confirmer' } }), 'en')).toContain(
    'who confirms the minutes',
  );
});
