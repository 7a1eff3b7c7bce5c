import type { Command } from '../process.ts';
import type { AskedAct, CirculationEvent, ClockAct, MovedByCalendar, RecountedAct, StepOpenedAct } from './acts.ts';
import type { Surroundings } from './decide.ts';
import type { Circulation, Stay } from './types.ts';

/** What a report of an activity or of the clock causes. A report that came too late changes nothing. */
export function decideReport(
  around: Surroundings,
  command: Command<StepOpenedAct | AskedAct | RecountedAct | ClockAct>,
): readonly CirculationEvent[] {
  const { act } = command;
  const { circulation } = around;
  const stay = circulation.stays.find((one) => one.step === act.step);
  if (act.round !== circulation.round || circulation.status !== 'running' || !stay) return [];
  const where = { circulation: act.circulation, round: act.round, step: act.step };
  switch (act.type) {
    case 'stepOpened': {
      if (stay.state !== 'opening') return [];
      const { holders, provisional, rungs, unreachedAt, dueAt } = act;
      const { successor } = stay;
      const before = holders.find((holder) => (holder.standInFor ?? holder.personId) === successor?.from);
      if (successor && before) {
        const keep = holders.filter((holder) => holder !== before && holder.personId !== successor.to);
        return [{ type: 'stepOpening', ...where, to: successor.to, how: 'reassign', keep, because: 'handOver' }];
      }
      return [{ type: 'stepOpened', ...where, holders, provisional, rungs, unreachedAt, ...(dueAt ? { dueAt } : {}) }];
    }
    case 'asked': {
      if (stay.state !== 'open' || !stay.holders.some((holder) => holder.personId === act.personId)) return [];
      if (act.outcome === 'failed' || !act.askedAt)
        return [{ type: 'askFailed', ...where, personId: act.personId, why: act.why ?? '' }];
      const { personId, askedAt, dueAt, provisional, rungs } = act;
      return [
        {
          type: 'asked',
          ...where,
          personId,
          askedAt,
          ...(dueAt ? { dueAt } : {}),
          ...(provisional ? { provisional } : {}),
          ...(rungs ? { rungs } : {}),
        },
      ];
    }
    case 'recounted': {
      const counts = stay.state === 'open' || stay.joined === true;
      if (!counts || stay.recount?.seq !== act.seq) return [];
      const { seq, rungs, dueAt, provisional } = act;
      const moved = movedBy(stay, dueAt);
      return [
        {
          type: 'recounted',
          ...where,
          seq,
          rungs,
          provisional,
          ...(dueAt ? { dueAt } : {}),
          ...(moved ? { moved } : {}),
        },
      ];
    }
    case 'rung': {
      const rung = stay.rungs.find((one) => one.kind === act.kind && one.n === act.n);
      if (stay.state !== 'open' || !rung || rung.firedAt || rungAt(stay, rung.at) > command.at) return [];
      const { n, kind, whom, copy, by } = rung;
      return [{ type: 'rungClimbed', ...where, n, kind, whom, ...(copy ? { copy } : {}), ...(by ? { by } : {}) }];
    }
    case 'unreached':
      return stay.state === 'open' && !stay.unreachedTold && stay.holders.every((holder) => !holder.askedAt)
        ? [{ type: 'unreachedTold', ...where }]
        : [];
  }
}

/** The change of a calendar that moved a desk's date, where one did. */
function movedBy(stay: Stay, dueAt: string | undefined): MovedByCalendar | undefined {
  const change = stay.recount?.shifts.findLast((shift) => shift.kind === 'calendar');
  if (!change || stay.dueMoved || stay.dueAt === undefined || dueAt === undefined || dueAt === stay.dueAt)
    return undefined;
  return { calendarId: change.calendarId, revision: change.revision, from: stay.dueAt };
}

/** "I'm on it until" pauses a ladder: a rung inside the pause waits for its end. */
export function rungAt(stay: Pick<Stay, 'onItUntil'>, at: string): string {
  return stay.onItUntil && at < stay.onItUntil ? stay.onItUntil : at;
}

/** The nearest thing the clock must do on a circulation. */
export function dueOfCirculation(circulation: Circulation): { at: string; act: ClockAct } | undefined {
  if (circulation.status !== 'running') return undefined;
  let nearest: { at: string; act: ClockAct } | undefined;
  const offer = (at: string, act: ClockAct): void => {
    if (!nearest || at < nearest.at) nearest = { at, act };
  };
  for (const stay of circulation.stays) {
    if (stay.state !== 'open') continue;
    const where = { circulation: circulation.id, round: circulation.round, step: stay.step };
    for (const rung of stay.rungs) {
      if (!rung.firedAt) offer(rungAt(stay, rung.at), { type: 'rung', ...where, n: rung.n, kind: rung.kind });
    }
    if (stay.unreachedAt && !stay.unreachedTold && stay.holders.every((holder) => !holder.askedAt)) {
      offer(stay.unreachedAt, { type: 'unreached', ...where });
    }
  }
  return nearest;
}
