import type { Command, PersonActor, Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import { addMs, diffMs, isInstant } from '../instant.ts';
import { isAccountManagerOrAbove } from '../people/roles.ts';
import type { CirculationEvent, HandOverAct, MoveDateAct, NoteAct, ReturnAct, SignAct, Verb } from './acts.ts';
import { evolveCirculation } from './evolve.ts';
import { tooLong } from './limits.ts';
import { allDone, openings } from './start.ts';
import { withdraw } from './take-back.ts';
import type { Circulation, Decision, Holder, Route, RouteStep, Stay } from './types.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Longest time for which "I'm on it" keeps a ladder quiet: two weeks. */
export const longestPauseMs = 14 * dayMs;

/** Grounds on which an order may be refused. */
export const refusalGrounds = ['INSTRUCTION_UNCLEAR', 'MATERIAL_INSUFFICIENT'] as const;

/** What a verb needs to know beside the circulation: whose job it is. */
export interface Surroundings {
  readonly circulation: Circulation;
  readonly route: Route;
  readonly ownerId: string;
}

type Answer = readonly CirculationEvent[] | Refusal;
type By<A> = Command<A> & { readonly actor: PersonActor };

/** Names of the titles a paper now waits for; for the sentence "it is with …". */
export function whoHolds(circulation: Circulation, route: Route): readonly string[] {
  return route.steps
    .filter((step) =>
      circulation.stays.some((stay) => stay.step === step.key && (stay.state === 'open' || stay.state === 'opening')),
    )
    .map((step) => step.role);
}

function find(around: Surroundings, act: { round: number; step: string }): { step: RouteStep; stay: Stay } | Refusal {
  const { circulation, route } = around;
  if (act.round !== circulation.round) {
    return refuse('STALE_ROUND', {
      field: 'round',
      params: { round: act.round, now: circulation.round },
      rule: 'R-100',
    });
  }
  const step = route.steps.find((one) => one.key === act.step);
  const stay = circulation.stays.find((one) => one.step === act.step);
  if (!step || !stay) return refuse('UNKNOWN_OBJECT', { field: 'step', params: { what: act.step } });
  return { step, stay };
}

/** The open step of an act. Who keeps a desk while somebody joins them may go on deciding there. */
function findOpen(
  around: Surroundings,
  act: { round: number; step: string },
  actor: PersonActor,
): { step: RouteStep; stay: Stay } | Refusal {
  const found = find(around, act);
  if (isRefusal(found)) return found;
  const { state } = found.stay;
  if (
    around.circulation.status !== 'running' ||
    state === 'passed' ||
    state === 'stopped' ||
    state === 'lapsed' ||
    state === 'notApplicable'
  ) {
    return refuse('ALREADY_DECIDED', { field: 'step', rule: 'R-100' });
  }
  const keeps = state === 'opening' && found.stay.holders.some((holder) => holder.personId === actor.personId);
  if (state !== 'open' && !keeps) {
    return refuse('NOT_YET_YOUR_TURN', {
      field: 'step',
      params: { who: whoHolds(around.circulation, around.route) },
      rule: 'R-77',
    });
  }
  return found;
}

/** Who signed anything in this round: the signers and the people they stood in for. */
export function signersOf(circulation: Circulation, exceptStep?: string): ReadonlySet<string> {
  const people = circulation.stays
    .filter((stay) => stay.step !== exceptStep)
    .flatMap((stay) => stay.decisions)
    .flatMap((decision) => [decision.personId, ...(decision.standInFor ? [decision.standInFor] : [])]);
  return new Set(people);
}

function asHolder(around: Surroundings, step: RouteStep, stay: Stay, actor: PersonActor): Holder | Refusal {
  const holder = stay.holders.find((one) => one.personId === actor.personId);
  // Whatever a desk says, the agency never signs for the client nor the client for the agency.
  if (!holder || actor.side !== step.side)
    return refuse('NOT_ALLOWED', { params: { who: step.role }, rule: step.side === 'client' ? 'R-69' : 'R-100' });
  const involved = [actor.personId, ...(holder.standInFor ? [holder.standInFor] : [])];
  const here = stay.decisions.flatMap((one) => [one.personId, ...(one.standInFor ? [one.standInFor] : [])]);
  if (involved.some((person) => here.includes(person)))
    return refuse('ALREADY_DECIDED', { field: 'step', rule: 'R-100' });
  if (step.act !== 'submit' && involved.includes(around.circulation.authorId))
    return refuse('OWN_WORK', { rule: 'R-99' });
  // A receipt is given by whoever confirmed: it is the second half of the same step on paper.
  const signed = step.act === 'receipt' ? new Set<string>() : signersOf(around.circulation, step.key);
  if (involved.some((person) => signed.has(person))) return refuse('TWO_STEPS', { rule: 'R-99' });
  return holder;
}

/** Whether anything a decision carries is longer than the state can bear; lists count as a whole. */
function tooMuch(act: SignAct | ReturnAct): Refusal | undefined {
  const notes = (act.checklist ?? []).map((one) => `${one.item} ${one.note ?? ''}`).join('\n');
  const more =
    act.type === 'return'
      ? (tooLong(act.reason, 'reason') ?? tooLong((act.missing ?? []).join('\n'), 'missing'))
      : undefined;
  return tooLong(act.words) ?? tooLong(notes, 'checklist') ?? more;
}

/** The farthest a person may put a date, days: two years. A year mistyped by a century is no date anybody means. */
const farthestDays = 731;

/** Whether a date a person names can be one: an instant, still ahead, and not out of all sight. */
function notAhead(at: string, receivedAt: string, field: string, name: string): Refusal | undefined {
  const wrong = (why: string): Refusal => refuse('FIELD_WRONG', { field, params: { name, why } });
  if (!isInstant(at) || at <= receivedAt) return wrong('past');
  return at > addMs(receivedAt, farthestDays * 86_400_000) ? wrong('farAhead') : undefined;
}

/** Ends the round when all is signed, else opens what comes next. */
function goOn(around: Surroundings, decided: CirculationEvent, command: Command<unknown>): readonly CirculationEvent[] {
  const after = evolveCirculation(around.circulation, around.route, decided, {
    seq: 0,
    at: command.at,
    receivedAt: command.receivedAt,
    commandId: command.id,
    actor: command.actor,
  });
  const { id: circulation, round } = around.circulation;
  if (allDone(after.stays)) return [decided, { type: 'circulationEnded', circulation, round, verdict: 'passed' }];
  return [decided, ...openings(around.route, after.stays, circulation, round)];
}

function decision(command: By<SignAct | ReturnAct>, holder: Holder, verdict: Decision['verdict']): Decision {
  const { act } = command;
  return {
    id: command.id,
    verdict,
    personId: command.actor.personId,
    ...(holder.standInFor ? { standInFor: holder.standInFor } : {}),
    proof: command.actor.proof,
    at: command.receivedAt,
    ...(act.words ? { words: act.words } : {}),
    ...(act.checklist ? { checklist: act.checklist } : {}),
    ...(act.type === 'return' ? { reason: act.reason, ...(act.missing ? { missing: act.missing } : {}) } : {}),
  };
}

function sign(around: Surroundings, command: By<SignAct>): Answer {
  const found = findOpen(around, command.act, command.actor);
  if (isRefusal(found)) return found;
  // A submission is made by submitting a paper, never by signing the desk where one is waited for.
  if (found.step.act === 'submit')
    return refuse('NO_NOT_OFFERED', { field: 'type', params: { kind: 'sign' }, rule: 'R-40' });
  const holder = asHolder(around, found.step, found.stay, command.actor);
  if (isRefusal(holder)) return holder;
  if (command.act.hash !== around.circulation.about.hash)
    return refuse('STALE_VERSION', { field: 'hash', rule: 'R-78' });
  const answers = command.act.checklist ?? [];
  const open = [
    ...found.step.checklist.filter((item) => !answers.some((one) => one.item === item)),
    ...answers
      .filter((one) => one.answer === 'fail' || (one.answer === 'na' && (one.note ?? '').trim() === ''))
      .map((one) => one.item),
  ];
  if (open.length > 0) return refuse('CHECKLIST_OPEN', { field: 'checklist', params: { items: open }, rule: 'R-80' });
  const long = tooMuch(command.act);
  if (long) return long;
  const { circulation, round, step } = command.act;
  return goOn(
    around,
    { type: 'decided', circulation, round, step, decision: decision(command, holder, 'sign') },
    command,
  );
}

function sendBack(around: Surroundings, command: By<ReturnAct>): Answer {
  const { act } = command;
  const found = findOpen(around, act, command.actor);
  if (isRefusal(found)) return found;
  const holder = asHolder(around, found.step, found.stay, command.actor);
  if (isRefusal(holder)) return holder;
  if (act.hash !== around.circulation.about.hash) return refuse('STALE_VERSION', { field: 'hash', rule: 'R-78' });
  if (!found.step.noes.includes(act.kind))
    return refuse('NO_NOT_OFFERED', { field: 'kind', params: { kind: act.kind } });
  if (act.kind === 'refuse') {
    const named = (act.missing ?? []).some((item) => item.trim() !== '');
    if (!refusalGrounds.some((ground) => ground === act.reason))
      return refuse('GROUND_MISSING', { field: 'reason', rule: 'R-39' });
    if (!named) return refuse('GROUND_MISSING', { field: 'missing', rule: 'R-39' });
  }
  if (act.reason.trim() === '') return refuse('REASON_MISSING', { field: 'reason', rule: 'R-79' });
  if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words', rule: 'R-79' });
  const long = tooMuch(act);
  if (long) return long;
  const { circulation, round, step } = act;
  return [
    { type: 'decided', circulation, round, step, decision: decision(command, holder, act.kind) },
    { type: 'circulationEnded', circulation, round, verdict: act.kind, by: command.actor.personId },
  ];
}

function note(around: Surroundings, command: By<NoteAct>): Answer {
  const { act, actor } = command;
  const found = find(around, act);
  if (isRefusal(found)) return found;
  const holds = found.stay.holders.some((holder) => holder.personId === actor.personId);
  if (!holds && actor.side !== 'agency') return refuse('NOT_ALLOWED', { params: { who: found.step.role } });
  const long = tooLong(act.words);
  if (long) return long;
  if (act.note.kind === 'onIt') {
    if (found.stay.state !== 'open') return refuse('ALREADY_DECIDED', { field: 'step' });
    if (!holds) return refuse('NOT_ALLOWED', { params: { who: found.step.role } });
    const past = notAhead(act.note.until, command.receivedAt, 'note.until', 'until');
    if (past) return past;
    // A stalled stage always speaks up: a pause has an end that somebody will live to see.
    if (diffMs(command.receivedAt, act.note.until) > longestPauseMs)
      return refuse('TOO_LONG', { field: 'note.until', params: { name: 'until', max: longestPauseMs / dayMs } });
  } else if (act.note.kind === 'spoken') {
    if (found.step.side !== 'client' || actor.side !== 'agency')
      return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_EXECUTIVE' }, rule: 'R-92' });
    if (act.note.evidence.trim() === '')
      return refuse('FIELD_MISSING', { field: 'note.evidence', params: { fields: ['evidence'] }, rule: 'R-92' });
    const much = tooLong(act.note.evidence, 'note.evidence');
    if (much) return much;
  } else if (act.words.trim() === '') {
    return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] } });
  }
  const { circulation, round, step, words } = act;
  return [{ type: 'noted', circulation, round, step, personId: actor.personId, note: act.note, words }];
}

