import { ownLadder } from '../domain/circulation/own-ladders.ts';
import type { Circulation, RouteStep, Stay } from '../domain/circulation/types.ts';
import { climbedAllAt, nextRungOf } from '../domain/circulation/telling.ts';
import type { JobEvent } from '../domain/job/events.ts';
import { initialJobState, jobProcess } from '../domain/job/process.ts';
import { meetingFrom } from '../domain/job/project-meeting.ts';
import type { Head, JobState, Paper } from '../domain/job/state.ts';
import { canonical } from '../domain/log/canonical.ts';
import { extensionToSend } from '../domain/job/timetable.ts';
import { genesis } from '../domain/log/entry.ts';
import type { Stamp } from '../domain/process.ts';
import type { FoldPoint } from './fold-memory.ts';
import type { JobRow, JobStateRow, WaitingDesk } from './jobs.ts';
import { columnOf, endOfDays } from './jobs.ts';
import type { JobNamesRow } from './names.ts';
import type { PaperVersionRow } from './papers.ts';
import { paperVersionId } from './papers.ts';
import { grams } from './search.ts';
import type { StepRow } from './steps.ts';
import { stepId } from './steps.ts';

/** An entry of the log as the fold reads it. */
export interface FoldEntry {
  readonly stamp: Stamp;
  readonly event: JobEvent;
  readonly hash: string;
}

/** A job folded up to some entry, and the rows of the read models that changed on the way. */
export interface Folded {
  readonly state: JobState;
  readonly head: Head;
  readonly steps: ReadonlyMap<string, StepRow>;
  readonly papers: ReadonlyMap<string, PaperVersionRow>;
  /** Present when a name changed on the way. */
  readonly names: JobNamesRow | undefined;
  /** The job after each entry on the way, oldest first. */
  readonly passed: readonly FoldPoint[];
}

/** A job before its first entry. */
export function unfolded(processId: string): Folded {
  return {
    state: initialJobState(processId),
    head: genesis,
    steps: new Map(),
    papers: new Map(),
    names: undefined,
    passed: [],
  };
}

/** Goes on from a state that was kept. */
export function foldedAt(state: JobState, head: Head): Folded {
  return { state, head, steps: new Map(), papers: new Map(), names: undefined, passed: [] };
}

/**
 * Folds entries with the core's own `evolve`, one after the other; those at or before the folded head are passed over.
 * Rows are taken after every single entry, because a round that closed and the next one may come in one breath.
 * Command ids, pending effects and the process's own head are no business of readers and stay empty.
 */
export function fold(from: Folded, entries: readonly FoldEntry[]): Folded {
  const steps = new Map(from.steps);
  const papers = new Map(from.papers);
  const passed = [...from.passed];
  let { state, head, names } = from;
  for (const { stamp, event, hash } of entries) {
    if (stamp.seq <= head.seq) continue;
    const next: JobState = {
      ...jobProcess.evolve(state, event, stamp),
      seq: stamp.seq,
      seen: {},
      effects: [],
      head: genesis,
    };
    takeSteps(state, next, stamp, steps);
    takePapers(state, next, stamp, papers);
    names = takeNames(state, next, stamp) ?? names;
    state = next;
    head = { seq: stamp.seq, hash };
    passed.push({ state, head, event });
  }
  return { state, head, steps, papers, names, passed };
}

function takeSteps(before: JobState, after: JobState, stamp: Stamp, rows: Map<string, StepRow>): void {
  const sameJob =
    before.title === after.title &&
    before.jobNumber === after.jobNumber &&
    before.ownerId === after.ownerId &&
    before.onHold === after.onHold &&
    before.phase === after.phase;
  for (const circulation of Object.values(after.circulations)) {
    const old = before.circulations[circulation.id];
    if (sameJob && old === circulation) continue;
    const oldRows = old ? rowsOf(before, old, stamp.seq) : new Map<string, StepRow>();
    const newRows = rowsOf(after, circulation, stamp.seq);
    for (const [id, row] of newRows) if (!sameRow(oldRows.get(id), row)) rows.set(id, row);
    // A desk that is gone without an end of its own (new round, decision taken back) was left at this moment.
    for (const [id, row] of oldRows) {
      if (!newRows.has(id) && row.open) rows.set(id, { ...row, open: false, state: 'lapsed', closedAt: stamp.at });
    }
  }
}

function sameRow(a: StepRow | undefined, b: StepRow): boolean {
  return a !== undefined && canonical(a) === canonical(b);
}

