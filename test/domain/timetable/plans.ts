import { zoneNamed } from '../../../activities/calendar/zone.ts';
import type { TimeCalendars } from '../../../domain/time-kept/account.ts';
import type { DeskStory, Passage, Walk } from '../../../domain/time-kept/walk.ts';
import { forecast, type Forecast } from '../../../domain/timetable/forecast.ts';
import type { TimetablePlan } from '../../../domain/timetable/types.ts';
import { inShanghai, office } from '../calendar/calendars.ts';

/** The office of the tests, with its real holidays. */
export const calendars: TimeCalendars = { office, zones: zoneNamed, ofDesk: () => office };
export const hour = 3_600_000;
/** A working day of the office. */
export const day = 8 * hour;

/**
 * A campaign of spring 2026, without a holiday in it: creative until Fri 3/13, two free days, the client's comment from
 * Wed 3/18 to Tue 3/24, production until Fri 4/10; two working days of float before the delivery on Tue 4/14.
 * Tomb-Sweeping Day, Mon 4/6, lies in its production.
 */
export const spring: TimetablePlan = {
  stages: [
    { stage: '创意发展', owner: '创作部', start: '2026-03-02', end: '2026-03-13', internalOnly: false },
    { stage: '提案与意见', owner: '客户部', start: '2026-03-18', end: '2026-03-24', internalOnly: false },
    { stage: '制作', owner: '制作部', start: '2026-03-25', end: '2026-04-10', internalOnly: true },
  ],
  nodes: [
    { name: '提案', date: '2026-03-13', clientApproval: false, milestone: 'proposal' },
    { name: '创意确认', date: '2026-03-24', clientApproval: true, milestone: 'creativeApproval' },
    { name: '初稿看样', date: '2026-04-03', clientApproval: false },
  ],
  floatDays: 2,
  deliveryDate: '2026-04-14',
};

/** When the client accepted it. */
export const acceptedAt = inShanghai('2026-03-02 10:00');

/** A desk of a walk. */
export function desk(key: string, side: DeskStory['side'], dueAt: string, more: Partial<DeskStory> = {}): DeskStory {
  return {
    key,
    circulation: key,
    round: 1,
    point: 'proposalComment',
    step: side === 'client' ? 'client' : key,
    role: side === 'client' ? 'CLIENT_LEAD' : 'COPYWRITER',
    side,
    openedAt: dueAt,
    dueAt,
    holders: [],
    decidedBy: [],
    ...more,
  };
}

/** One leg of a walk: until when, in which phase, on which desks, on hold or not. */
export type Leg = Partial<Pick<Passage, 'phase' | 'onHold'>> & {
  readonly to?: string;
  readonly on?: readonly string[];
};

/** A walk of legs that follow each other, from the acceptance on. */
export function walked(desks: readonly DeskStory[], legs: readonly Leg[]): Pick<Walk, 'passages' | 'desks'> {
  let from = acceptedAt;
  const passages = legs.map(({ to, on = [], phase = 'CREATING', onHold = false }): Passage => {
    const passage: Passage = {
      from,
      ...(to === undefined ? {} : { to }),
      phase,
      ownerId: 'executive',
      onHold,
      over: false,
      desks: on.map((key) => ({ key, waitingFor: [] })),
    };
    from = to ?? from;
    return passage;
  });
  return { passages, desks: Object.fromEntries(desks.map((one) => [one.key, one])) };
}

/** The forecast of a plan at a moment of Shanghai's wall. */
export function foretold(
  walk: Pick<Walk, 'passages' | 'desks'>,
  at: string,
  plan: TimetablePlan = spring,
  done: Readonly<Record<string, string>> = {},
): Forecast {
  const baseline = { acceptedAt, deliveryDate: plan.deliveryDate };
  return forecast({ plan, baseline, walk, done }, calendars, inShanghai(at));
}
