import { describe, expect, test } from 'vitest';
import type { AnyCaseAct, CaseEvent } from '../../../domain/cases/acts.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { possibleOnMinutes } from '../../../domain/minutes/decide.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes, openTasks } from '../../../domain/minutes/state.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../../domain/minutes/state.ts';
import { inShanghai, shanghai, shown } from '../calendar/calendars.ts';
import { Play, about, paperOf, said, who } from '../cases/play.ts';
import type { Post } from '../cases/play.ts';

type Minutes = Play<MinutesState, MinutesAct, MinutesEvent>;
const paper = paperOf('F-15');
const copy = String(paper.facts['copyHash']);
const move = (name: string, more: object = {}) => ({ type: 'move', move: name, ...more }) as const;
const submit = (change: Record<string, unknown> = {}) => move('submit', { paper: paperOf('F-15', change) });
const objection = { hash: copy, words: '日期不对' };

function begun(endedAt = '2026-03-10 10:00'): Minutes {
  const play: Minutes = new Play(minutesProcess, initialMinutes('m1/minutes'));
  play.now = inShanghai(endedAt);
  expect(said(play.act('ae-1', { type: 'begin', ...about, origin: 'm1' }))).toBe('caseBegun');
  return play;
}

/** Minutes that went out at a moment; how the mail to the confirmer fared is for the test to say. */
function sent(at = '2026-03-10 10:20', post: Post = 'accepted'): Minutes {
  const play = begun();
  expect(said(play.act('ae-1', move('submit', { paper })))).toBe('caseMoved');
  play.until(at).post = post;
  expect(said(play.act('am-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
  expect(play.state.state).toBe('SENT');
  return play;
}

function bounce(play: Minutes, sentBy = play.state.asked['confirmMinutes']?.sent ?? 0): string {
  return said(
    play.report('mail', {
      type: 'bounced',
      notice: 'confirmMinutes',
      sent: sentBy,
      personId: 'client-1',
      at: play.now,
    }),
  );
}

const kinds = (play: Minutes): string[] => play.state.verdicts.map(({ kind }) => kind);

describe('M-07: writing, review, sending', () => {
  test('R-128, S-63: a meeting that ended Friday 16:00 has minutes due Monday 16:00; overdue is told and marked once', () => {
    const play = begun('2026-03-13 16:00');
    expect(shown(shanghai, play.state.clocks['delivery']?.rungs[0]?.at ?? '')).toBe('2026-03-16 16:00');
    play.until('2026-03-16 15:59');
    expect(play.state.flags).toEqual([]);
    play.until('2026-03-16 16:00').until('2026-03-16 18:00');
    expect(play.state.flags).toEqual(['overdue']);
    expect(play.mailsTo('ACCOUNT_MANAGER')).toEqual(['minutesOverdue']);
    expect(play.state.state).toBe('DUE');
    play.until('2026-03-18 09:00');
    expect(play.mailsTo('ACCOUNT_DIRECTOR')).toEqual(['minutesOverdue']);
  });

  test('R-128: what went out in time is not overdue, and a correction does not start the 24 hours again', () => {
    const play = sent();
    play.act('client-1', move('object', objection));
    play.act('ae-1', submit({ subject: '更正' }));
    expect(Object.keys(play.state.clocks)).toEqual(['review']);
    expect(play.state.flags).toEqual([]);
  });

  test.each([
    [
      'R-132, S-61: an action without a date',
      { nextSteps: [{ action: '改', executor: 'ae-1' }] },
      'FIELD_MISSING R-132',
    ],
    [
      'R-132, S-61: an action without an owner',
      { nextSteps: [{ action: '改', keyDate: '2026-03-16' }] },
      'FIELD_MISSING R-132',
    ],
    ['R-130: no place', { meetingPlace: undefined }, 'FIELD_MISSING R-132'],
    ['R-136: no notice of the objection period', { notice: undefined }, 'FIELD_MISSING R-132'],
    [
      'R-133, S-65: a member of the team is left out',
      { participants: ['client-1'], copiesTo: ['am-1'] },
      'FIELD_MISSING R-133',
    ],
  ])('%s blocks sending', (_title, change, code) => {
    const play = begun();
    expect(said(play.act('ae-1', submit(change)))).toBe(code);
    expect(play.state.state).toBe('DUE');
  });

  test('R-129, S-62: nothing goes out before somebody else has reviewed this very version', () => {
    const play = begun();
    play.act('ae-1', move('submit', { paper }));
    expect(play.mailsTo('client-1')).toEqual([]);
    expect(said(play.act('ae-1', move('send')))).toBe('NOT_ALLOWED R-133');
    expect(said(play.act('ae-1', move('approve', { hash: paper.hash })))).toBe('NOT_ALLOWED R-129');
    expect(said(play.act('am-1', move('approve', { hash: copy })))).toBe('STALE_VERSION R-129');
    const both = { ...who('ae-1'), roles: ['ACCOUNT_DIRECTOR'] } as const;
    expect(said(play.act(both, move('approve', { hash: paper.hash })))).toBe('OWN_WORK R-129');
    expect(said(play.act(who('adir-1', 'ae-1'), move('approve', { hash: paper.hash })))).toBe('OWN_WORK R-129');
    expect(said(play.act('am-1', move('return', { hash: paper.hash })))).toBe('FIELD_MISSING R-129');
    expect(said(play.act('am-1', move('return', { hash: paper.hash, words: '漏了决定' })))).toBe('caseMoved');
    expect(play.state.state).toBe('DRAFTED');
    expect(play.mailsTo('client-1')).toEqual([]);
  });

  test('P-17: the department head may open the gate too', () => {
    const play = begun();
    play.act('ae-1', move('submit', { paper }));
    expect(said(play.act('adir-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
  });

  test('R-230, P-30: a review that stalls is reminded and escalated in working time and never decided', () => {
    const play = begun('2026-03-13 16:30');
    play.act('ae-1', move('submit', { paper }));
    play.until('2026-03-15 23:00');
    expect(play.mailsTo('am-1')).toEqual(['reviewMinutes']);
    play.until('2026-03-20 17:00');
    expect(play.mailsTo('am-1')).toEqual(['reviewMinutes', 'reviewReminder', 'reviewReminder']);
    expect(play.mailsTo('ACCOUNT_DIRECTOR').filter((one) => one === 'reviewStalled')).toHaveLength(1);
    expect(play.state.state).toBe('AT_SUPERVISOR');
  });

  test('R-133, S-65: everybody gets the minutes once; the confirmer is asked; the meeting hears of it', () => {
    const play = sent();
    expect(play.mails.slice(-2).map(({ notice, asks, to }) => [notice, asks, to])).toEqual([
      ['confirmMinutes', true, { personId: 'client-1' }],
      ['minutesCopy', false, { personId: 'ae-1' }],
    ]);
    expect(play.tells.at(-1)).toMatchObject({ to: 'm1', act: { type: 'told', move: 'minute' } });
  });

  test('R-134: minutes that were not needed are dropped by a manager with a reason', () => {
    const play = begun();
    expect(said(play.act('ae-1', move('drop', { words: '误' })))).toBe('NOT_ALLOWED');
    expect(said(play.act('am-1', move('drop', { words: '电话未作决定' })))).toBe('caseMoved');
    expect(minutesProcess.due(play.state)).toBeUndefined();
  });

  test('what a meeting hands over begins its minutes, which count from the end of the meeting', () => {
    const held: Play<CaseState, AnyCaseAct, CaseEvent> = new Play(caseProcess, newCase('m1', meeting));
    held.act('ae-1', { type: 'begin', ...about });
    held.act('ae-1', move('announce', { paper: paperOf('F-13') }));
    held.until('2026-03-12 16:00').act('ae-1', move('hold', { happenedAt: inShanghai('2026-03-12 15:20') }));
    const begin = held.tells[0]?.act;
    const play: Minutes = new Play(minutesProcess, initialMinutes('m1/minutes'));
    play.now = held.now;
    if (begin?.type !== 'begin') throw new Error('the meeting begins its minutes');
    expect(said(play.report('tell', begin))).toBe('caseBegun');
    expect(play.state.parts['participants']).toEqual(['client-1', 'ae-1']);
    expect(shown(shanghai, play.state.clocks['delivery']?.rungs[0]?.at ?? '')).toBe('2026-03-13 15:20');
  });
});

describe('the client’s answer', () => {
  test('R-135: the signature confirms what the client was shown, once', () => {
    const play = sent();
    expect(said(play.act('client-2', move('sign', { hash: copy })))).toBe('NOT_ALLOWED R-135');
    expect(said(play.act('client-1', move('sign', { hash: paper.hash })))).toBe('STALE_VERSION R-135');
    expect(said(play.act('client-1', move('sign', { hash: copy })))).toBe('caseMoved');
    expect(said(play.act('client-1', move('sign', { hash: copy })))).toBe('ALREADY_DECIDED R-135');
    expect(said(play.act('client-1', move('object', objection)))).toBe('ALREADY_DECIDED R-135');
    expect(kinds(play)).toEqual(['signed']);
  });

  test.each([
    ['Tue 10:20 runs until Wed 17:00', '2026-03-10 10:20', '2026-03-11 17:00'],
    ['Fri 16:30 runs until Mon 17:00', '2026-03-13 16:30', '2026-03-16 17:00'],
    ['Sat runs until Tue 17:00', '2026-03-14 11:00', '2026-03-17 17:00'],
    ['a day before a make-up Sunday runs until its close', '2026-09-18 09:00', '2026-09-20 17:00'],
  ])('R-136, P-20, S-64: a mail accepted %s', (_title, accepted, ends) => {
    const play = sent(accepted);
    const end = inShanghai(ends);
    play.until(new Date(Date.parse(end) - 1).toISOString());
    expect(play.state.state).toBe('SENT');
    play.until(ends);
    expect(play.state.state).toBe('DEEMED_CONFIRMED');
    expect(play.state.verdicts).toMatchObject([
      { kind: 'deemed', window: { acceptedAt: inShanghai(accepted), endsAt: end, version: 1 } },
    ]);
    expect(play.mailsTo('client-1').at(-1)).toBe('minutesDeemed');
  });

  test.each<Post>(['silent', 'failed'])(
    'R-136: a mail that was not accepted (%s) proves nothing, however long it is',
    (post) => {
      const play = sent('2026-03-10 10:20', post).until('2026-12-01 10:00');
      expect(play.state.state).toBe('SENT');
      expect(kinds(play)).toEqual([]);
      expect(play.mailsTo('ae-1').includes('caseUnreached')).toBe(post === 'failed');
    },
  );

  test('R-137: an objection in time stops tacit confirmation; the corrected version has a new working day', () => {
    const play = sent().until('2026-03-11 16:59');
    expect(said(play.act('client-2', move('object', objection)))).toBe('NOT_ALLOWED R-137');
    expect(said(play.act('client-1', move('object', { hash: copy })))).toBe('FIELD_MISSING R-137');
    expect(said(play.act('client-1', move('object', objection)))).toBe('caseMoved');
    play.until('2026-03-12 09:00');
    expect(play.state.state).toBe('OBJECTED');
    const better = paperOf('F-15', { subject: '更正' });
    play.act('ae-1', move('submit', { paper: better }));
    play.act('am-1', move('approve', { hash: better.hash }));
    expect(play.state.papers['F-15']?.version).toBe(2);
    expect(shown(shanghai, play.state.window?.endsAt ?? '')).toBe('2026-03-13 17:00');
    expect(said(play.act('client-1', move('sign', { hash: copy })))).toBe('STALE_VERSION R-135');
    play.until('2026-03-13 17:00');
    expect(kinds(play)).toEqual(['objected', 'deemed']);
    expect(play.state.verdicts.map(({ version }) => version)).toEqual([1, 2]);
  });

  test('R-137: an objection clicked at 16:55 and heard after the window wins, also over minutes already filed', () => {
    const clicked = inShanghai('2026-03-11 16:55');
    for (const filed of [false, true]) {
      const play = sent().until('2026-03-11 18:00');
      expect(play.state.state).toBe('DEEMED_CONFIRMED');
      if (filed) {
        play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true });
        expect(said(play.act('ae-1', move('fileTacit')))).toBe('caseMoved');
      }
      expect(said(play.act('client-1', move('object', objection), clicked))).toBe('caseMoved');
      expect(play.state.state).toBe('OBJECTED');
      expect(kinds(play)).toEqual(['deemed', 'objected']);
    }
  });

  test('R-137: the close of the window itself is still in time', () => {
    const play = sent().until('2026-03-11 17:00');
    expect(said(play.act('client-1', move('object', objection), inShanghai('2026-03-11 17:00')))).toBe('caseMoved');
  });

  test('R-136: an objection after the window is kept for new minutes and the verdict stays, also when the clock was not heard yet', () => {
    const heard = sent().until('2026-03-11 18:00');
    expect(said(heard.act('client-1', move('object', objection)))).toBe('lateObjection');
    const unheard = sent();
    unheard.now = inShanghai('2026-03-11 18:00');
    expect(said(unheard.act('client-1', move('object', objection)))).toBe('clockRang caseMoved lateObjection');
    for (const play of [heard, unheard]) {
      expect(play.state.state).toBe('DEEMED_CONFIRMED');
      expect(kinds(play)).toEqual(['deemed', 'lateObjection']);
      expect(play.mails.at(-1)).toMatchObject({ notice: 'lateObjection', to: { personId: 'ae-1' }, words: '日期不对' });
    }
  });

  test('R-136: an objection on the telephone counts when it was spoken, and only the agency may say so', () => {
    const play = sent().until('2026-03-11 18:00');
    const spoken = { ...objection, happenedAt: inShanghai('2026-03-11 16:00') };
    expect(said(play.act('client-1', move('object', spoken)))).toBe('FIELD_WRONG R-137');
    expect(said(play.act('ae-1', move('object', objection)))).toBe('FIELD_MISSING R-137');
    expect(said(play.act('ae-1', move('object', spoken)))).toBe('caseMoved');
    expect(play.state.verdicts.at(-1)).toMatchObject({ kind: 'objected', at: spoken.happenedAt, by: 'ae-1' });
  });

  test('P-18: a late signature upgrades a deemed confirmation, also a filed one', () => {
    const play = sent().until('2026-03-11 18:00');
    play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true });
    play.act('ae-1', move('fileTacit'));
    expect(said(play.act('client-1', move('sign', { hash: copy })))).toBe('caseMoved');
    expect(play.state.state).toBe('CONFIRMED');
    expect(kinds(play)).toEqual(['deemed', 'signed']);
    expect(said(play.act('ae-1', move('file')))).toBe('caseMoved');
  });

  test('an objection made before a late signature and heard after it wins; one made after it does not', () => {
    const first = inShanghai('2026-03-11 16:00');
    const play = sent().until('2026-03-12 10:00');
    play.act('client-1', move('sign', { hash: copy }));
    expect(said(play.until('2026-03-12 11:00').act('client-1', move('object', objection)))).toBe(
      'ALREADY_DECIDED R-135',
    );
    expect(said(play.act('client-1', move('object', objection), first))).toBe('caseMoved');
    expect(kinds(play)).toEqual(['deemed', 'signed', 'objected']);
  });
});

describe('mails that come back', () => {
  test('R-136: a bounce inside the window annuls it; sending again starts a new one', () => {
    const play = sent();
    expect(bounce(play)).toBe('mailBounced');
    expect(bounce(play)).toBe('');
    play.until('2026-03-16 10:00');
    expect(play.state.state).toBe('SENT');
    expect(play.mailsTo('ae-1')).toContain('caseUnreached');
    expect(said(play.act('client-1', move('resend')))).toBe('NOT_ALLOWED');
    expect(said(play.act('ae-1', move('resend')))).toBe('caseMoved');
    play.until('2026-03-17 17:00');
    expect(play.state.verdicts).toMatchObject([
      { kind: 'deemed', window: { acceptedAt: inShanghai('2026-03-16 10:00') } },
    ]);
  });

  test('R-136: a bounce after the window annuls the deemed confirmation, also a filed one', () => {
    for (const filed of [false, true]) {
      const play = sent().until('2026-03-11 18:00');
      if (filed) {
        play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: false, words: '缺素材' });
        play.act('ae-1', move('fileTacit'));
      }
      expect(bounce(play)).toBe('mailBounced caseMoved');
      expect(play.state.state).toBe('SENT');
      expect(kinds(play)).toEqual(['deemed', 'annulled']);
      expect(play.mailsTo('ACCOUNT_MANAGER')).toContain('deemedAnnulled');
      play.until('2026-06-01 10:00');
      expect(play.state.state).toBe('SENT');
    }
  });

  test('a bounce takes nothing from a signature, and one of an older sending takes nothing at all', () => {
    const signed = sent();
    signed.act('client-1', move('sign', { hash: copy }));
    expect(bounce(signed)).toBe('mailBounced');
    expect(kinds(signed)).toEqual(['signed']);
    const again = sent();
    const old = again.state.asked['confirmMinutes']?.sent ?? 0;
    again.act('ae-1', move('resend'));
    expect(bounce(again, old)).toBe('');
    expect(again.until('2026-03-11 17:00').state.state).toBe('DEEMED_CONFIRMED');
  });

  test('an acceptance that is heard after its bounce starts no window', () => {
    const play = sent('2026-03-10 10:20', 'silent');
    const sentBy = play.state.asked['confirmMinutes']?.sent ?? 0;
    expect(bounce(play)).toBe('mailBounced');
    const { now: at } = play;
    play.report('mail', {
      type: 'mailed',
      notice: 'confirmMinutes',
      sent: sentBy,
      personId: 'client-1',
      outcome: 'accepted',
      at,
    });
    expect(play.until('2026-06-01 10:00').state.state).toBe('SENT');
  });

  test('a changed calendar moves an open window and no verdict', () => {
    const play = sent();
    const before = play.state.window?.endsAt;
    const cause = { kind: 'calendar', calendarId: 'office', revision: 2 } as const;
    expect(said(play.report('open', { type: 'refresh', cause }))).toBe(
      'caseRefreshed clockRecounting clockRecounting tasksRecounting',
    );
    expect(play.state.window?.endsAt).toBe(before);
    const { count = 0 } = play.state.clocks['window'] ?? {};
    const at = [inShanghai('2026-03-12 17:00')];
    expect(
      said(play.report('open', { type: 'counted', clock: 'window', count: count - 1, at, provisional: false })),
    ).toBe('');
    expect(said(play.report('open', { type: 'counted', clock: 'window', count, at, provisional: false }))).toBe(
      'clockCounted',
    );
    expect(play.until('2026-03-11 18:00').state.state).toBe('SENT');
    expect(play.until('2026-03-12 17:00').state.state).toBe('DEEMED_CONFIRMED');
  });
});

