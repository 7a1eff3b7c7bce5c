import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { recountedAct } from '../../../domain/circulation/counting.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { Verb } from '../../../domain/circulation/acts.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import { office, shanghai, shown } from '../calendar/calendars.ts';
import type { Agency } from './agency.ts';
import { bookUntil } from './agency.ts';

const hour = 3_600_000;
const desk = (a: Agency): Stay => {
  const found = a.running('workOrder').stays.find(({ step }) => step === 'accountDirector');
  if (!found) throw new Error('no desk');
  return found;
};
const at = (a: Agency) => {
  const { id: circulation, round } = a.running('workOrder');
  return { circulation, round, step: 'accountDirector' };
};
const clock = { kind: 'system', name: 'clock' } as const;

/** Answers the newest opening as the registers would: these people, limits from the moment it says. */
function opens(a: Agency, personId: string): void {
  const effect = a.effects.findLast((one) => one.kind === 'open');
  if (effect?.kind !== 'open') throw new Error('nothing opens');
  const { openingAt, judgedAt = openingAt, keep = [] } = effect.input;
  const times = stepTimes(ladders.internalSignature, office, zoneNamed, judgedAt);
  const holders = [...keep, { personId, grantId: `g-${personId}` }];
  const unreachedAt = new Date(Date.parse(judgedAt) + hour).toISOString();
  const report = { type: 'stepOpened', ...at(a), holders, unreachedAt, ...times } as const;
  a.send({ kind: 'system', name: 'open' }, report);
}
/** The mail server takes the request to this person; limits count from then on. */
function asked(a: Agency, personId: string): void {
  const times = stepTimes(ladders.internalSignature, office, zoneNamed, a.at);
  const report = { type: 'asked', ...at(a), personId, outcome: 'accepted', askedAt: a.at, ...times } as const;
  a.send({ kind: 'system', name: 'mail' }, report);
}
/** The calendar answers every count that waits. */
function counts(a: Agency): void {
  for (const effect of a.effects.filter((one) => one.kind === 'recount'))
    a.send({ kind: 'system', name: 'shell' }, recountedAct(office, shanghai, effect.input));
}
/** What the clock does within the next minutes, whatever is due by then. */
function happens(a: Agency, minutes = 1): string[] {
  const from = a.events.length;
  const until = a.now + minutes * 60_000;
  for (let due = jobProcess.due(a.state); due && Date.parse(due.at) <= until; due = jobProcess.due(a.state)) {
    a.now = Math.max(a.now, Date.parse(due.at));
    const seq = a.state.seq;
    a.send(clock, due.act);
    if (a.state.seq === seq) break;
  }
  return a.events.slice(from).map(({ type }) => type);
}
/** Thursday 12 March 2026, 09:30: the order lies with the account director, who was asked. */
function running(): Agency {
  const a = bookUntil('OPENED');
  a.carrying = false;
  a.now = Date.parse('2026-03-12T01:30:00.000Z');
  a.state = { ...bookUntil('ORDER_SIGNOFF').state };
  a.effects.length = 0;
  const stays = a.running('workOrder').stays.map((stay): Stay => {
    if (stay.step !== 'accountDirector') return stay;
    const times = stepTimes(ladders.internalSignature, office, zoneNamed, a.at);
    const holders = [{ personId: 'director', grantId: 'g', askedAt: a.at }];
    return { step: stay.step, state: 'open', holders, openedAt: a.at, decisions: [], ...times };
  });
  const order = { ...a.running('workOrder'), stays };
  a.state = { ...a.state, circulations: { ...a.state.circulations, [order.id]: order } };
  a.mails.length = 0;
  return a;
}
const hand = (a: Agency, how: 'reassign' | 'add', to = 'management'): Verb => ({
  type: 'handOver',
  ...at(a),
  how,
  to,
  words: '出差',
});
const mailsOf = (a: Agency, kind: string): string[] =>
  a.effects.flatMap((one) => (one.kind === 'mail' && one.input.kind === kind ? [one.name] : []));

