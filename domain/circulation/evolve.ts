import type { Stamp } from '../process.ts';
import type { CirculationEvent, Where } from './acts.ts';
import { stepsBehind } from './check.ts';
import type { Circulation, Decision, Holder, Route, Rung, SigningRule, Stay } from './types.ts';

/** Whether enough holders of a step have signed. */
export function satisfied(rule: SigningRule, holders: readonly Holder[], decisions: readonly Decision[]): boolean {
  const signed = decisions.filter((decision) => decision.verdict === 'sign').length;
  switch (rule.kind) {
    case 'one':
      return signed >= 1;
    case 'all':
      return signed >= Math.max(1, holders.length);
    case 'some':
      return signed >= Math.min(rule.n, Math.max(1, holders.length));
  }
}

const keepFired = (fresh: readonly Rung[], old: readonly Rung[]): readonly Rung[] =>
  fresh.map((rung) => {
    const before = old.find((one) => one.kind === rung.kind && one.n === rung.n);
    return before?.firedAt ? before : rung;
  });

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
      return atStay(circulation, event, (stay) => ({ ...stay, state: 'opening', openedAt: stay.openedAt ?? stamp.at }));
    case 'stepOpened':
      return atStay(circulation, event, (stay) => {
        const { dueAt: _due, ...rest } = stay;
        return {
          ...rest,
          state: 'open',
          holders: event.holders,
          ...(event.dueAt ? { dueAt: event.dueAt } : {}),
          provisional: event.provisional,
          rungs: keepFired(event.rungs, stay.rungs),
          unreachedAt: event.unreachedAt,
        };
      });
    case 'asked':
      return atStay(circulation, event, (stay) => {
        const first = stay.holders.every((holder) => holder.askedAt === undefined);
        return {
          ...stay,
          holders: stay.holders.map((holder) =>
            holder.personId === event.personId ? { ...holder, askedAt: event.askedAt } : holder,
          ),
          ...(first && event.dueAt ? { dueAt: event.dueAt, provisional: event.provisional ?? false } : {}),
          ...(first && event.rungs ? { rungs: keepFired(event.rungs, stay.rungs) } : {}),
        };
      });
    case 'decided':
      return atStay(circulation, event, (stay) => {
        const decisions = [...stay.decisions, event.decision];
        const rule = route.steps.find((step) => step.key === event.step)?.rule ?? { kind: 'one' };
        if (event.decision.verdict !== 'sign') return { ...stay, decisions, state: 'stopped', closedAt: stamp.at };
        return satisfied(rule, stay.holders, decisions)
          ? { ...stay, decisions, state: 'passed', closedAt: stamp.at }
          : { ...stay, decisions };
      });
    case 'noted':
      return event.note.kind === 'onIt'
        ? atStay(circulation, event, (stay) => ({
            ...stay,
            onItUntil: event.note.kind === 'onIt' ? event.note.until : stamp.at,
          }))
        : circulation;
    case 'decisionWithdrawn': {
      const behind = stepsBehind(route, event.step).map((step) => step.key);
      if (event.round !== circulation.round) return circulation;
      return {
        ...circulation,
        stays: circulation.stays.map((stay) => {
          if (stay.step === event.step) {
            const { closedAt: _closed, ...rest } = stay;
            return {
              ...rest,
              state: 'open',
              decisions: stay.decisions.filter((decision) => decision.personId !== event.by),
            };
          }
          return behind.includes(stay.step) && stay.state !== 'notApplicable' ? emptyStay(stay.step) : stay;
        }),
      };
    }
    case 'dateMoved':
      return atStay(circulation, event, (stay) => {
        const byMs = event.from ? Date.parse(event.to) - Date.parse(event.from) : 0;
        const move = (at: string): string => new Date(Date.parse(at) + byMs).toISOString();
        return {
          ...stay,
          dueAt: event.to,
          rungs: stay.rungs.map((rung) => (rung.firedAt ? rung : { ...rung, at: move(rung.at) })),
        };
      });
    case 'rungClimbed':
      return atStay(circulation, event, (stay) => ({
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
        stays: circulation.stays.map((stay) =>
          stay.state === 'open' || stay.state === 'opening' || stay.state === 'waiting'
            ? { ...stay, state: 'lapsed', closedAt: stamp.at }
            : stay,
        ),
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
    case 'askFailed':
    case 'handedOver':
    case 'handOverAsked':
      return circulation;
  }
}

/** A desk the paper has not reached yet. */
export function emptyStay(step: string): Stay {
  return { step, state: 'waiting', holders: [], rungs: [], decisions: [] };
}
