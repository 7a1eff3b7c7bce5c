import { describe, expect, test } from 'vitest';
import { answersOf, possible } from '../../../domain/job/answers.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper, person } from './agency.ts';

/** Who may take back which decision now, as everybody is told: `step by whom`, with the code where it is too late. */
const retractable = (a: Agency, who?: string): readonly string[] =>
  possible(a.state, who === undefined ? undefined : person(who))
    .filter((one) => one.act === 'withdraw')
    .map(({ step, by, refusal }) => [step, ...by, ...(refusal ? [refusal.code] : [])].join(' '));
const order = (): Agency => {
  const a = bookUntil('ORDER_SIGNOFF');
  a.signs('workOrder', 'accountDirector');
  return a;
};

describe('what may happen now: taking back one’s own decision (design §3)', () => {
  test('nothing was decided yet, and a submission is no decision: nothing to take back', () => {
    expect(retractable(bookUntil('ORDER_SIGNOFF'))).toEqual([]);
  });

  test('a signature may be taken back by its giver until the next person acted', () => {
    const a = order();
    expect(retractable(a)).toEqual(['accountDirector director']);
    expect(retractable(a, 'director')).toEqual(['accountDirector director']);
    expect(retractable(a, 'manager')).toEqual(['accountDirector director NOTHING_TO_WITHDRAW']);
    a.signs('workOrder', 'creativeDirector');
    expect(retractable(a)).toEqual([
      'accountDirector director NOTHING_TO_WITHDRAW',
      'creativeDirector creativeDirector',
    ]);
  });

  test('a refusal may be taken back, the signatures before it no more', () => {
    const a = order();
    a.does('creativeDirector', a.returnAct('workOrder', 'creativeDirector', 'refuse'));
    expect(retractable(a)).toEqual([
      'accountDirector director NOTHING_TO_WITHDRAW',
      'creativeDirector creativeDirector',
    ]);
  });

  test('R-112: once somebody acted on a no, it says so', () => {
    const a = bookUntil('PROPOSED');
    a.does('contact', a.returnAct('proposalComment', 'client'));
    expect(retractable(a)).toContain('client contact');
    a.submit('executive', 'revisionDirection', paper('F-18'));
    expect(retractable(a)).toContain('client contact ACTED_UPON');
  });

  test('a round that passed, a job on hold and a job that is over', () => {
    const a = order();
    a.does('manager', { type: 'hold', words: 'wait' });
    expect(retractable(a)).toEqual(['accountDirector director ON_HOLD']);
    a.does('manager', { type: 'resume' });
    a.does('manager', { type: 'cancel', words: 'over' });
    expect(retractable(a).filter((one) => !/ [A-Z_]+$/.test(one))).toEqual([]);
    expect(retractable(bookUntil('CREATING'))).toEqual([]);
  });

  test.each(['ASSESSING', 'ORDER_SIGNOFF', 'CREATING', 'PROPOSED', 'ARTWORK_QC', 'PROOF_QC'] as const)(
    'R-57: in %s everybody is told what the core then does, and asking changes nothing',
    (phase) => {
      for (const sign of [false, true]) {
        const a = bookUntil(phase);
        const running = Object.values(a.state.circulations).find((one) => one.status === 'running');
        const open = running?.stays.find((stay) => stay.state === 'open');
        if (sign && running && open) a.signs(running.point, open.step);
        const before = JSON.stringify(a.state);
        const told = possible(a.state);
        expect(JSON.stringify(a.state)).toBe(before);
        for (const { act, circulation = '', step = '', by, refusal } of told) {
          if (act !== 'withdraw') continue;
          const { round = 0 } = a.state.circulations[circulation] ?? {};
          const core = jobProcess.decide(a.state, {
            id: 'now',
            actor: person(by[0] ?? ''),
            receivedAt: a.at,
            at: a.at,
            act: { type: 'withdraw', circulation, round, step, words: 'slip' },
          });
          expect(isRefusal(core) ? core.code : undefined).toBe(refusal?.code);
        }
      }
    },
  );

  test('R-58: what happens next is never that somebody takes something back', () => {
    const a = order();
    expect(answersOf(a.state).next).toEqual(['workOrder.creativeDirector']);
    expect(answersOf(bookUntil('CREATING').state).next).not.toContain('withdraw');
  });
});
