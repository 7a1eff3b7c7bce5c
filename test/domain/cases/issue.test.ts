import { describe, expect, test } from 'vitest';
import type { AnyCaseAct, CaseEvent } from '../../../domain/cases/acts.ts';
import { possibleMoves } from '../../../domain/cases/decide.ts';
import { onDeskOf } from '../../../domain/cases/holders.ts';
import { clientTold, issue } from '../../../domain/cases/issue.ts';
import { limitOf } from '../../../domain/cases/limit.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import { isOver, type CaseState } from '../../../domain/cases/state.ts';
import { isRefusal } from '../../../domain/process.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { inShanghai } from '../calendar/calendars.ts';
import { Play, paperOf, said, who } from './play.ts';

type Issue = Play<CaseState, AnyCaseAct, CaseEvent>;

const move = (name: string, more: object = {}) => ({ type: 'move', move: name, ...more }) as const;
const known = { cause: undefined, solution: undefined, measures: undefined };
const begin = (more: object = {}) =>
  ({
    type: 'begin',
    title: '打样色差',
    clientId: 'yunfeng',
    brandId: 'yunfeng',
    ownerId: 'ae-1',
    jobId: 'job-1',
    parts: { finder: ['artist-1'] },
    paper: paperOf('F-63', known),
    ...more,
  }) as const;

/** Raised by the artist on a Tuesday at ten. */
function raised(): Issue {
  const play: Issue = new Play(caseProcess, newCase('issue-1', issue));
  expect(said(play.act('artist-1', begin()))).toBe('caseBegun');
  return play;
}

const record = (change: object = {}) => move('record', { paper: paperOf('F-63', { ...change }) });
const mail = move('tellByMail', { words: '打样偏红，正在重做', parts: { told: ['client-1'] } });
const call = (at: string) =>
  move('tellByPhone', { words: '已说明', parts: { told: ['client-1'] }, happenedAt: inShanghai(at) });

