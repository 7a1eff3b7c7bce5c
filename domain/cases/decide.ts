import type { Command, PersonActor, Refusal } from '../process.ts';
import { listFact } from '../job/definition.ts';
import { refuse } from '../process.ts';
import type { AnyCaseAct, BeginAct, CaseEvent, CaseMoved, CaseReport, MoveAct, TickAct } from './acts.ts';
import type { Hand, MoveDefinition, MoveKey, Part, Tell } from './definition.ts';
import { tellsOf } from './definition.ts';
import { counted, isMoved } from './clocks.ts';
import { standsInFor } from './holders.ts';
import { handCaseOver } from './hand-over.ts';
import { movePaper, whyNotFacts, whyNotOpening, whyNotPaper } from './papers.ts';
import { refreshed } from './refresh.ts';
import type { CaseState } from './state.ts';
import { isBegun, isOver, peopleOf } from './state.ts';

/** What may happen to a case now. */
export interface PossibleMove {
  readonly move: MoveKey;
  readonly by: readonly Hand[];
  readonly refusal?: Refusal;
}

const reports = ['counted', 'rung', 'mailed', 'bounced', 'told', 'refresh', 'handOver'] as const;

/** Whether only the service itself may send this. */
export function isReport(act: { readonly type: string }): act is CaseReport {
  return reports.some((type) => type === act.type);
}

/** What a command would cause on a case, or why not. Asks the state and nothing else. */
export function decideCase(state: CaseState, command: Command<AnyCaseAct>): readonly CaseEvent[] | Refusal {
  const { act, actor } = command;
  if (isReport(act)) {
    if (actor.kind !== 'system') return refuse('NOT_ALLOWED', { params: { who: 'MANAGEMENT' } });
    return isBegun(state) ? decideReport(state, { ...command, act }) : [];
  }
  if (act.type === 'begin') return begin(state, { ...command, act });
  if (!isBegun(state)) return refuse('UNKNOWN_OBJECT', { params: { what: 'case' } });
  if (actor.kind !== 'person') return refuse('NOT_ALLOWED', { params: { who: 'owner' } });
  if (act.type === 'tick') return tick(state, act, actor);
  if (act.type === 'move') return decideMove(state, { ...command, act, actor });
  return refuse('UNKNOWN_OBJECT', { field: 'type', params: { what: String(Reflect.get(act, 'type')) } });
}

function begin(state: CaseState, { act, actor, receivedAt }: Command<BeginAct>): readonly CaseEvent[] | Refusal {
  const { definition } = state;
  if (isBegun(state)) return refuse('ALREADY_DECIDED');
  if (actor.kind === 'person' && !actor.roles.some((role) => definition.by.includes(role)))
    return refuse('NOT_ALLOWED', { params: { who: definition.by[0] ?? 'ACCOUNT_EXECUTIVE' } });
  const missing = (['title', 'clientId', 'brandId', 'ownerId'] as const).filter((key) => act[key].trim() === '');
  if (missing.length > 0) return refuse('FIELD_MISSING', { field: missing[0] ?? '', params: { fields: missing } });
  const wrong = whyNotParts(state, act.parts, Object.keys(definition.parts)) ?? whyNotOpening(definition, act.paper);
  if (wrong) return wrong;
  const from = act.from ?? receivedAt;
  if (from > receivedAt) return refuse('FIELD_WRONG', { field: 'from', params: { name: 'heldAt', why: 'future' } });
  // What another case hands over may name parts that this kind does not have.
  const parts = Object.fromEntries(Object.entries(act.parts).filter(([part]) => Object.hasOwn(definition.parts, part)));
  const by = actor.kind === 'person' ? { by: actor.personId } : {};
  const { type: _type, paper: brought, ...about } = act;
  const paper = movePaper(state, definition.opening ?? {}, brought, { by: by.by ?? act.ownerId, at: receivedAt });
  return [{ ...about, type: 'caseBegun', definition, ...by, from, parts, ...(paper ? { paper } : {}) }];
}

