import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt } from '../../../domain/instant.ts';
import type { JobPhase } from '../../../domain/job/state.ts';
import { workingMs } from '../../../domain/time-kept/account.ts';
import { forecast, leastDelayMs } from '../../../domain/timetable/forecast.ts';
import type { TimetablePlan } from '../../../domain/timetable/types.ts';
import { inShanghai } from '../calendar/calendars.ts';
import { acceptedAt, calendars, day, desk, foretold, hour, spring, walked, type Leg } from './plans.ts';

const shown = inShanghai('2026-03-13 17:00');

describe('R-50, §7.3: what becomes of a timetable, by worked examples', () => {
  it('nothing late: every node comes on its day, the float is whole', () => {
    const told = foretold(walked([], [{}]), '2026-03-10 12:00');
    expect(told).toMatchObject({ delayMs: 0, floatMs: 2 * day, floatLeftMs: 2 * day, floatUsedUp: false });
    expect(told.nodes.map(({ forecastDate }) => forecastDate)).toEqual(['2026-03-13', '2026-03-24', '2026-04-03']);
    expect(told.delivery).toMatchObject({ forecastDate: '2026-04-14', movedMs: 0, clientMs: 0 });
    expect(told.extension).toBeUndefined();
  });

  it('the client is three working days late: the nodes move by it, the float takes two, the delivery moves by one', () => {
    const lead = desk('comment', 'client', inShanghai('2026-03-24 17:00'));
    const walk = walked(
      [lead],
      [
        { to: shown },
        { phase: 'PROPOSED', on: ['comment'], to: inShanghai('2026-03-27 17:00') },
        { phase: 'REVISING' },
      ],
    );
    const told = foretold(walk, '2026-03-27 17:00');
    expect(told).toMatchObject({ delayMs: 3 * day, clientMs: 3 * day, agencyMs: 0, holdMs: 0, floatUsedUp: true });
    // Fri 4/3 and three working days: Tomb-Sweeping Day is none.
    expect(told.nodes.map(({ state, forecastDate }) => [state, forecastDate])).toEqual([
      ['reached', '2026-03-13'],
      ['ahead', '2026-03-27'],
      ['ahead', '2026-04-09'],
    ]);
    expect(told.floatLeftMs).toBe(0);
    expect(told.delivery).toMatchObject({ forecastDate: '2026-04-15', movedMs: day, clientMs: day });
    expect(told.extension).toEqual({ oldDate: '2026-04-14', newDate: '2026-04-15', clientMs: day });
  });

  it('the agency alone is late: shown apart, and no extension is asked of the client for it', () => {
    const copy = desk('copy', 'agency', inShanghai('2026-03-04 17:00'), { point: 'draftGate' });
    const walk = walked([copy], [{ on: ['copy'], to: inShanghai('2026-03-13 17:00') }, { phase: 'PROPOSED' }]);
    const told = foretold(walk, '2026-03-12 17:00');
    expect(told).toMatchObject({ clientMs: 0, agencyMs: 6 * day, lateNow: ['agency'] });
    // Two free days lie between creative and comment, two are the float: four of six are taken up.
    expect(told.delivery).toMatchObject({ movedMs: 2 * day, clientMs: 0 });
    expect(told.extension).toBeUndefined();
  });

  it('both late: the client is asked only for what there would not be without it', () => {
    const copy = desk('copy', 'agency', inShanghai('2026-03-18 17:00'), { point: 'draftGate' });
    const lead = desk('comment', 'client', inShanghai('2026-03-23 17:00'));
    const walk = walked(
      [copy, lead],
      [
        { to: shown },
        { phase: 'PROPOSED', on: ['copy'], to: inShanghai('2026-03-20 17:00') },
        { phase: 'PROPOSED', on: ['comment'], to: inShanghai('2026-03-25 17:00') },
        { phase: 'REVISING' },
      ],
    );
    const told = foretold(walk, '2026-03-25 17:00');
    expect(told).toMatchObject({ delayMs: 4 * day, clientMs: 2 * day, agencyMs: 2 * day });
    expect(told.delivery).toMatchObject({ movedMs: 2 * day, clientMs: 2 * day });
    expect(told.extension?.newDate).toBe('2026-04-16');
  });

  it('desks late at once part the time, so nothing counts twice', () => {
    const due = inShanghai('2026-03-04 17:00');
    const walk = walked([desk('copy', 'agency', due), desk('comment', 'client', due)], [{ on: ['copy', 'comment'] }]);
    expect(foretold(walk, '2026-03-06 17:00')).toMatchObject({ delayMs: 2 * day, clientMs: day, agencyMs: day });
  });

  it('what was caught up is taken off the agency’s part first: a node in time leaves no delay', () => {
    const lead = desk('comment', 'client', inShanghai('2026-03-10 17:00'));
    const walk = walked(
      [lead],
      [{ on: ['comment'], to: inShanghai('2026-03-12 17:00') }, { to: shown }, { phase: 'PROPOSED' }],
    );
    expect(foretold(walk, '2026-03-12 17:00').clientMs).toBe(2 * day);
    expect(foretold(walk, '2026-03-16 09:00')).toMatchObject({ delayMs: 0, clientMs: 0, floatLeftMs: 2 * day });
  });

  it('a node that does not come is the agency’s delay, day by day; a hold is nobody’s', () => {
    const making = walked([], [{}]);
    expect(foretold(making, '2026-03-17 17:00')).toMatchObject({ delayMs: 2 * day, agencyMs: 2 * day });
    const held = walked([], [{ to: inShanghai('2026-03-11 09:00') }, { onHold: true }]);
    expect(foretold(held, '2026-03-17 17:00')).toMatchObject({ delayMs: 5 * day, holdMs: 5 * day, agencyMs: 0 });
  });

  it('R-45: what happened before the client accepted the dates moves nothing, nor does the timetable’s own signature', () => {
    const early = desk('comment', 'client', inShanghai('2026-02-20 17:00'));
    const own = desk('own', 'client', inShanghai('2026-03-03 17:00'), { point: 'timetable' });
    const walk = walked([early, own], [{ on: ['own'] }]);
    expect(foretold(walk, '2026-03-06 17:00').delayMs).toBe(0);
    const late = walked([early], [{ on: ['comment'], to: inShanghai('2026-03-03 10:00') }, {}]);
    expect(foretold(late, '2026-03-06 17:00').delayMs).toBe(day);
  });

  it('a stage that ends where the work stands has ended, the one after it begins now', () => {
    const lead = desk('comment', 'client', inShanghai('2026-03-13 17:00'));
    const plan = {
      ...spring,
      stages: [spring.stages[0], spring.stages[1], spring.stages[2]].flatMap((one) => one ?? []),
    };
    const walk = walked([lead], [{ to: shown }, { phase: 'PROPOSED', on: ['comment'] }]);
    const told = foretold(walk, '2026-03-18 17:00', plan);
    expect(told.clientMs).toBe(3 * day);
    expect(told.stages.map(({ forecastStart, forecastEnd }) => [forecastStart, forecastEnd])).toEqual([
      ['2026-03-02', '2026-03-13'],
      ['2026-03-19', '2026-03-25'],
      ['2026-03-26', '2026-04-13'],
    ]);
  });

  it('a delay of minutes asks nobody for another date', () => {
    const plan = { ...spring, floatDays: 0, stages: [] };
    const lead = desk('comment', 'client', inShanghai('2026-03-12 16:00'));
    const minutes = foretold(walked([lead], [{ on: ['comment'] }]), '2026-03-12 16:40', plan);
    expect(minutes.delivery.forecastDate).toBe('2026-04-15');
    expect(minutes).toMatchObject({ floatUsedUp: false });
    expect(minutes.extension).toBeUndefined();
    expect(foretold(walked([lead], [{ on: ['comment'] }]), '2026-03-13 09:00', plan).extension?.newDate).toBe(
      '2026-04-15',
    );
  });

  it('a node marked by hand is reached; one without a milestone whose day is over is not known of', () => {
    const walk = walked(
      [],
      [{ to: shown }, { phase: 'PROPOSED', to: inShanghai('2026-03-24 12:00') }, { phase: 'IN_PRODUCTION' }],
    );
    const state = (done = {}) => foretold(walk, '2026-04-07 12:00', spring, done).nodes[2]?.state;
    expect(state()).toBe('unseen');
    expect(state({ '2026-04-03 初稿看样': inShanghai('2026-04-02 12:00') })).toBe('reached');
  });

  it('delivered: the forecast is over, and says how it was', () => {
    const legs: Leg[] = [
      { to: shown },
      { phase: 'PROPOSED', to: inShanghai('2026-03-24 17:00') },
      { phase: 'IN_PRODUCTION', to: inShanghai('2026-04-15 17:00') },
      { phase: 'DELIVERED' },
    ];
    const told = foretold(walked([], legs), '2026-05-20 12:00');
    expect(told.delivery).toMatchObject({ reachedAt: inShanghai('2026-04-15 17:00'), movedMs: day, clientMs: 0 });
    expect(told).toMatchObject({ agencyMs: day, floatUsedUp: false, lateNow: [] });
  });
});

