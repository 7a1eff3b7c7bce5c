import { describe, expect, test } from 'vitest';
import { checkCase } from '../../../domain/cases/check.ts';
import { scheduleCase } from '../../../domain/schedule/definition.ts';
import { entryLadder } from '../../../domain/schedule/ladder.ts';
import { scheduleTurn } from '../../../domain/schedule/state.ts';
import { isRefusal } from '../../../domain/process.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { inShanghai, office, shanghai, shown } from '../calendar/calendars.ts';
import { paperOf, said, who } from '../cases/play.ts';
import { begun, laid, laying, scheduleOf, standing, two, word, type Schedule } from './laid.ts';

const rungsOf = (play: Schedule, id: string): string[] =>
  (play.state.entries.find((entry) => entry.id === id)?.rungs ?? []).map(({ at }) => shown(shanghai, at));

test('the table of the schedule holds together', () => {
  expect(checkCase(scheduleCase)).toEqual([]);
});

describe('S-34, R-52: laying a schedule down', () => {
  test('a task without person, date or standard is refused, and so is a schedule without any task', () => {
    for (const gone of ['owner', 'timeNode', 'standard', 'stage', 'task']) {
      const play = begun();
      const row = {
        stage: '执行',
        task: '搭建',
        owner: 'artist-1',
        timeNode: inShanghai('2026-03-16 16:00'),
        standard: '到位',
      };
      const entries = [Object.fromEntries(Object.entries(row).filter(([key]) => key !== gone))];
      const answer = play.act('ae-1', { type: 'move', move: 'layDown', paper: paperOf('F-11', { entries }) });
      expect(said(answer), gone).toBe('FIELD_MISSING R-52');
      if (isRefusal(answer))
        for (const lang of ['zh', 'en'] as const) expect(sayRefusal(answer, lang)).not.toContain('…');
      expect(play.state.entries).toEqual([]);
    }
    expect(said(begun().act('ae-1', { type: 'move', move: 'layDown', paper: paperOf('F-11', { entries: [] }) }))).toBe(
      'FIELD_MISSING R-52',
    );
  });

  test('a date that has passed, one years ahead, and a task that stands there twice are refused with their row', () => {
    const refused = (rows: typeof two) => begun().act('ae-1', laying(rows));
    const [first, second] = two;
    if (first === undefined || second === undefined) throw new Error('two rows');
    expect(refused([first, { ...second, node: '2026-03-10 09:59' }])).toMatchObject({
      code: 'FIELD_WRONG',
      field: 'paper.content.entries.1.timeNode',
      params: { why: 'past' },
      rule: 'R-52',
    });
    expect(refused([{ ...first, node: '2036-03-16 16:00' }])).toMatchObject({ params: { why: 'farAhead' } });
    expect(refused([first, { ...second, task: first.task }])).toMatchObject({
      field: 'paper.content.entries.1.task',
      params: { why: 'twice' },
    });
  });

  test('account service lays it down; an executor does not', () => {
    expect(said(begun().act('artist-1', laying(two)))).toBe('NOT_ALLOWED R-52');
    expect(said(begun().act('am-1', laying(two)))).toBe('caseMoved');
  });

  test('R-53: each executor is asked by one mail; whoever lays it down has confirmed their own by that', () => {
    const play = laid([...two, { task: '通稿', owner: 'ae-1', node: '2026-03-17 12:00' }]);
    expect(standing(play)).toEqual({ e1: 'asked', e2: 'asked', e3: 'confirmed' });
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries']);
    expect(play.mailsTo('media-1')).toEqual(['confirmEntries']);
    expect(play.mailsTo('ae-1')).toEqual([]);
  });
});

