import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ActivityFailure,
  getExternalWorkflowHandle,
  log as workflowLog,
  ParentClosePolicy,
  proxyActivities,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { CaseActivities } from '../activities/cases/contract.ts';
import type { AnyCaseAct, CaseEffect, CaseEvent, CaseMailEffect, TellEffect } from '../domain/cases/acts.ts';
import type { CaseState } from '../domain/cases/state.ts';
import { isOver } from '../domain/cases/state.ts';
import type { MinutesEvent } from '../domain/minutes/state.ts';
import type { Refusal } from '../domain/process.ts';
import type { SentCommand } from './messages.ts';
import { actSignal, caseWorkflowType, minutesWorkflowType } from './messages.ts';
import type { Casing, Recorded, ShellState } from './shell.ts';

/** What a case or minutes are started with: id and kind, and from the second run on everything they are. */
export interface CaseArgument {
  readonly processId: string;
  /** Kind of case, e.g. `meeting`; minutes have a workflow type of their own. */
  readonly kind: string;
  readonly state?: unknown;
}

/** The log must be written, however long the store is away: nothing that happened may be missing. So no end to the tries. */
const log = proxyActivities<Pick<CaseActivities, 'recordCase'>>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
/** Counting only reads the registers, and a clock without moments would never ring, so no end to the tries. */
const calendar = proxyActivities<Pick<CaseActivities, 'countSpans'>>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
/** As for jobs: three days outlast a weekend, one try may take as long as a slow server needs to answer after DATA. */
const post = proxyActivities<Pick<CaseActivities, 'sendNotice'>>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '15 minutes' },
});

async function carry(effect: CaseEffect): Promise<AnyCaseAct | undefined> {
  switch (effect.kind) {
    case 'count':
      return calendar.countSpans.executeWithOptions({ summary: `count ${effect.input.clock}` }, [effect.input]);
    case 'mail':
      return mail(effect);
    case 'tell':
      return tell(effect);
  }
}

/** A mail that cannot be sent is recorded and told; it never fails the case. */
async function mail({ input }: CaseMailEffect): Promise<AnyCaseAct | undefined> {
  try {
    const found = await post.sendNotice.executeWithOptions({ summary: `mail ${input.notice}` }, [input]);
    return found ?? undefined;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (!input.asks || !('personId' in input.to)) return undefined;
    const { notice, seq, asking, to } = input;
    const again = asking === undefined ? {} : { again: seq };
    const at = new Date().toISOString();
    return { type: 'mailed', notice, sent: asking ?? seq, personId: to.personId, outcome: 'failed', at, ...again };
  }
}

/** Takes a command to another process, which it starts first where the command begins one. */
async function tell({ name, input }: TellEffect): Promise<undefined> {
  const { to, begins, act } = input;
  const actor = { kind: 'system', name: 'tell' } as const;
  const command: SentCommand<typeof act> = { id: name, actor, receivedAt: new Date().toISOString(), act };
  if (begins !== undefined) await start(to, begins);
  try {
    await getExternalWorkflowHandle(to).signal(actSignal, command);
  } catch (error) {
    // Whoever has ended needs to be told nothing more.
    workflowLog.warn('A process that was to be told is not there', { to, error: String(error) });
  }
}

async function start(processId: string, kind: string): Promise<void> {
  const argument: CaseArgument = { processId, kind };
  try {
    await startChild(kind === 'minutes' ? minutesWorkflowType : caseWorkflowType, {
      workflowId: processId,
      args: [argument],
      // It lives on its own: the meeting that began it ends before it does.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    // Started by the try before, which was cut off before it had said what it had to say.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** What running a case and running minutes have in common. */
type CommonCasing = Omit<
  Casing<CaseState, AnyCaseAct, CaseEvent, CaseEffect>,
  'process' | 'show' | 'again' | 'record'
> & {
  readonly record: (
    after: ShellState['head'],
    entries: Parameters<CaseActivities['recordCase']>[0]['entries'],
  ) => Promise<Recorded<ShellState, AnyCaseAct>>;
  readonly refusedEvent: (
    command: SentCommand<{ readonly type: string }>,
    refusal: Refusal,
  ) => CaseEvent & MinutesEvent;
};

/** The hands of a case or of minutes. */
export function casingOf(processId: string): CommonCasing {
  return {
    record: async (after, entries) => {
      const summary = `record ${entries.map((one) => one.event.type).join(', ')}`.slice(0, 190);
      const head = await log.recordCase.executeWithOptions({ summary }, [{ processId, after, entries }]);
      return { head, found: {} };
    },
    carry,
    rides: () => false,
    // A mail and a command to another process say what was recorded; a moment can be counted before.
    speaksOf: (effect) => (effect.kind === 'count' ? 0 : effect.input.seq),
    patient: (effect) => effect.kind === 'mail',
    refusedEvent: (sent, refusal) => ({ type: 'commandRefused', commandId: sent.id, act: sent.act.type, refusal }),
    isOver,
    longEnough: () => true,
  };
}

/** What an operator reads in the engine's own screen: kind, state, next, without personal data. */
export function detailsOf(state: CaseState, dueAt: string | undefined): string {
  return [`**${state.definition.id}** · ${state.state}`, `due: ${dueAt ?? '–'}`].join('\n\n');
}
