import type { Circulation, Decision, RouteStep } from '../circulation/types.ts';
import type { Instant } from '../instant.ts';
import type { Refusal, PersonActor } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import { decideJob, isClosed, whyNot } from './decide.ts';
import type { ActDefinition } from './definition.ts';
import { dueOfJob, type JobDue } from './due-answer.ts';
import { correctionPoint } from './correction.ts';
import { points } from './points.ts';
import type { JobPhase, JobState } from './state.ts';
import { acts } from './table.ts';
import type { JobAct, PointId } from './acts.ts';

/** The five answers of R-58 and what hangs on them: never empty for a job that is not over. */
export interface JobAnswers {
  readonly processId: string;
  readonly jobNumber?: string;
  readonly phase: JobPhase;
  readonly since: Instant;
  readonly holders: readonly {
    readonly personId: string;
    readonly circulation?: string;
    readonly step?: string;
    readonly since?: Instant;
    readonly dueAt?: Instant;
  }[];
  /** What happens next: the open steps, else the acts that can be done now. */
  readonly next: readonly string[];
  /** When the open desk that is due first is due. */
  readonly dueAt?: Instant;
  /** The fifth answer, whatever says it; absent only for a job that is over. */
  readonly due?: JobDue;
  readonly lastDecision?: {
    readonly personId: string;
    readonly verdict: string;
    readonly at: Instant;
    readonly step: string;
  };
}

/** One act somebody can think of now: whether it may happen, by whom, and why not. */
export interface Possibility {
  readonly act: string;
  readonly point?: PointId;
  readonly circulation?: string;
  readonly step?: string;
  readonly by: readonly string[];
  readonly refusal?: Refusal;
}

/** Acts that can be done at any time and bring a job no nearer to its end. */
const beside: ReadonlySet<string> = new Set([
  'hold',
  'cancel',
  'changeOwner',
  'recordOpinion',
  'reportOpinion',
  'callMeeting',
  'recordMeeting',
  'file',
  'addPiece',
  'reachNode',
]);

/** State, holder, since, next, due. Where no desk is open the account person who answers for the job holds it. */
export function answersOf(state: JobState): JobAnswers {
  const open = Object.values(state.circulations).flatMap((circulation) =>
    circulation.status === 'running'
      ? circulation.stays
          .filter((stay) => stay.state === 'open' || stay.state === 'opening')
          .map((stay) => ({ circulation, stay }))
      : [],
  );
  const holders = open.flatMap(({ circulation, stay }) =>
    stay.holders.map((holder) => ({
      personId: holder.personId,
      circulation: circulation.id,
      step: stay.step,
      ...(stay.openedAt ? { since: stay.openedAt } : {}),
      ...(stay.dueAt ? { dueAt: stay.dueAt } : {}),
    })),
  );
  const due = holders.flatMap((holder) => ('dueAt' in holder && holder.dueAt ? [holder.dueAt] : [])).sort()[0];
  const decisions = Object.values(state.circulations).flatMap((circulation) =>
    circulation.stays.flatMap((stay) =>
      stay.decisions.map((decision) => ({
        personId: decision.personId,
        verdict: decision.verdict,
        at: decision.at,
        step: stay.step,
      })),
    ),
  );
  const last = decisions.sort((a, b) => a.at.localeCompare(b.at)).at(-1);
  const over = isClosed(state);
  const nextSteps = open.map(({ circulation, stay }) => `${circulation.point}.${stay.step}`);
  const nextActs = actsNow(state)
    .filter((one) => !one.refusal && !beside.has(one.act))
    .map((one) => one.point ?? one.act);
  return {
    processId: state.processId,
    ...(state.jobNumber ? { jobNumber: state.jobNumber } : {}),
    phase: state.phase,
    since: state.phaseSince,
    holders: holders.length > 0 || over ? holders : [{ personId: state.ownerId, since: state.phaseSince }],
    next: nextSteps.length > 0 ? nextSteps : nextActs,
    ...(due ? { dueAt: due } : {}),
    ...(over ? {} : { due: dueOfJob(state, due) }),
    ...(last ? { lastDecision: last } : {}),
  };
}

