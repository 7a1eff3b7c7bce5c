import { checkSpan } from '../calendar/deadline.ts';
import { roleFacts } from '../people/roles.ts';
import type { CaseDefinition, ClockDefinition, MoveKey, StateKey, Tell } from './definition.ts';
import { tellsOf } from './definition.ts';

/** What is wrong with a definition, and at which state, move, clock or notice. */
export interface CaseProblem {
  readonly code:
    | 'UNKNOWN_STATE'
    | 'UNKNOWN_MOVE'
    | 'UNKNOWN_PART'
    | 'UNKNOWN_LIST'
    | 'UNREACHABLE'
    | 'NO_EXIT'
    | 'NOBODY'
    | 'TWO_HANDS'
    | 'NEVER_MADE'
    | 'PAPER_NOWHERE'
    | 'FACT_WITHOUT_PAPER'
    | 'TELLS_NOBODY'
    | 'ASKS_A_TITLE'
    | 'CLOCK_NEVER'
    | 'CLOCK_IDLE'
    | 'CLOCK_NO_WAY_OUT'
    | 'BAD_SPAN'
    | 'MOVE_NOT_THERE'
    | 'SILENCE_DECIDES';
  readonly at: string;
}

/** States one can come to from here, by moves, this one included. */
function reachableFrom(definition: CaseDefinition, start: StateKey): ReadonlySet<StateKey> {
  const found = new Set([start]);
  for (const state of found) {
    for (const move of Object.values(definition.moves)) if (move.from.includes(state)) found.add(move.to);
  }
  return found;
}

/**
 * Whether a definition holds together: every state can be reached and left for an end, every move has somebody to make
 * it, every paper asked for is brought by someone, every clock starts, does something and stops. No clock decides
 * only minutes may take silence as a yes, counted from a mail that was accepted, towards one
 * person who could sign and could object. An empty list means the definition is good.
 */
export function checkCase(definition: CaseDefinition): readonly CaseProblem[] {
  const names = checkNames(definition);
  if (names.length > 0) return names;
  return [...checkStates(definition), ...checkMoves(definition), ...checkClocks(definition)];
}

function checkNames(definition: CaseDefinition): CaseProblem[] {
  const { states, moves, clocks, parts, lists } = definition;
  const isState = (key: StateKey): boolean => Object.hasOwn(states, key);
  const isMove = (key: MoveKey): boolean => Object.hasOwn(moves, key);
  const isHand = (key: string): boolean =>
    key === 'owner' || Object.hasOwn(parts, key) || Object.hasOwn(roleFacts, key);
  const isPart = (key: string): boolean => key === 'owner' || Object.hasOwn(parts, key);
  const problems: CaseProblem[] = [];
  const say = (code: CaseProblem['code'], at: string, wrong: boolean): void => {
    if (wrong) problems.push({ code, at });
  };
  say('UNKNOWN_STATE', definition.first, !isState(definition.first));
  for (const [key, move] of Object.entries(moves)) {
    say('UNKNOWN_STATE', key, ![...move.from, move.to].every(isState));
    const standing = move.standing?.in ?? [];
    say('UNKNOWN_STATE', key, !standing.every(isState) || (move.stays === true && !move.from.includes(move.to)));
    say('UNKNOWN_PART', key, !move.by.every(isHand) || ![...(move.names ?? []), ...(move.fills ?? [])].every(isPart));
    say('UNKNOWN_PART', key, move.takes !== undefined && !isPart(move.takes.part));
    say(
      'UNKNOWN_PART',
      key,
      (move.facts ?? []).some((fact) => 'covers' in fact && !fact.covers.every(isPart)),
    );
    say(
      'UNKNOWN_MOVE',
      key,
      ![...(move.apartFrom ?? []), ...(move.then === undefined ? [] : [move.then])].every(isMove),
    );
    say('UNKNOWN_LIST', key, !(move.lists ?? []).every((list) => Object.hasOwn(lists, list)));
  }
  for (const [key, clock] of Object.entries(clocks)) {
    say('UNKNOWN_STATE', key, !clock.runsIn.every(isState));
    say(
      'UNKNOWN_MOVE',
      key,
      clock.rungs.some((rung) => rung.move !== undefined && !isMove(rung.move)),
    );
  }
  for (const tell of tellsOf(definition)) {
    say('UNKNOWN_PART', tell.notice, !tell.to.every(isHand));
    say('TELLS_NOBODY', tell.notice, tell.to.length === 0);
    say('UNKNOWN_MOVE', tell.notice, ![tell.arrived, tell.lost].every((move) => move === undefined || isMove(move)));
    // A link is a person's own; a title is not a person.
    say('ASKS_A_TITLE', tell.notice, tell.asks === true && !tell.to.every(isPart));
  }
  return problems;
}

