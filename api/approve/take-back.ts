import type { WithdrawAct } from '../../domain/circulation/acts.ts';
import type { Decision } from '../../domain/circulation/types.ts';
import { decideJob } from '../../domain/job/decide.ts';
import { isRefusal } from '../../domain/process.ts';
import { mintFormValue } from '../../store/form-values.ts';
import type { ApiDeps } from '../deps.ts';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { formPurpose } from './decide-view.ts';
import type { TakeBackOffer } from './model.ts';
import { actorOf, type Approval } from './read.ts';

const titleKey = {
  sign: 'takeBackSign',
  return: 'takeBackReturn',
  refuse: 'takeBackRefuse',
  object: 'takeBackObject',
} as const;

/** What a person typed into the form before, why it is shown again, and a form value that must stay the same. */
export interface TakeBackAgain {
  readonly words: string;
  readonly error?: string;
  readonly keep?: string;
}

/** The act that takes back a person's own decision on the step of the page. */
export function takeBackAct(approval: Approval, round: number, said: string): WithdrawAct {
  const { circulation, step } = approval.found;
  return { type: 'withdraw', circulation: circulation.id, round, step: step.key, words: said };
}

/**
 * The offer to take back the reader's own decision, as long as the core would take the very act of the button; what will
 * happen is read from the events it would cause. Undefined where it would refuse. A submission is the paper itself and is
 * taken back at the job, not here.
 */
export function takeBackOffer(
  deps: Pick<ApiDeps, 'clock' | 'keys'>,
  approval: Approval,
  decision: Decision,
  again?: TakeBackAgain,
): TakeBackOffer | undefined {
  const { state, found, lang, names, road } = approval;
  if (found.step.act === 'submit' || decision.personId !== road.person.id) return undefined;
  const now = deps.clock();
  const t = words(lang, approveWords);
  const title = t(titleKey[decision.verdict]);
  const events = decideJob(state, {
    id: 'offer',
    actor: actorOf(approval),
    receivedAt: now,
    at: now,
    act: takeBackAct(approval, found.circulation.round, title),
  });
  if (isRefusal(events)) return undefined;
  const join = (parts: readonly string[]): string => parts.join(lang === 'en' ? ', ' : '、');
  const told = events.flatMap((event) => (event.type === 'decisionWithdrawn' ? (event.told ?? []) : []));
  const dropped = events.flatMap((event) =>
    event.type === 'revisionChanged' && event.revision.state === 'DROPPED' ? [`R${event.revision.ordinal}`] : [],
  );
  return {
    title,
    will: [
      decision.verdict === 'sign' ? t('takeBackThenSign') : t('takeBackThenNo'),
      ...(told.length > 0 ? [t('takeBackTold', { who: join(told.map(names.person)) })] : []),
      ...(dropped.length > 0 ? [t('takeBackDropped', { which: join(dropped) })] : []),
      t('takeBackKept'),
    ],
    action: road.base,
    formValue:
      again?.keep ??
      mintFormValue(deps.keys.forms, { holder: road.holder, purpose: formPurpose.takeBack }, deps.clock()),
    round: found.circulation.round,
    hash: found.circulation.about.hash,
    typed: again?.words ?? '',
    ...(again?.error ? { error: again.error } : {}),
    ...(again ? { open: true } : {}),
  };
}
