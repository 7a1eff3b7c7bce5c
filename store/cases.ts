import type { Connection } from 'mongoose';
import type { AnyCaseAct, CaseEvent } from '../domain/cases/acts.ts';
import { caseProcess, newCase } from '../domain/cases/process.ts';
import { standardCases } from '../domain/cases/standard.ts';
import type { CaseState } from '../domain/cases/state.ts';
import { onDeskOf } from '../domain/cases/holders.ts';
import { isOver } from '../domain/cases/state.ts';
import type { Instant } from '../domain/instant.ts';
import type { Head } from '../domain/job/state.ts';
import { canonical } from '../domain/log/canonical.ts';
import { genesis } from '../domain/log/entry.ts';
import { minutesProcess } from '../domain/minutes/process.ts';
import type { MinutesEvent, MinutesState } from '../domain/minutes/state.ts';
import { scheduleProcess } from '../domain/schedule/process.ts';
import type { ScheduleEvent, ScheduleState } from '../domain/schedule/state.ts';
import { entryDesk, initialSchedule, openEntries, scheduleTurn } from '../domain/schedule/state.ts';
import { initialMinutes, openTasks } from '../domain/minutes/state.ts';
import type { Due, Stamp } from '../domain/process.ts';
import { defineTable, flag, number, op, rowsById, text, texts } from './table.ts';

/** Later than any date, so that what has none stands last. */
const endOfDays = '9999-12-31T23:59:59.999Z';

/** One case or one minutes as readers see it, a fold of its log like `jobs`. */
export interface CaseRow {
  readonly _id: string;
  readonly seq: number;
  readonly headHash: string;
  /** Kind of case: `meeting`, `minutes`, `issue`, `schedule`. */
  readonly kind: string;
  /** Name of the state it stands in. */
  readonly standing: string;
  readonly title: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly ownerId: string;
  readonly jobId?: string;
  /** The case that began it. */
  readonly origin?: string;
  readonly open: boolean;
  /** Whose turn it is. */
  readonly holders: readonly string[];
  /** Everybody who has a part in it, and the owner. */
  readonly people: readonly string[];
  /** Who has an open task from it. */
  readonly executors: readonly string[];
  /** Whose each open task or entry is, one name for each; absent in a row of an earlier release. */
  readonly owedBy?: readonly string[];
  /** The first time node of a schedule that is not done. */
  readonly nodeAt?: Instant;
  /** When its clock does something next. */
  readonly dueAt?: Instant;
  /** That moment lies beyond the last published holiday list. */
  readonly provisional?: boolean;
  readonly dueSort: Instant;
  readonly updatedAt: Instant;
  /** Canonical text of the whole state. */
  readonly state: string;
}

/** Collection `cases`. */
export const caseTable = defineTable<CaseRow>(
  'cases',
  {
    _id: text,
    seq: number,
    headHash: text,
    kind: text,
    standing: text,
    title: text,
    clientId: text,
    brandId: text,
    ownerId: text,
    jobId: { type: String },
    origin: { type: String },
    open: flag,
    holders: texts,
    people: texts,
    executors: texts,
    owedBy: { type: [String], default: undefined },
    nodeAt: { type: String },
    dueAt: { type: String },
    provisional: { type: Boolean },
    dueSort: text,
    updatedAt: text,
    state: text,
  },
  [
    [{ people: 1, open: 1, dueSort: 1 }],
    [{ executors: 1, dueSort: 1 }],
    [{ brandId: 1, open: 1, dueSort: 1 }],
    [{ jobId: 1, updatedAt: -1 }],
    [{ kind: 1, standing: 1, updatedAt: -1 }],
    [{ nodeAt: 1 }, { partialFilterExpression: { nodeAt: { $exists: true } } }],
    [{ updatedAt: 1 }],
    [{ dueAt: 1 }, { partialFilterExpression: { open: true } }],
  ],
);

/** Whether a process is a case or minutes and no job, told by its name. */
export function isCaseId(processId: string): boolean {
  return ['case-', 'minutes-', 'issue-', 'schedule-'].some((start) => processId.startsWith(start));
}

/** Whether a process is minutes, with their verdicts and tasks beside what every case has. */
export function isMinutesId(processId: string): boolean {
  return processId.startsWith('minutes-') || (isCaseId(processId) && processId.endsWith('/minutes'));
}

/** Whether a process is the execution schedule of a job. */
export function isScheduleId(processId: string): boolean {
  return processId.startsWith('schedule-');
}

/** Kind of case that a process of this name is. */
export function kindOfCase(processId: string): 'meeting' | 'minutes' | 'issue' | 'schedule' {
  if (processId.startsWith('issue-')) return 'issue';
  if (isScheduleId(processId)) return 'schedule';
  return isMinutesId(processId) ? 'minutes' : 'meeting';
}

/** A case as it stands in addresses: `case-x/minutes` is `case-x.minutes` there. */
export function caseKey(processId: string): string {
  return processId.replace('/', '.');
}

/** Where people of the house look at a case: a schedule has a page of its own, everything else stands among the meetings. */
export function casePath(processId: string): string {
  return `${isScheduleId(processId) ? '/schedules/' : '/meetings/'}${caseKey(processId)}`;
}