/** What is wrong with the people named for these parts: nobody where somebody is needed, or too many. */
function whyNotParts(state: CaseState, given: BeginAct['parts'], keys: readonly Part[]): Refusal | undefined {
  for (const key of keys) {
    const part = state.definition.parts[key];
    const people = Object.hasOwn(given, key) ? (given[key] ?? []) : [];
    const field = `parts.${key}`;
    if (people.length === 0 ? part?.optional !== true : people.some((one) => one.trim() === ''))
      return refuse('FIELD_MISSING', { field, params: { fields: [key] } });
    if (part?.most !== undefined && people.length > part.most)
      return refuse('FIELD_WRONG', { field, params: { name: key, why: 'tooMany' } });
  }
  return undefined;
}

function tick(state: CaseState, act: TickAct, actor: PersonActor): readonly CaseEvent[] | Refusal {
  const { definition } = state;
  if (isOver(state)) return refuse('CLOSED', { params: { phase: state.state } });
  if (actor.personId !== state.ownerId && !actor.roles.some((role) => definition.by.includes(role)))
    return refuse('NOT_ALLOWED', { params: { who: 'owner' } });
  const list = Object.hasOwn(definition.lists, act.list) ? definition.lists[act.list] : undefined;
  if (!list?.includes(act.item)) return refuse('UNKNOWN_OBJECT', { field: 'item', params: { what: act.item } });
  if (act.answer === 'na' && (act.note ?? '').trim() === '')
    return refuse('FIELD_MISSING', { field: 'note', params: { fields: ['note'] } });
  const { type: _type, ...answered } = act;
  return [{ type: 'itemTicked', ...answered, by: actor.personId }];
}

/** A person's move and what follows it at once, or why not. */
export function decideMove(
  state: CaseState,
  { act, actor, receivedAt }: Command<MoveAct> & { readonly actor: PersonActor },
): readonly CaseEvent[] | Refusal {
  const { definition } = state;
  const move = Object.hasOwn(definition.moves, act.move) ? definition.moves[act.move] : undefined;
  if (!move) return refuse('UNKNOWN_OBJECT', { field: 'move', params: { what: act.move } });
  const no =
    whyNot(state, act.move, actor) ?? whyNotSaid(state, move, act, receivedAt) ?? whyNotPaper(state, move, act);
  if (no) return no;
  const paper = movePaper(state, move, act.paper, { by: actor.personId, at: receivedAt });
  const taken = move.takes && paper ? { [move.takes.part]: listFact(paper.facts[move.takes.fact]) } : undefined;
  const parts = act.parts || taken ? { parts: { ...act.parts, ...taken } } : {};
  const standInFor = actor.standInFor ?? absentOf(state, move.by, actor);
  const made: CaseMoved = {
    type: 'caseMoved',
    move: act.move,
    from: state.state,
    to: move.stays ? state.state : move.to,
    by: actor.personId,
    proof: actor.proof,
    ...(standInFor === undefined ? {} : { standInFor }),
    ...(act.words === undefined ? {} : { words: act.words }),
    ...(move.about && act.hash !== undefined ? { hash: act.hash } : {}),
    ...(paper ? { paper } : {}),
    ...parts,
    ...(act.happenedAt === undefined ? {} : { happenedAt: act.happenedAt }),
  };
  return [made, ...following(state, move)];
}

function following(state: CaseState, move: MoveDefinition): readonly CaseMoved[] {
  const next = move.then === undefined ? undefined : state.definition.moves[move.then];
  return move.then === undefined || !next ? [] : [{ type: 'caseMoved', move: move.then, from: move.to, to: next.to }];
}