describe('properties, for any timetable, any story and any moment', () => {
  const base = Date.UTC(2026, 1, 2);
  const dateAt = (days: number): string => instantAt(base + days * 24 * hour).slice(0, 10);
  const anyPlan = fc
    .record({
      gaps: fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 12 })), { maxLength: 5 }),
      nodes: fc.array(
        fc.tuple(fc.nat(90), fc.constantFrom(undefined, 'proposal' as const, 'creativeApproval' as const)),
        { maxLength: 5 },
      ),
      floatDays: fc.nat(6),
      after: fc.nat(10),
    })
    .map(({ gaps, nodes, floatDays, after }): TimetablePlan => {
      let at = 28;
      const stages = gaps.map(([gap, length], n) => {
        const start = at + gap;
        at = start + length;
        return { stage: `s${String(n)}`, owner: 'o', start: dateAt(start), end: dateAt(at), internalOnly: false };
      });
      return {
        stages,
        nodes: nodes.map(([days, milestone], n) => ({
          name: `n${String(n)}`,
          date: dateAt(28 + days),
          clientApproval: false,
          ...(milestone === undefined ? {} : { milestone }),
        })),
        floatDays,
        deliveryDate: dateAt(at + after + 1),
      };
    });
  const phases: readonly JobPhase[] = ['CREATING', 'INTERNAL_REVIEW', 'PROPOSED', 'CLIENT_CONFIRMED', 'DELIVERED'];
  const anyStory = fc
    .record({
      dues: fc.array(fc.tuple(fc.nat(60 * 24), fc.boolean()), { minLength: 1, maxLength: 4 }),
      legs: fc.array(
        fc.record({
          hours: fc.nat(15 * 24),
          ahead: fc.nat({ max: 1 }),
          onHold: fc.boolean(),
          on: fc.subarray([0, 1, 2, 3]),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    })
    .map(({ dues, legs }) => {
      const start = Date.parse(acceptedAt);
      const desks = dues.map(([hours, client], n) =>
        desk(`d${String(n)}`, client ? 'client' : 'agency', instantAt(start + hours * hour)),
      );
      let ms = start;
      let phase = 0;
      return walked(
        desks,
        legs.map(({ hours, ahead, onHold, on }, place): Leg => {
          ms += hours * hour;
          phase = Math.min(phase + ahead, phases.length - 1);
          return {
            phase: phases[phase] ?? 'CREATING',
            onHold,
            on: on.filter((n) => n < desks.length).map((n) => `d${String(n)}`),
            ...(place === legs.length - 1 ? {} : { to: instantAt(ms) }),
          };
        }),
      );
    });
  const anyMoment = fc.nat(120 * 24).map((hours) => instantAt(Date.parse(acceptedAt) + hours * hour));

  it('the parts add up; nothing comes before its day; no open date lies in the past; the client is asked for its own delay only', () => {
    fc.assert(
      fc.property(anyPlan, anyStory, anyMoment, (plan, walk, now) => {
        const told = forecast(
          { plan, baseline: { acceptedAt, deliveryDate: plan.deliveryDate }, walk },
          calendars,
          now,
        );
        expect(told.clientMs + told.agencyMs + told.holdMs).toBe(told.delayMs);
        expect(Math.min(told.clientMs, told.agencyMs, told.holdMs, told.floatLeftMs)).toBeGreaterThanOrEqual(0);
        expect(told.floatLeftMs).toBeLessThanOrEqual(told.floatMs);
        expect(told.delivery.clientMs).toBeLessThanOrEqual(Math.min(told.clientMs, Math.max(0, told.delivery.movedMs)));
        for (const node of told.nodes.filter(({ state }) => state !== 'reached')) {
          expect(node.movedMs).toBeGreaterThanOrEqual(0);
          expect(node.movedMs).toBeLessThanOrEqual(told.delayMs);
        }
        const open = told.delivery.reachedAt === undefined;
        if (open) {
          const waited = told.nodes.filter(
            ({ state, milestone, at }) => state === 'ahead' && milestone && at >= acceptedAt,
          );
          for (const { forecastAt } of waited)
            expect(workingMs(calendars.office, calendars.zones, forecastAt, now)).toBeLessThanOrEqual(0);
          expect(told.delivery.movedMs).toBeGreaterThanOrEqual(0);
        } else expect(told.extension).toBeUndefined();
        if (told.floatLeftMs > 0 && open) expect(told.delivery.movedMs).toBe(0);
        if (told.extension) {
          expect(told.extension.newDate > told.extension.oldDate).toBe(true);
          expect(told.extension.clientMs).toBeGreaterThanOrEqual(leastDelayMs);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('order stays: what was planned later never comes earlier, and more delay never brings anything forward', () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(30 * 24), fc.nat(20 * 24), fc.nat(200), (plan, dueHours, moreHours, nowHours) => {
        const start = Date.parse(acceptedAt);
        const now = instantAt(start + nowHours * hour);
        const told = (hours: number) =>
          forecast(
            {
              plan,
              baseline: { acceptedAt, deliveryDate: plan.deliveryDate },
              walk: walked([desk('c', 'client', instantAt(start + hours * hour))], [{ on: ['c'] }]),
            },
            calendars,
            now,
          );
        const [more, less] = [told(dueHours), told(dueHours + moreHours)];
        for (const [n, node] of more.nodes.entries())
          expect(node.forecastAt >= (less.nodes[n]?.forecastAt ?? '')).toBe(true);
        expect(more.delivery.forecastAt >= less.delivery.forecastAt).toBe(true);
        const ahead = more.nodes.filter(({ at }) => at >= now).sort((a, b) => (a.at < b.at ? -1 : 1));
        for (const [n, node] of ahead.entries()) {
          const next = ahead[n + 1];
          if (next) expect(node.forecastAt <= next.forecastAt).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('S-48: a node that comes later by its float leaves the delivery where it was', () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(100), (plan, part) => {
        const told = foretold(walked([], [{}]), '2026-03-02 10:30', plan);
        for (const node of told.nodes.filter(({ at }) => at >= acceptedAt)) {
          const late = Math.floor(((node.floatMs ?? 0) * part) / 100);
          // Without a milestone nothing is waited for, so the marked day alone makes the delay.
          if (node.state !== 'ahead' || late <= 0 || node.at >= told.delivery.at) continue;
          const only = { ...plan, nodes: [{ name: node.name, date: node.date, clientApproval: false }] };
          let at = Date.parse(node.at);
          while (workingMs(calendars.office, calendars.zones, node.at, instantAt(at)) < late) at += hour / 4;
          const lag = workingMs(calendars.office, calendars.zones, node.at, instantAt(at));
          if (lag > (node.floatMs ?? 0)) continue;
          const done = { [`${node.date} ${node.name}`]: instantAt(at) };
          const baseline = { acceptedAt, deliveryDate: plan.deliveryDate };
          const later = forecast({ plan: only, baseline, walk: walked([], [{}]), done }, calendars, instantAt(at));
          expect(later.delivery.movedMs).toBe(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});