describe('R-53: what executors say', () => {
  test('confirmed once, by its owner; the whole being confirmed is told to who answers for it, once', () => {
    const play = laid();
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e1')))).toBe('entryConfirmed');
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e1')))).toBe('ALREADY_DECIDED R-53');
    expect(play.mailsTo('ae-1')).toEqual([]);
    for (const stranger of ['artist-1', 'ae-1', 'am-1', 'adir-1', 'client-1'])
      expect(said(play.act(stranger, word(play, 'confirmEntry', 'e2'))), stranger).toBe('NOT_ALLOWED R-53');
    expect(said(play.act('media-1', word(play, 'confirmEntry', 'e2')))).toBe('entryConfirmed');
    expect(play.mailsTo('ae-1')).toEqual(['scheduleConfirmed']);
  });

  test('a mark of what no longer stands is refused, an unknown entry is none', () => {
    const play = laid();
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e1', { mark: 'old' })))).toBe('STALE_VERSION R-53');
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e9')))).toBe('UNKNOWN_OBJECT R-53');
  });

  test('what cannot be kept needs a reason, reaches the owner’s desk, and may be confirmed after all', () => {
    const play = laid();
    expect(said(play.act('artist-1', word(play, 'declineEntry', 'e1', { words: ' ' })))).toBe('FIELD_MISSING R-53');
    expect(scheduleTurn(play.state)).toEqual([]);
    expect(said(play.act('artist-1', word(play, 'declineEntry', 'e1')))).toBe('entryDeclined');
    expect(scheduleTurn(play.state)).toEqual(['ae-1']);
    expect(play.mails.find(({ notice }) => notice === 'entryDeclined')?.words).toBe('人手不够');
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e1')))).toBe('entryConfirmed');
    expect(scheduleTurn(play.state)).toEqual([]);
  });

  test('done keeps actual date and evidence; a date to come and nothing to show are refused; the last one ends it', () => {
    const play = laid();
    play.until('2026-03-12 09:00');
    expect(said(play.act('artist-1', word(play, 'reportEntry', 'e1', { evidence: '' })))).toBe('FIELD_MISSING R-52');
    const early = word(play, 'reportEntry', 'e1', { doneAt: inShanghai('2026-03-13 09:00') });
    expect(said(play.act('artist-1', early))).toBe('FIELD_WRONG R-52');
    const doneAt = inShanghai('2026-03-11 18:00');
    expect(said(play.act('artist-1', word(play, 'reportEntry', 'e1', { doneAt })))).toBe('entryDone');
    expect(play.state.entries[0]?.done).toMatchObject({ by: 'artist-1', doneAt, evidence: '现场照片 12 张' });
    expect(said(play.act('media-1', word(play, 'reportEntry', 'e2')))).toBe('entryDone caseMoved');
    expect(play.state.state).toBe('FULFILLED');
    const told = play.mailsTo('ae-1').filter((notice) => notice !== 'entryUnconfirmed');
    expect(told).toEqual(['entryDone', 'scheduleFulfilled']);
    expect(said(play.act('media-1', word(play, 'confirmEntry', 'e2')))).toBe('CLOSED');
    expect(
      said(play.act('ae-1', laying([...two, { task: '拆除', owner: 'artist-1', node: '2026-03-20 18:00' }]))),
    ).toBe('caseMoved');
    expect(standing(play)).toEqual({ e1: 'done', e2: 'done', e3: 'asked' });
  });

  test('R-229: while its owner is away the stand-in answers, and both names are kept', () => {
    const play = begun();
    play.standIns['artist-1'] = 'media-1';
    play.act('ae-1', laying(two.slice(0, 1)));
    expect(said(play.act('media-1', word(play, 'confirmEntry', 'e1')))).toBe('entryConfirmed');
    expect(play.state.entries[0]?.answer).toMatchObject({ by: 'media-1', standInFor: 'artist-1' });
  });

  test('R-227: leave that begins later moves confirmed work too, and its end brings it back', () => {
    const play = laid(two.slice(0, 1));
    play.act('artist-1', word(play, 'confirmEntry', 'e1'));
    const leave = (what: 'begins' | 'ends', revision: number) => {
      const cause = { kind: 'absence', absenceId: 'a1', personId: 'artist-1', what, revision } as const;
      return said(play.report('open', { type: 'refresh', cause }));
    };
    play.standIns['artist-1'] = 'media-1';
    expect(leave('begins', 1)).toBe('caseRefreshed askedAgain');
    expect(said(play.act('media-1', word(play, 'reportEntry', 'e1')))).toBe('entryDone caseMoved');
    expect(play.state.entries[0]?.done).toMatchObject({ by: 'media-1', standInFor: 'artist-1' });
  });

  test('a hand-over of the brand asks the taker for what the giver had promised', () => {
    const play = laid();
    play.act('artist-1', word(play, 'confirmEntry', 'e1'));
    play.act('media-1', word(play, 'confirmEntry', 'e2'));
    const cause = {
      kind: 'handOver',
      handOverId: 'h1',
      revision: 3,
      brandId: 'yunfeng',
      from: 'artist-1',
      to: 'artist-2',
      owns: false,
      roles: [],
      signed: { giver: 'artist-1', taker: 'artist-2' },
    } as const;
    expect(said(play.report('open', { type: 'handOver', cause }))).toBe('caseHandedOver');
    expect(standing(play)).toEqual({ e1: 'asked', e2: 'confirmed' });
    expect(play.mailsTo('artist-2')).toEqual(['confirmEntries']);
    expect(said(play.act('artist-1', word(play, 'confirmEntry', 'e1')))).toBe('NOT_ALLOWED R-53');
    expect(said(play.act(who('artist-2'), word(play, 'confirmEntry', 'e1')))).toBe('entryConfirmed');
  });
});

