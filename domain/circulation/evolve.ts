import type { Instant } from '../instant.ts';
import { isInstant } from '../instant.ts';
import type { Stamp } from '../process.ts';
import type { CirculationEvent, Where } from './acts.ts';
import { stepsBehind } from './check.ts';
import { daysLater, onIt, pausedAt, wallMoved, wholeDays } from './pause.ts';
import { answered, isAhead, shifted } from './recount.ts';
import type {
  CalendarShift,
  Circulation,
  Decision,
  Holder,
  Route,
  RouteStep,
  Rung,
  Shift,
  SigningRule,
  Stay,
} from './types.ts';

/** Whether enough holders of a step have signed. */
export function satisfied(rule: SigningRule, holders: readonly Holder[], decisions: readonly Decision[]): boolean {
  const signed = decisions.filter((decision) => decision.verdict === 'sign').length;
  switch (rule.kind) {
    case 'one':
      return signed >= 1;
    case 'all':
      return signed >= Math.max(1, holders.length);
    case 'some':
      // Too few holders never lower the number: somebody is added instead.
      return signed >= rule.n;
  }
}

const keepFired = (fresh: readonly Rung[], old: readonly Rung[]): readonly Rung[] =>
  fresh.map((rung) => {
    const before = old.find((one) => one.kind === rung.kind && one.n === rung.n);
    return before?.firedAt ? before : rung;
  });

/** Nudges a desk remembers; the log has them all. */
const keptNudges = 10;

/** The desk with a date that is set by hand; what of its ladder is ahead moves as far, on the wall until it is counted. */
function withDate(stay: Stay, from: Instant | undefined, to: Instant, seq: number): Stay {
  const known = from !== undefined && isInstant(from) && isInstant(to);
  const byMs = known ? Date.parse(to) - Date.parse(from) : 0;
  const shift: Shift | undefined = known ? { kind: 'move', from, to } : undefined;
  return {
    ...(shift ? shifted(stay, shift, seq) : stay),
    dueAt: to,
    dueMoved: true,
    rungs: stay.rungs.map((rung) => (isAhead(rung) ? { ...rung, at: wallMoved(rung.at, byMs) } : rung)),
  };
}

/**
 * A job that was on hold: nobody could act, so every rung ahead moves by the days it stood still, until the calendar
 * has counted the working time. What was counted only while the job stood still, stood still from then on.
 */
export function afterHold(circulation: Circulation, heldAt: Instant, resumedAt: Instant, seq: number): Circulation {
  const days = wholeDays(heldAt, resumedAt);
  if (circulation.status !== 'running' || !Number.isFinite(days) || days <= 0) return circulation;
  return {
    ...circulation,
    stays: circulation.stays.map((stay) => {
      const from = [heldAt, startOf(stay)].sort().at(-1) ?? heldAt;
      const waiting = shifted(stay, { kind: 'hold', from, to: resumedAt }, seq);
      return {
        ...waiting,
        rungs: stay.rungs.map((rung) => (isAhead(rung) ? { ...rung, at: daysLater(rung.at, days) } : rung)),
      };
    }),
  };
}

/** A calendar of some desks changed: every one of them that it could rule waits to be counted anew. */
export function onChangedCalendar(
  circulation: Circulation,
  route: Route,
  change: Pick<CalendarShift, 'calendarId' | 'revision' | 'at'> & {
    readonly seq: number;
    /** The ladder the job pinned for a desk, where that is the house's own. */
    readonly own: (step: RouteStep) => CalendarShift['own'];
  },
  couldRule: (step: RouteStep, stay: Stay) => boolean,
): Circulation {
  if (circulation.status !== 'running') return circulation;
  const { seq, own: ownOf, ...saved } = change;
  return {
    ...circulation,
    stays: circulation.stays.map((stay) => {
      const step = route.steps.find(({ key }) => key === stay.step);
      const from = startOf(stay);
      if (!step || from === '' || !couldRule(step, stay)) return stay;
      const own = ownOf(step);
      return shifted(stay, { kind: 'calendar', ...saved, ladder: step.ladder, ...(own ? { own } : {}), from }, seq);
    }),
  };
}

/** Since when the limits of a desk count: the first accepted mail, else its opening. */
function startOf(stay: Stay): Instant {
  const asked = stay.holders.flatMap((holder) => (holder.askedAt ? [holder.askedAt] : [])).sort()[0];
  return asked ?? stay.openedAt ?? '';
}

function atStay(circulation: Circulation, where: Where, change: (stay: Stay) => Stay): Circulation {
  if (where.round !== circulation.round) return circulation;
  return { ...circulation, stays: circulation.stays.map((stay) => (stay.step === where.step ? change(stay) : stay)) };
}

/**
 * A circulation after an event of its own. Total: events that no longer fit change nothing, so an old log always folds.
 * `route` is the pinned one.
 */