function rowsOf(state: JobState, circulation: Circulation, seq: number): Map<string, StepRow> {
  const steps = state.routes[circulation.route]?.steps ?? [];
  const rows = new Map<string, StepRow>();
  for (const stay of circulation.stays) {
    if (stay.openedAt === undefined && stay.decisions.length === 0) continue;
    const row = stepRow(
      state,
      circulation,
      stay,
      steps.find((step) => step.key === stay.step),
      seq,
    );
    rows.set(row._id, row);
  }
  return rows;
}

const isOpen = (state: JobState, circulation: Circulation, stay: Stay): boolean =>
  circulation.status === 'running' &&
  (stay.state === 'open' || stay.state === 'opening') &&
  columnOf[state.phase] !== 'done';

function stepRow(
  state: JobState,
  circulation: Circulation,
  stay: Stay,
  step: RouteStep | undefined,
  seq: number,
): StepRow {
  const askedAt = stay.holders
    .map((holder) => holder.askedAt ?? '')
    .filter((at) => at !== '')
    .sort()[0];
  const where = { processId: state.processId, circulation: circulation.id, round: circulation.round, step: stay.step };
  const own = step === undefined ? undefined : ownLadder(state.ladders, circulation.route, step);
  const waits = isOpen(state, circulation, stay);
  return {
    _id: stepId(where),
    ...where,
    seq,
    point: circulation.point,
    role: step?.role ?? '',
    side: step?.side ?? 'agency',
    state: stay.state,
    open: waits,
    holders: stay.holders.map((holder) => holder.personId),
    grantIds: stay.holders.map((holder) => holder.grantId),
    ...(stay.openedAt === undefined ? {} : { openedAt: stay.openedAt }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...(stay.dueAt === undefined ? {} : { dueAt: stay.dueAt }),
    dueSort: stay.dueAt ?? endOfDays,
    provisional: stay.provisional ?? false,
    rungs: stay.rungs,
    ...(stay.nudges === undefined ? {} : { nudges: stay.nudges }),
    ...ladderOf(stay),
    ...(stay.closedAt === undefined ? {} : { closedAt: stay.closedAt }),
    ...verdictOf(stay),
    decidedBy: stay.decisions.map((decision) => decision.personId),
    hash: circulation.about.hash,
    version: circulation.about.version,
    title: state.title,
    ...(state.jobNumber === undefined ? {} : { jobNumber: state.jobNumber }),
    clientId: state.clientId,
    brandId: state.brandId,
    ownerId: state.ownerId,
    onHold: state.onHold !== undefined,
    ...(step === undefined ? {} : { ladder: step.ladder }),
    ...(own === undefined || !waits ? {} : { own }),
    ...(stay.dueMoved === undefined || !waits ? {} : { dueMoved: stay.dueMoved }),
    ...(stay.onItUntil === undefined ? {} : { onItUntil: stay.onItUntil }),
  };
}

/** Where the ladder of a desk stands; a desk that is no longer open has none. */
function ladderOf(stay: Stay): Pick<StepRow, 'nextRungAt' | 'standsSince'> {
  if (stay.state !== 'open' || stay.rungs.length === 0) return {};
  const next = nextRungOf(stay);
  if (next) return { nextRungAt: next.at };
  const standsSince = climbedAllAt(stay);
  return standsSince === undefined ? {} : { standsSince };
}

function verdictOf(stay: Stay): { verdict?: string } {
  const last = stay.decisions.at(-1);
  return last && stay.closedAt !== undefined ? { verdict: last.verdict } : {};
}

function takePapers(before: JobState, after: JobState, stamp: Stamp, rows: Map<string, PaperVersionRow>): void {
  if (before.papers === after.papers) return;
  for (const paper of Object.values(after.papers)) {
    if (before.papers[paper.key] === paper) continue;
    const row = paperRow(after.processId, paper, stamp.seq);
    rows.set(row._id, row);
  }
}

function paperRow(processId: string, paper: Paper, seq: number): PaperVersionRow {
  const { key, form, version, hash, by, at, status } = paper;
  return { _id: paperVersionId(processId, key, version), processId, key, form, version, hash, by, at, status, seq };
}

/** Desks a job lies on now, due first on top. */
export function waitingDesks(state: JobState): WaitingDesk[] {
  return Object.values(state.circulations)
    .flatMap((circulation) =>
      [...rowsOf(state, circulation, 0).values()]
        .filter((row) => row.open)
        .map(({ point, step, role, side, round, holders, openedAt, dueAt, provisional }): WaitingDesk => ({
          circulation: circulation.id,
          round,
          point,
          step,
          role,
          side,
          holders,
          ...(openedAt === undefined ? {} : { openedAt }),
          ...(dueAt === undefined ? {} : { dueAt, provisional }),
        })),
    )
    .sort((a, b) => (deskOrder(a) < deskOrder(b) ? -1 : 1));
}

// Two desks due at the same moment stand in a fixed order, so that folding again gives the same row.
const deskOrder = (desk: WaitingDesk): string => `${desk.dueAt ?? endOfDays} ${desk.circulation} ${desk.step}`;

/** What a job is found by, in a fixed order. */
function namesOf({
  title,
  campaign,
  jobNumber,
  brandCode,
  lineCode,
  pieces,
  clientId,
  brandId,
  lineId,
}: JobState): Omit<JobNamesRow, '_id' | 'seq' | 'at'> {
  const words = [
    title,
    campaign,
    jobNumber,
    brandCode,
    lineCode,
    ...Object.values(pieces)
      .map((piece) => piece.name)
      .sort(),
  ];
  return { grams: grams(words.filter((word) => word !== undefined).join(' ')).sort(), clientId, brandId, lineId };
}

function takeNames(before: JobState, after: JobState, stamp: Stamp): JobNamesRow | undefined {
  const same =
    before.seq > 0 &&
    before.title === after.title &&
    before.campaign === after.campaign &&
    before.jobNumber === after.jobNumber &&
    before.brandId === after.brandId &&
    before.lineId === after.lineId &&
    Object.keys(before.pieces).length === Object.keys(after.pieces).length;
  return same ? undefined : { _id: after.processId, seq: stamp.seq, at: stamp.at, ...namesOf(after) };
}

/** What lists ask of a job's internal meetings and of what was reported to its director. */
function meetingsIn(state: JobState): Pick<JobRow, 'meetingFrom' | 'metAt' | 'meetingAt' | 'reportedAt'> {
  const from = meetingFrom(state);
  const { last, called } = state.meetings ?? {};
  const reported = state.reported?.at(-1);
  return {
    ...(from === undefined ? {} : { meetingFrom: from }),
    ...(last === undefined ? {} : { metAt: last.heldAt }),
    ...(called === undefined ? {} : { meetingAt: called.at }),
    ...(reported === undefined ? {} : { reportedAt: reported.at }),
  };
}

/** The public document of a folded job. `lastAt` is the time of the entry it is folded up to. */
export function jobRowOf({ state, head }: Pick<Folded, 'state' | 'head'>, lastAt: string): JobRow {
  const waiting = waitingDesks(state);
  const dueAt = waiting.find((desk) => desk.dueAt !== undefined)?.dueAt;
  const column = columnOf[state.phase];
  const extension = extensionToSend(state);
  return {
    _id: state.processId,
    seq: head.seq,
    headHash: head.hash,
    phase: state.phase,
    column,
    open: column !== 'done',
    onHold: state.onHold !== undefined,
    ...(state.jobNumber === undefined ? {} : { jobNumber: state.jobNumber }),
    title: state.title,
    clientId: state.clientId,
    brandId: state.brandId,
    lineId: state.lineId,
    ownerId: state.ownerId,
    important: state.important,
    workTypes: state.workTypes,
    pieces: Object.keys(state.pieces).length,
    holders: [...new Set(waiting.flatMap((desk) => desk.holders))],
    waiting,
    ...(waiting[0] ? { currentPoint: waiting[0].point, currentStep: waiting[0].step } : {}),
    ...(dueAt === undefined ? {} : { dueAt }),
    dueSort: dueAt ?? endOfDays,
    withClient: waiting.some((desk) => desk.side === 'client'),
    ...(state.openedAt === undefined ? {} : { openedAt: state.openedAt }),
    since: state.phaseSince,
    ...(state.phase === 'ARCHIVED' ? { archivedAt: state.phaseSince } : {}),
    ...(state.wantedDate === undefined ? {} : { wantedDate: state.wantedDate }),
    ...(extension === undefined ? {} : { extendsDelivery: extension.oldDate }),
    ...meetingsIn(state),
    updatedAt: lastAt,
  };
}

/** The kept state of a folded job. */
export function stateRowOf({ state, head }: Pick<Folded, 'state' | 'head'>, lastAt: string): JobStateRow {
  return {
    _id: state.processId,
    seq: head.seq,
    headHash: head.hash,
    stateVersion: state.stateVersion,
    at: lastAt,
    state: canonical(state),
  };
}