/** The case an address names; undefined for anything else. */
export function caseIdOf(key: string): string | undefined {
  return /^(case|minutes|issue|schedule)-[A-Za-z0-9_-]{8,64}(\.minutes)?$/.test(key)
    ? key.replace('.', '/')
    : undefined;
}

/** What a case is, folded: minutes carry verdicts and tasks, a schedule its entries, other kinds have none. */
export type FoldedCase = CaseState &
  Partial<Pick<MinutesState, 'verdicts' | 'tasks' | 'tasksCount' | 'window'>> &
  Partial<Pick<ScheduleState, 'entries' | 'nextEntry' | 'entriesCount'>>;

/** Everything that can happen to a case of any kind. */
export type FoldedEvent = MinutesEvent | ScheduleEvent;

/** Whether a folded case is the execution schedule of a job. */
export function isSchedule(state: FoldedCase): state is ScheduleState {
  return state.definition.id === 'schedule' && state.entries !== undefined && state.nextEntry !== undefined;
}

/** Whether a folded case is minutes. */
export function areMinutes(state: FoldedCase): state is MinutesState {
  return state.definition.id === 'minutes' && state.verdicts !== undefined && state.tasks !== undefined;
}

/** A case up to some entry. */
export interface CasePoint {
  readonly state: FoldedCase;
  readonly head: Head;
  /** The entry itself; absent before the first. */
  readonly event?: FoldedEvent;
  readonly at?: Instant;
}

/** A case before its first entry. The first entry brings its definition, so any kind may stand here until then. */
export function unfoldedCase(processId: string): CasePoint {
  const kind = standardCases['meeting'];
  if (isScheduleId(processId)) return { state: initialSchedule(processId), head: genesis };
  if (isMinutesId(processId) || kind === undefined) return { state: initialMinutes(processId), head: genesis };
  return { state: newCase(processId, kind), head: genesis };
}

/** An entry of the log of a case as the fold reads it. */
export interface CaseEntry {
  readonly stamp: Stamp;
  readonly event: FoldedEvent;
  readonly hash: string;
}

function evolved(state: FoldedCase, event: FoldedEvent, stamp: Stamp): FoldedCase {
  // Only minutes and schedules know their further events, and only their process ever wrote one.
  if (isSchedule(state)) return scheduleProcess.evolve(state, event as ScheduleEvent, stamp);
  return areMinutes(state)
    ? minutesProcess.evolve(state, event as MinutesEvent, stamp)
    : caseProcess.evolve(state, event as CaseEvent, stamp);
}

/** Folds entries with the core's own `evolve`; those at or before the point are passed over. */
export function foldCase(from: CasePoint, entries: readonly CaseEntry[]): CasePoint {
  return entries.reduce((point, { stamp, event, hash }) => {
    if (stamp.seq <= point.head.seq) return point;
    // Command ids, pending effects and the process's own head are no business of readers.
    const state = { ...evolved(point.state, event, stamp), seen: {}, effects: [], head: genesis };
    return { state, head: { seq: stamp.seq, hash }, event, at: stamp.at };
  }, from);
}

/** The nearest thing the clock of a case does. */
export function dueOf(
  state: FoldedCase,
):
  | Due<AnyCaseAct | { readonly type: 'taskDue'; readonly task: string } | { readonly type: 'entryReached' }>
  | undefined {
  if (isSchedule(state)) return scheduleProcess.due(state) as Due<AnyCaseAct> | undefined;
  return areMinutes(state) ? (minutesProcess.due(state) as Due<AnyCaseAct> | undefined) : caseProcess.due(state);
}

/** Whether the moment of that lies beyond the last published holiday list. */
export function isDueProvisional(state: FoldedCase): boolean {
  const act = dueOf(state)?.act;
  if (act?.type === 'rung') return state.clocks[act.clock]?.provisional === true;
  if (act?.type !== 'taskDue') return false;
  return state.tasks?.some(({ id, provisional }) => id === act.task && provisional === true) === true;
}

/** Whose turn it is; while somebody is on leave, whoever was asked in their place. */
export function holdersOf(state: FoldedCase): readonly string[] {
  return isSchedule(state) ? scheduleTurn(state) : onDeskOf(state);
}

/** Who has each thing there is to do in a case beside its own turn: tasks of minutes, entries of a schedule, on today's desk. */
function owedBy(state: FoldedCase): readonly string[] {
  if (areMinutes(state)) return openTasks(state).map(({ executor }) => executor);
  if (!isSchedule(state) || isOver(state)) return [];
  return openEntries(state).map((entry) => entryDesk(state, entry));
}

/** The first time node of a schedule that is not done, while it runs. */
function nodeAtOf(state: FoldedCase): { readonly nodeAt?: Instant } {
  const [nodeAt] =
    isSchedule(state) && !isOver(state)
      ? openEntries(state)
          .map(({ node }) => node)
          .sort()
      : [];
  return nodeAt === undefined ? {} : { nodeAt };
}

