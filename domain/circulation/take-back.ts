import { isAccountManagerOrAbove } from '../people/roles.ts';
import type { Command, PersonActor, Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { CirculationEvent, Where, WithdrawAct } from './acts.ts';
import { stepsBehind } from './check.ts';
import { tooLong } from './limits.ts';
import type { Circulation, Route, Stay } from './types.ts';

type Answer = readonly CirculationEvent[] | Refusal;
type By = Command<WithdrawAct> & { readonly actor: PersonActor };
interface Around {
  readonly circulation: Circulation;
  readonly route: Route;
}

/** Takes back the whole paper, an own signature, or an own no, until the next person acted. */
export function withdraw(around: Around, command: By): Answer {
  const { act, actor } = command;
  const { id, round, status, stays } = around.circulation;
  if (act.round !== round) return refuse('STALE_ROUND', { field: 'round', params: { round: act.round, now: round } });
  const ended = status === 'returned' || status === 'refused' || status === 'objected';
  if (status !== 'running' && !(ended && act.step !== undefined))
    return refuse('NOTHING_TO_WITHDRAW', { field: 'step' });
  if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
  const long = tooLong(act.words);
  if (long) return long;
  const submission = around.route.steps.find((step) => step.act === 'submit')?.key;
  const others = stays.some((stay) => stay.step !== submission && stay.decisions.length > 0);
  if (!ended && (act.step === undefined || act.step === submission)) {
    const mayTake =
      actor.personId === around.circulation.authorId
        ? !others || isAccountManagerOrAbove(actor.roles)
        : isAccountManagerOrAbove(actor.roles);
    if (!mayTake) return refuse('NOTHING_TO_WITHDRAW', { field: 'circulation' });
    return [
      { type: 'circulationEnded', circulation: id, round, verdict: 'withdrawn', by: actor.personId, words: act.words },
    ];
  }
  return ended ? takeNoBack(around, command) : takeSignatureBack(around, command);
}

/** The desk goes back to the one who decided there; its limits are found anew. Others of the same desk keep it. */
function backTo(stay: Stay, where: Where, personId: string): CirculationEvent {
  const standsIn = stay.holders.some((holder) => holder.personId === personId && holder.standInFor !== undefined);
  const keep = stay.holders.filter((holder) => holder.personId !== personId);
  return { type: 'stepOpening', ...where, how: standsIn ? 'standIn' : 'reassign', to: personId, keep };
}

function takeSignatureBack(around: Around, { act, actor }: By): Answer {
  const { id: circulation, round, stays } = around.circulation;
  const stay = stays.find((one) => one.step === act.step);
  const own = stay?.decisions.some((one) => one.personId === actor.personId) ?? false;
  const behind = stepsBehind(around.route, act.step ?? '').map((step) => step.key);
  const after = stays.filter((one) => behind.includes(one.step));
  if (!stay || !own || after.some((one) => one.decisions.length > 0))
    return refuse('NOTHING_TO_WITHDRAW', { field: 'step' });
  const where = { circulation, round, step: stay.step };
  const told = after.flatMap((one) => (one.state === 'open' ? one.holders.map((holder) => holder.personId) : []));
  return [
    {
      type: 'decisionWithdrawn',
      ...where,
      by: actor.personId,
      words: act.words,
      ...(told.length > 0 ? { told: [...new Set(told)] } : {}),
    },
    // A desk that was done with has no limits any more; they are found anew for the same person.
    ...(stay.state === 'passed' ? [backTo(stay, where, actor.personId)] : []),
  ];
}

/**
 * A no ends its round, so taking it back opens the round again: the signatures before it stand, its own desk and those
 * beside it that were open are opened anew. Whether anybody acted on it meanwhile the job knows.
 */
function takeNoBack(around: Around, { act, actor }: By): Answer {
  const { id: circulation, round, stays } = around.circulation;
  const stay = stays.find((one) => one.step === act.step);
  const no = stay?.decisions.find((one) => one.verdict !== 'sign' && one.personId === actor.personId);
  if (!stay || !no || no.verdict === 'sign') return refuse('NOTHING_TO_WITHDRAW', { field: 'step' });
  const where = { circulation, round, step: stay.step };
  const beside = stays.filter((one) => one.state === 'lapsed' && one.openedAt !== undefined);
  return [
    { type: 'decisionWithdrawn', ...where, by: actor.personId, words: act.words, verdict: no.verdict },
    backTo(stay, where, actor.personId),
    ...beside.map((one): CirculationEvent => {
      const there = { circulation, round, step: one.step };
      const [first] = one.holders;
      return first ? backTo(one, there, first.personId) : { type: 'stepOpening', ...there };
    }),
  ];
}