function checkStates(definition: CaseDefinition): CaseProblem[] {
  const met = reachableFrom(definition, definition.first);
  return Object.entries(definition.states).flatMap(([key, state]): CaseProblem[] => {
    if (!met.has(key)) return [{ code: 'UNREACHABLE', at: key }];
    const ends = [...reachableFrom(definition, key)].some((one) => definition.states[one]?.end);
    return state.end || ends ? [] : [{ code: 'NO_EXIT', at: key }];
  });
}

function checkMoves(definition: CaseDefinition): CaseProblem[] {
  const moves = Object.entries(definition.moves);
  const rungs = Object.values(definition.clocks).flatMap((clock) => clock.rungs);
  const brought = new Set([
    ...moves.flatMap(([, move]) => move.brings ?? []),
    ...(definition.opening ? [definition.opening.brings] : []),
  ]);
  const problems: CaseProblem[] = [];
  for (const [key, move] of moves) {
    const { service } = move;
    if (move.from.length === 0 || (move.by.length === 0 && service === undefined))
      problems.push({ code: 'NOBODY', at: key });
    if (move.by.length > 0 && service !== undefined) problems.push({ code: 'TWO_HANDS', at: key });
    const made =
      service === undefined ||
      service === 'report' ||
      (service === 'clock' && rungs.some((rung) => rung.move === key)) ||
      (service === 'follow' && moves.some(([, other]) => other.then === key));
    if (!made) problems.push({ code: 'NEVER_MADE', at: key });
    const next = move.then === undefined ? undefined : definition.moves[move.then];
    if (next && (next.service !== 'follow' || !next.from.includes(move.to)))
      problems.push({ code: 'MOVE_NOT_THERE', at: key });
    const asked = [...(move.needs ?? []), ...(move.about ? [move.about.form] : [])];
    if (!asked.every((form) => brought.has(form))) problems.push({ code: 'PAPER_NOWHERE', at: key });
    const here = [...asked, move.brings, definition.opening?.brings];
    if ((move.facts ?? []).some((fact) => !here.includes(fact.form)) || (move.takes && !move.brings))
      problems.push({ code: 'FACT_WITHOUT_PAPER', at: key });
  }
  return problems;
}

function checkClocks(definition: CaseDefinition): CaseProblem[] {
  const problems: CaseProblem[] = [];
  const moves = Object.values(definition.moves);
  for (const [at, clock] of Object.entries(definition.clocks)) {
    if (clock.runsIn.length === 0 || !canStart(definition, clock)) problems.push({ code: 'CLOCK_NEVER', at });
    const idle = clock.rungs.some((rung) => !rung.move && !rung.flag && (rung.tells ?? []).length === 0);
    if (clock.rungs.length === 0 || idle) problems.push({ code: 'CLOCK_IDLE', at });
    const leaves = moves.some(
      (move) => move.from.some((one) => clock.runsIn.includes(one)) && !clock.runsIn.includes(move.to),
    );
    if (!leaves || clock.runsIn.some((one) => definition.states[one]?.end))
      problems.push({ code: 'CLOCK_NO_WAY_OUT', at });
    for (const rung of clock.rungs) {
      const bad =
        'after' in rung.when
          ? checkSpan(rung.when.after, at).length > 0
          : !Number.isInteger(rung.when.minutesBefore) || rung.when.minutesBefore < 0 || clock.from.on !== 'fact';
      if (bad) problems.push({ code: 'BAD_SPAN', at });
      const move = rung.move === undefined ? undefined : definition.moves[rung.move];
      if (!move) continue;
      if (move.service !== 'clock' || !clock.runsIn.every((one) => move.from.includes(one)))
        problems.push({ code: 'MOVE_NOT_THERE', at });
      if (definition.states[move.to]?.verdict !== undefined && !maySilenceDecide(definition, clock, move.to))
        problems.push({ code: 'SILENCE_DECIDES', at });
    }
  }
  return problems;
}

function canStart(definition: CaseDefinition, { from }: ClockDefinition): boolean {
  if (from.on === 'accepted') return tellsOf(definition).some((tell) => tell.asks && tell.notice === from.notice);
  if (from.on === 'fact') return Object.values(definition.moves).some((move) => move.brings === from.form);
  return true;
}

function maySilenceDecide(definition: CaseDefinition, clock: ClockDefinition, to: StateKey): boolean {
  const { from } = clock;
  if (definition.id !== 'minutes' || from.on !== 'accepted' || definition.states[to]?.verdict !== 'silent')
    return false;
  const asking: Tell | undefined = tellsOf(definition).find((tell) => tell.notice === from.notice);
  const [part, ...others] = asking?.to ?? [];
  if (part === undefined || others.length > 0 || definition.parts[part]?.most !== 1) return false;
  const answers = Object.values(definition.moves).filter(
    (move) => move.by.includes(part) && clock.runsIn.every((one) => move.from.includes(one)),
  );
  const says = (move: { to: StateKey }): boolean => definition.states[move.to]?.verdict === 'said';
  return answers.some(says) && answers.some((move) => !says(move));
}