/** What may happen now, by whom, and why the rest may not; for one person where an actor is given. */
export function possible(state: JobState, actor?: PersonActor): readonly Possibility[] {
  return [...actsNow(state, actor), ...desks(state, actor), ...takeBacks(state, actor)];
}

/** The acts beside the verbs, and what can be sent round. */
function actsNow(state: JobState, actor?: PersonActor): readonly Possibility[] {
  const found: Possibility[] = [];
  for (const type of Object.keys(acts) as JobAct['type'][]) {
    if (type === 'request' || type === 'submit') continue;
    const definition = acts[type] as ActDefinition<JobAct>;
    const refusal = whyNot(state, definition.by, definition, actor, type) ?? moment(state, type);
    found.push({ act: type, by: definition.by, ...(refusal ? { refusal } : {}) });
  }
  for (const id of Object.keys(points) as PointId[]) {
    if (id === 'draftGate' || id === 'artworkQc' || id === 'proofQc') continue;
    const refusal = whyNot(state, points[id].by, points[id], actor, 'submit');
    found.push({ act: 'submit', point: id, by: points[id].by, ...(refusal ? { refusal } : {}) });
  }
  return found;
}

/** The open desks, each for who holds it. */
function desks(state: JobState, actor?: PersonActor): readonly Possibility[] {
  const found: Possibility[] = [];
  for (const circulation of Object.values(state.circulations)) {
    if (circulation.status !== 'running') continue;
    for (const stay of circulation.stays) {
      if (stay.state !== 'open' || circulation.point === correctionPoint) continue;
      const mine = !actor || stay.holders.some((holder) => holder.personId === actor.personId);
      found.push({
        act: 'sign',
        circulation: circulation.id,
        step: stay.step,
        by: stay.holders.map((holder) => holder.personId),
        ...(mine ? {} : { refusal: refuse('NOT_ALLOWED', { params: { who: stay.step } }) }),
      });
    }
  }
  return found;
}

/** Statuses of a round whose decisions may still be taken back: it runs, or a no has just ended it. */
const retractable: readonly Circulation['status'][] = ['running', 'returned', 'refused', 'objected'];

/**
 * The decisions of each present round that their givers may take back, or why no longer. A submission is no decision: the
 * paper itself is taken back instead.
 */
function takeBacks(state: JobState, actor?: PersonActor): readonly Possibility[] {
  const found: Possibility[] = [];
  for (const circulation of Object.values(state.circulations)) {
    if (!retractable.includes(circulation.status) || circulation.point === correctionPoint) continue;
    for (const stay of circulation.stays) {
      const step = state.routes[circulation.route]?.steps.find((one) => one.key === stay.step);
      if (!step || step.act === 'submit') continue;
      for (const decision of stay.decisions) {
        const refusal = whyNotTakenBack(state, circulation, step, decision, actor);
        found.push({
          act: 'withdraw',
          circulation: circulation.id,
          step: stay.step,
          by: [decision.personId],
          ...(refusal ? { refusal } : {}),
        });
      }
    }
  }
  return found;
}

/** Asks the very decision that would be made, so that what is offered here is what will be taken. */
function whyNotTakenBack(
  state: JobState,
  circulation: Circulation,
  step: RouteStep,
  { personId, proof }: Decision,
  actor: PersonActor | undefined,
): Refusal | undefined {
  if (actor && actor.personId !== personId) return refuse('NOTHING_TO_WITHDRAW', { field: 'step' });
  const at = state.phaseSince;
  const answer = decideJob(state, {
    id: 'possible',
    // Titles do not matter here: everybody takes back their own and nothing else.
    actor: actor ?? { kind: 'person', personId, roles: [], side: step.side, proof },
    receivedAt: at,
    at,
    act: {
      type: 'withdraw',
      circulation: circulation.id,
      round: circulation.round,
      step: step.key,
      words: 'possible?',
    },
  });
  return isRefusal(answer) ? answer : undefined;
}

function moment(state: JobState, type: JobAct['type']): Refusal | undefined {
  if (type === 'resume' && !state.onHold) return refuse('WRONG_PHASE', { params: { phase: state.phase } });
  return undefined;
}