function handOver(around: Surroundings, command: By<HandOverAct>): Answer {
  const { act, actor } = command;
  const found = findOpen(around, act, actor);
  if (isRefusal(found)) return found;
  const { circulation, round, step, to, how, words } = act;
  const holds = found.stay.holders.some((holder) => holder.personId === actor.personId);
  const leads = isAccountManagerOrAbove(actor.roles) || actor.personId === around.ownerId;
  if (!holds && !leads) return refuse('NOT_ALLOWED', { params: { who: found.step.role } });
  if (how === 'delegate' && !holds) return refuse('NOT_ALLOWED', { params: { who: found.step.role } });
  if ((how === 'reassign' || how === 'add') && !leads && found.step.side === 'agency')
    return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_MANAGER' } });
  if (words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
  const long = tooLong(words);
  if (long) return long;
  // For a client's signature only the account person may move the step: the client's word alone is a request.
  if (found.step.side === 'client' && !leads)
    return [{ type: 'handOverAsked', circulation, round, step, by: actor.personId, to, words }];
  const taken =
    to === around.circulation.authorId ||
    to === '' ||
    (found.step.act !== 'receipt' && signersOf(around.circulation, step).has(to)) ||
    found.stay.holders.some((holder) => holder.personId === to);
  if (taken) return refuse('CANNOT_HOLD', { field: 'to', params: { person: to }, rule: 'R-99' });
  // Whoever has signed here already keeps the desk: a signature never loses its holder.
  const signed = (holder: Holder): boolean => found.stay.decisions.some((one) => one.personId === holder.personId);
  const keep = found.stay.holders.filter(
    (holder) => how === 'add' || signed(holder) || (how !== 'reassign' && holder.personId !== actor.personId && holds),
  );
  return [
    { type: 'handedOver', circulation, round, step, by: actor.personId, how, to, words },
    { type: 'stepOpening', circulation, round, step, to, how, keep },
  ];
}

function moveDate(around: Surroundings, command: By<MoveDateAct>): Answer {
  const { act, actor } = command;
  const found = findOpen(around, act, actor);
  if (isRefusal(found)) return found;
  if (actor.personId !== around.ownerId && !isAccountManagerOrAbove(actor.roles))
    return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_MANAGER' }, rule: 'R-231' });
  if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words', rule: 'R-51' });
  const past = notAhead(act.dueAt, command.receivedAt, 'dueAt', 'dueAt');
  if (past) return past;
  const long = tooLong(act.words);
  if (long) return long;
  const { circulation, round, step, dueAt, words } = act;
  return [
    {
      type: 'dateMoved',
      circulation,
      round,
      step,
      by: actor.personId,
      ...(found.stay.dueAt ? { from: found.stay.dueAt } : {}),
      to: dueAt,
      words,
    },
  ];
}

/** What one of the six verbs causes on a circulation, or why not. */
export function decideVerb(around: Surroundings, command: By<Verb>): Answer {
  const { act } = command;
  switch (act.type) {
    case 'sign':
      return sign(around, { ...command, act });
    case 'return':
      return sendBack(around, { ...command, act });
    case 'note':
      return note(around, { ...command, act });
    case 'handOver':
      return handOver(around, { ...command, act });
    case 'withdraw':
      return withdraw(around, { ...command, act });
    case 'moveDate':
      return moveDate(around, { ...command, act });
  }
}
