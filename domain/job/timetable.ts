import type { Circulation } from '../circulation/types.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { Command, Due, Effect, Refusal, Stamp } from '../process.ts';
import { refuse } from '../process.ts';
import { baselineOf } from '../timetable/baseline.ts';
import { isBehind, milestonesBehind } from '../timetable/milestones.ts';
import type {
  Baseline,
  DelayParts,
  ExtensionDue,
  NodeMoment,
  StageMoment,
  TimetableState,
} from '../timetable/types.ts';
import { announcedKey, extensionKey, floatKey, nodeKey, warnedKey } from '../timetable/types.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, PointSubmission } from './definition.ts';
import { account, listFact, sinceOpening } from './definition.ts';
import type { Sketch } from './sketch.ts';
import type { JobPhase, JobState } from './state.ts';

/** What the clock does to a timetable: take it up, announce a node, warn of a stage, look at the forecast. */
export type TimetableClockAct = { readonly type: 'timetableDue' } & (
  | { readonly what: 'takeUp' }
  | { readonly what: 'announce'; readonly key: string }
  | { readonly what: 'warn'; readonly key: string }
  | { readonly what: 'look' }
);

/** How a used-up float came about. */
export type FloatUsed = DelayParts & { readonly floatDays: number; readonly forecastDate: LocalDate };

/** What a look at a timetable found out: its moments on the calendars as they stand, and whether to warn. */
export interface TimetablePlannedAct {
  readonly type: 'timetablePlanned';
  /** The version it speaks about; another one may stand by now. */
  readonly hash: string;
  readonly nodes: readonly NodeMoment[];
  readonly stages: readonly StageMoment[];
  readonly lookAt?: Instant;
  readonly used?: FloatUsed;
  readonly extension?: ExtensionDue;
}

/** What happened to the timetable of a job. */
export type TimetableEvent =
  /** The client accepted this version; it stands from now on, and the one before stands no more. */
  | { readonly type: 'baselineAccepted'; readonly baseline: Baseline }
  /** The clock asks for a look at the forecast. */
  | { readonly type: 'timetableLook' }
  | ({ readonly type: 'timetableCounted' } & Pick<
      TimetablePlannedAct,
      'hash' | 'nodes' | 'stages' | 'lookAt' | 'extension'
    >)
  /** A key node is near. `told`: the client is written to; a node whose day is over is only ticked off. */
  | { readonly type: 'nodeAnnounced'; readonly node: NodeMoment; readonly told: boolean }
  | { readonly type: 'nodeReached'; readonly name: string; readonly date: LocalDate; readonly by: string }
  /** So much of a stage's time has passed. */
  | { readonly type: 'stageWarned'; readonly stage: string; readonly end: LocalDate; readonly percent: number }
  | ({ readonly type: 'floatUsedUp' } & FloatUsed)
  /** The client's delay moves the delivery: a paper that asks for the later date is drafted. */
  | ({ readonly type: 'extensionDrafted' } & ExtensionDue);

const eventTypes: readonly TimetableEvent['type'][] = [
  'baselineAccepted',
  'timetableLook',
  'timetableCounted',
  'nodeAnnounced',
  'nodeReached',
  'stageWarned',
  'floatUsedUp',
  'extensionDrafted',
];

/** Whether an event is one of a timetable's. */
export function isTimetableEvent(event: { readonly type: string }): event is TimetableEvent {
  return eventTypes.some((type) => type === event.type);
}

/** What counting a timetable's moments needs to know; the rest is in the log and the registers. */
export interface PlanInput {
  readonly processId: string;
  readonly clientId: string;
  readonly seq: number;
}

/** Count a timetable's moments and look at its forecast. Answered with `timetablePlanned`. */
export type PlanEffect = Effect<'plan', PlanInput>;

/** Whether the dates of a timetable contradict each other: such a one is feasible for nobody. */
export function datesAgree({ paper }: PointSubmission): Refusal | undefined {
  const [name] = listFact(paper?.facts['wrong']);
  return name === undefined
    ? undefined
    : refuse('FIELD_WRONG', { field: name, params: { name, why: 'dateOrder' }, rule: 'R-45' });
}

/**
 * Whether a later date of delivery says what it replaces: the old date, the new one and the reason are kept.
 * The date that stands moves only when the client has accepted the new one.
 */
export function namesItsExtension(state: JobState, { paper }: PointSubmission): Refusal | undefined {
  const before = baselineOf(state)?.deliveryDate;
  const date = paper?.facts['deliveryDate'];
  if (before === undefined || typeof date !== 'string' || date <= before) return undefined;
  return listFact(paper?.facts['changes']).includes(`${before}>${date}`)
    ? undefined
    : refuse('EXTENSION_UNNAMED', { field: 'changes', params: { before, date }, rule: 'R-51' });
}

