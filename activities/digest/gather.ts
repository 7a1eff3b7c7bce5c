import type { MailInput } from '../../domain/job/effects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { DigestRow } from '../../store/reminders.ts';
import type { StepRow } from '../../store/steps.ts';
import { stepId, stepsById } from '../../store/steps.ts';
import type { HouseNow } from '../house.ts';
import type { PartName } from './words.ts';

/** What a digest tells, by part, the latest first; and which of the gathered reminders it leaves out. */
export interface Told {
  readonly parts: Readonly<Record<PartName, readonly StepRow[]>>;
  /** The reminder that is all it tells, where there is only one: then it is written as a mail of its own. */
  readonly only?: MailInput;
  /** Reminders of steps that wait no more, or not for this person. */
  readonly leftOut: readonly string[];
}

/**
 * Sorts what was gathered for a reader as it stands at this moment: whatever was signed, handed over or put on hold
 * meanwhile is left out, and a step of which several rungs speak is told once.
 */
export async function sortOut(
  house: HouseNow,
  digest: DigestRow,
  reminders: readonly OutboxRow[],
  standing: readonly StepRow[],
): Promise<Told> {
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
    last = row;
  }
  const known = new Set(standing.map(({ _id }) => _id));
  const parts = {
    waiting: latestFirst([...waiting.values()]),
    escalated: latestFirst([...escalated.values()].filter(({ _id }) => !known.has(_id))),
    standing: latestFirst(standing),
  };
  const alone = parts.waiting.length + parts.escalated.length === 1 && standing.length === 0;
  return { parts, leftOut, ...(alone && last ? { only: last.input } : {}) };
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
