import { describe, expect, test } from 'vitest';
import type { RefreshCause } from '../../../domain/job/acts.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import { inShanghai, office, shanghai, shown } from '../calendar/calendars.ts';
import { said, who } from '../cases/play.ts';
import { atClient, atReviewer, copy, move, paper, type Minutes } from './sent.ts';

const typhoon = { kind: 'closed', name: { zh: '台风停工', en: 'typhoon' } } as const;
const closed = (day: string) => withStretch(office, day, day, typhoon);
const tell = (play: Minutes, cause: RefreshCause): string => said(play.report('tell', { type: 'refresh', cause }));
const changed = (revision = 2, calendarId = 'office'): RefreshCause => ({ kind: 'calendar', calendarId, revision });
const leave = (what: 'begins' | 'ends', personId = 'am-1', revision = 1): RefreshCause => ({
  kind: 'absence',
  absenceId: 'a1',
  revision,
  personId,
  what,
});
const told = (play: Minutes): string[] =>
  play.mails.flatMap(({ notice, name }) => (notice === 'datesMoved' ? [name] : []));

describe('M-22, design §5: a changed calendar reaches running minutes', () => {
  test('a typhoon day moves the window and the tasks; whose date moved is told once for the change', () => {
    const play = atClient();
    expect(shown(shanghai, play.state.window?.endsAt ?? '')).toBe('2026-03-11 17:00');
    play.calendar = closed('2026-03-11');
    tell(play, changed());
    expect(shown(shanghai, play.state.window?.endsAt ?? '')).toBe('2026-03-12 17:00');
    // The window is the client's, and so is the clock of the answer: one mail. The task's day does not move.
    expect([...new Set(told(play))]).toEqual(['calendar/office/2/client-1']);
    play.calendar = closed('2026-03-16');
    tell(play, changed(3));
    expect(shown(shanghai, play.state.tasks[0]?.dueAt ?? '')).toBe('2026-03-13 17:00');
    expect(told(play)).toContain('calendar/office/3/artist-1');
    expect(play.until('2026-03-12 16:59').state.state).toBe('SENT');
    expect(play.until('2026-03-12 17:00').state.state).toBe('DEEMED_CONFIRMED');
  });

  test('what reached it before, or is older, changes nothing; a change that moves nothing tells nobody', () => {
    const play = atClient();
    expect(tell(play, changed())).toBe('caseRefreshed clockRecounting clockRecounting tasksRecounting');
    expect(tell(play, changed())).toBe('');
    expect(tell(play, changed(1))).toBe('');
    expect(told(play)).toEqual([]);
    expect(tell(play, changed(1, 'other-client'))).toBe('caseRefreshed');
    expect(play.state.refreshed).toEqual({ office: 2, 'other-client': 1 });
  });

  test('a client’s calendar rules their window and not our own clocks', () => {
    const play = atClient();
    expect(tell(play, changed(1, 'yunfeng'))).toBe('caseRefreshed clockRecounting');
    const events = play.events.filter(({ type }) => type === 'clockRecounting');
    expect(events).toMatchObject([{ clock: 'window', because: { calendarId: 'yunfeng', revision: 1 } }]);
  });

  test('marks that were reached stay reached; those ahead move', () => {
    const play = atReviewer().until('2026-03-10 15:00');
    expect(play.mailsTo('am-1')).toEqual(['reviewMinutes', 'reviewReminder']);
    play.calendar = closed('2026-03-11');
    tell(play, changed());
    play.until('2026-03-11 18:00');
    expect(play.mailsTo('am-1').filter((one) => one === 'reviewReminder')).toHaveLength(1);
    play.until('2026-03-12 10:00');
    expect(play.mailsTo('am-1').filter((one) => one === 'reviewReminder')).toHaveLength(2);
  });

  test('R-136: a calendar with fewer days off never shortens a window that the client was shown', () => {
    const play = atClient('silent');
    play.calendar = closed('2026-03-11');
    const sent = play.state.asked['confirmMinutes']?.sent ?? 0;
    const at = play.now;
    play.report('mail', {
      type: 'mailed',
      notice: 'confirmMinutes',
      sent,
      personId: 'client-1',
      outcome: 'accepted',
      at,
    });
    expect(shown(shanghai, play.state.window?.endsAt ?? '')).toBe('2026-03-12 17:00');
    play.until('2026-03-11 18:00').calendar = office;
    tell(play, changed(3));
    expect(shown(shanghai, play.state.window?.endsAt ?? '')).toBe('2026-03-12 17:00');
    expect(play.until('2026-03-12 16:59').state.state).toBe('SENT');
    expect(said(play.act('client-1', move('object', { hash: copy, words: '日期不对' })))).toBe('caseMoved');
  });

  test('ended minutes are left alone', () => {
    const play = atReviewer();
    play.act('am-1', move('return', { hash: paper.hash, words: '再写' }));
    play.act('am-1', move('drop', { words: '内部会，不必记录' }));
    expect(tell(play, changed())).toBe('');
    expect(tell(play, leave('begins'))).toBe('');
  });
});