/** The client accepted a timetable. One without a date of delivery, of a release that kept none, starts no clock. */
export function acceptBaseline(sketch: Sketch, { about, stays }: Circulation): void {
  if (about.kind !== 'paper') return;
  const deliveryDate = sketch.state.papers[about.paper]?.facts['deliveryDate'];
  if (typeof deliveryDate !== 'string') return;
  const acceptedBy = stays.find(({ step }) => step === 'client')?.decisions.at(-1)?.personId;
  const { version, hash } = about;
  const acceptedAt = sketch.command.receivedAt;
  const baseline = { version, hash, acceptedAt, deliveryDate, ...(acceptedBy ? { acceptedBy } : {}) };
  sketch.add({ type: 'baselineAccepted', baseline });
}

/** Somebody of account service says that a key node is reached which the job itself does not show. */
export const reachNode: ActDefinition<Extract<JobAct, { type: 'reachNode' }>> = {
  by: account,
  phases: [...sinceOpening, 'DELIVERED', 'TRACKING'],
  guard: (state) =>
    openNodes(state).length > 0 ? undefined : refuse('PAPER_MISSING', { params: { papers: ['F-10'] }, rule: 'R-45' }),
  decide(sketch, { act, actor }) {
    const known = sketch.state.timetable?.nodes.some((one) => nodeKey(one) === act.node);
    const node = openNodes(sketch.state).find((one) => nodeKey(one) === act.node);
    if (!node)
      return known
        ? refuse('ALREADY_DECIDED', { field: 'node' })
        : refuse('UNKNOWN_OBJECT', { field: 'node', params: { what: act.node } });
    sketch.add({ type: 'nodeReached', name: node.name, date: node.date, by: actor.personId });
    return undefined;
  },
};

/** Takes what the clock or a look found out into a job. What came too late changes nothing. */
export function decideTimetable(sketch: Sketch, { act, at }: Command<TimetableClockAct | TimetablePlannedAct>): void {
  const { timetable, phase, uncounted } = sketch.state;
  if (act.type === 'timetableDue' && act.what === 'takeUp') {
    if (uncounted && !timetable) sketch.add({ type: 'baselineAccepted', baseline: { ...uncounted, countedFrom: at } });
    return;
  }
  if (!timetable) return;
  if (act.type === 'timetablePlanned') return counted(sketch, timetable, act);
  switch (act.what) {
    case 'announce': {
      const node = timetable.nodes.find((one) => announcedKey(one) === act.key);
      if (node && isAnnounced(node, timetable, phase) === 'ahead' && node.announceAt <= at)
        sketch.add({ type: 'nodeAnnounced', node, told: node.at > at });
      return;
    }
    case 'warn': {
      const due = stageWarnings(timetable, phase).find(({ key }) => key === act.key);
      if (due && due.at <= at)
        sketch.add({ type: 'stageWarned', stage: due.stage, end: due.end, percent: due.percent });
      return;
    }
    case 'look':
      if (timetable.lookAt !== undefined && timetable.lookAt <= at) sketch.add({ type: 'timetableLook' });
  }
}

function counted(sketch: Sketch, { baseline, told }: TimetableState, act: TimetablePlannedAct): void {
  if (act.hash !== baseline.hash) return;
  const { hash, nodes, stages, lookAt, extension } = act;
  const found = { ...(lookAt === undefined ? {} : { lookAt }), ...(extension === undefined ? {} : { extension }) };
  sketch.add({ type: 'timetableCounted', hash, nodes, stages, ...found });
  if (act.used && !told.includes(floatKey)) sketch.add({ type: 'floatUsedUp', ...act.used });
  if (act.extension && !told.includes(extensionKey)) sketch.add({ type: 'extensionDrafted', ...act.extension });
}

/** The job after something happened to its timetable. */
export function evolveTimetable(state: JobState, event: TimetableEvent, stamp: Stamp): JobState {
  const before = state.timetable;
  if (event.type === 'baselineAccepted') {
    const stays = before?.told.filter((key) => key !== floatKey && key !== extensionKey) ?? [];
    const fresh: TimetableState = {
      baseline: event.baseline,
      earlier: before ? [...before.earlier, before.baseline] : [],
      nodes: [],
      stages: [],
      told: stays,
      done: before?.done ?? {},
      reached: before?.reached ?? {},
    };
    const { uncounted: _takenUp, ...rest } = state;
    return { ...rest, timetable: afterPhase(fresh, state.phase, stamp.at) };
  }
  if (!before) return state;
  const told = (key: string): JobState => ({ ...state, timetable: { ...before, told: [...before.told, key] } });
  switch (event.type) {
    case 'timetableLook': {
      const { lookAt: _looked, ...rest } = before;
      return { ...state, timetable: rest };
    }
    case 'timetableCounted': {
      const { lookAt: _before, extension: _asked, ...rest } = before;
      const { nodes, stages, lookAt, extension } = event;
      const found = { ...(lookAt === undefined ? {} : { lookAt }), ...(extension === undefined ? {} : { extension }) };
      return { ...state, timetable: { ...rest, nodes, stages, ...found } };
    }
    case 'nodeAnnounced':
      return told(announcedKey(event.node));
    case 'nodeReached':
      return { ...state, timetable: { ...before, done: { ...before.done, [nodeKey(event)]: stamp.receivedAt } } };
    case 'stageWarned':
      return told(warnedKey(event, event.percent));
    case 'floatUsedUp':
      return told(floatKey);
    case 'extensionDrafted':
      return told(extensionKey);
  }
}

