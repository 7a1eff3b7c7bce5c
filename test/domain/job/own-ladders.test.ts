import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { clientSignatureLadder, internalSignatureLadder } from '../../../domain/calendar/ladders.ts';
import type { Ladder } from '../../../domain/calendar/ladders.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import { recountedAct } from '../../../domain/circulation/counting.ts';
import { ladderOf, mostOwnLadders, watchedBy } from '../../../domain/circulation/own-ladders.ts';
import type { OwnLadder, PinnedLadders } from '../../../domain/circulation/own-ladders.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { stepTimes } from '../../../domain/circulation/step-times.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { OpenEffect, RecountEffect } from '../../../domain/job/effects.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import { office, shanghai, shown } from '../calendar/calendars.ts';
import { Agency, bookUntil } from './agency.ts';

/** Told after one, two and three hours; the second on the desk alone; nothing before ten. */
const brisk: Ladder = {
  ...internalSignatureLadder,
  id: 'workOrder/accountDirector',
  limit: { workingMinutes: 60 },
  warnPercents: [],
  rungs: [
    { n: 1, after: { workingMinutes: 60 }, whom: 'holder', copy: ['ae', 'accountManager'], kind: 'remind', by: 'mail' },
    { n: 2, after: { workingMinutes: 120 }, whom: 'ae', copy: [], kind: 'escalate', by: 'desk' },
    { n: 3, after: { workingMinutes: 180 }, whom: 'standInOrHead', copy: [], kind: 'escalate', by: 'mail' },
  ],
  quiet: { from: '18:00', to: '10:00' },
};
const version = (ladder: Ladder, n = 1): OwnLadder => ({ ...ladder, version: n });

/** A job that started with these ladders, up to its order on the director's desk, which nobody opened yet. */
function started(ladders: PinnedLadders): Agency {
  const a = new Agency();
  a.ladders = ladders;
  return bookUntil('ORDER_SIGNOFF', a);
}
const openOf = (a: Agency, step: string): OpenEffect['input'] | undefined =>
  a.effects.filter((one): one is OpenEffect => one.kind === 'open').findLast(({ input }) => input.step === step)?.input;
const desk = (a: Agency): Stay => {
  const found = a.running('workOrder').stays.find((one) => one.step === 'accountDirector');
  if (!found) throw new Error('no desk');
  return found;
};

/** The desk as its own ladder counts it from the moment its mail was accepted. */
function counted(a: Agency): Agency {
  const input = openOf(a, 'accountDirector');
  const { rungs, dueAt } = stepTimes(input?.ladder ?? internalSignatureLadder, office, zoneNamed, a.at);
  const of = a.running('workOrder');
  const stays = of.stays.map((stay) =>
    stay.step === 'accountDirector'
      ? { ...stay, rungs, dueAt, holders: stay.holders.map((holder) => ({ ...holder, askedAt: a.at })) }
      : stay,
  );
  a.state = { ...a.state, circulations: { ...a.state.circulations, [of.id]: { ...of, stays } } };
  a.mails.length = 0;
  return a;
}

/** Lets the clock run until nothing is left on the desk; the moments on the wall clock in Shanghai. */
function climb(a: Agency): string[] {
  const seen: string[] = [];
  for (let due = jobProcess.due(a.state); due; due = jobProcess.due(a.state)) {
    a.now = Date.parse(due.at) - 60_000;
    a.send({ kind: 'system', name: 'clock' }, due.act);
    seen.push(shown(shanghai, due.at));
  }
  return seen;
}

