import { describe, expect, test } from 'vitest';
import { mondayToFriday } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import type { Calendar, ClosedSpan } from '../../../domain/calendar/types.ts';
import { reachOf } from '../../../domain/circulation/reach.ts';
import { addMs } from '../../../domain/instant.ts';
import { possible } from '../../../domain/job/answers.ts';
import { isRefusal, type Refusal } from '../../../domain/process.ts';
import { historySentence } from '../../../domain/wording/history.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { bookUntil, person, type Agency } from './agency.ts';

const office: Calendar = {
  id: 'office',
  name: { zh: '总部', en: 'Head office' },
  zone: 'Asia/Shanghai',
  weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  days: {},
  publishedThrough: '2999-12-31',
};
const hourMs = 3_600_000;

/** The copywriter's desk of the artwork's round; somebody presses for it at a moment of a Thursday. */
class Desk {
  readonly a: Agency = bookUntil('ARTWORK_QC');
  leave: readonly ClosedSpan[] = [];

  constructor(at: string) {
    this.at(at);
  }

  at(at: string): void {
    this.a.now = Date.parse(at) - 60_000;
  }

  get stay() {
    return this.a.running('artworkQc').stays.find((one) => one.step === 'copywriter');
  }

  /** The refusal the one who presses meets, if any. */
  nudge(
    who = 'executive',
    more: { round?: number; step?: string; words?: string; circulation?: string } = {},
  ): Refusal | undefined {
    const { id: circulation, round } = this.a.running('artworkQc');
    const receivedAt = addMs(this.a.at, 60_000);
    const holders = (this.stay?.holders ?? []).map(({ personId }) => ({
      personId,
      calendar: office,
      leave: this.leave,
    }));
    const until = this.stay?.onItUntil;
    this.a.reach = reachOf(
      { wall: office.zone, calendar: office, holders, ...(until === undefined ? {} : { onItUntil: until }) },
      zoneNamed,
      receivedAt,
    );
    return this.a.send(person(who), { type: 'nudge', circulation, round, step: 'copywriter', ...more });
  }

  get mails() {
    return this.a.effects.flatMap((one) => (one.kind === 'mail' && one.input.kind === 'nudge' ? [one.input] : []));
  }
}

const ten = '2026-03-12T02:00:00.000Z';
const open = (at = ten): Desk => new Desk(at);

