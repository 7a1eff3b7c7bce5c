import { decideReport } from '../circulation/clock.ts';
import { decideVerb } from '../circulation/decide.ts';
import { allDone } from '../circulation/start.ts';
import type { Verb } from '../circulation/acts.ts';
import type { Command, PersonActor, Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import type { AnyJobAct, JobAct, JobReport } from './acts.ts';
import { addWithConsequences, takeBackNo } from './consequences.ts';
import { correctionPoint } from './correction.ts';
import type { ActDefinition, ByWhom } from './definition.ts';
import type { JobEvent } from './events.ts';
import { exists } from './evolve.ts';
import { moveTo } from './definition.ts';
import { points } from './points.ts';
import { refresh } from './refresh.ts';
import { rejectedForGood } from './rejection.ts';
import type { PersonCommand, Sketch } from './sketch.ts';
import { beginSketch } from './sketch.ts';
import type { JobState } from './state.ts';
import { acts } from './table.ts';
import { decideTimetable } from './timetable.ts';

/** Points at which a version of a piece goes round. */
export const piecePoints = ['draftGate', 'artworkQc', 'proofQc'] as const;

const verbs = ['sign', 'return', 'note', 'handOver', 'withdraw', 'moveDate'] as const;

const reports: readonly JobReport['type'][] = [
  'stepOpened',
  'asked',
  'recounted',
  'rung',
  'unreached',
  'refresh',
  'timetableDue',
  'timetablePlanned',
  'numberIssued',
  'sealed',
  'recorded',
];

function isVerb(act: AnyJobAct): act is Verb {
  return verbs.some((verb) => verb === act.type);
}

function isReport(act: AnyJobAct): act is JobReport {
  return reports.some((report) => report === act.type);
}

/** Whether a job is over: nothing moves any more until it is reopened. */
export function isClosed(state: Pick<JobState, 'phase'>): boolean {
  return state.phase === 'ARCHIVED' || state.phase === 'CANCELLED';
}

/** Who of these may do it; the first title stands for all in the sentence. */
export function mayDo(by: readonly ByWhom[], actor: PersonActor, ownerId: string): boolean {
  return (
    by.length === 0 || by.some((one) => (one === 'owner' ? actor.personId === ownerId : actor.roles.includes(one)))
  );
}

/** What a command would cause on a job, or why not. Asks the state and nothing else. */
export function decideJob(state: JobState, command: Command<AnyJobAct>): readonly JobEvent[] | Refusal {
  const { act, actor } = command;
  const sketch = beginSketch(state, command);
  if (isReport(act)) {
    if (actor.kind !== 'system') return refuse('NOT_ALLOWED', { params: { who: 'MANAGEMENT' } });
    report(sketch, { ...command, act });
    return sketch.events;
  }
  if (actor.kind !== 'person') return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_EXECUTIVE' } });
  if (act.type !== 'request' && !exists(state)) return refuse('UNKNOWN_OBJECT', { params: { what: 'job' } });
  const no = isVerb(act) ? verb(sketch, { ...command, act, actor }) : personAct(sketch, { ...command, act, actor });
  return no ?? sketch.events;
}

function personAct(sketch: Sketch, command: PersonCommand<JobAct>): Refusal | undefined {
  const definition = acts[command.act.type] as ActDefinition<JobAct>;
  const { act } = command;
  if (!Object.hasOwn(acts, act.type)) return refuse('UNKNOWN_OBJECT', { field: 'type', params: { what: act.type } });
  // Versions of pieces have their own way in: they bring a file, not a paper.
  if (act.type === 'submit' && (!Object.hasOwn(points, act.point) || piecePoints.some((one) => one === act.point)))
    return refuse('UNKNOWN_OBJECT', { field: 'point', params: { what: act.point } });
  const by = act.type === 'submit' ? points[act.point].by : definition.by;
  const why = whyNot(sketch.state, by, act.type === 'submit' ? points[act.point] : definition, command.actor, act.type);
  const no = why ?? definition.decide(sketch, command);
  if (no) return no;
  // An account director's own creative brief needs no guidance: a round with nobody left to sign ends at once.
  for (const circulation of Object.values(sketch.state.circulations)) {
    if (circulation.status !== 'running' || !allDone(circulation.stays)) continue;
    const { id, round } = circulation;
    addWithConsequences(sketch, [{ type: 'circulationEnded', circulation: id, round, verdict: 'passed' }]);
  }
  return undefined;
}

/** Why an act cannot happen now, whatever it says: not this person's, not this state, on hold, a guard. */
export function whyNot(
  state: JobState,
  by: readonly ByWhom[],
  definition: Pick<ActDefinition<JobAct>, 'phases' | 'guard'>,
  actor: PersonActor | undefined,
  act: JobAct['type'],
): Refusal | undefined {
  if (actor && !mayDo(by, actor, state.ownerId))
    return refuse('NOT_ALLOWED', {
      params: { who: by[0] === 'owner' ? 'ACCOUNT_EXECUTIVE' : (by[0] ?? 'ACCOUNT_EXECUTIVE') },
    });
  if (isClosed(state) && act !== 'reopen') return refuse('CLOSED', { params: { phase: state.phase } });
  if (state.onHold && act !== 'resume' && act !== 'cancel') return refuse('ON_HOLD');
  if (!definition.phases.includes(state.phase)) return refuse('WRONG_PHASE', { params: { phase: state.phase } });
  return definition.guard?.(state);
}

function verb(sketch: Sketch, command: PersonCommand<Verb>): Refusal | undefined {
  const { state } = sketch;
  const { circulation: id, type } = command.act;
  const circulation = Object.hasOwn(state.circulations, id) ? state.circulations[id] : undefined;
  const route = circulation && state.routes[circulation.route];
  if (!circulation || !route)
    return refuse('UNKNOWN_OBJECT', { field: 'circulation', params: { what: command.act.circulation } });
  // A late click on a closed job still hears what became of its step.
  if (isClosed(state) && type !== 'sign' && type !== 'return')
    return refuse('CLOSED', { params: { phase: state.phase } });
  if (state.onHold && type !== 'note') return refuse('ON_HOLD');
  if (type === 'withdraw' && circulation.point === correctionPoint)
    return refuse('NOTHING_TO_WITHDRAW', { field: 'circulation', rule: 'R-40' });
  if (
    command.act.type === 'return' &&
    command.act.reason === rejectedForGood &&
    circulation.point !== 'proposalComment'
  )
    return refuse('NO_NOT_OFFERED', { field: 'reason', params: { kind: 'return' } });
  const law = command.act.type === 'sign' ? lawWordsOpen(state, circulation.about, command.act) : undefined;
  if (law) return law;
  const events = decideVerb({ circulation, route, ownerId: state.ownerId }, command);
  if (isRefusal(events)) return events;
  const taken = events.find((event) => event.type === 'decisionWithdrawn');
  const no = taken && circulation.stays.flatMap(({ decisions }) => decisions).find(({ verdict }) => verdict !== 'sign');
  if (taken && no) {
    const acted = takeBackNo(sketch, circulation, no);
    if (acted) return acted;
  }
  addWithConsequences(sketch, events);
  return undefined;
}

/** Wording of the Advertising Law's list may stand only if the copywriter and the account executive each say why. */
function lawWordsOpen(
  state: JobState,
  about: { kind: string; pieceId?: string; version: number },
  act: Extract<Verb, { type: 'sign' }>,
): Refusal | undefined {
  if (about.pieceId === undefined) return undefined;
  const version = state.pieces[about.pieceId]?.versions.find((one) => one.version === about.version);
  const item = act.step === 'copywriter' ? 'C-10' : act.step === 'accountExecutive' ? 'C-28' : undefined;
  if (!version?.lawHits || version.lawHits.length === 0 || !item) return undefined;
  const answer = act.checklist?.find((one) => one.item === item);
  const resolved = answer?.answer === 'pass' && (answer.note ?? '').trim() !== '';
  return resolved
    ? undefined
    : refuse('LAW_WORDING', { field: 'checklist', params: { words: version.lawHits }, rule: 'R-81' });
}

function report(sketch: Sketch, command: Command<JobReport>): void {
  const { act } = command;
  const { state } = sketch;
  switch (act.type) {
    case 'numberIssued':
      if (!state.jobNumber) {
        sketch.add({ type: 'numberIssued', jobNumber: act.jobNumber });
        // Cancelled while the number was being drawn: the number is burnt, the job stays cancelled.
        if (!isClosed(state)) moveTo(sketch, 'OPENED');
      }
      return;
    case 'sealed':
      if (state.phase !== 'CLOSING') return;
      sketch.add({ type: 'sealed', hash: act.hash });
      moveTo(sketch, 'ARCHIVED');
      return;
    case 'recorded':
      return;
    case 'refresh':
      if (exists(state) && !isClosed(state)) refresh(sketch, act.cause);
      return;
    case 'timetableDue':
    case 'timetablePlanned':
      if (!isClosed(state)) decideTimetable(sketch, { ...command, act });
      return;
    case 'stepOpened':
    case 'asked':
    case 'recounted':
    case 'rung':
    case 'unreached': {
      const circulation = state.circulations[act.circulation];
      const route = circulation && state.routes[circulation.route];
      if (circulation && route)
        addWithConsequences(sketch, decideReport({ circulation, route, ownerId: state.ownerId }, { ...command, act }));
    }
  }
}