describe('M-16, R-64, S-46: a problem in execution', () => {
  test('anybody of the house raises it; it lies with whoever answers for the job, who hears of it at once', () => {
    const play = raised();
    expect(onDeskOf(play.state)).toEqual(['ae-1']);
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised']);
    expect(play.state).toMatchObject({
      state: 'FOUND',
      jobId: 'job-1',
      papers: { 'F-63': { by: 'artist-1', version: 1 } },
    });
    const fresh = (): Issue => new Play(caseProcess, newCase('issue-2', issue));
    expect(said(fresh().act('client-1', begin()))).toBe('NOT_ALLOWED');
    expect(said(fresh().act('artist-1', begin({ paper: undefined })))).toBe('PAPER_MISSING');
    expect(
      fresh().act('artist-1', begin({ paper: paperOf('F-63', { happened: undefined, jobStage: undefined }) })),
    ).toMatchObject({ code: 'FIELD_MISSING', field: 'paper', params: { fields: ['happened', 'jobStage'] } });
    expect(fresh().act('artist-1', begin({ from: inShanghai('2026-03-10 10:01') }))).toMatchObject({
      code: 'FIELD_WRONG',
      field: 'from',
    });
  });

  test.each([
    ['cause', (play: Issue) => [play.act('ae-1', record({ cause: undefined })), play.act('ae-1', mail)]],
    ['solution', (play: Issue) => [play.act('ae-1', record({ solution: undefined })), play.act('ae-1', mail)]],
    ['toldAt', (play: Issue) => [play.act('ae-1', record())]],
  ] as const)(
    'R-64, S-46: without %s it is not closed, and the refusal names the field in both languages',
    (field, before) => {
      const play = raised();
      for (const answer of before(play)) expect(isRefusal(answer)).toBe(false);
      const { state } = play;
      const no = play.act('ae-1', move('close'));
      expect(no).toMatchObject({ code: 'FIELD_MISSING', rule: 'R-64', params: { fields: [field] } });
      expect(play.state).toBe(state);
      if (!isRefusal(no)) throw new Error('closed');
      const sentence = {
        cause: ['还缺：原因。', 'Still missing: Cause.'],
        solution: ['还缺：解决方案。', 'Still missing: Solution.'],
        toldAt: ['还缺：告知客户的时间。', 'Still missing: When the Client Was Told.'],
      }[field];
      expect([sayRefusal(no, 'zh'), sayRefusal(no, 'en')]).toEqual(sentence);
      // The page knows it before the press.
      const shown = possibleMoves(play.state, who('ae-1')).find((one) => one.move === 'close');
      expect(shown?.refusal).toEqual(no);
    },
  );

  test('R-64, S-46: with nothing known it names all three at once; with all three it is closed and who found it hears', () => {
    const play = raised();
    expect(play.act('ae-1', move('close'))).toMatchObject({ params: { fields: ['cause', 'solution', 'toldAt'] } });
    expect(said(play.act('ae-1', record()))).toBe('caseMoved');
    expect(play.state.state).toBe('FOUND');
    expect(said(play.act('ae-1', mail))).toBe('caseMoved');
    expect(said(play.act('artist-1', move('close')))).toBe('NOT_ALLOWED R-64');
    expect(said(play.act('ae-1', move('close')))).toBe('caseMoved');
    expect(isOver(play.state)).toBe(true);
    expect(play.mailsTo('artist-1')).toEqual(['issueClosed']);
    expect(onDeskOf(play.state)).toEqual([]);
    expect(clientTold(play.state)).toMatchObject({ way: 'mail', personId: 'client-1', by: 'ae-1' });
  });

  test('R-56: the client is told without asking; a mail tells once their server accepted it, and one that comes back told nobody', () => {
    const play = raised();
    play.post = 'silent';
    expect(play.act('ae-1', move('tellByMail', { words: '说明' }))).toMatchObject({
      code: 'FIELD_MISSING',
      field: 'parts.told',
    });
    expect(play.act('ae-1', move('tellByMail', { parts: { told: ['client-1'] } }))).toMatchObject({ field: 'words' });
    play.act('ae-1', mail);
    expect(play.state.state).toBe('TELLING');
    expect(play.mailsTo('client-1')).toEqual(['issueToClient']);
    expect(clientTold(play.state)).toBeUndefined();
    const { sent } = play.state.asked['issueToClient'] ?? { sent: 0 };
    const about = { notice: 'issueToClient', sent, personId: 'client-1', at: play.now };
    play.report('mail', { type: 'mailed', ...about, outcome: 'accepted' });
    expect(play.state.state).toBe('CLIENT_TOLD');
    expect(clientTold(play.state)).toMatchObject({ way: 'mail', at: play.now });
    play.report('mail', { type: 'bounced', ...about });
    expect(play.state.state).toBe('FOUND');
    expect(clientTold(play.state)).toBeUndefined();
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised', 'caseUnreached']);
    play.act('ae-1', record());
    expect(play.act('ae-1', move('close'))).toMatchObject({ params: { fields: ['toldAt'] } });
  });

  test('a mail that cannot be sent tells nobody; a call is on record with its time, and a late bounce takes nothing back', () => {
    const play = raised();
    play.post = 'failed';
    play.act('ae-1', mail);
    expect(play.state.state).toBe('FOUND');
    expect(said(play.act('ae-1', call('2026-03-10 10:30')))).toBe('FIELD_WRONG R-64');
    play.until('2026-03-10 11:00');
    play.post = 'accepted';
    play.act('ae-1', mail);
    expect(said(play.act('ae-1', call('2026-03-10 10:30')))).toBe('caseMoved');
    const { sent } = play.state.asked['issueToClient'] ?? { sent: 0 };
    play.report('mail', { type: 'bounced', notice: 'issueToClient', sent, personId: 'client-1', at: play.now });
    expect(clientTold(play.state)).toEqual({
      way: 'phone',
      personId: 'client-1',
      at: inShanghai('2026-03-10 10:30'),
      by: 'ae-1',
    });
    play.act('ae-1', record());
    expect(said(play.act('am-1', move('close')))).toBe('caseMoved');
  });

  test('S-46, R-57, R-222: the client is to know in four working hours; executive, then manager, then director, each rung once', () => {
    const play = raised();
    expect(limitOf(play.state)?.at).toBe(inShanghai('2026-03-10 14:00'));
    play.until('2026-03-10 11:59');
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised']);
    play.until('2026-03-10 12:00');
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised', 'issueTellSoon']);
    expect(play.state.flags).toEqual([]);
    play.until('2026-03-10 14:00');
    expect(play.mailsTo('ACCOUNT_MANAGER')).toEqual(['issueUntold']);
    expect(play.mailsTo('ACCOUNT_DIRECTOR')).toEqual([]);
    expect(play.state.flags).toEqual(['clientToldLate']);
    play.until('2026-03-20 17:00');
    expect(play.mailsTo('ACCOUNT_DIRECTOR')).toEqual(['issueUntold']);
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised', 'issueTellSoon', 'issueUntold', 'issueUntold']);
    expect(play.state.state).toBe('FOUND');
  });

  test('told, its clock stops; one that is not settled speaks up, and silence closes nothing', () => {
    const play = raised();
    play.act('ae-1', mail);
    play.until('2026-04-10 17:00');
    expect(play.mailsTo('ae-1')).toEqual(['issueRaised', 'issueUnsettled', 'issueUnsettled']);
    expect(play.mailsTo('ACCOUNT_MANAGER')).toEqual(['issueUnsettled']);
    expect(play.state).toMatchObject({ state: 'CLIENT_TOLD', flags: [] });
  });

  test('the record grows and is never emptied of what happened; only a manager says that it was no issue', () => {
    const play = raised();
    expect(play.act('ae-1', record({ happened: undefined }))).toMatchObject({ params: { fields: ['happened'] } });
    play.act('ae-1', record({ solution: undefined }));
    play.act('ae-1', mail);
    play.act('ae-1', record());
    expect(play.state).toMatchObject({ state: 'CLIENT_TOLD', papers: { 'F-63': { version: 3 } } });
    expect(said(play.act('am-1', move('withdraw', { words: '看错了' })))).toBe('WRONG_PHASE');
    const other = raised();
    expect(said(other.act('ae-1', move('withdraw', { words: '看错了' })))).toBe('NOT_ALLOWED');
    expect(said(other.act('am-1', move('withdraw')))).toBe('FIELD_MISSING');
    expect(said(other.act('am-1', move('withdraw', { words: '看错了' })))).toBe('caseMoved');
    expect(isOver(other.state)).toBe(true);
  });
});
