import type { Instant } from '../instant.ts';
import { laterOf } from '../instant.ts';
import type { TimeCalendars } from '../time-kept/account.ts';
import { endOf, partEvenly, workingMs } from '../time-kept/account.ts';
import type { DeskPlace, Passage, Walk } from '../time-kept/walk.ts';
import type { DelayParts } from './types.ts';

/** A desk that kept the job beyond its date, and how much of the delay is its own; milliseconds of working time. */
export interface LateDesk extends DeskPlace {
  readonly ms: number;
}

/** What held a job up, milliseconds of the office's working time. `lateDesks` add up to the client's part and the agency's. */
export interface Delays extends DelayParts {
  readonly lateDesks: readonly LateDesk[];
  /** Sides that are late at this moment. */
  readonly lateNow: readonly ('agency' | 'client')[];
}

/** What runs beside the work holds nothing up: the timetable's own signature is one. */
const beside: ReadonlySet<string> = new Set(['timetable']);

/**
 * What held a job up since a moment: time beyond their date on the client's desks and on the agency's, and holds. Where
 * several desks were late at once the time is parted evenly, so nothing counts twice. Throws CalendarRefusal `tooFar`.
 */
export function delaysSince(
  { passages, desks: stories }: Pick<Walk, 'passages' | 'desks'>,
  since: Instant,
  { office, zones }: Pick<TimeCalendars, 'office' | 'zones'>,
  now: Instant,
): Delays {
  const late = new Map<string, LateDesk>();
  let holdMs = 0;
  const lateNow = new Set<'agency' | 'client'>();
  for (const passage of passages) {
    const [from, to] = [laterOf(passage.from, since), endOf(passage, now)];
    if (passage.over || to < from) continue;
    if (passage.onHold) {
      holdMs += workingMs(office, zones, from, to);
      continue;
    }
    const dated = datedDesks(passage, stories);
    if (to === now) for (const { story, dueAt } of dated) if (dueAt <= now) lateNow.add(story.side);
    const cuts = [from, ...dated.map(({ dueAt }) => dueAt).filter((at) => at > from && at < to), to].sort();
    for (const [place, start] of cuts.entries()) {
      const end = cuts[place + 1];
      const here = dated.filter(({ dueAt }) => dueAt <= start);
      if (end === undefined || end <= start || here.length === 0) continue;
      const parts = partEvenly(workingMs(office, zones, start, end), here.length);
      for (const [n, { story }] of here.entries()) {
        const { key, circulation, round, point, step, role, side, pieceId } = story;
        const place: DeskPlace = {
          ...{ key, circulation, round, point, step, role, side },
          ...(pieceId === undefined ? {} : { pieceId }),
        };
        late.set(key, { ...place, ms: (late.get(key)?.ms ?? 0) + (parts[n] ?? 0) });
      }
    }
  }
  const desks = [...late.values()].filter(({ ms }) => ms > 0).sort((a, b) => b.ms - a.ms);
  const of = (side: 'agency' | 'client'): number =>
    desks.filter((desk) => desk.side === side).reduce((sum, { ms }) => sum + ms, 0);
  return { clientMs: of('client'), agencyMs: of('agency'), holdMs, lateDesks: desks, lateNow: [...lateNow] };
}

function datedDesks({ desks }: Passage, stories: Walk['desks']) {
  return desks.flatMap(({ key }) => {
    const story = stories[key];
    return story?.dueAt === undefined || beside.has(story.point) ? [] : [{ story, dueAt: story.dueAt }];
  });
}
