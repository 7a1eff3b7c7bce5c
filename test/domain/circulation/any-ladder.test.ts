import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { checkLadder } from '../../../domain/calendar/check-ladder.ts';
import { internalSignatureLadder, rungChannels } from '../../../domain/calendar/ladders.ts';
import type { Ladder } from '../../../domain/calendar/ladders.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { decideReport, dueOfCirculation } from '../../../domain/circulation/clock.ts';
import { counted, recountedAct } from '../../../domain/circulation/counting.ts';
import { stepTimes } from '../../../domain/circulation/step-times.ts';
import type { Recount, Shift } from '../../../domain/circulation/types.ts';
import { addMs, epochMsOf } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { anyCalendar, anyMoment, inWorkingHours } from '../calendar/any-calendar.ts';
import { author, desk, Paper, routeOf } from './desk.ts';

const whoms = ['holder', 'standInOrHead', 'ae', 'accountManager', 'accountDirector'] as const;

/** Any ladder the house may draw: one to six rungs in hours or in days, any people and channels, with or without warnings. */
const anyLadder: fc.Arbitrary<Ladder> = fc
  .record({
    unit: fc.constantFrom('workingMinutes', 'workingDays'),
    steps: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
    limit: fc.integer({ min: 1, max: 20 }),
    whom: fc.array(fc.constantFrom(...whoms), { minLength: 6, maxLength: 6 }),
    by: fc.array(fc.constantFrom(...rungChannels), { minLength: 6, maxLength: 6 }),
    warnPercents: fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 })
      .map((some) => [...some].sort((a, b) => a - b)),
  })
  .map(({ unit, steps, limit, whom, by, warnPercents }): Ladder => {
    const span = (amount: number) =>
      unit === 'workingDays' ? { workingDays: amount } : { workingMinutes: amount * 45 };
    let sum = 0;
    return {
      ...internalSignatureLadder,
      limit: span(limit),
      warnPercents,
      rungs: steps.map((step, place) => {
        const told = whom[place] ?? 'holder';
        return {
          n: place + 1,
          after: span((sum += step)),
          whom: told,
          copy: [],
          kind: told === 'holder' ? 'remind' : 'escalate',
          by: by[place] ?? 'mail',
        };
      }),
    };
  });

/** A desk that nobody answers, watched by a ladder on a calendar. */
class Waiting extends Paper {
  readonly fired: { readonly key: string; readonly n: number; readonly warns: boolean; readonly at: Instant }[] = [];
  readonly #calendar: Calendar;

  constructor(ladder: Ladder, calendar: Calendar, from: Instant) {
    super(routeOf(author(), desk('look', 'ACCOUNT_MANAGER', { after: ['author'] })));
    this.#calendar = calendar;
    this.now = epochMsOf(from);
    const { dueAt, provisional, rungs } = stepTimes(ladder, calendar, zoneNamed, from);
    const holders = [{ personId: 'manager', grantId: 'g', askedAt: from }];
    this.report({ type: 'stepOpened', ...this.at('look'), holders, dueAt, provisional, rungs, unreachedAt: from });
  }

  /** Lets the clock do the next thing there is; false when there is none. */
  tick(): boolean {
    const due = dueOfCirculation(this.circulation);
    if (due?.act.type !== 'rung') return false;
    this.now = Math.max(this.now, epochMsOf(due.at));
    const { kind, n } = due.act;
    this.report(due.act);
    // Whatever starts again asks for the same once more.
    expect(this.report(due.act)).toEqual([]);
    this.fired.push({ key: `${kind}${n}`, n, warns: kind === 'warn', at: due.at });
    return true;
  }

  /** The holder says "I'm on it" just before the next rung, for so long; the calendar answers. */
  pause(forMs: number): boolean {
    const next = dueOfCirculation(this.circulation);
    if (next === undefined) return false;
    this.now = Math.max(this.now, epochMsOf(next.at) - 120_000);
    return this.says(addMs(next.at, forMs));
  }

  /** The holder says until when; the calendar answers. False where it is refused. */
  says(until: Instant): boolean {
    const note = { kind: 'onIt', until } as const;
    if (this.does('manager', { type: 'note', ...this.at('look'), note, words: 'at it' })) return false;
    this.#counted();
    return true;
  }

  /** Somebody moves the date; the calendar answers. False where it is refused. */
  moves(dueAt: Instant): boolean {
    if (this.does('manager', { type: 'moveDate', ...this.at('look'), dueAt, words: 'agreed' })) return false;
    this.#counted();
    return true;
  }

  /** The rungs that are still ahead, and when. */
  ahead(): Recount['rungs'] {
    const rungs = this.stay('look')?.rungs ?? [];
    return rungs.flatMap(({ kind, n, at, firedAt }) => (firedAt === undefined ? [{ kind, n, at }] : []));
  }

  #counted(): void {
    const recount = this.stay('look')?.recount;
    if (!recount) return;
    const act = recountedAct(this.#calendar, zoneNamed, { ...this.at('look'), ...recount });
    const command = this.command({ kind: 'system', name: 'shell' }, act);
    this.take(
      decideReport({ circulation: this.circulation, route: this.route, ownerId: 'executive' }, command),
      command,
    );
  }
}