describe('M-22: a waiting step is pressed for by hand', () => {
  test('its holder gets the link and the words at once; no date moves, no rung is climbed, nothing is decided', () => {
    const desk = open();
    const before = desk.stay;
    expect(desk.nudge('executive', { words: '客户下午要看' })).toBeUndefined();
    expect(desk.mails).toMatchObject([
      { to: { personId: 'copywriter' }, words: '客户下午要看', grantId: before?.holders[0]?.grantId },
    ]);
    expect(desk.stay).toMatchObject({
      state: 'open',
      dueAt: before?.dueAt,
      rungs: before?.rungs,
      decisions: [],
      nudges: [{ at: ten, by: 'executive', people: ['copywriter'] }],
    });
    const entry = desk.a.events.at(-1);
    expect(entry && historySentence(entry, { person: (name) => ({ name }) }, 'en')).toContain(
      'executive reminded copywriter by hand',
    );
  });

  test('R-231: the owner of the job and account managers and above may; nobody else', () => {
    for (const who of ['executive', 'manager', 'director']) expect(open().nudge(who)).toBeUndefined();
    for (const who of ['designer', 'copywriter', 'contact', 'media'])
      expect(open().nudge(who)?.code).toBe('NOT_ALLOWED');
  });

  test('§7.3: once a step and four working hours, whoever presses; then it says when it is possible again', () => {
    const desk = open();
    expect(desk.nudge()).toBeUndefined();
    desk.at(addMs(ten, 4 * hourMs - 1));
    const no = desk.nudge('manager');
    expect(no).toMatchObject({
      code: 'NUDGE_LATER',
      params: { why: 'nudged', when: '2026-03-12 14:00', at: '2026-03-12T06:00:00.000Z' },
    });
    expect(no && sayRefusal(no, 'zh')).toBe('现在不能催办：四个工作小时之内只催一次。2026-03-12 14:00 起可以再催。');
    expect(no && sayRefusal(no, 'en')).toBe(
      'No reminder now: a step is pressed for once in four working hours. It is possible again from 2026-03-12 14:00.',
    );
    desk.at('2026-03-12T06:00:00.000Z');
    expect(desk.nudge('manager')).toBeUndefined();
    expect(desk.mails).toHaveLength(2);
    // From Thursday 14:00 three hours are left that day: Friday 10:00.
    desk.at('2026-03-13T01:30:00.000Z');
    expect(desk.nudge()).toMatchObject({ params: { when: '2026-03-13 10:00' } });
  });

  test('never in closed hours or on leave: it says when they are there again', () => {
    expect(open('2026-03-13T10:00:00.000Z').nudge()).toMatchObject({
      code: 'NUDGE_LATER',
      params: { why: 'closed', when: '2026-03-16 09:00' },
    });
    const away = open();
    away.leave = [{ from: '2026-03-11T00:00:00.000Z', to: '2026-03-17T05:00:00.000Z' }];
    expect(away.nudge()).toMatchObject({ code: 'NUDGE_LATER', params: { why: 'leave', when: '2026-03-17 13:00' } });
    expect(away.mails).toEqual([]);
  });

  test('design §5: whoever said they are on it is left alone until then', () => {
    const desk = open('2026-03-12T01:30:00.000Z');
    const { id: circulation, round } = desk.a.running('artworkQc');
    const until = '2026-03-12T03:00:00.000Z';
    const note = { kind: 'onIt', until } as const;
    desk.a.does('copywriter', { type: 'note', circulation, round, step: 'copywriter', note, words: '' });
    desk.at(ten);
    expect(desk.nudge()).toMatchObject({ code: 'NUDGE_LATER', params: { why: 'onIt', when: '2026-03-12 11:00' } });
    desk.at(until);
    expect(desk.nudge()).toBeUndefined();
  });

  test('a new holder was not pressed for yet', () => {
    const desk = open();
    expect(desk.nudge()).toBeUndefined();
    const { id: circulation, round } = desk.a.running('artworkQc');
    desk.a.does('manager', {
      type: 'handOver',
      circulation,
      round,
      step: 'copywriter',
      how: 'reassign',
      to: 'strategist',
      words: 'ill',
    });
    expect(desk.stay).toMatchObject({ state: 'open', holders: [{ personId: 'strategist' }] });
    desk.at(addMs(ten, hourMs));
    expect(desk.nudge()).toBeUndefined();
    expect(desk.mails.map(({ to }) => to)).toEqual([{ personId: 'copywriter' }, { personId: 'strategist' }]);
  });

  test('only a step that waits now, in the present round, and with somebody else', () => {
    const desk = open();
    expect(desk.nudge('executive', { round: 7 })?.code).toBe('STALE_ROUND');
    expect(desk.nudge('executive', { circulation: 'nowhere' })?.code).toBe('UNKNOWN_OBJECT');
    expect(desk.nudge('executive', { step: 'nobody' })?.code).toBe('UNKNOWN_OBJECT');
    expect(desk.nudge('executive', { step: 'artDirector' })?.code).toBe('ALREADY_DECIDED');
    expect(desk.nudge('executive', { words: 'x'.repeat(4001) })?.code).toBe('TOO_LONG');
    desk.a.does('manager', { type: 'hold', words: 'wait' });
    expect(desk.nudge()?.code).toBe('ON_HOLD');
    expect(desk.mails).toEqual([]);
    const nobody = bookUntil('REQUESTED');
    expect(possible(nobody.state).find((one) => one.act === 'nudge')?.refusal?.code).toBe('NOBODY_ASKED');
    const own = bookUntil('ORDER_SIGNOFF');
    own.now = Date.parse(ten);
    const { id: circulation, round } = own.running('workOrder');
    own.reach = reachOf({ wall: office.zone, calendar: office, holders: [] }, zoneNamed, ten);
    expect(own.refused('director', { type: 'nudge', circulation, round, step: 'accountDirector' })).toBe('NOBODY_ELSE');
  });

  test('a command without the calendar’s answer is refused: nobody says for themselves that it is the right hour', () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    const refused = a.send(person('executive'), { type: 'nudge', circulation, round, step: 'copywriter' });
    expect(isRefusal(refused) && refused.code).toBe('FIELD_MISSING');
  });

  test('state budget: of many nudges a desk keeps ten, and none when it is done with', () => {
    const desk = open();
    for (let day = 0; day < 30; day += 1) {
      desk.at(addMs('2026-03-16T01:00:00.000Z', day * 24 * hourMs));
      desk.nudge();
    }
    expect(desk.stay?.nudges).toHaveLength(10);
    desk.a.signs('artworkQc', 'copywriter');
    expect(desk.stay?.nudges).toBeUndefined();
  });
});
