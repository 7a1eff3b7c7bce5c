import { describe, expect, test } from 'vitest';
import { possible } from '../../../domain/job/answers.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper, person } from './agency.ts';

const opinion = (more: Partial<Extract<JobAct, { type: 'recordOpinion' }>> = {}): JobAct => ({
  type: 'recordOpinion',
  kind: 'doubt',
  words: '老板觉得方向不对',
  from: 'contact',
  ...more,
});
const told = (a: Agency) => a.mails.filter(({ input }) => input.kind === 'opinionReported').map(({ input }) => input);

describe('R-60, S-44: important opinions of the client reach the account director', () => {
  test('one that is recorded as important is a mail to the director by the same command, whole, and in the log', () => {
    const a = bookUntil('PROPOSED');
    const words = '看'.repeat(4000);
    a.does('executive', opinion({ words, important: true, source: 'meeting' }));
    expect(told(a)).toMatchObject([{ to: { position: 'accountDirector' }, words }]);
    expect(told(a)[0]?.quiet).toBeUndefined();
    expect(a.events.slice(-2)).toMatchObject([
      { type: 'opinionRecorded', opinion: { source: 'meeting', from: 'contact' } },
      { type: 'opinionReported', opinionId: 'o2', by: 'executive', from: 'contact', words },
    ]);
    expect(a.state.opinions.at(-1)).toMatchObject({ id: 'o2', important: true });
    // The state keeps a reminder of it; the whole words are in the log.
    expect(a.state.reported).toMatchObject([{ opinionId: 'o2', by: 'executive', at: a.at }]);
    expect(a.state.reported?.[0]?.words.length).toBeLessThan(400);
  });

  test('one that is not important is the team’s own; it can be reported later, wherever it came from, once', () => {
    const a = bookUntil('PROPOSED');
    a.does('executive', opinion());
    expect(told(a)).toEqual([]);
    a.does('contact', a.returnAct('proposalComment', 'client'));
    const comment = a.state.opinions.at(-1);
    for (const id of ['o2', comment?.id ?? '']) {
      a.does('manager', { type: 'reportOpinion', opinionId: id });
      const again = a.send(person('manager'), { type: 'reportOpinion', opinionId: id });
      expect(again).toMatchObject({ code: 'OPINION_REPORTED', field: 'opinionId', rule: 'R-60' });
    }
    expect(told(a).map(({ words }) => words)).toEqual(['老板觉得方向不对', comment?.words]);
    expect(new Set(a.mails.map(({ name }) => name)).size).toBe(a.mails.length);
  });

  test('what was doubted at a proposal can be marked line by line', () => {
    const a = bookUntil('INTERNAL_REVIEW');
    a.does('executive', { type: 'scheduleProposal', at: a.at, place: '会议室', participants: ['executive'] });
    a.does('executive', {
      type: 'holdProposal',
      heldAt: a.at,
      attended: ['contact'],
      feedback: [
        { kind: 'question', words: '标语定了吗' },
        { kind: 'rejection', words: '不用这个方向', important: true },
      ],
    });
    expect(told(a).map(({ words }) => words)).toEqual(['不用这个方向']);
    expect(a.state.opinions.map(({ important }) => important)).toEqual([undefined, true]);
  });

  test('a telephone record that says so is reported as it is filed, in every state of the job; another is not', () => {
    const a = bookUntil('TRACKING');
    a.does('executive', { type: 'file', paper: paper('F-16', { decided: false }) });
    expect(told(a)).toEqual([]);
    const facts = { decided: false, important: true, opinion: '投放要停', clientPerson: 'contact' };
    a.does('executive', { type: 'file', paper: paper('F-16', facts) });
    expect(told(a)).toMatchObject([{ words: '投放要停', to: { position: 'accountDirector' } }]);
    expect(a.state.reported).toMatchObject([{ paper: 'F-16:2', from: 'contact', by: 'executive' }]);
  });

  test('how weighty it is, account service judges; what is unknown, taken back or not there is refused in both languages', () => {
    const a = bookUntil('PROPOSED');
    expect(a.send(person('contact'), opinion({ important: true }))).toMatchObject({
      code: 'NOT_ALLOWED',
      field: 'important',
    });
    expect(a.refused('contact', opinion())).toBeUndefined();
    expect(a.refused('designer', { type: 'reportOpinion', opinionId: 'o1' })).toBe('NOT_ALLOWED');
    const unknown = a.send(person('executive'), { type: 'reportOpinion', opinionId: 'o9' });
    expect(unknown && [sayRefusal(unknown, 'zh'), sayRefusal(unknown, 'en')]).toEqual([
      '找不到客户意见。',
      'There is no such opinion of the client.',
    ]);
    const none = bookUntil('CREATING').send(person('executive'), { type: 'reportOpinion', opinionId: 'o1' });
    expect(none).toMatchObject({ code: 'NO_OPINION_TO_REPORT' });
    expect(told(a)).toEqual([]);
  });

  test('the newest thirty are remembered, so that a job of many rounds stays small', () => {
    const a = bookUntil('CREATING');
    for (let n = 0; n < 35; n += 1) a.does('executive', opinion({ words: `第 ${n} 条`, important: true }));
    expect(a.state.reported).toHaveLength(30);
    expect(a.state.reported?.[0]?.words).toBe('第 5 条');
    expect(told(a)).toHaveLength(35);
  });
});

describe('R-113: answering an opinion', () => {
  test('is possible while one waits, and says why not while none does', () => {
    const a = bookUntil('CREATING');
    const offered = () => possible(a.state, person('executive')).find(({ act }) => act === 'answerOpinion')?.refusal;
    expect(offered()).toMatchObject({ code: 'NO_OPINION_OPEN', rule: 'R-113' });
    a.does('executive', opinion());
    expect(offered()).toBeUndefined();
    a.does('executive', { type: 'answerOpinion', opinionId: 'o1', done: true, words: '已改' });
    expect(offered()?.code).toBe('NO_OPINION_OPEN');
  });
});