/** Why a move cannot be made now, whatever it says: not from here, not by this person. */
export function whyNot(state: CaseState, key: MoveKey, actor: PersonActor | undefined): Refusal | undefined {
  const move = state.definition.moves[key];
  const rule = move?.rule === undefined ? {} : { rule: move.rule };
  if (!move || move.service !== undefined) return refuse('NOT_ALLOWED', { params: { who: 'MANAGEMENT' }, ...rule });
  if (actor && !mayMove(state, move.by, actor))
    return refuse('NOT_ALLOWED', { params: { who: move.by[0] ?? 'owner' }, ...rule });
  if (!move.from.includes(state.state) && move.to === state.state) return refuse('ALREADY_DECIDED', rule);
  if (!move.from.includes(state.state))
    return refuse(isOver(state) ? 'CLOSED' : 'WRONG_PHASE', { params: { phase: state.state }, ...rule });
  const hands = [actor?.personId, actor?.standInFor, absentOf(state, move.by, actor)];
  const own = (move.apartFrom ?? []).some((one) => {
    const made = state.made[one];
    return [made?.by, made?.standInFor].some((by) => by !== undefined && hands.includes(by));
  });
  return own ? refuse('OWN_WORK', rule) : undefined;
}

/**
 * Whether somebody may answer in a person's place where the case stands now: not who made the paper that is asked about,
 * and not who is to be asked themself.
 */
export function mayAnswerFor(state: CaseState, personId: string, standInId: string): boolean {
  const moves = Object.values(state.definition.moves).filter(
    ({ from, by }) => from.includes(state.state) && by.some((hand) => peopleOf(state, hand).includes(personId)),
  );
  const made = moves.flatMap(({ apartFrom }) => apartFrom ?? []).map((one) => state.made[one]);
  return standInId !== personId && !made.some((one) => one?.by === standInId || one?.standInFor === standInId);
}

/** Whether somebody has one of these parts in the case, or holds one of these titles, also for who is away. */
export function mayMove(state: CaseState, by: readonly Hand[], actor: PersonActor): boolean {
  return isOwnRight(state, by, actor) || absentOf(state, by, actor) !== undefined;
}

function isOwnRight(state: CaseState, by: readonly Hand[], { personId, roles }: PersonActor): boolean {
  return by.some((one) => roles.some((role) => role === one) || peopleOf(state, one).includes(personId));
}

/** The absent person for whom somebody acts who may not do so in their own right; both names are shown. */
function absentOf(state: CaseState, by: readonly Hand[], actor: PersonActor | undefined): string | undefined {
  if (!actor || isOwnRight(state, by, actor)) return undefined;
  const given = actor.standInFor === undefined ? [] : [actor.standInFor];
  const absent = [...given, ...standsInFor(state, actor.personId)];
  return absent.find((id) => by.some((one) => peopleOf(state, one).includes(id)));
}

function whyNotSaid(state: CaseState, move: MoveDefinition, act: MoveAct, receivedAt: string): Refusal | undefined {
  const rule = move.rule === undefined ? {} : { rule: move.rule };
  if (move.words && (act.words ?? '').trim() === '')
    return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, ...rule });
  if (move.when && act.happenedAt === undefined)
    return refuse('FIELD_MISSING', { field: 'happenedAt', params: { fields: ['heldAt'] }, ...rule });
  if (act.happenedAt !== undefined && act.happenedAt > receivedAt)
    return refuse('FIELD_WRONG', { field: 'happenedAt', params: { name: 'heldAt', why: 'future' }, ...rule });
  const open = (move.lists ?? [])
    .flatMap((list) => state.definition.lists[list] ?? [])
    .filter((item) => !Object.hasOwn(state.ticked, item));
  if (open.length > 0) return refuse('CHECKLIST_OPEN', { params: { items: open }, ...rule });
  const named = Object.keys(act.parts ?? {});
  const strange = named.find((part) => !(move.names ?? []).includes(part));
  if (strange !== undefined) return refuse('UNKNOWN_OBJECT', { field: `parts.${strange}`, params: { what: strange } });
  const wrong = act.parts ? whyNotParts(state, act.parts, named) : undefined;
  const empty = (move.fills ?? []).find((part) => (act.parts?.[part] ?? peopleOf(state, part)).length === 0);
  if (wrong || empty === undefined) return wrong;
  return refuse('FIELD_MISSING', { field: `parts.${empty}`, params: { fields: [empty] }, ...rule });
}

