import type { Interval } from '../calendar/intervals.ts';
import { subtract } from '../calendar/intervals.ts';
import type { Instant } from '../instant.ts';
import { epochMsOf, instantAt } from '../instant.ts';
import { workingMs, type TimeCalendars } from './account.ts';

/** A stay on a desk that is over, as far as its time is counted. */
export interface ClosedStay {
  readonly processId: string;
  readonly point: string;
  readonly step: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly clientId: string;
  /** Who held it; the calendar of the first counts it. */
  readonly holders: readonly string[];
  /** Since when it was theirs: the accepted mail at a client's desk, the opening at ours. */
  readonly from: Instant;
  readonly to: Instant;
  readonly dueAt?: Instant;
}

/** Time in which a job stood still; absent `to`: it does so still. */
export interface Held {
  readonly from: Instant;
  readonly to?: Instant;
}

/** How long the paper lay at one step, over many jobs; milliseconds of working time. */
export interface StepSpent {
  readonly point: string;
  readonly step: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly stays: number;
  readonly sumMs: number;
  readonly medianMs: number;
  readonly longestMs: number;
  /** Stays that ended after their date. */
  readonly late: number;
}

/** How long papers lay with us and with one client; milliseconds of working time. */
export interface ClientSpent {
  readonly clientId: string;
  readonly jobs: number;
  readonly agencyMs: number;
  readonly clientMs: number;
  readonly stays: number;
  readonly late: number;
}

/** Where time went: per step and per client, the longest first. Both add up to the same. */
export interface Spent {
  readonly steps: readonly StepSpent[];
  readonly clients: readonly ClientSpent[];
}

/** The working time of one stay by its desk's own calendar, without the time its job stood still. */
export function layMs(stay: ClosedStay, holds: readonly Held[], calendars: TimeCalendars): number {
  const lay: Interval = { startMs: epochMsOf(stay.from), endMs: epochMsOf(stay.to) };
  if (lay.endMs <= lay.startMs) return 0;
  const still = holds.map(({ from, to }) => ({
    startMs: epochMsOf(from),
    endMs: to === undefined ? lay.endMs : epochMsOf(to),
  }));
  const own = calendars.ofDesk(stay);
  return subtract([lay], still).reduce(
    (sum, { startMs, endMs }) => sum + workingMs(own, calendars.zones, instantAt(startMs), instantAt(endMs)),
    0,
  );
}

/** Adds up closed stays. `holds` are those of each job, by process id. Throws CalendarRefusal `tooFar`. */
export function spent(
  stays: readonly ClosedStay[],
  holds: ReadonlyMap<string, readonly Held[]>,
  calendars: TimeCalendars,
): Spent {
  const steps = new Map<string, { of: ClosedStay; all: number[]; late: number }>();
  const clients = new Map<
    string,
    { jobs: Set<string>; agencyMs: number; clientMs: number; stays: number; late: number }
  >();
  for (const stay of stays) {
    const ms = layMs(stay, holds.get(stay.processId) ?? [], calendars);
    const late = stay.dueAt !== undefined && stay.to > stay.dueAt ? 1 : 0;
    const key = `${stay.side} ${stay.point} ${stay.step}`;
    const line = steps.get(key) ?? { of: stay, all: [], late: 0 };
    line.all.push(ms);
    line.late += late;
    steps.set(key, line);
    const client = clients.get(stay.clientId) ?? {
      jobs: new Set<string>(),
      agencyMs: 0,
      clientMs: 0,
      stays: 0,
      late: 0,
    };
    client.jobs.add(stay.processId);
    client[stay.side === 'client' ? 'clientMs' : 'agencyMs'] += ms;
    client.stays += 1;
    client.late += late;
    clients.set(stay.clientId, client);
  }
  return {
    steps: [...steps.values()]
      .map(({ of: { point, step, role, side }, all, late }) => {
        const sorted = all.sort((a, b) => a - b);
        return {
          point,
          step,
          role,
          side,
          stays: sorted.length,
          sumMs: sorted.reduce((sum, ms) => sum + ms, 0),
          medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
          longestMs: sorted.at(-1) ?? 0,
          late,
        };
      })
      .sort((a, b) => b.sumMs - a.sumMs),
    clients: [...clients.entries()]
      .map(([clientId, { jobs, ...sums }]) => ({ clientId, jobs: jobs.size, ...sums }))
      .sort((a, b) => b.agencyMs + b.clientMs - (a.agencyMs + a.clientMs)),
  };
}
