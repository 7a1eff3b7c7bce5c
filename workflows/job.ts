import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  ActivityFailure,
  continueAsNew,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { JobActivities } from '../activities/contract.ts';
import type { AnyJobAct } from '../domain/job/acts.ts';
import { answersOf, possible } from '../domain/job/answers.ts';
import { isClosed } from '../domain/job/decide.ts';
import type { JobEffect, MailEffect, OpenEffect } from '../domain/job/effects.ts';
import type { JobEvent } from '../domain/job/events.ts';
import { initialJobState } from '../domain/job/evolve.ts';
import { jobProcess } from '../domain/job/process.ts';
import type { JobState } from '../domain/job/state.ts';
import { withTimetableToTakeUp } from '../domain/job/timetable.ts';
import { possibleQuery, stateQuery } from './messages.ts';
import { runProcess, type Turn } from './shell.ts';
import { upcastJob } from './upcast/job.ts';

/** What a job is started with: its id, and from the second run on everything it is. */
export interface JobArgument {
  readonly processId: string;
  readonly state?: unknown;
  /** When the clock wakes it for what is due next. */
  readonly turn?: Turn;
  /** Events a run may have before rest starts a fresh one; absent, every rest does. The bench prices the principle with it. */
  readonly restAfterEvents?: number;
}

/** The log must be written, however long the store is away: nothing that happened may be missing. So no end to the tries. */
const log = proxyActivities<Pick<JobActivities, 'recordEntries'>>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
/** Finding a holder, a number and moments only reads and writes the store; a job without a holder stands, so no end to the tries. */
const desk = proxyActivities<Pick<JobActivities, 'openStep' | 'recountStep' | 'planTimetable' | 'issueNumber'>>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
/**
 * A mail server may be down for a night; three days of tries outlast a weekend, then the mail counts as failed and the
 * account executive hears of it. One try may take as long as a slow server needs to answer after DATA: cutting it short
 * would itself make a second copy. When the next try is due the activity says itself; the interval here is for tries
 * whose worker died.
 */
const post = proxyActivities<Pick<JobActivities, 'sendMail'>>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
/**
 * The mail of a rung waits for the end of its reader's quiet hours, which over a long holiday may be a week and a half;
 * what is left of the thirty days outlasts a mail server that is down.
 */
const quietPost = proxyActivities<Pick<JobActivities, 'sendMail'>>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
/** Sealing reads every file of the job; large films take minutes, so the limit is generous, and its heartbeats tell that it goes on. */
const files = proxyActivities<Pick<JobActivities, 'sealDossier'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

const phaseKey = defineSearchAttributeKey('JobPhase', SearchAttributeType.KEYWORD);
const numberKey = defineSearchAttributeKey('JobNumber', SearchAttributeType.KEYWORD);

const isOpen = (effect: JobEffect): effect is OpenEffect => effect.kind === 'open';
const isMail = (effect: JobEffect): effect is MailEffect => effect.kind === 'mail';

async function carry(effect: JobEffect): Promise<AnyJobAct | undefined> {
  switch (effect.kind) {
    case 'open':
      return desk.openStep.executeWithOptions({ summary: `open ${effect.input.point} · ${effect.input.step}` }, [
        effect.input,
      ]);
    case 'recount':
      return desk.recountStep(effect.input);
    case 'plan':
      return desk.planTimetable.executeWithOptions({ summary: 'look at the timetable' }, [effect.input]);
    case 'number':
      return { type: 'numberIssued', ...(await desk.issueNumber(effect.input)) };
    case 'seal':
      return { type: 'sealed', ...(await files.sealDossier(effect.input)) };
    case 'mail':
      return mail(effect);
  }
}