describe('R-53: a version that changes something', () => {
  const confirmed = (): Schedule => {
    const play = laid();
    play.act('artist-1', word(play, 'confirmEntry', 'e1'));
    play.act('media-1', word(play, 'confirmEntry', 'e2'));
    return play;
  };

  test.each([
    ['person', { owner: 'artist-2' }],
    ['date', { node: '2026-03-17 16:00' }],
    ['standard', { standard: '灯光到位' }],
  ])('a new %s asks anew; the other confirmation stands, and nobody else is written to', (_what, change) => {
    const play = confirmed();
    const before = play.state.entries[1];
    const sent = play.mails.length;
    const rows = two.map((row, n) => (n === 0 ? { ...row, ...change } : row));
    expect(said(play.act('ae-1', laying(rows)))).toBe('caseMoved');
    expect(standing(play)).toEqual({ e1: 'asked', e2: 'confirmed' });
    expect(play.state.entries[0]?.answer).toBeUndefined();
    expect(play.state.entries[1]).toEqual(before);
    expect(play.mails.slice(sent).filter(({ asks }) => asks)).toHaveLength(1);
    expect(play.mailsTo('media-1')).toEqual(['confirmEntries']);
  });

  test('order and stage are no promise: both confirmations stand and nobody is asked', () => {
    const play = confirmed();
    const sent = play.mails.length;
    const moved = [...two].reverse().map((row) => ({ ...row, stage: '收尾' }));
    expect(said(play.act('ae-1', laying(moved)))).toBe('caseMoved');
    expect(standing(play)).toEqual({ e2: 'confirmed', e1: 'confirmed' });
    expect(play.mails).toHaveLength(sent);
  });

  test('whoever loses a task is told; a task that comes back is a new one', () => {
    const play = confirmed();
    play.act('ae-1', laying(two.slice(1)));
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries', 'entriesReleased']);
    play.act('ae-1', laying(two));
    expect(standing(play)).toEqual({ e3: 'asked', e2: 'confirmed' });
  });

  test('an entry that is over may stay as it is, but a new date must lie ahead', () => {
    const play = confirmed().until('2026-03-20 10:00');
    expect(said(play.act('ae-1', laying([...two, { task: '拆除', owner: 'ae-1', node: '2026-03-23 10:00' }])))).toBe(
      'caseMoved',
    );
    expect(said(play.act('ae-1', laying([{ ...two[0], node: '2026-03-19 10:00' } as never])))).toBe('FIELD_WRONG R-52');
  });
});