describe('ladders of the house’s own', () => {
  test('M-22: the step’s own comes before its kind’s, and §7.3 stands where the house has none', () => {
    const step = standardRoutes.workOrder.steps.find(({ key }) => key === 'accountDirector');
    if (!step) throw new Error('no such step');
    const own = { 'workOrder/accountDirector': version(brisk), internalSignature: version(clientSignatureLadder, 4) };
    expect(ladderOf(own, 'workOrder@3', step)).toMatchObject({ id: brisk.id });
    expect(ladderOf(own, 'timetable@1', step)).toMatchObject({ version: 4 });
    expect(ladderOf({}, 'workOrder@1', step)).toBe(internalSignatureLadder);
    expect(ladderOf(undefined, 'workOrder@1', { key: 'constructor', ladder: 'internalSignature' })).toBe(
      internalSignatureLadder,
    );
  });

  test('a scope is a step that somebody waits at, or a kind; anything else is nothing', () => {
    expect(watchedBy('workOrder/accountDirector')).toMatchObject({ kind: 'internalSignature', at: { step: {} } });
    expect(watchedBy('clientComment')).toEqual({ kind: 'clientComment' });
    for (const none of ['workOrder', 'workOrder/nobody', 'nothing/client', 'workOrder/submit', 'a/b/c', ''])
      expect(watchedBy(none), none).toBeUndefined();
  });

  test('M-22: a job takes the ladders with it when it starts; a version saved later is for later jobs', () => {
    const a = started({ 'workOrder/accountDirector': version(brisk) });
    expect(a.state.ladders).toEqual({ 'workOrder/accountDirector': version(brisk) });
    expect(openOf(a, 'accountDirector')?.ladder).toMatchObject({ version: 1, limit: { workingMinutes: 60 } });
    const ask = a.mails.find(({ input }) => input.kind === 'ask' && input.where?.step === 'accountDirector');
    expect(ask?.input.ladder).toMatchObject({ version: 1 });
    a.ladders = { 'workOrder/creativeDirector': version(brisk, 2), 'workOrder/accountDirector': version(brisk, 2) };
    a.signs('workOrder', 'accountDirector');
    expect(openOf(a, 'creativeDirector')).not.toHaveProperty('ladder');
    expect(a.state.ladders).toEqual({ 'workOrder/accountDirector': version(brisk) });
  });

  test('a job that started without any keeps §7.3 and its state says nothing new', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    expect(a.state).not.toHaveProperty('ladders');
    expect(openOf(a, 'accountDirector')).not.toHaveProperty('ladder');
  });

  test('one that does not hold together leaves its step with §7.3 and starts the job all the same', () => {
    const bad = { ...brisk, rungs: [] };
    const a = started({ 'workOrder/accountDirector': version(bad), internalSignature: version(brisk) });
    expect(Object.keys(a.state.ladders ?? {})).toEqual(['internalSignature']);
  });

  test('M-22: each rung once, to whom the ladder says, by the channel it says, with its quiet hours', () => {
    const a = counted(started({ 'workOrder/accountDirector': version(brisk) }));
    expect(climb(a)).toHaveLength(3);
    const told = a.mails.map(({ input: { kind, to, quiet } }) => ({ kind, to, quiet }));
    const { quiet } = brisk;
    expect(told).toEqual([
      { kind: 'remind', to: { personId: 'director' }, quiet },
      { kind: 'remind', to: { position: 'owner' }, quiet },
      { kind: 'remind', to: { position: 'accountManager' }, quiet },
      { kind: 'escalate', to: { position: 'standInOrHead' }, quiet },
    ]);
    expect(new Set(a.mails.map(({ name }) => name)).size).toBe(4);
    const climbed = a.events.filter((event) => event.type === 'rungClimbed');
    expect(climbed).toMatchObject([{ copy: ['ae', 'accountManager'] }, { n: 2, by: 'desk' }, { n: 3, copy: [] }]);
    expect(desk(a).state).toBe('open');
  });

  test('R-51: a moved date and "I’m on it" shift its rungs by working time', () => {
    const a = counted(started({ 'workOrder/accountDirector': version(brisk) }));
    const { id: circulation, round } = a.running('workOrder');
    const until = new Date(a.now + 26 * 3_600_000).toISOString();
    const note = { kind: 'onIt', until } as const;
    a.does('director', { type: 'note', circulation, round, step: 'accountDirector', note, words: '' });
    const moments = climb(a);
    // Paused over the next morning: the first speaks at the end of the pause, the others an hour of work apart.
    expect(moments[0]).toBe(shown(shanghai, until));
    expect(moments).toHaveLength(3);
  });

  test('M-22: a changed calendar counts the desk anew by the ladder the job took, not by §7.3', () => {
    const a = counted(started({ 'workOrder/accountDirector': version(brisk) }));
    a.counting = false;
    const from = desk(a).holders[0]?.askedAt ?? '';
    a.send(
      { kind: 'system', name: 'tell' },
      { type: 'refresh', cause: { kind: 'calendar', calendarId: 'office', revision: 2 } },
    );
    const asked = a.effects.filter((one): one is RecountEffect => one.kind === 'recount').at(-1);
    const shift = asked?.input.shifts[0];
    if (!asked || shift?.kind !== 'calendar') throw new Error('nothing was counted anew');
    expect(shift.own).toMatchObject({ id: brisk.id });
    const closed = { kind: 'closed', name: { zh: '台风', en: 'Typhoon' } } as const;
    const after = withStretch(office, '2026-03-12', '2026-03-12', closed);
    const changes = new Map([[shift, { before: office, after }]]);
    a.send({ kind: 'system', name: 'shell' }, recountedAct(after, zoneNamed, asked.input, changes));
    const { rungs, dueAt } = stepTimes(brisk, after, zoneNamed, from);
    expect(desk(a).rungs.map(({ at }) => at)).toEqual(rungs.map(({ at }) => at));
    expect(desk(a).dueAt).toBe(dueAt);
  });

  test('design §2: as many as a house may have, as large as they may be, start a job within the 16 KB of an activity', () => {
    const full: Ladder = {
      ...brisk,
      rungs: [1, 2, 3, 4, 5, 6].map((n) => ({
        n,
        after: { workingMinutes: 10_000 + n },
        whom: 'standInOrHead',
        copy: ['ae', 'accountManager', 'accountDirector'],
        kind: 'escalate',
        by: 'mail',
      })),
    };
    const keys = Object.values(standardRoutes).flatMap(({ id, steps }) => steps.map(({ key }) => `${id}/${key}`));
    const many = Object.fromEntries(keys.slice(0, mostOwnLadders + 5).map((key) => [key, version(full)]));
    const a = started(many);
    expect(Object.keys(a.state.ladders ?? {})).toHaveLength(mostOwnLadders);
    const sizes = a.events.map((event) => Buffer.byteLength(JSON.stringify(event)));
    expect(Math.max(...sizes)).toBeLessThan(16 * 1024);
  });
});
