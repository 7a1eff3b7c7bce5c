import type { JobEvent } from '../job/events.ts';
import { initialJobState, jobProcess } from '../job/process.ts';
import type { JobPhase, JobState } from '../job/state.ts';
import type { RoundCause } from '../circulation/types.ts';
import type { Instant } from '../instant.ts';
import type { Stamp } from '../process.ts';

/** An entry of a job's log, as far as time is read from it. */
export interface TimedEntry {
  readonly event: JobEvent;
  readonly stamp: Stamp;
}

/** A desk the job lay on: which step of which round, and whose side it is. `key` is one stay on one desk. */
export interface DeskPlace {
  readonly key: string;
  readonly circulation: string;
  readonly round: number;
  readonly point: string;
  readonly step: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  /** The piece that went round, where it was one. */
  readonly pieceId?: string;
}

/** A desk in a passage: who was still to answer there. Nobody while the desk is being handed out. */
export interface DeskThen {
  readonly key: string;
  readonly waitingFor: readonly string[];
}

/** Time in which nothing changed about where the job lay: `to` is absent on the last one, which still runs. */
export interface Passage {
  readonly from: Instant;
  readonly to?: Instant;
  readonly phase: JobPhase;
  /** Whom the job answers to where no desk has it. */
  readonly ownerId: string;
  readonly onHold: boolean;
  /** The job is archived or cancelled; nobody's time runs. */
  readonly over: boolean;
  readonly desks: readonly DeskThen[];
}

/** What is known of one stay on a desk. Absent `closedAt`: it lies there still. */
export interface DeskStory extends DeskPlace {
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly dueAt?: Instant;
  readonly verdict?: string;
  /** Everybody who held it, in the order they came. */
  readonly holders: readonly string[];
  readonly decidedBy: readonly string[];
}

/** Something the picture of a job's time is marked with. */
export type Mark =
  | { readonly kind: 'revision'; readonly at: Instant; readonly ordinal: number; readonly cause: RoundCause }
  | { readonly kind: 'archived'; readonly at: Instant };

/** A job's log walked once, entry by entry: where the job lay at every moment. */
export interface Walk {
  readonly state: JobState;
  readonly seq: number;
  readonly passages: readonly Passage[];
  readonly desks: Readonly<Record<string, DeskStory>>;
  readonly marks: readonly Mark[];
}

/** A walk before the first entry. */
export function startOfWalk(processId: string): Walk {
  return { state: initialJobState(processId), seq: 0, passages: [], desks: {}, marks: [] };
}

/** Walks on over entries in their order; those the walk has seen are passed over, so it can go on where it was kept. */
export function walkOn(walk: Walk, entries: readonly TimedEntry[]): Walk {
  const passages = [...walk.passages];
  const desks = { ...walk.desks };
  const marks = [...walk.marks];
  let { state, seq } = walk;
  for (const { event, stamp } of entries) {
    if (stamp.seq <= seq) continue;
    const revisions = state.revisions.length;
    const phase = state.phase;
    state = { ...jobProcess.evolve(state, event, stamp), seen: {}, effects: [] };
    seq = stamp.seq;
    const born = state.revisions.length > revisions ? state.revisions.at(-1) : undefined;
    if (born) marks.push({ kind: 'revision', at: stamp.at, ordinal: born.ordinal, cause: born.cause });
    if (state.phase === 'ARCHIVED' && phase !== 'ARCHIVED') marks.push({ kind: 'archived', at: stamp.at });
    takePassage(passages, state, takeDesks(desks, state, stamp.at), stamp.at);
  }
  return { state, seq, passages, desks, marks };
}