/** What the service found out; what comes too late or about something else changes nothing. */
function decideReport(state: CaseState, { act, actor, receivedAt }: Command<CaseReport>): readonly CaseEvent[] {
  switch (act.type) {
    case 'counted': {
      const { type: _type, unsure: _unsure, ...answer } = act;
      const running = state.clocks[act.clock];
      if (running?.count !== act.count) return [];
      const after = counted(state.definition, act.clock, running, act.at);
      const moved = running.because && isMoved(running.rungs, after) ? { moved: running.because } : {};
      return [{ type: 'clockCounted', ...answer, ...moved }];
    }
    case 'rung':
      return ringing(state, act.clock, act.rung, receivedAt);
    case 'mailed': {
      const fate = state.asked[act.notice]?.people[act.personId];
      const { type: _type, ...report } = act;
      const known = fate === undefined || (act.again === undefined && fate.acceptedAt !== undefined);
      const late = state.asked[act.notice]?.sent !== act.sent || fate?.again !== act.again;
      if (known || late) return [];
      return [
        { type: 'mailReported', ...report },
        ...fateMoves(state, act, act.outcome === 'accepted' ? 'arrived' : 'lost'),
      ];
    }
    case 'bounced': {
      const fate = state.asked[act.notice]?.people[act.personId];
      const { type: _type, ...report } = act;
      const known = fate === undefined || fate.bouncedAt !== undefined || state.asked[act.notice]?.sent !== act.sent;
      return known ? [] : [{ type: 'mailBounced', ...report }, ...fateMoves(state, act, 'lost')];
    }
    case 'told':
      return actor.kind === 'system' ? serviceMove(state, act.move, 'report') : [];
    case 'refresh':
      return refreshed(state, act.cause);
    case 'handOver':
      return handCaseOver(state, act.cause, false);
  }
}

/** The move that the table makes of how an asking fared; one that reached somebody else is not lost. */
function fateMoves(
  state: CaseState,
  { notice, personId }: { readonly notice: string; readonly personId: string },
  fate: 'arrived' | 'lost',
): readonly CaseMoved[] {
  const asking: Tell | undefined = tellsOf(state.definition).find(
    (tell) => tell.asks === true && tell.notice === notice,
  );
  const move = asking?.[fate];
  const reached = Object.entries(state.asked[notice]?.people ?? {}).some(
    ([id, { acceptedAt, bouncedAt }]) => id !== personId && acceptedAt !== undefined && bouncedAt === undefined,
  );
  return move === undefined || (fate === 'lost' && reached) ? [] : serviceMove(state, move, 'report');
}

/** A mark on a clock that was reached, and the move it makes; nothing when it was not, or was before. */
export function ringing(state: CaseState, clock: string, rung: number, receivedAt: string): readonly CaseEvent[] {
  const mark = state.clocks[clock]?.rungs[rung];
  if (mark?.at === undefined || mark.rangAt !== undefined || receivedAt < mark.at) return [];
  const move = state.definition.clocks[clock]?.rungs[rung]?.move;
  return [{ type: 'clockRang', clock, rung }, ...(move === undefined ? [] : serviceMove(state, move, 'clock'))];
}

/** A move that no person makes, and what follows it; nothing where it does not fit. */
export function serviceMove(state: CaseState, key: MoveKey, service: 'clock' | 'report'): readonly CaseMoved[] {
  const move = Object.hasOwn(state.definition.moves, key) ? state.definition.moves[key] : undefined;
  if (!move || move.service !== service || !move.from.includes(state.state)) return [];
  return [{ type: 'caseMoved', move: key, from: state.state, to: move.to }, ...following(state, move)];
}

/** The moves of people, each with who may make it, and why it cannot be made now; for one person where an actor is given. */
export function possibleMoves(state: CaseState, actor?: PersonActor): readonly PossibleMove[] {
  if (!isBegun(state)) return [];
  return Object.entries(state.definition.moves).flatMap(([move, definition]) => {
    const { by, service, brings } = definition;
    if (service !== undefined) return [];
    // What a paper must say is known before the press where the press brings none.
    const refusal = whyNot(state, move, actor) ?? (brings === undefined ? whyNotFacts(state, definition) : undefined);
    return [{ move, by, ...(refusal ? { refusal } : {}) }];
  });
}