describe('for any ladder the house may draw, any calendar and any start', { timeout: 120_000 }, () => {
  test('M-22, R-230: rungs come in order, none in closed hours, each once, and the step stays where it is', () => {
    fc.assert(
      fc.property(anyLadder, anyCalendar, anyMoment, (ladder, calendar, from) => {
        expect(checkLadder(ladder)).toEqual([]);
        const waiting = new Waiting(ladder, calendar, from);
        while (waiting.tick());
        const all = [
          ...ladder.warnPercents.map((_, place) => `warn${place + 1}`),
          ...ladder.rungs.map(({ kind, n }) => `${kind}${n}`),
        ];
        expect(waiting.fired.map(({ key }) => key).sort()).toEqual(all.sort());
        expect(waiting.fired.filter(({ warns }) => !warns).map(({ n }) => n)).toEqual(ladder.rungs.map(({ n }) => n));
        expect(waiting.fired.filter(({ warns }) => warns).map(({ n }) => n)).toEqual(
          ladder.warnPercents.map((_, place) => place + 1),
        );
        for (const { at } of waiting.fired) expect(inWorkingHours(calendar, at)).toBe(true);
        expect(waiting.state('look')).toBe('open');
      }),
      { numRuns: 150 },
    );
  });

  const anyPauses = fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 8 }), forMs: fc.integer({ min: 60_000, max: 5 * 86_400_000 }) }),
    { minLength: 1, maxLength: 4 },
  );

  test('M-22: "I’m on it until" shifts what is ahead and drops nothing: in order, in open hours, not before its end', () => {
    fc.assert(
      fc.property(anyLadder, anyCalendar, anyMoment, anyPauses, (ladder, calendar, from, pauses) => {
        const plain = new Waiting(ladder, calendar, from);
        while (plain.tick());
        const waiting = new Waiting(ladder, calendar, from);
        do {
          for (const { forMs } of pauses.filter(({ after }) => after === waiting.fired.length)) waiting.pause(forMs);
        } while (waiting.tick());
        expect(waiting.fired.map(({ key }) => key)).toEqual(plain.fired.map(({ key }) => key));
        waiting.fired.forEach(({ at }, place) => {
          expect(inWorkingHours(calendar, at)).toBe(true);
          expect(at >= (plain.fired[place]?.at ?? '')).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  const anyWords = fc.record({
    /** Rungs that are climbed before the first word. */
    climbed: fc.integer({ min: 0, max: 6 }),
    firstMs: fc.integer({ min: 3_600_000, max: 6 * 86_400_000 }),
    /** Each word after it: how far into what is left of the pause it is said, and how much of what is left it leaves. */
    words: fc.array(fc.record({ when: fc.integer({ min: 1, max: 60 }), leaves: fc.integer({ min: 1, max: 99 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    movedMs: fc.option(fc.integer({ min: 60_000, max: 3 * 86_400_000 }), { nil: undefined }),
  });

  test('M-22: the last word about the end counts, also a nearer one: as if it were the only one, and every rung once', () => {
    fc.assert(
      fc.property(anyLadder, anyCalendar, anyMoment, anyWords, (ladder, calendar, from, said) => {
        const waiting = new Waiting(ladder, calendar, from);
        for (let n = 0; n < said.climbed && waiting.tick(); n += 1);
        const next = dueOfCirculation(waiting.circulation);
        if (next?.act.type !== 'rung') return;
        waiting.now = Math.max(waiting.now, epochMsOf(next.at) - 120_000);
        const stood = waiting.ahead();
        const climbed = waiting.fired.length;
        const date = waiting.stay('look')?.dueAt ?? '';
        let until = addMs(next.at, said.firstMs);
        if (!waiting.says(until)) return;
        const shifts: Shift[] = [];
        if (said.movedMs !== undefined) {
          const to = addMs(new Date(Math.max(waiting.now, epochMsOf(date))).toISOString(), said.movedMs);
          if (waiting.moves(to)) shifts.push({ kind: 'move', from: date, to });
        }
        const due = waiting.stay('look')?.dueAt;
        for (const { when, leaves } of said.words) {
          const leftMs = epochMsOf(until) - waiting.now;
          const saidAt = waiting.now + Math.floor((leftMs * when) / 100);
          const nearer = saidAt + Math.floor(((epochMsOf(until) - saidAt) * leaves) / 100);
          // Whoever speaks needs a minute for it.
          if (nearer <= saidAt + 60_000) break;
          waiting.now = saidAt;
          until = new Date(nearer).toISOString();
          if (!waiting.says(until)) break;
          const only = counted(calendar, zoneNamed, {
            seq: 1,
            rungs: stood,
            shifts: [...shifts, { kind: 'pause', until }],
          });
          expect(waiting.ahead()).toEqual(only.rungs);
          expect(waiting.stay('look')).toMatchObject({ onItUntil: until, dueAt: due });
        }
        while (waiting.tick());
        expect(waiting.fired.map(({ key }) => key).sort()).toEqual(
          [
            ...ladder.warnPercents.map((_, place) => `warn${place + 1}`),
            ...ladder.rungs.map(({ kind, n }) => `${kind}${n}`),
          ].sort(),
        );
        for (const { at } of waiting.fired) expect(inWorkingHours(calendar, at)).toBe(true);
        for (const { at } of waiting.fired.slice(climbed)) expect(at >= until).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