describe('R-57, S-42: the ladder of an entry', () => {
  test('asked: the next morning, that close, and the third; dated: the morning of the working day before, then once it is over', () => {
    expect(rungsOf(laid(), 'e1')).toEqual([
      '2026-03-11 09:00',
      '2026-03-11 17:00',
      '2026-03-13 17:00',
      '2026-03-13 09:00',
      '2026-03-16 16:00',
      '2026-03-17 17:00',
      '2026-03-19 17:00',
    ]);
  });

  test('confirmed: one reminder before the date and, done in time, none after; moving on repeats nothing', () => {
    const play = laid();
    play.act('artist-1', word(play, 'confirmEntry', 'e1'));
    play.until('2026-03-13 08:59');
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries']);
    play.until('2026-03-13 09:00');
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries', 'entryAhead']);
    play.until('2026-03-16 15:00').act('artist-1', word(play, 'reportEntry', 'e1'));
    play.until('2026-06-01 10:00');
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries', 'entryAhead']);
  });

  test('nobody answers: executor, owner, manager, director, each rung once, and no rung decides anything (R-230)', () => {
    const play = laid(two.slice(0, 1)).until('2026-06-01 10:00');
    expect(play.mailsTo('artist-1')).toEqual([
      'confirmEntries',
      'entryUnconfirmed',
      'entryUnconfirmed',
      'entryAhead',
      'entryUnconfirmed',
      'entryOverdue',
      'entryOverdue',
      'entryStalled',
    ]);
    expect(play.mailsTo('ACCOUNT_MANAGER')).toEqual(['entryUnconfirmed', 'entryOverdue', 'entryStalled']);
    expect(play.mailsTo('ACCOUNT_DIRECTOR')).toEqual(['entryStalled']);
    expect(standing(play)).toEqual({ e1: 'asked' });
  });

  test('on a weekend, before a holiday, laid down too late: the reminder still comes before the date', () => {
    const saturday = laid([{ task: '路演', owner: 'artist-1', node: '2026-03-14 14:00' }]);
    expect(rungsOf(saturday, 'e1')[3]).toBe('2026-03-13 09:00');
    const today = laid([{ task: '路演', owner: 'artist-1', node: '2026-03-10 18:00' }]);
    today.act('artist-1', word(today, 'confirmEntry', 'e1'));
    today.until('2026-03-10 10:00');
    expect(today.mailsTo('artist-1')).toEqual(['confirmEntries', 'entryAhead']);
  });

  test('a day the office closes moves the reminder and no date', () => {
    const play = laid();
    const typhoon = { kind: 'closed', name: { zh: '台风', en: 'Typhoon' } } as const;
    play.calendar = { ...office, days: { ...office.days, '2026-03-13': typhoon } };
    const cause = { kind: 'calendar', calendarId: 'office', revision: 2 } as const;
    expect(said(play.report('open', { type: 'refresh', cause }))).toBe('caseRefreshed entriesRecounting');
    expect(rungsOf(play, 'e1').slice(3, 5)).toEqual(['2026-03-12 09:00', '2026-03-16 16:00']);
  });

  test('a rung is not reached before its time, nor twice, nor by a person', () => {
    const play = laid().until('2026-03-11 09:00');
    const reach = (rung: number) => play.report('clock', { type: 'entryReached', entry: 'e1', rung });
    for (const rung of [0, 3, 4, 99, -1]) expect(said(reach(rung))).toBe('');
    expect(
      said(play.act('artist-1', { type: 'entryReached', entry: 'e1', rung: 1 }, inShanghai('2026-03-20 17:00'))),
    ).toBe('');
  });

  test('set aside: its executors are told, nothing is reminded any more', () => {
    const play = laid();
    expect(said(play.act('ae-1', { type: 'move', move: 'setAside', words: '客户取消活动' }))).toBe('caseMoved');
    play.until('2026-06-01 10:00');
    expect(play.mailsTo('artist-1')).toEqual(['confirmEntries', 'scheduleSetAside']);
  });

  test('its job ended: the schedule ends with it, told by the service alone', () => {
    const play = laid();
    expect(said(play.act('ae-1', { type: 'told', move: 'endWithJob' }))).toBe('NOT_ALLOWED');
    expect(said(play.report('mail', { type: 'told', move: 'endWithJob' }))).toBe('caseMoved');
    expect(play.state.state).toBe('SET_ASIDE');
  });

  test('R-59: it ends with its job: who was asked and has not answered hears once that nothing is needed any more', () => {
    const play = laid();
    play.act('media-1', word(play, 'confirmEntry', 'e2'));
    play.report('mail', { type: 'told', move: 'endWithJob' });
    play.report('mail', { type: 'told', move: 'endWithJob' });
    expect(play.mails.filter(({ notice }) => notice === 'notNeeded').map(({ to }) => to)).toEqual([
      { personId: 'artist-1' },
    ]);
  });
});

test('every rung of the node has a reminder before it: the first of them lies ahead of the date (R-57)', () => {
  const node = entryLadder.filter(({ of }) => of === 'node').map(({ notice }) => notice);
  expect(node[0]).toBe('entryAhead');
  expect(scheduleOf(two).facts['tasks']).toHaveLength(2);
});
