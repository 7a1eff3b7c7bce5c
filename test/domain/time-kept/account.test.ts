import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { timeKept, workingMs, type TimeCalendars, type TimeKept } from '../../../domain/time-kept/account.ts';
import { walkOn, startOfWalk, type DeskStory, type Passage } from '../../../domain/time-kept/walk.ts';
import { berlinClient, inShanghai, office, at as moment } from '../calendar/calendars.ts';
import { diary } from './diary.ts';

const calendars: TimeCalendars = {
  office,
  zones: zoneNamed,
  ofDesk: ({ side }) => (side === 'client' ? berlinClient : office),
};
const client = { clientId: 'c1' };
const hour = 3_600_000;
const sum = (rows: readonly { readonly shareMs: number }[]): number =>
  rows.reduce((total, { shareMs }) => total + shareMs, 0);

function addsUp(kept: TimeKept): void {
  expect(kept.agencyMs + kept.clientMs + kept.betweenMs + kept.holdMs).toBe(kept.wholeMs);
  for (const rows of [kept.desks, kept.people, kept.roles]) {
    expect(sum(rows.filter(({ side }) => side === 'agency'))).toBe(kept.agencyMs);
    expect(sum(rows.filter(({ side }) => side === 'client'))).toBe(kept.clientMs);
  }
  expect(sum(kept.between)).toBe(kept.betweenMs);
}

const story = (key: string, side: DeskStory['side'], more: Partial<DeskStory> = {}): DeskStory => ({
  key,
  circulation: 'artworkQc:P1',
  round: 1,
  point: 'artworkQc',
  step: key,
  role: side === 'client' ? 'CLIENT_LEAD' : 'COPYWRITER',
  side,
  openedAt: inShanghai('2026-03-12 09:00'),
  holders: [],
  decidedBy: [],
  ...more,
});

const passage = (from: string, to: string | undefined, more: Partial<Passage> = {}): Passage => ({
  from,
  ...(to === undefined ? {} : { to }),
  phase: 'CREATING',
  ownerId: 'executive',
  onHold: false,
  over: false,
  desks: [],
  ...more,
});