/** The row of a folded case. */
export function caseRowOf({ state, head, at = '' }: CasePoint): CaseRow {
  const dueAt = dueOf(state)?.at;
  const owed = owedBy(state);
  return {
    _id: state.processId,
    seq: head.seq,
    headHash: head.hash,
    kind: state.definition.id,
    standing: state.state,
    title: state.title,
    clientId: state.clientId,
    brandId: state.brandId,
    ownerId: state.ownerId,
    ...(state.jobId === undefined ? {} : { jobId: state.jobId }),
    ...(state.origin === undefined ? {} : { origin: state.origin }),
    open: !isOver(state),
    holders: holdersOf(state),
    people: [...new Set([state.ownerId, ...Object.values(state.parts).flat(), ...holdersOf(state)])].sort(),
    executors: [...new Set(owed)].sort(),
    owedBy: owed,
    ...nodeAtOf(state),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(isDueProvisional(state) ? { provisional: true } : {}),
    dueSort: dueAt ?? endOfDays,
    updatedAt: at,
    state: canonical(state),
  };
}

/** A kept row as the point it stands at. Only the recorder writes rows, so their shape is known. */
export function pointOf(row: CaseRow): CasePoint {
  const state = JSON.parse(row.state) as FoldedCase;
  return { state, head: { seq: row.seq, hash: row.headHash }, at: row.updatedAt };
}

/** A case by its id as it was last folded; undefined where there is none. */
export async function caseRow(connection: Connection, processId: string): Promise<CaseRow | undefined> {
  return (await caseTable(connection).findById(processId).lean<CaseRow>()) ?? undefined;
}

/** Cases by their ids; those that are not there are left out. */
export function casesById(connection: Connection, ids: readonly string[]): Promise<Map<string, CaseRow>> {
  return rowsById(caseTable, connection, ids);
}

/** Whether a mark between two moments, both included, waits to be reached in any open case: the engine is still behind. */
export async function marksAhead(connection: Connection, from: Instant, to: Instant): Promise<boolean> {
  const between = op({ $gte: from, $lte: to });
  return (await caseTable(connection).findOne({ open: true, dueAt: between }, { _id: 1 }).lean()) !== null;
}

/** How long to pause between two looks; milliseconds. */
const lookAgainMs = 40;

/** A case once its fold has come to entry `seq`; what there is when that takes longer than `withinMs`. */
export async function caseAtLeast(
  connection: Connection,
  processId: string,
  seq: number,
  withinMs: number,
): Promise<CaseRow | undefined> {
  const until = performance.now() + withinMs;
  for (;;) {
    const row = await caseRow(connection, processId);
    if ((row && row.seq >= seq) || performance.now() >= until) return row;
    await new Promise((wake) => setTimeout(wake, lookAgainMs));
  }
}

/** Which cases are asked for; what is absent does not narrow. */
export interface CaseFilter {
  readonly kind?: string;
  /** A kind that is left out. */
  readonly but?: string;
  readonly open?: boolean;
  readonly standing?: readonly string[];
  /** Standings that are left out. */
  readonly apartFrom?: readonly string[];
  readonly jobId?: string;
  /** Brands whose cases may be seen; without it every brand's. */
  readonly brandIds?: readonly string[];
  /** A person who has a part or a task in it. */
  readonly personId?: string;
  /** A person who has a task in it. */
  readonly executorId?: string;
  readonly limit?: number;
  /** So many of the first are left out. */
  readonly skip?: number;
}

function matching(filter: CaseFilter): object {
  const { kind, but, open, standing, apartFrom, jobId, brandIds, personId, executorId } = filter;
  const one = (value: string | undefined, name: string): object => (value === undefined ? {} : { [name]: value });
  const mine = [
    ...(brandIds === undefined ? [] : [{ brandId: op({ $in: [...brandIds] }) }]),
    ...(personId === undefined ? [] : [{ people: personId }, { executors: personId }]),
  ];
  return {
    ...one(kind, 'kind'),
    ...(but === undefined ? {} : { kind: op({ $ne: but }) }),
    ...one(jobId, 'jobId'),
    ...one(executorId, 'executors'),
    ...(open === undefined ? {} : { open }),
    ...(standing === undefined ? {} : { standing: op({ $in: [...standing] }) }),
    ...(apartFrom === undefined ? {} : { standing: op({ $nin: [...apartFrom] }) }),
    ...(mine.length === 0 ? {} : { $or: mine }),
  };
}

/** Cases, what is due first on top. */
export async function casesLike(connection: Connection, filter: CaseFilter): Promise<CaseRow[]> {
  const { limit = 200, skip = 0 } = filter;
  return caseTable(connection)
    .find(matching(filter))
    .sort({ open: -1, dueSort: 1, _id: 1 })
    .skip(Math.max(skip, 0))
    .limit(limit)
    .lean<CaseRow[]>();
}

/** How many there are, whatever `limit` and `skip` say; beyond 10,000 nobody counts. */
export async function countCases(connection: Connection, filter: CaseFilter): Promise<number> {
  return caseTable(connection).countDocuments(matching(filter), { limit: 10_000 });
}
