import type { OutboxRow } from '../../store/outbox.ts';
import { isTimetableKind, meetingKind, type DigestRow, type ReminderRow } from '../../store/reminders.ts';
import type { StepRow } from '../../store/steps.ts';
import { stepId, stepsById } from '../../store/steps.ts';
import type { HouseNow } from '../house.ts';
import { casesTold, type ToldCase } from './cases-told.ts';
import type { DecidedJob } from './decisions-told.ts';
import type { StandingHandOver } from './hand-overs-told.ts';
import { meetingsTold, type ToldMeeting } from './meetings-told.ts';
import type { Standing } from './standing.ts';
import { warningsTold, type ToldWarning } from './timetable-told.ts';
import type { StepPart } from './words.ts';

/** What a digest tells, by part, the latest first; and which of the gathered reminders it leaves out. */
export interface Told {
  readonly steps: Readonly<Record<StepPart, readonly StepRow[]>>;
  readonly cases: readonly ToldCase[];
  readonly timetable: readonly ToldWarning[];
  readonly meetings: readonly ToldMeeting[];
  readonly handOvers: readonly StandingHandOver[];
  /** What was decided in the jobs of the reader's teams; in mornings alone. */
  readonly decided?: readonly DecidedJob[];
  /** The reminder that is all it tells, where there is only one: then it is written as a mail of its own. */
  readonly only?: ReminderRow;
  /** Reminders of what waits no more, or not for this person. */
  readonly leftOut: readonly string[];
}

/** How many things a digest tells. */
export function countOf({ steps, cases, timetable, meetings, handOvers, decided = [] }: Told): number {
  const { waiting, escalated, standing } = steps;
  const listed = waiting.length + escalated.length + standing.length;
  return listed + cases.length + timetable.length + meetings.length + handOvers.length + decided.length;
}

/**
 * Sorts what was gathered for a reader as it stands at this moment: whatever was signed, settled, handed over or put on
 * hold meanwhile is left out, and a thing of which several reminders speak is told once.
 */
export async function sortOut(
  house: HouseNow,
  digest: DigestRow,
  reminders: readonly ReminderRow[],
  standing: Standing,
): Promise<Told> {
  const mails = reminders.flatMap((row) => (row.kind === 'notice' ? [] : [row]));
  const [steps, cases, timetable, meetings] = await Promise.all([
    sortSteps(
      house,
      digest,
      mails.filter(({ kind }) => !isTimetableKind(kind) && kind !== meetingKind),
      standing.steps,
    ),
    casesTold(
      house.connection,
      reminders.flatMap((row) => (row.kind === 'notice' ? [row] : [])),
    ),
    warningsTold(
      house.connection,
      mails.filter(({ kind }) => isTimetableKind(kind)),
    ),
    meetingsTold(
      house.connection,
      mails.filter(({ kind }) => kind === meetingKind),
    ),
  ]);
  const told: Told = {
    steps: steps.parts,
    cases: cases.told,
    timetable: timetable.told,
    meetings: meetings.told,
    handOvers: standing.handOvers,
    leftOut: [...steps.leftOut, ...cases.leftOut, ...timetable.leftOut, ...meetings.leftOut],
  };
  const only = steps.last ?? cases.told[0]?.row ?? timetable.told[0]?.row ?? meetings.told[0]?.row;
  const alone = countOf(told) === 1 && standing.steps.length + standing.handOvers.length === 0;
  return alone && only ? { ...told, only } : told;
}

interface SortedSteps {
  readonly parts: Told['steps'];
  readonly leftOut: readonly string[];
  /** The newest reminder of a step that is told. */
  readonly last?: OutboxRow;
}

async function sortSteps(
  house: HouseNow,
  digest: DigestRow,
  reminders: readonly OutboxRow[],
  standing: readonly StepRow[],
): Promise<SortedSteps> {
  const stepOf = ({ processId, input }: OutboxRow): string | undefined =>
    input.where === undefined ? undefined : stepId({ processId, ...input.where });
  const steps = await stepsById(house.connection, [...new Set(reminders.flatMap((row) => stepOf(row) ?? []))]);
  const waiting = new Map<string, StepRow>();
  const escalated = new Map<string, StepRow>();
  const leftOut: string[] = [];
  let last: OutboxRow | undefined;
  for (const row of reminders) {
    const step = steps.get(stepOf(row) ?? '');
    const toHolder = 'personId' in row.input.to;
    if (step === undefined || !stillConcerns(step, digest.personId, toHolder)) {
      leftOut.push(row._id);
      continue;
    }
    (toHolder ? waiting : escalated).set(step._id, step);
    // Alone it is the mail that brings its reader's own link, where there is one.
    if (toHolder || last === undefined || !('personId' in last.input.to)) last = row;
  }
  const known = new Set(standing.map(({ _id }) => _id));
  const parts = {
    waiting: latestFirst([...waiting.values()]),
    // What is the reader's own to do stands there alone, also where they would hear of it as whoever is above.
    escalated: latestFirst([...escalated.values()].filter(({ _id }) => !known.has(_id) && !waiting.has(_id))),
    standing: latestFirst(standing.filter(({ _id }) => !waiting.has(_id))),
  };
  return { parts, leftOut, ...(last === undefined ? {} : { last }) };
}

function stillConcerns(step: StepRow, personId: string, toHolder: boolean): boolean {
  if (!step.open || step.onHold) return false;
  // What reminds the holder is nothing to somebody who handed the step over or has signed it.
  return !toHolder || (step.holders.includes(personId) && !step.decidedBy.includes(personId));
}

/** The one whose limit passed longest ago comes first; those due at the same moment stand in a fixed order. */
function latestFirst(steps: readonly StepRow[]): readonly StepRow[] {
  return [...steps].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const key = ({ dueSort, _id }: StepRow): string => `${dueSort} ${_id}`;