/** The job's timetable after the job moved on: what it has behind it now was reached at this moment, if not before. */
export function afterPhase(timetable: TimetableState, phase: JobPhase, at: Instant): TimetableState {
  const reached = { ...timetable.reached };
  for (const one of milestonesBehind(phase)) reached[one] ??= at;
  return { ...timetable, reached };
}

/** The key nodes of a job that nobody has seen reached yet. */
export function openNodes({ timetable, phase }: Pick<JobState, 'timetable' | 'phase'>): readonly NodeMoment[] {
  return timetable?.nodes.filter((node) => !isReached(node, timetable, phase)) ?? [];
}

function isReached(node: NodeMoment, { done, reached }: TimetableState, phase: JobPhase): boolean {
  const { milestone } = node;
  const seen = milestone !== undefined && (reached[milestone] !== undefined || isBehind(milestone, phase));
  return seen || Object.hasOwn(done, nodeKey(node));
}

function isAnnounced(node: NodeMoment, timetable: TimetableState, phase: JobPhase): 'ahead' | 'over' {
  return timetable.told.includes(announcedKey(node)) || isReached(node, timetable, phase) ? 'over' : 'ahead';
}

/** The warnings that stages still give: a stage is over when a node on or after its last day is reached. */
function stageWarnings(timetable: TimetableState, phase: JobPhase) {
  if (isBehind('delivery', phase)) return [];
  const { nodes, stages, told } = timetable;
  const over = (end: LocalDate): boolean => nodes.some((one) => one.date >= end && isReached(one, timetable, phase));
  return stages.flatMap(({ stage, end, warnings }) =>
    over(end)
      ? []
      : warnings.flatMap(({ percent, at }) => {
          const key = warnedKey({ stage, end }, percent);
          return told.includes(key) ? [] : [{ stage, end, percent, at, key }];
        }),
  );
}

/**
 * A job as its next run begins. One whose timetable the client accepted under a release that counted none has no clock
 * for it, and nothing in its log would ever give it one: it is marked, and the fresh run takes the timetable up. A run
 * that began before is left as it is, because it is replayed and must do what it did.
 */
export function withTimetableToTakeUp(state: JobState): JobState {
  if (state.timetable || state.uncounted || isBehind('delivery', state.phase)) return state;
  const baseline = baselineOf(state);
  return baseline ? { ...state, uncounted: baseline } : state;
}

/**
 * The extension that waits for the account executive: drafted, not laid before the client yet, in a job that can still
 * lay it before them. `newDate` is as of the newest look; the form counts anew when it is opened.
 */
export function extensionToSend(state: JobState): ExtensionDue | undefined {
  const { timetable, phase, papers, onHold } = state;
  const stands = !onHold && sinceOpening.includes(phase) && papers['F-10']?.status !== 'circulating';
  return stands && timetable?.told.includes(extensionKey) ? timetable.extension : undefined;
}

/** The nearest thing the clock must do for a job's timetable. */
export function dueOfTimetable({
  timetable,
  uncounted,
  phase,
}: Pick<JobState, 'timetable' | 'uncounted' | 'phase'>): Due<TimetableClockAct> | undefined {
  if (!timetable) return uncounted && { at: uncounted.acceptedAt, act: { type: 'timetableDue', what: 'takeUp' } };
  const { lookAt } = timetable;
  const all: readonly Due<TimetableClockAct>[] = [
    ...timetable.nodes
      .filter((node) => isAnnounced(node, timetable, phase) === 'ahead')
      .map((node): Due<TimetableClockAct> => {
        return { at: node.announceAt, act: { type: 'timetableDue', what: 'announce', key: announcedKey(node) } };
      }),
    ...stageWarnings(timetable, phase).map(({ at, key }): Due<TimetableClockAct> => {
      return { at, act: { type: 'timetableDue', what: 'warn', key } };
    }),
    ...(lookAt === undefined || isBehind('delivery', phase)
      ? []
      : [{ at: lookAt, act: { type: 'timetableDue', what: 'look' } as const }]),
  ];
  return all.reduce<Due<TimetableClockAct> | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
}