describe('R-227 to R-229: leave of who reviews', () => {
  test('the asking goes to who stands in, who signs with both names; the ladder counts on from the first mail', () => {
    const play = atReviewer().until('2026-03-10 12:00');
    play.standIns['am-1'] = 'adir-1';
    expect(tell(play, leave('begins'))).toBe('caseRefreshed askedAgain');
    const mail = play.mails.at(-1);
    const sent = play.state.asked['reviewMinutes']?.sent;
    expect(mail).toMatchObject({ notice: 'reviewMinutes', asks: true, waits: true, asking: sent });
    expect(mail?.name).toMatch(/\/again-\d+$/);
    expect(play.state.asked['reviewMinutes']?.people['am-1']).toMatchObject({ standInId: 'adir-1' });
    expect(play.state.clocks['review']?.from).toBe(inShanghai('2026-03-10 10:00'));
    expect(tell(play, leave('begins'))).toBe('');
    const artist = { ...who('artist-1'), personId: 'planner-1' };
    expect(said(play.act(artist, move('approve', { hash: paper.hash })))).toBe('NOT_ALLOWED R-129');
    expect(said(play.act('adir-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
  });

  test('somebody without a title signs in for the reviewer, with both names, and only while they are asked', () => {
    const play = atReviewer();
    const standIn = { ...who('artist-1'), personId: 'planner-1', roles: ['PLANNING_MANAGER'] } as const;
    play.standIns['am-1'] = 'planner-1';
    tell(play, leave('begins'));
    play.act(standIn, move('approve', { hash: paper.hash }));
    expect(play.state.made['approve']).toMatchObject({ by: 'planner-1', standInFor: 'am-1' });
    const other = atReviewer();
    other.standIns['am-1'] = 'planner-1';
    tell(other, leave('begins'));
    delete other.standIns['am-1'];
    expect(tell(other, leave('ends'))).toBe('caseRefreshed askedAgain');
    expect(other.mails.at(-1)).toMatchObject({ notice: 'reviewMinutes', to: { personId: 'am-1' } });
    expect(said(other.act(standIn, move('approve', { hash: paper.hash })))).toBe('NOT_ALLOWED R-129');
    expect(said(other.act('am-1', move('approve', { hash: paper.hash })))).toBe('caseMoved caseMoved');
  });

  test('R-129, R-99: nobody reviews their own work through a stand-in', () => {
    const play = atReviewer();
    play.standIns['am-1'] = 'ae-2';
    tell(play, leave('begins'));
    const author = { ...who('ae-1'), standInFor: 'am-1' };
    expect(said(play.act(author, move('approve', { hash: paper.hash })))).toBe('OWN_WORK R-129');
  });

  test('a beginning that is told once more after the end takes nothing away again', () => {
    const play = atReviewer();
    play.standIns['am-1'] = 'adir-1';
    expect(tell(play, leave('begins'))).toBe('caseRefreshed askedAgain');
    delete play.standIns['am-1'];
    expect(tell(play, leave('ends'))).toBe('caseRefreshed askedAgain');
    expect(tell(play, leave('begins'))).toBe('');
    expect(tell(play, leave('ends'))).toBe('');
    // Leave that was announced anew is another matter.
    expect(tell(play, leave('begins', 'am-1', 2))).toBe('caseRefreshed askedAgain');
  });

  test('leave of who is not asked moves nothing', () => {
    const play = atReviewer();
    expect(tell(play, leave('begins', 'ae-1'))).toBe('');
    expect(tell(play, leave('ends'))).toBe('');
    expect(play.state.refreshed).toBeUndefined();
  });
});
