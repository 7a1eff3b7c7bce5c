import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { workingMs, type TimeCalendars } from '../../../domain/time-kept/account.ts';
import { layMs, spent, type ClosedStay } from '../../../domain/time-kept/spent.ts';
import { at, berlinClient, inShanghai, office } from '../calendar/calendars.ts';

const calendars: TimeCalendars = {
  office,
  zones: zoneNamed,
  ofDesk: ({ side }) => (side === 'client' ? berlinClient : office),
};
const hour = 3_600_000;
const stay = (more: Partial<ClosedStay> = {}): ClosedStay => ({
  processId: 'j1',
  point: 'artworkQc',
  step: 'copywriter',
  role: 'COPYWRITER',
  side: 'agency',
  clientId: 'c1',
  holders: ['chen'],
  from: inShanghai('2026-03-12 09:00'),
  to: inShanghai('2026-03-12 12:00'),
  ...more,
});

describe('where time goes', () => {
  it('per step and per client, the longest first; what ended after its date is counted', () => {
    const found = spent(
      [
        stay(),
        stay({ to: inShanghai('2026-03-12 10:00'), dueAt: inShanghai('2026-03-12 09:30') }),
        stay({ to: inShanghai('2026-03-13 17:00'), processId: 'j2' }),
        stay({
          step: 'client',
          role: 'CLIENT_LEAD',
          side: 'client',
          clientId: 'c2',
          to: inShanghai('2026-03-12 18:00'),
        }),
      ],
      new Map(),
      calendars,
    );
    expect(found.steps).toEqual([
      {
        point: 'artworkQc',
        step: 'copywriter',
        role: 'COPYWRITER',
        side: 'agency',
        stays: 3,
        sumMs: 20 * hour,
        medianMs: 3 * hour,
        longestMs: 16 * hour,
        late: 1,
      },
      expect.objectContaining({ step: 'client', stays: 1, sumMs: 2 * hour }),
    ]);
    expect(found.clients).toEqual([
      { clientId: 'c1', jobs: 2, agencyMs: 20 * hour, clientMs: 0, stays: 3, late: 1 },
      { clientId: 'c2', jobs: 1, agencyMs: 0, clientMs: 2 * hour, stays: 1, late: 0 },
    ]);
  });

  it('the time a job stood still is nobody’s, also where the hold began before or never ended', () => {
    const long = stay({ to: inShanghai('2026-03-13 17:00') });
    const held = (from: string, to?: string) => [
      { from: inShanghai(from), ...(to === undefined ? {} : { to: inShanghai(to) }) },
    ];
    expect(layMs(long, [], calendars)).toBe(16 * hour);
    expect(layMs(long, held('2026-03-12 12:00', '2026-03-13 10:00'), calendars)).toBe(10 * hour);
    expect(layMs(long, held('2026-03-01 12:00', '2026-03-12 10:00'), calendars)).toBe(15 * hour);
    expect(layMs(long, held('2026-03-12 11:00'), calendars)).toBe(2 * hour);
  });

  it('steps and clients add up to the same, and no stay is longer than its working time', () => {
    const anyStay = fc
      .record({
        startMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 10, 1) }),
        ms: fc.integer({ min: 0, max: 20 * 24 * hour }),
        side: fc.constantFrom('agency' as const, 'client' as const),
        step: fc.constantFrom('a', 'b', 'c'),
        clientId: fc.constantFrom('c1', 'c2'),
        processId: fc.constantFrom('j1', 'j2'),
      })
      .map(({ startMs, ms, ...more }) => stay({ ...more, from: at(startMs), to: at(startMs + ms) }));
    const anyHold = fc
      .tuple(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 10, 1) }),
        fc.integer({ min: 1, max: 9 * 24 * hour }),
      )
      .map(([ms, length]) => ({ from: at(ms), to: at(ms + length) }));
    fc.assert(
      fc.property(fc.array(anyStay, { maxLength: 20 }), fc.array(anyHold, { maxLength: 3 }), (stays, holds) => {
        const found = spent(stays, new Map([['j1', holds]]), calendars);
        const bySteps = found.steps.reduce((sum, { sumMs }) => sum + sumMs, 0);
        const byClients = found.clients.reduce((sum, { agencyMs, clientMs }) => sum + agencyMs + clientMs, 0);
        expect(bySteps).toBe(byClients);
        for (const one of stays)
          expect(layMs(one, holds, calendars)).toBeLessThanOrEqual(
            workingMs(calendars.ofDesk(one), zoneNamed, one.from, one.to),
          );
      }),
      { numRuns: 100 },
    );
  });
});
