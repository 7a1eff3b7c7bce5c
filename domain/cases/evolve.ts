import type { Stamp } from '../process.ts';
import type { CaseEvent, CaseMoved } from './acts.ts';
import { clocksAfterMail, clocksAfterMove, counted } from './clocks.ts';
import type { Tell } from './definition.ts';
import { addressees } from './effects.ts';
import { refreshKey } from './refresh.ts';
import { afterCaseHandOver } from './hand-over.ts';
import type { Asked, CaseState, MailFate } from './state.ts';

const seenKept = 200;
const seenSlack = 50;

function withSeen(seen: CaseState['seen'], id: string, seq: number): CaseState['seen'] {
  const entries = Object.entries({ ...seen, [id]: seq });
  if (entries.length <= seenKept + seenSlack) return Object.fromEntries(entries);
  return Object.fromEntries(entries.sort(([, a], [, b]) => Math.abs(a) - Math.abs(b)).slice(-seenKept));
}

/** The case after an event; also folds the read models. Total: what was once accepted can always be folded again. */
export function evolveCase<S extends CaseState>(before: S, event: CaseEvent, stamp: Stamp): S {
  return { ...before, ...changed(stamped(before, stamp), event, stamp) };
}

/** The state with the entry counted and the person's command remembered; what every event does. */
export function stamped<S extends CaseState>(before: S, stamp: Stamp): S {
  const seen = stamp.actor.kind === 'person' ? withSeen(before.seen, stamp.commandId, stamp.seq) : before.seen;
  return { ...before, seq: stamp.seq, seen };
}

function changed(state: CaseState, event: CaseEvent, stamp: Stamp): CaseState {
  switch (event.type) {
    case 'caseBegun': {
      const { type: _type, by: _by, paper, ...about } = event;
      const papers = paper ? { [paper.form]: paper } : {};
      const begun = { ...state, ...about, papers, state: about.definition.first, since: stamp.at };
      return { ...begun, clocks: clocksAfterMove(begun, undefined, stamp.seq) };
    }
    case 'caseMoved':
      return moved(state, event, stamp);
    case 'itemTicked': {
      const { answer, by, note } = event;
      const tick = { answer, by, ...(note === undefined ? {} : { note }) };
      return { ...state, ticked: { ...state.ticked, [event.item]: tick } };
    }
    case 'clockCounted': {
      const running = state.clocks[event.clock];
      if (!running) return state;
      const { because: _answered, ...rest } = running;
      const rungs = counted(state.definition, event.clock, running, event.at);
      const after = { ...rest, rungs, provisional: event.provisional };
      return { ...state, clocks: { ...state.clocks, [event.clock]: after } };
    }
    case 'clockRecounting': {
      const running = state.clocks[event.clock];
      if (!running) return state;
      const anew = { ...running, count: stamp.seq, ...(event.because ? { because: event.because } : {}) };
      return { ...state, clocks: { ...state.clocks, [event.clock]: anew } };
    }
    case 'caseRefreshed': {
      const { cause } = event;
      return { ...state, refreshed: { ...state.refreshed, [refreshKey(cause)]: cause.revision } };
    }
    case 'askedAgain': {
      const asked = state.asked[event.notice];
      const { standInId: _left, ...fate } = asked?.people[event.personId] ?? {};
      if (!asked) return state;
      const people = { ...asked.people, [event.personId]: { ...fate, again: stamp.seq } };
      return { ...state, asked: { ...state.asked, [event.notice]: { ...asked, people } } };
    }
    case 'clockRang': {
      const running = state.clocks[event.clock];
      const flag = state.definition.clocks[event.clock]?.rungs[event.rung]?.flag;
      if (!running) return state;
      const rungs = running.rungs.map((rung, n) => (n === event.rung ? { ...rung, rangAt: stamp.at } : rung));
      return {
        ...state,
        clocks: { ...state.clocks, [event.clock]: { ...running, rungs } },
        flags: flag === undefined || state.flags.includes(flag) ? state.flags : [...state.flags, flag],
      };
    }
    case 'mailReported': {
      const { standInId, again, outcome, at } = event;
      // What counts from the first mail goes on counting from it, also where it went out once more.
      const first = again === undefined ? undefined : state.asked[event.notice]?.people[event.personId]?.acceptedAt;
      const fate: MailFate = outcome === 'accepted' ? { acceptedAt: first ?? at } : { failed: true };
      return heard(state, event, { ...fate, ...(standInId === undefined ? {} : { standInId }) }, stamp);
    }
    case 'mailBounced':
      return heard(state, event, { bouncedAt: event.at }, stamp);
    case 'caseHandedOver':
      return afterCaseHandOver(state, event, stamp);
    case 'commandRefused':
      return { ...state, seen: withSeen(state.seen, event.commandId, -stamp.seq) };
  }
}

function moved(state: CaseState, event: CaseMoved, stamp: Stamp): CaseState {
  const move = state.definition.moves[event.move];
  const { by, standInFor, happenedAt } = event;
  const maker = {
    ...(by === undefined ? {} : { by }),
    ...(standInFor === undefined ? {} : { standInFor }),
    at: stamp.at,
    ...(happenedAt === undefined ? {} : { happenedAt }),
  };
  const after: CaseState = {
    ...state,
    state: event.to,
    since: event.from === event.to ? state.since : stamp.at,
    made: { ...state.made, [event.move]: maker },
    parts: { ...state.parts, ...event.parts },
    papers: event.paper ? { ...state.papers, [event.paper.form]: event.paper } : state.papers,
  };
  const asking = (move?.tells ?? []).filter((tell) => tell.asks);
  const asked = {
    ...after.asked,
    ...Object.fromEntries(asking.map((tell) => [tell.notice, fresh(after, tell, stamp)])),
  };
  const told = { ...after, asked };
  return { ...told, clocks: clocksAfterMove(told, event, stamp.seq) };
}

function fresh(state: CaseState, tell: Tell, stamp: Stamp): Asked {
  const people = addressees(state, [tell]).flatMap(({ to }) => ('personId' in to ? [[to.personId, {}] as const] : []));
  return { sent: stamp.seq, people: Object.fromEntries(people) };
}

function heard(
  state: CaseState,
  { notice, sent, personId, at }: { notice: string; sent: number; personId: string; at: string },
  fate: MailFate,
  stamp: Stamp,
): CaseState {
  const asked = state.asked[notice];
  if (asked?.sent !== sent) return state;
  const { again: _heard, ...before } = asked.people[personId] ?? {};
  const people = { ...asked.people, [personId]: { ...before, ...fate } };
  const after = { ...state, asked: { ...state.asked, [notice]: { sent, people } } };
  return { ...after, clocks: clocksAfterMail(after, notice, at, stamp.seq) };
}
