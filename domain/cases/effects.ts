import type { Role } from '../people/roles.ts';
import { roleFacts } from '../people/roles.ts';
import type { Stamp } from '../process.ts';
import type { CalendarVersion, CaseEffect, CaseEvent, CaseMailEffect, CaseMoved } from './acts.ts';
import type { Tell } from './definition.ts';
import { onDeskOf } from './holders.ts';
import { askingTaker } from './hand-over.ts';
import type { CaseState } from './state.ts';
import { peopleOf } from './state.ts';

/** Who is told what, each person once: an asking mail before one that only tells. */
interface Addressee {
  readonly tell: Tell;
  readonly to: { readonly personId: string } | { readonly title: Role };
}

function isTitle(key: string): key is Role {
  return Object.hasOwn(roleFacts, key);
}

/** The people and titles behind some tells, nobody twice. */
export function addressees(state: CaseState, tells: readonly Tell[]): readonly Addressee[] {
  const found = new Map<string, Addressee>();
  for (const tell of [...tells].sort((a, b) => Number(b.asks ?? false) - Number(a.asks ?? false))) {
    for (const key of tell.to) {
      const them = isTitle(key) ? [{ title: key }] : peopleOf(state, key).map((personId) => ({ personId }));
      for (const to of them) {
        const name = 'title' in to ? to.title : to.personId;
        if (!found.has(name)) found.set(name, { tell, to });
      }
    }
  }
  return [...found.values()];
}

/** The mails of some tells. Their names hold process, notice, entry and person, so sending twice is one mail. */
export function mailsOf(
  state: CaseState,
  tells: readonly Tell[],
  stamp: Stamp,
  more: { readonly words?: string | undefined; readonly waits?: boolean } = {},
): readonly CaseMailEffect[] {
  const { words, waits } = more;
  return addressees(state, tells).map(({ tell, to }) => {
    const name = `${state.processId}/${tell.notice}/${stamp.seq}/${'title' in to ? to.title : to.personId}`;
    const asks = tell.asks === true;
    return mailOf(state, name, { notice: tell.notice, to, asks, seq: stamp.seq }, asks || waits === true, words);
  });
}

function mailOf(
  { processId, clientId, brandId, ownerId }: CaseState,
  name: string,
  about: Pick<CaseMailEffect['input'], 'notice' | 'to' | 'asks' | 'seq' | 'asking'>,
  waits: boolean,
  words?: string,
): CaseMailEffect {
  const said = { ...(waits ? { waits: true as const } : {}), ...(words === undefined ? {} : { words }) };
  return { kind: 'mail', name, input: { processId, name, clientId, brandId, ownerId, ...about, ...said } };
}

/**
 * One mail a person for one change of a calendar, whatever it moved and in however many processes: the name holds none of
 * them, and it is the name that jobs use (M-22).
 */
export function datesMovedMails(
  state: CaseState,
  { calendarId, revision }: CalendarVersion,
  people: readonly string[],
  stamp: Stamp,
): readonly CaseMailEffect[] {
  return [...new Set(people)].map((personId) => {
    const about = { notice: 'datesMoved', to: { personId }, asks: false, seq: stamp.seq };
    return mailOf(state, `calendar/${calendarId}/${revision}/${personId}`, about, false);
  });
}

/** What an event asks of the world. `state` is the one after the event. */
export function effectsOfCase(state: CaseState, event: CaseEvent, stamp: Stamp): readonly CaseEffect[] {
  return [...mails(state, event, stamp), ...tells(state, event, stamp), ...counts(state, stamp)];
}

function mails(state: CaseState, event: CaseEvent, stamp: Stamp): readonly CaseMailEffect[] {
  const { definition } = state;
  switch (event.type) {
    case 'caseBegun':
      return mailsOf(state, definition.opening?.tells ?? [], stamp, { waits: true });
    case 'caseMoved':
      return mailsOf(state, definition.moves[event.move]?.tells ?? [], stamp, { words: event.words });
    case 'clockRang':
      return mailsOf(state, definition.clocks[event.clock]?.rungs[event.rung]?.tells ?? [], stamp, { waits: true });
    case 'clockCounted':
      return event.moved ? datesMovedMails(state, event.moved, onDeskOf(state), stamp) : [];
    case 'askedAgain': {
      const { notice, personId } = event;
      const asking = state.asked[notice]?.sent ?? 0;
      const name = `${state.processId}/${notice}/${asking}/${personId}/again-${stamp.seq}`;
      return [mailOf(state, name, { notice, to: { personId }, asks: true, seq: stamp.seq, asking }, true)];
    }
    case 'mailReported':
      return event.outcome === 'failed' ? mailsOf(state, [definition.unreached], stamp) : [];
    case 'mailBounced':
      return mailsOf(state, [definition.unreached], stamp);
    case 'caseHandedOver': {
      const { only, tells } = askingTaker(state, event);
      return mailsOf(only, tells, stamp);
    }
    default:
      return [];
  }
}

function tells(state: CaseState, event: CaseEvent, stamp: Stamp): readonly CaseEffect[] {
  if (event.type !== 'caseMoved') return [];
  const move = state.definition.moves[event.move];
  const { processId } = state;
  const effects: CaseEffect[] = [];
  if (move?.begins !== undefined) {
    const to = `${processId}/${move.begins}`;
    const input = { processId, to, begins: move.begins, act: beginning(state, event, stamp), seq: stamp.seq };
    effects.push({ kind: 'tell', name: `${processId}/begin/${move.begins}/${stamp.seq}`, input });
  }
  if (move?.informs !== undefined && state.origin !== undefined) {
    const input = { processId, to: state.origin, act: { type: 'told', move: move.informs } as const, seq: stamp.seq };
    effects.push({ kind: 'tell', name: `${processId}/tell/${move.informs}/${stamp.seq}`, input });
  }
  return effects;
}

function beginning(state: CaseState, event: CaseMoved, stamp: Stamp) {
  const { title, clientId, brandId, ownerId, jobId, parts, processId } = state;
  const from = event.happenedAt ?? stamp.at;
  const about = { title, clientId, brandId, ownerId, origin: processId, from, parts };
  return { type: 'begin', ...about, ...(jobId === undefined ? {} : { jobId }) } as const;
}

/** The clocks this very entry started or wants counted anew, as far as they have marks in working time. */
function counts(state: CaseState, stamp: Stamp): readonly CaseEffect[] {
  return Object.entries(state.clocks).flatMap(([clock, running]): CaseEffect[] => {
    const definition = state.definition.clocks[clock];
    const spans = (definition?.rungs ?? []).flatMap(({ when }) => ('after' in when ? [when.after] : []));
    if (!definition || running.count !== stamp.seq || spans.length === 0) return [];
    const { processId, clientId } = state;
    const { from, count } = running;
    const input = { processId, clientId, calendar: definition.calendar, clock, count, from, spans };
    return [{ kind: 'count', name: `${processId}/count/${clock}/${count}`, input }];
  });
}