/** Takes the desks that are open now into what is known of them, closes those that are no longer, and names them. */
function takeDesks(known: Record<string, DeskStory>, state: JobState, at: Instant): readonly DeskThen[] {
  const open = openDesks(state);
  const keys = new Set(open.map(({ place }) => place.key));
  for (const { place, holders, dueAt, decided } of open) {
    const before = known[place.key];
    const everybody = [...new Set([...(before?.holders ?? []), ...holders])];
    const story: Omit<DeskStory, 'holders' | 'decidedBy'> = before ?? { ...place, openedAt: at };
    const { closedAt: _closed, verdict: _verdict, ...rest } = story;
    known[place.key] = {
      ...rest,
      holders: everybody,
      decidedBy: decided,
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  }
  for (const story of Object.values(known)) {
    if (keys.has(story.key) || story.closedAt !== undefined) continue;
    const stay = state.circulations[story.circulation]?.stays.find(({ step }) => step === story.step);
    const same = state.circulations[story.circulation]?.round === story.round;
    const decisions = same ? (stay?.decisions ?? []) : [];
    const verdict = decisions.at(-1)?.verdict;
    known[story.key] = {
      ...story,
      closedAt: at,
      ...(decisions.length > 0 ? { decidedBy: decisions.map(({ personId }) => personId) } : {}),
      ...(verdict === undefined ? {} : { verdict }),
    };
  }
  return open.map(({ place, waitingFor }) => ({ key: place.key, waitingFor }));
}

interface OpenDesk {
  readonly place: DeskPlace;
  readonly holders: readonly string[];
  readonly waitingFor: readonly string[];
  readonly decided: readonly string[];
  readonly dueAt?: Instant;
}

const isOver = (state: JobState): boolean => state.phase === 'ARCHIVED' || state.phase === 'CANCELLED';

/**
 * The desks a job lies on. A client's desk is theirs from the moment a mail to one of them was accepted: until then
 * nobody there can know of it, and the time is ours.
 */
function openDesks(state: JobState): readonly OpenDesk[] {
  if (isOver(state)) return [];
  return Object.values(state.circulations).flatMap((circulation) => {
    if (circulation.status !== 'running') return [];
    const steps = state.routes[circulation.route]?.steps ?? [];
    return circulation.stays.flatMap((stay): OpenDesk[] => {
      if (stay.state !== 'open' && stay.state !== 'opening') return [];
      const step = steps.find(({ key }) => key === stay.step);
      const side = step?.side ?? 'agency';
      if (side === 'client' && !stay.holders.some(({ askedAt }) => askedAt !== undefined)) return [];
      const holders = stay.holders.map(({ personId }) => personId);
      const decided = stay.decisions.map(({ personId }) => personId);
      const { id, round, point, about } = circulation;
      return [
        {
          place: {
            key: `${id}:${String(round)}:${stay.step}`,
            circulation: id,
            round,
            point,
            step: stay.step,
            role: step?.role ?? '',
            side,
            ...(about.kind === 'piece' ? { pieceId: about.pieceId } : {}),
          },
          holders,
          waitingFor: holders.filter((holder) => !decided.includes(holder)),
          decided,
          ...(stay.dueAt === undefined ? {} : { dueAt: stay.dueAt }),
        },
      ];
    });
  });
}

function takePassage(passages: Passage[], state: JobState, desks: readonly DeskThen[], at: Instant): void {
  const { phase, ownerId } = state;
  const next: Passage = { from: at, phase, ownerId, onHold: state.onHold !== undefined, over: isOver(state), desks };
  const last = passages.at(-1);
  if (last && sameWhereabouts(last, next)) return;
  // Two entries of one moment: what stood between them lasted no time.
  if (last && last.from === at) passages.pop();
  else if (last) passages[passages.length - 1] = { ...last, to: at };
  const before = passages.at(-1);
  if (before && before.to === at && sameWhereabouts(before, next)) {
    const { to: _to, ...open } = before;
    passages[passages.length - 1] = open;
  } else passages.push(next);
}

function sameWhereabouts(a: Passage, b: Passage): boolean {
  return (
    a.phase === b.phase &&
    a.ownerId === b.ownerId &&
    a.onHold === b.onHold &&
    a.over === b.over &&
    JSON.stringify(a.desks) === JSON.stringify(b.desks)
  );
}
