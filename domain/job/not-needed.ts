import type { Where } from '../circulation/acts.ts';
import type { Circulation, RouteStep, Stay } from '../circulation/types.ts';
import type { Stamp } from '../process.ts';
import type { MailEffect } from './effects.ts';
import type { JobEvent } from './events.ts';
import { tellsInstead } from './hand-over.ts';
import type { JobState } from './state.ts';

/** A desk that was closed, or taken away, before somebody who was to act there had. */
interface ClosedDesk {
  readonly personId: string;
  /** For whom that one stood in. */
  readonly standInFor?: string;
  readonly where: Where;
  readonly step: RouteStep;
}

/**
 * The mails that tell whoever was asked and has not answered that nothing is needed any more, and why: the desk is
 * gone from every list, but the request still lies in the inbox. One a person for everything that one decision closed, in
 * however many rounds. Whoever closed it knows, and whoever hears of it in a mail of their own needs no second one.
 * Whether somebody was really asked by mail only the outbox can tell, so the mail finds that out as it leaves. `state` is
 * the one after the event.
 */
export function notNeededMails(state: JobState, event: JobEvent, stamp: Stamp): readonly MailEffect[] {
  const closed = closedBy(state, event);
  const knows = whoKnows(state, event, stamp);
  const byPerson = new Map<string, ClosedDesk[]>();
  for (const desk of closed) {
    if (knows.has(desk.personId) || knows.has(desk.standInFor ?? '')) continue;
    byPerson.set(desk.personId, [...(byPerson.get(desk.personId) ?? []), desk]);
  }
  return [...byPerson.values()].flatMap((desks) => mailOf(state, event, stamp, desks));
}

function mailOf(
  state: JobState,
  event: JobEvent,
  stamp: Stamp,
  [first, ...others]: readonly ClosedDesk[],
): readonly MailEffect[] {
  if (!first) return [];
  const { processId, brandId, clientId, ownerId } = state;
  const { personId, where, step } = first;
  const name = `${processId}/notNeeded/${stamp.seq}/${personId}`;
  // What the agency says of its reasons is not for the client's eyes.
  const words = step.side === 'agency' || isClient(stamp) ? wordsOf(state, event) : undefined;
  const authorId = tellsInstead(state, state.circulations[where.circulation]?.authorId ?? ownerId);
  const about = { where, desks: [where, ...others.map((desk) => desk.where)], route: step, authorId };
  const input = {
    processId,
    name,
    kind: 'notNeeded',
    to: { personId },
    brandId,
    clientId,
    ownerId,
    seq: stamp.seq,
    ...about,
    ...(words ? { words } : {}),
  } as const;
  return [{ kind: 'mail', name, input }];
}

const isClient = ({ actor }: Stamp): boolean => actor.kind === 'person' && actor.side === 'client';

/** The desks on which nobody needs to act any more after the event, each with who had not. */
function closedBy(state: JobState, event: JobEvent): readonly ClosedDesk[] {
  switch (event.type) {
    case 'circulationEnded': {
      if (event.verdict === 'passed' || event.withJob || event.moreFollow) return [];
      return closedIn(state, [...(event.alsoEnded ?? []), event.circulation]);
    }
    case 'cancelled':
      return closedIn(state, event.ended ?? []);
    // One of several signed, and that was enough.
    case 'decided':
      return desksOf(state, state.circulations[event.circulation], (stay) => {
        return stay.step === event.step && stay.state === 'passed';
      });
    case 'handedOver': {
      if (event.how === 'add') return [];
      const circulation = state.circulations[event.circulation];
      const stay = circulation?.stays.find(({ step }) => step === event.step);
      // Who gives away what is their own leaves the others at the desk where they are.
      const own = event.how !== 'reassign' && stay?.holders.some(({ personId }) => personId === event.by);
      const there = own ? [] : desksOf(state, circulation, (one) => one === stay);
      return there.filter(({ personId }) => personId !== event.to);
    }
    default:
      return [];
  }
}

const closedIn = (state: JobState, ids: readonly string[]): readonly ClosedDesk[] =>
  ids.flatMap((id) =>
    desksOf(state, state.circulations[id], (stay) => stay.state === 'lapsed' || stay.state === 'stopped'),
  );

function desksOf(
  state: JobState,
  circulation: Circulation | undefined,
  which: (stay: Stay) => boolean,
): readonly ClosedDesk[] {
  if (!circulation) return [];
  const { id, round, stays } = circulation;
  return stays.filter(which).flatMap((stay): ClosedDesk[] => {
    const step = state.routes[circulation.route]?.steps.find(({ key }) => key === stay.step);
    if (!step) return [];
    return stay.holders
      .filter(({ personId }) => !stay.decisions.some((decision) => decision.personId === personId))
      .map(({ personId, standInFor }) => ({
        personId,
        ...(standInFor === undefined ? {} : { standInFor }),
        where: { circulation: id, round, step: stay.step },
        step,
      }));
  });
}

/** Who did it, and who hears of it anyway: the author and the account person of what was sent back or handed over. */
function whoKnows(state: JobState, event: JobEvent, stamp: Stamp): ReadonlySet<string> {
  const did = stamp.actor.kind === 'person' ? [stamp.actor.personId] : [];
  const by = 'by' in event && typeof event.by === 'string' ? [event.by] : [];
  const told =
    event.type === 'handedOver'
      ? [state.ownerId]
      : event.type === 'circulationEnded' && ['return', 'refuse', 'object'].includes(event.verdict)
        ? [state.ownerId, state.circulations[event.circulation]?.authorId ?? '']
        : [];
  return new Set([...did, ...by, ...told].filter((personId) => personId !== ''));
}

/** Why, in the words of whoever did it. */
function wordsOf(state: JobState, event: JobEvent): string | undefined {
  switch (event.type) {
    case 'cancelled':
    case 'handedOver':
      return event.words;
    case 'circulationEnded': {
      const stopped = state.circulations[event.circulation]?.stays.find(({ state: stay }) => stay === 'stopped');
      return event.words ?? stopped?.decisions.at(-1)?.words;
    }
    default:
      return undefined;
  }
}