describe('a desk that opens once more', () => {
  test('M-22: handed over after days of "I’m on it", nothing speaks before the new holder was even asked', () => {
    const a = running();
    a.does('director', {
      type: 'note',
      ...at(a),
      note: { kind: 'onIt', until: '2026-03-18T09:00:00.000Z' },
      words: '',
    });
    counts(a);
    a.now = Date.parse('2026-03-17T02:00:00.000Z');
    a.does('manager', hand(a, 'reassign'));
    opens(a, 'management');
    // The request waits some seconds for others to the same person, or hours for a mail server.
    expect(happens(a, 30)).toEqual([]);
    expect(shown(shanghai, desk(a).dueAt ?? '')).toBe('2026-03-17 14:01');
  });

  test('M-21: whoever gets it later is looked for at that moment: leave and limits are those of today', () => {
    const a = running();
    a.now = Date.parse('2026-03-16T02:00:00.000Z');
    a.does('manager', hand(a, 'reassign'));
    const open = a.effects.findLast((one) => one.kind === 'open');
    expect(open?.input).toMatchObject({ judgedAt: a.at });
  });

  test('a signature taken back days later begins the ladder anew, in mails of its own', () => {
    const a = running();
    a.now = Date.parse('2026-03-12T06:31:00.000Z');
    expect(happens(a)).toContain('rungClimbed');
    const reminders = mailsOf(a, 'remind');
    a.now = Date.parse('2026-03-13T02:00:00.000Z');
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    a.now = Date.parse('2026-03-16T02:00:00.000Z');
    a.does('director', { type: 'withdraw', ...at(a), words: '点错了' });
    opens(a, 'director');
    expect(happens(a, 30)).toEqual([]);
    asked(a, 'director');
    happens(a, 8 * 60);
    const again = mailsOf(a, 'remind').slice(reminders.length);
    expect(reminders).toHaveLength(1);
    expect(again).toHaveLength(1);
    expect(again).not.toEqual(reminders);
  });

  test('R-51: a date moved by hand stands for whoever gets the step, and their ladder stands around it', () => {
    const a = running();
    const dueAt = '2026-03-20T08:00:00.000Z';
    a.does('manager', { type: 'moveDate', ...at(a), dueAt, words: '客户改期' });
    counts(a);
    a.effects.length = 0;
    a.now = Date.parse('2026-03-13T02:00:00.000Z');
    a.does('manager', hand(a, 'reassign'));
    opens(a, 'management');
    counts(a);
    asked(a, 'management');
    expect(desk(a).dueAt).toBe(dueAt);
    const first = desk(a).rungs.find(({ kind }) => kind === 'remind');
    expect(first?.at).toBe(dueAt);
    expect(happens(a, 8 * 60)).toEqual([]);
  });

  test('R-51: it stands for whoever takes a signature back, too', () => {
    const a = running();
    const dueAt = '2026-03-20T08:00:00.000Z';
    a.does('manager', { type: 'moveDate', ...at(a), dueAt, words: '客户改期' });
    counts(a);
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    a.does('director', { type: 'withdraw', ...at(a), words: '点错了' });
    opens(a, 'director');
    expect(desk(a)).toMatchObject({ state: 'open', dueAt, dueMoved: true });
  });

  test('M-22: who joins a desk gets it as it stands: its date, its ladder and its pause go on', () => {
    const a = running();
    a.does('director', {
      type: 'note',
      ...at(a),
      note: { kind: 'onIt', until: '2026-03-18T02:00:00.000Z' },
      words: '',
    });
    const pause = a.effects.findLast((one) => one.kind === 'recount');
    a.does('manager', hand(a, 'add'));
    // The calendar’s answer arrives while the second person is looked for.
    if (pause?.kind !== 'recount') throw new Error('no count was asked for');
    a.send({ kind: 'system', name: 'shell' }, recountedAct(office, shanghai, pause.input));
    const { dueAt, onItUntil, rungs } = desk(a);
    opens(a, 'management');
    expect(desk(a)).toMatchObject({ state: 'open', dueAt, onItUntil, rungs });
    expect(desk(a).holders.map(({ personId }) => personId)).toEqual(['director', 'management']);
    expect(shown(shanghai, desk(a).rungs[0]?.at ?? '')).toBe('2026-03-18 10:00');
    expect(desk(a).joined).toBeUndefined();
  });
});

describe('who hears of a desk that changed', () => {
  test('R-58: a desk that nobody is reached on is told each time it opens anew', () => {
    const a = running();
    const told = (): string[] => mailsOf(a, 'unreached');
    for (const [day, to] of [
      ['16', 'management'],
      ['17', 'partner'],
    ] as const) {
      a.now = Date.parse(`2026-03-${day}T02:00:00.000Z`);
      a.does('manager', hand(a, 'reassign', to));
      opens(a, to);
      happens(a, 61);
    }
    expect(told()).toHaveLength(2);
    expect(new Set(told()).size).toBe(2);
  });

  test('R-59: a moved date is no news for who has signed there already', () => {
    const a = running();
    const order = a.running('workOrder');
    const route = a.state.routes[order.route];
    if (!route) throw new Error('no route');
    const all = route.steps.map((step) =>
      step.key === 'accountDirector' ? { ...step, rule: { kind: 'all' } as const } : step,
    );
    const stays = order.stays.map((stay) =>
      stay.step === 'accountDirector'
        ? { ...stay, holders: [...stay.holders, { personId: 'management', grantId: 'm', askedAt: a.at }] }
        : stay,
    );
    a.state = {
      ...a.state,
      routes: { ...a.state.routes, [order.route]: { ...route, steps: all } },
      circulations: { ...a.state.circulations, [order.id]: { ...order, stays } },
    };
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    a.does('manager', { type: 'moveDate', ...at(a), dueAt: '2026-03-20T08:00:00.000Z', words: '改期' });
    const told = a.effects.flatMap((one) =>
      one.kind === 'mail' && one.input.kind === 'dateSet' && 'personId' in one.input.to ? [one.input.to.personId] : [],
    );
    expect(told).toEqual(['management']);
  });
});