/** A mail that cannot be sent is recorded and told; it never fails the job. */
async function mail(effect: Extract<JobEffect, { kind: 'mail' }>): Promise<AnyJobAct | undefined> {
  const { input } = effect;
  try {
    const { sendMail } = input.quiet ? quietPost : post;
    const found = await sendMail.executeWithOptions({ summary: `mail ${input.kind}` }, [input]);
    return found.type === 'asked' ? found : undefined;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (input.kind !== 'ask' || !input.where || !('personId' in input.to)) return undefined;
    return {
      type: 'asked',
      ...input.where,
      personId: input.to.personId,
      outcome: 'failed',
      why: 'NO_ANSWER_FROM_MAIL_SERVER',
    };
  }
}

/** One advertising job, from brief to archive. */
export async function job(argument: JobArgument): Promise<void> {
  let state = argument.state === undefined ? initialJobState(argument.processId) : upcastJob(argument.state);
  // What the engine's screens show already: a run behind a rest has it from the run before and does not say it again.
  const listed = workflowInfo().typedSearchAttributes;
  const shown = { phase: listed.get(phaseKey) ?? '', number: listed.get(numberKey) ?? '' };
  const show = (next: JobState): string => {
    state = next;
    const pairs = [];
    if (shown.phase !== next.phase) pairs.push({ key: phaseKey, value: next.phase });
    if (next.jobNumber && shown.number !== next.jobNumber) pairs.push({ key: numberKey, value: next.jobNumber });
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    shown.phase = next.phase;
    shown.number = next.jobNumber ?? '';
    return detailsOf(next);
  };
  setHandler(stateQuery, () => answersOf(state));
  setHandler(possibleQuery, () => possible(state));
  await runProcess<JobState, AnyJobAct, JobEvent, JobEffect>(
    {
      process: jobProcess,
      record: async (after, entries, along, dueAt) => {
        const opens = along.filter(isOpen);
        const mails = along.filter(isMail);
        const { seq, hash, opened, mailed, turnAt } = await log.recordEntries.executeWithOptions(
          { summary: `record ${entries.map((one) => one.event.type).join(', ')}`.slice(0, 190) },
          [
            {
              processId: argument.processId,
              after,
              entries,
              ...(opens.length > 0 ? { opens } : {}),
              ...(mails.length > 0 ? { mails } : {}),
              ...(dueAt === undefined ? {} : { dueAt }),
            },
          ],
        );
        const found: Record<string, AnyJobAct | null> = { ...opened };
        for (const [name, one] of Object.entries(mailed ?? {})) found[name] = one.type === 'asked' ? one : null;
        return { head: { seq, hash }, found, ...(turnAt === undefined ? {} : { turnAt }) };
      },
      carry,
      rides: (effect) => isOpen(effect) || isMail(effect),
      // A mail says what was recorded, a dossier seals it, a forecast reads it: none can begin before the log has it.
      speaksOf: (effect) =>
        effect.kind === 'mail' || effect.kind === 'seal' || effect.kind === 'plan' ? effect.input.seq : 0,
      patient: (effect) => effect.kind === 'mail' || effect.kind === 'seal',
      refusedEvent: (sent, refusal) => ({ type: 'commandRefused', commandId: sent.id, act: sent.act.type, refusal }),
      isOver: isClosed,
      show,
      again: (next, turn) => {
        const { turn: _past, ...rest } = argument;
        return continueAsNew<typeof job>({ ...rest, state: withTimetableToTakeUp(next), ...(turn ? { turn } : {}) });
      },
      longEnough: () => workflowInfo().historyLength >= (argument.restAfterEvents ?? 0),
    },
    state,
    argument.turn,
  );
}

/** What an operator reads in the engine's own screen: state, holder, next, without personal data. */
function detailsOf(state: JobState): string {
  const answers = answersOf(state);
  const holders = answers.holders.map((holder) => holder.personId).join(', ');
  return [
    `**${state.jobNumber ?? '–'}** · ${state.phase}`,
    `holder: ${holders || '–'}`,
    `next: ${answers.next.slice(0, 5).join(', ') || '–'}`,
    `due: ${answers.dueAt ?? '–'}`,
  ].join('\n\n');
}