describe('S-66: actions become tasks', () => {
  test('R-132: each has its owner and day; done and not done are followed', () => {
    const play = sent();
    expect(play.state.tasks).toMatchObject([
      { id: 'v1.1', executor: 'artist-1', keyDate: '2026-03-16', state: 'open' },
    ]);
    expect(shown(shanghai, play.state.tasks[0]?.dueAt ?? '')).toBe('2026-03-16 17:00');
    const settle = { type: 'settleTask', task: 'v1.1' } as const;
    expect(said(play.act('client-2', { ...settle, done: true }))).toBe('NOT_ALLOWED');
    expect(said(play.act('artist-1', { ...settle, done: false }))).toBe('FIELD_MISSING R-141');
    expect(said(play.act('artist-1', { ...settle, done: false, words: '缺素材' }))).toBe('taskSettled');
    expect(said(play.act('artist-1', { ...settle, done: false, words: '仍缺' }))).toBe('ALREADY_DECIDED');
    expect(said(play.act('ae-1', { ...settle, done: true }))).toBe('taskSettled');
    expect(said(play.act('ae-1', { ...settle, done: true }))).toBe('ALREADY_DECIDED');
    expect(said(play.act('ae-1', { ...settle, task: '__proto__', done: true }))).toBe('UNKNOWN_OBJECT');
    expect(play.state.tasks).toMatchObject([{ state: 'done', settledBy: 'ae-1' }]);
  });

  test('R-141: minutes are not filed while nobody has said whether an action was carried out', () => {
    const play = sent();
    play.act('client-1', move('sign', { hash: copy }));
    expect(said(play.act('ae-1', move('file')))).toBe('ARCHIVE_INCOMPLETE R-141');
    expect(possibleOnMinutes(play.state, who('ae-1')).find((one) => one.move === 'file')?.refusal?.rule).toBe('R-141');
    play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true });
    expect(said(play.act('ae-1', move('file')))).toBe('caseMoved');
    expect(play.state.state).toBe('FILED');
  });

  test('R-140: a corrected version replaces what is open and keeps what was settled', () => {
    const play = sent();
    play.act('client-1', move('object', objection));
    const rows = ['ae-1', 'artist-1'].map((executor) => ({ action: '改', executor, keyDate: '2026-03-14' }));
    const better = paperOf('F-15', { nextSteps: rows });
    play.act('ae-1', move('submit', { paper: better }));
    play.act('am-1', move('approve', { hash: better.hash }));
    expect(play.state.tasks.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'v1.1 replaced',
      'v2.1 open',
      'v2.2 open',
    ]);
    // A Saturday ends with the Friday before it.
    expect(openTasks(play.state).map(({ dueAt }) => shown(shanghai, dueAt ?? ''))).toEqual([
      '2026-03-13 17:00',
      '2026-03-13 17:00',
    ]);
  });
});