export function evolveCirculation(
  circulation: Circulation,
  route: Route,
  event: CirculationEvent,
  stamp: Stamp,
): Circulation {
  switch (event.type) {
    case 'circulationStarted':
      return event.circulation;
    case 'roundOpened': {
      const { endedAt: _ended, ...rest } = circulation;
      return {
        ...rest,
        round: event.round,
        cause: event.cause,
        about: event.about,
        authorId: event.authorId,
        status: 'running',
        startedAt: stamp.at,
        stays: event.stays,
      };
    }
    case 'stepOpening':
      return atStay(circulation, event, (stay) => {
        const openedAt = stay.openedAt ?? stamp.at;
        if (!event.to) return { ...stay, state: 'opening', openedAt };
        const keep = event.keep ?? [];
        if (event.how === 'add' && keep.some(({ askedAt }) => askedAt !== undefined))
          return { ...stay, state: 'opening', holders: keep, openedAt, joined: true };
        // Handed over: who was there no longer decides, except who keeps the desk; a pause was theirs, not the next one's.
        const { onItUntil: _until, pause: _pause, unreachedTold: _told, recount: _recount, ...kept } = stay;
        const { successor: _successor, joined: _joined, ...rest } = kept;
        return {
          ...rest,
          state: 'opening',
          holders: keep,
          openedAt,
          // Whoever gets it now is asked in a mail of their own, also who had it before.
          ...(event.because ? { handed: (stay.handed ?? 0) + 1 } : {}),
        };
      });
    case 'stepOpened':
      return atStay(circulation, event, (stay) => {
        const { successor: _successor, joined, ...known } = stay;
        const { holders, dueAt, unreachedAt } = event;
        if (joined) return { ...known, state: 'open', holders };
        const { dueAt: before, provisional: _provisional, recount: _recount, pause: _stood, ...rest } = known;
        const opened: Stay = {
          ...rest,
          state: 'open',
          holders,
          ...(dueAt ? { dueAt } : {}),
          ...(event.provisional && !stay.dueMoved ? { provisional: true } : {}),
          rungs: keepFired(event.rungs, stay.rungs),
          unreachedAt,
        };
        // A date moved by hand stands, whoever the step lies with now, and their ladder stands around it.
        return stay.dueMoved && before ? withDate(opened, dueAt, before, stamp.seq) : opened;
      });
    case 'asked':
      return atStay(circulation, event, (stay) => {
        // A date moved by hand stands; it is not counted anew because the mail went out later.
        const counts = !stay.dueMoved && stay.holders.every((holder) => holder.askedAt === undefined);
        const { unreachedAt: _reached, provisional, recount, pause, ...rest } = stay;
        const unsure = counts && event.dueAt ? event.provisional : provisional;
        const fresh = counts && event.rungs ? keepFired(event.rungs, stay.rungs) : undefined;
        // Limits that start only now know nothing of a pause that was taken before; it is counted on them too.
        const paused = fresh && stay.onItUntil && stay.onItUntil > event.askedAt ? stay.onItUntil : undefined;
        const after: Stay = {
          ...rest,
          ...(!fresh && recount ? { recount } : {}),
          ...(!fresh && pause ? { pause } : {}),
          holders: stay.holders.map((holder) =>
            holder.personId === event.personId ? { ...holder, askedAt: event.askedAt } : holder,
          ),
          ...(counts && event.dueAt ? { dueAt: event.dueAt } : {}),
          ...(unsure ? { provisional: true } : {}),
          ...(fresh ? { rungs: fresh } : {}),
        };
        return paused ? pausedAt(after, pause?.said ?? [], paused, stamp.seq) : after;
      });
    case 'askedAgain':
      return atStay(circulation, event, (stay) => ({
        ...stay,
        holders: stay.holders.map((holder) =>
          holder.personId === event.personId ? { ...holder, againAt: stamp.receivedAt } : holder,
        ),
      }));
    case 'nudged':
      return atStay(circulation, event, (stay) => {
        const { by, people, again } = event;
        return {
          ...stay,
          nudges: [...(stay.nudges ?? []), { at: stamp.receivedAt, by, people, again }].slice(-keptNudges),
        };
      });
    case 'decided':
      return atStay(circulation, event, (stay) => {
        const decisions = [...stay.decisions, event.decision];
        const rule = route.steps.find((step) => step.key === event.step)?.rule ?? { kind: 'one' };
        const state = event.decision.verdict === 'sign' ? 'passed' : 'stopped';
        return state === 'stopped' || satisfied(rule, stay.holders, decisions)
          ? closedStay({ ...stay, decisions, state, closedAt: stamp.at }, stamp.at)
          : { ...stay, decisions };
      });
    case 'noted': {
      if (event.note.kind !== 'onIt') return circulation;
      const word = { personId: event.personId, until: event.note.until };
      return atStay(circulation, event, (stay) => onIt(stay, word, stamp));
    }
    case 'decisionWithdrawn':
      return event.round === circulation.round ? withoutDecision(circulation, route, event) : circulation;
    case 'dateMoved':
      return atStay(circulation, event, (stay) => withDate(stay, event.from, event.to, stamp.seq));
    case 'recounted':
      return atStay(circulation, event, (stay) => answered(stay, event));
    case 'rungClimbed':
      // No rung is climbed while the desk is paused: what was said about it is over.
      return atStay(circulation, event, ({ pause: _over, ...stay }) => ({
        ...stay,
        rungs: stay.rungs.map((rung) =>
          rung.kind === event.kind && rung.n === event.n ? { ...rung, firedAt: stamp.at } : rung,
        ),
      }));
    case 'unreachedTold':
      return atStay(circulation, event, (stay) => ({ ...stay, unreachedTold: true }));
    case 'circulationEnded': {
      const status = (
        {
          return: 'returned',
          refuse: 'refused',
          object: 'objected',
          passed: 'passed',
          withdrawn: 'withdrawn',
          closed: 'closed',
        } as const
      )[event.verdict];
      return {
        ...circulation,
        status,
        endedAt: stamp.at,
        stays: circulation.stays.map((stay) => closedStay(stay, stamp.at)),
        closedRounds: [
          ...circulation.closedRounds,
          {
            round: event.round,
            cause: circulation.cause,
            version: circulation.about.version,
            verdict: event.verdict,
            at: stamp.at,
            ...(event.by ? { by: event.by } : {}),
          },
        ],
      };
    }
    case 'handedOver':
      return atStay(circulation, event, (stay) => ({ ...stay, handed: (stay.handed ?? 0) + 1 }));
    case 'askFailed':
    case 'handOverAsked':
      return circulation;
  }
}