describe('M-22: whose time it was', () => {
  it('counts working time only: Friday 16:30 to Monday 10:00 on a desk is an hour and a half', () => {
    const kept = timeKept(
      {
        desks: { copy: story('copy', 'agency') },
        passages: [
          passage(inShanghai('2026-03-13 16:30'), inShanghai('2026-03-16 10:00'), {
            desks: [{ key: 'copy', waitingFor: ['chen'] }],
          }),
        ],
      },
      client,
      calendars,
      inShanghai('2026-03-20 12:00'),
    );
    expect(kept.wholeMs).toBe(1.5 * hour);
    expect(kept.people).toEqual([{ personId: 'chen', role: 'COPYWRITER', side: 'agency', shareMs: 1.5 * hour }]);
    expect(kept.until).toBe(inShanghai('2026-03-16 10:00'));
  });

  it('R-50: a client’s desk counts by the client’s calendar, and what lies past its date is named', () => {
    const kept = timeKept(
      {
        desks: { lead: story('lead', 'client', { dueAt: inShanghai('2026-03-12 18:00') }) },
        passages: [
          passage(inShanghai('2026-03-12 09:00'), undefined, { desks: [{ key: 'lead', waitingFor: ['lead'] }] }),
        ],
      },
      client,
      calendars,
      inShanghai('2026-03-12 20:00'),
    );
    // Berlin opens at 16:00 of Shanghai; the office has its eight hours from 09:00 to 17:00.
    expect(kept.desks[0]).toMatchObject({ layMs: 4 * hour, shareMs: 8 * hour, overMs: 2 * hour });
    addsUp(kept);
  });

  it('parts the time of desks side by side, and leaves out a hold', () => {
    const desks = [
      { key: 'copy', waitingFor: ['chen'] },
      { key: 'art', waitingFor: ['li', 'wu'] },
    ];
    const [nine, eleven, noon] = ['09:00', '11:00', '12:00'].map((time) => inShanghai(`2026-03-12 ${time}`));
    const kept = timeKept(
      {
        desks: { copy: story('copy', 'agency'), art: story('art', 'agency', { role: 'ART_DIRECTOR' }) },
        passages: [passage(nine ?? '', eleven, { desks }), passage(eleven ?? '', noon, { desks, onHold: true })],
      },
      client,
      calendars,
      noon ?? '',
    );
    expect(kept.desks.map(({ layMs, shareMs }) => [layMs, shareMs])).toEqual([
      [2 * hour, hour],
      [2 * hour, hour],
    ]);
    expect(kept.holdMs).toBe(hour);
    expect(kept.people.map(({ personId, shareMs }) => [personId, shareMs / hour])).toEqual([
      ['chen', 1],
      ['li', 0.5],
      ['wu', 0.5],
    ]);
    addsUp(kept);
  });

  it('the parts add up to the whole, to the millisecond, whatever happened', () => {
    const keys = ['a', 'b', 'c', 'd'] as const;
    const desks = Object.fromEntries(
      keys.map((key, place) => [
        key,
        story(key, place % 2 === 0 ? 'agency' : 'client', { role: key, dueAt: inShanghai('2026-02-16 12:00') }),
      ]),
    );
    const anyLeg = fc.record({
      ms: fc.integer({ min: 0, max: 5 * 24 * hour }),
      onHold: fc.boolean(),
      phase: fc.constantFrom('CREATING' as const, 'PROPOSED' as const, 'TRACKING' as const),
      desks: fc
        .subarray([...keys])
        .chain((open) =>
          fc.tuple(
            ...open.map((key) =>
              fc.subarray(['chen', 'li', 'wu']).map((waitingFor): Passage['desks'][number] => ({ key, waitingFor })),
            ),
          ),
        ),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) }),
        fc.array(anyLeg, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 9 * 24 * hour }),
        (startMs, legs, lastMs) => {
          let ms = startMs;
          const passages = legs.map(({ ms: length, ...leg }, place) => {
            const from = moment(ms);
            ms += length;
            return passage(from, place === legs.length - 1 ? undefined : moment(ms), leg);
          });
          const last = passages.at(-1)?.from ?? '';
          const now = moment(Date.parse(last) + lastMs);
          const kept = timeKept({ desks, passages }, client, calendars, now);
          addsUp(kept);
          expect(kept.wholeMs).toBe(workingMs(office, zoneNamed, moment(startMs), now));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a job’s log walked', () => {
  it('a job by the book: every desk is found, closed, and all of its time adds up', () => {
    const job = diary('ARCHIVED');
    const walk = walkOn(startOfWalk('job-test'), job.entries);
    const kept = timeKept(walk, client, calendars, job.agency.at);
    addsUp(kept);
    expect(kept.from).toBe(job.entries[0]?.stamp.at);
    expect(kept.wholeMs).toBe(workingMs(office, zoneNamed, kept.from ?? '', kept.until ?? ''));
    expect(kept.desks.every(({ closedAt }) => closedAt !== undefined)).toBe(true);
    expect(kept.desks.some(({ side, shareMs }) => side === 'client' && shareMs > 0)).toBe(true);
    expect(walk.marks.at(-1)?.kind).toBe('archived');
    expect(new Set(kept.desks.map(({ role }) => role)).size).toBeGreaterThan(4);
  });

  it('going on where it was kept is the same as walking from the start, wherever it was cut', () => {
    const { entries } = diary('ARTWORK_QC');
    const whole = walkOn(startOfWalk('job-test'), entries);
    for (let cut = 0; cut <= entries.length; cut += 7) {
      const first = walkOn(startOfWalk('job-test'), entries.slice(0, cut));
      expect(walkOn(first, entries)).toEqual(whole);
    }
  });

  it('passages follow each other without a gap and never twice the same', () => {
    const { entries } = diary('ARCHIVED');
    const { passages } = walkOn(startOfWalk('job-test'), entries);
    for (const [place, one] of passages.entries()) {
      expect(one.to).toBe(passages[place + 1]?.from);
      if (one.to !== undefined) expect(one.from < one.to).toBe(true);
    }
  });

  it('a hold stops everybody’s time and is named for itself', () => {
    const job = diary('ORDER_SIGNOFF');
    const day = 24 * hour;
    job.agency.does('director', { type: 'hold', words: '客户停了预算' });
    job.agency.now += 7 * day;
    job.agency.does('director', { type: 'resume' });
    const walk = walkOn(startOfWalk('job-test'), job.entries);
    const kept = timeKept(walk, client, calendars, job.agency.at);
    expect(kept.holdMs).toBeGreaterThanOrEqual(5 * 8 * hour);
    expect(kept.holdMs).toBeLessThan(6 * 8 * hour);
    addsUp(kept);
  });
});
