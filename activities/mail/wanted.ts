import type { Connection } from 'mongoose';
import { diffMs } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import { breakUpPile, leaveOutHeld, leaveOutWaiting, requestsTo } from '../../store/outbox-left-out.ts';
import type { LeftOutWhy } from '../../store/outbox-left-out.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { rungKinds } from '../../store/reminders.ts';
import { stepId, stepsById, type StepRow } from '../../store/steps.ts';
import { later } from './later.ts';
import type { MailDeps } from './parts.ts';

/** A mail that may not be needed any more. */
type Waiting = Pick<OutboxRow, 'input' | 'personId'>;

/** Kinds that ask or press for a step, or bring its link: once it is over they would only send somebody to a closed door. */
const aboutOpenStep: readonly MailInput['kind'][] = ['ask', 'nudge', 'spokenConfirm', 'dateSet', ...rungKinds];

const deskOf = ({ input }: Waiting): string | undefined =>
  input.where !== undefined && aboutOpenStep.includes(input.kind)
    ? stepId({ processId: input.processId, ...input.where })
    : undefined;

function whyNot(step: StepRow | undefined, { input, personId }: Waiting): LeftOutWhy | undefined {
  // A desk that is not in the read models is asked for in doubt.
  if (step === undefined) return undefined;
  if (!step.open) return 'STEP_OVER';
  // A mail to a position tells of the step, whoever holds it.
  if (!('personId' in input.to)) return undefined;
  if (step.decidedBy.includes(personId)) return 'ANSWERED';
  return step.holders.includes(personId) ? undefined : 'WITH_SOMEBODY_ELSE';
}

/** Why each of some mails need not be sent any more, as their desks stand at this moment; undefined where it must. */
export async function whyNotWanted(
  connection: Connection,
  mails: readonly Waiting[],
): Promise<readonly (LeftOutWhy | undefined)[]> {
  const ids = new Set(mails.flatMap((mail) => deskOf(mail) ?? []));
  if (ids.size === 0) return mails.map(() => undefined);
  const steps = await stepsById(connection, [...ids]);
  return mails.map((mail) => {
    const desk = deskOf(mail);
    return desk === undefined ? undefined : whyNot(steps.get(desk), mail);
  });
}

/**
 * What of a pile in hand must still be sent beside the mail that leads it; the rest is left out. Undefined where the
 * leading mail itself is not: then what it carried waits again and goes with another. A mail that may have arrived
 * already goes out once more as it was, or, when nobody in it is waited for, never again.
 */
export async function stillWanted(
  connection: Connection,
  leader: OutboxRow,
  carried: readonly OutboxRow[],
  doubt: boolean,
): Promise<readonly OutboxRow[] | undefined> {
  const [why, ...others] = await whyNotWanted(connection, [leader, ...carried]);
  if (doubt && (why === undefined || others.includes(undefined))) return carried;
  for (const [n, one] of carried.entries()) {
    const not = others[n];
    if (not !== undefined) await leaveOutHeld(connection, one._id, not, doubt);
  }
  if (why === undefined) return carried.filter((_one, n) => others[n] === undefined);
  // In this order: whoever finds a leader that is left out finds nothing any more that it carries.
  await breakUpPile(connection, leader._id);
  await leaveOutHeld(connection, leader._id, why, doubt);
  return undefined;
}

/** How soon it is looked again what became of a request that is on its way, and how rarely at most; milliseconds. */
const shortestLookMs = 500;
const longestLookMs = 5 * 60_000;

/**
 * Whether somebody has to hear that nothing is needed any more: they were really asked by mail, and the desk has not come
 * back to them meanwhile. A request that still waits is left out instead; for one that is on its way the engine comes
 * again, because nobody knows yet whether it will be read.
 */
export async function wasAskedInVain({ connection, clock }: MailDeps, input: MailInput): Promise<boolean> {
  if (!('personId' in input.to)) return false;
  const { processId, desks = [] } = input;
  const { personId } = input.to;
  const ids = desks.map((where) => stepId({ processId, ...where }));
  const steps = await stepsById(connection, ids);
  const asksAgain = ids.some((id) => {
    const step = steps.get(id);
    return step?.open === true && step.holders.includes(personId) && !step.decidedBy.includes(personId);
  });
  if (asksAgain) return false;
  const requests = (await requestsTo(connection, { processId, personId })).filter(
    (row) => row.input.where !== undefined && ids.includes(stepId({ processId, ...row.input.where })),
  );
  // One whose line broke after the last byte may lie in the inbox.
  if (requests.some(({ state, unsure }) => state === 'sent' || unsure === true)) return true;
  const under: OutboxRow[] = [];
  for (const row of requests.filter(({ state }) => state === 'queued' || state === 'claimed')) {
    const why = whyNot(steps.get(deskOf(row) ?? ''), row) ?? 'STEP_OVER';
    if (!(await leaveOutWaiting(connection, row._id, why))) under.push(row);
  }
  const [oldest] = under.map(({ queuedAt }) => queuedAt).sort();
  if (oldest === undefined) return false;
  const pauseMs = Math.min(longestLookMs, Math.max(shortestLookMs, diffMs(oldest, clock()) / 4));
  throw later('RequestUnderWay', 'waits to know whether the request was read at all', pauseMs);
}