/**
 * The round as it was before somebody's decision. Behind a signature nothing is open any more; a no had ended the round,
 * so it runs again and what lapsed with it waits or opens anew.
 */
function withoutDecision(
  circulation: Circulation,
  route: Route,
  event: Extract<CirculationEvent, { type: 'decisionWithdrawn' }>,
): Circulation {
  const behind = stepsBehind(route, event.step).map((step) => step.key);
  const ended = circulation.status !== 'running';
  const { endedAt, ...rest } = circulation;
  return {
    ...rest,
    status: 'running',
    ...(ended ? { closedRounds: circulation.closedRounds.slice(0, -1) } : endedAt === undefined ? {} : { endedAt }),
    stays: circulation.stays.map((stay) => {
      const { closedAt: _closed, ...open } = stay;
      if (stay.step === event.step)
        return {
          ...open,
          state: 'open',
          decisions: stay.decisions.filter((decision) => decision.personId !== event.by),
          ...(stay.closedAt === undefined ? {} : { again: (stay.again ?? 0) + 1 }),
        };
      if (ended) {
        if (stay.state !== 'lapsed') return stay;
        return stay.openedAt === undefined ? emptyStay(stay.step) : { ...open, ...anew(stay), state: 'opening' };
      }
      if (!behind.includes(stay.step) || stay.state === 'notApplicable') return stay;
      return { ...emptyStay(stay.step), ...(stay.openedAt === undefined ? {} : anew(stay)) };
    }),
  };
}

/** Its people hear that nothing waits for them any more, so whoever gets the desk next is asked in a mail of its own. */
const anew = (stay: Stay): Required<Pick<Stay, 'handed'>> => ({ handed: (stay.handed ?? 0) + 1 });

/** What stays of a desk that is done with: who decided what and when. Answers and rungs are in the log. */
function closedStay(stay: Stay, at: Instant): Stay {
  const { step, openedAt, closedAt, dueAt, dueMoved, provisional, reason, handed, again } = stay;
  const lapsed = stay.state === 'open' || stay.state === 'opening' || stay.state === 'waiting';
  return {
    step,
    state: lapsed ? 'lapsed' : stay.state,
    holders: stay.holders,
    rungs: [],
    decisions: stay.decisions.map(({ checklist: _answers, ...decision }) => decision),
    ...(openedAt ? { openedAt } : {}),
    ...(lapsed ? { closedAt: at } : closedAt ? { closedAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(dueMoved ? { dueMoved } : {}),
    ...(provisional ? { provisional } : {}),
    ...(reason ? { reason } : {}),
    ...(handed ? { handed } : {}),
    ...(again ? { again } : {}),
  };
}

/** A desk the paper has not reached yet. */
export function emptyStay(step: string): Stay {
  return { step, state: 'waiting', holders: [], rungs: [], decisions: [] };
}
