import type { HandOverCause } from '../people/hand-over.ts';
import type { Stamp } from '../process.ts';
import type { CaseEvent } from './acts.ts';
import type { Part, Tell } from './definition.ts';
import type { CaseState } from './state.ts';
import { isOver, peopleOf } from './state.ts';

/** A brand that went from one person to another, as a case keeps it. */
export type CaseHandedOver = Extract<CaseEvent, { readonly type: 'caseHandedOver' }>;

/**
 * Parts of a case that go over with a brand. Who was at a meeting that was held is history and stays; a client's part is
 * the client's; and whoever wrote something does not come to review it.
 */
export function partsHanded(state: CaseState, { from, to }: Pick<HandOverCause, 'from' | 'to'>): readonly Part[] {
  const { definition } = state;
  const attended = definition.id === 'minutes' || state.state === 'HELD';
  return Object.keys(state.parts).filter((part) => {
    const about = definition.parts[part];
    if (about === undefined || about.side === 'client' || !peopleOf(state, part).includes(from)) return false;
    return !(attended && about.optional) && !reviewsOwn(state, part, to);
  });
}

/** Whether a person would judge in this part what they made themselves. */
export function reviewsOwn(state: CaseState, part: Part, personId: string): boolean {
  return Object.values(state.definition.moves).some(
    ({ by, apartFrom = [] }) => by.includes(part) && apartFrom.some((move) => state.made[move]?.by === personId),
  );
}

/** What a hand-over does to a case: who answers for it and who has its parts; nothing where it came before. */
export function handCaseOver(state: CaseState, cause: HandOverCause, tasks: boolean): readonly CaseHandedOver[] {
  const { from, to, handOverId, signed } = cause;
  if (isOver(state) || (state.handedOver ?? []).includes(handOverId)) return [];
  const parts = partsHanded(state, cause);
  const owner = cause.owns && state.ownerId === from;
  if (!owner && !tasks && parts.length === 0) return [];
  const third = signed.director === undefined ? {} : { directorSigned: signed.director };
  return [{ type: 'caseHandedOver', handOverId, from, to, owner, parts, giverSigned: signed.giver, ...third }];
}

/** The case after a hand-over; who took a part over that is being asked is asked anew, and the clock of the asking with them. */
export function afterCaseHandOver(state: CaseState, event: CaseHandedOver, stamp: Stamp): CaseState {
  const { from, to, parts } = event;
  const changed = parts.map((part) => {
    const people = peopleOf(state, part).map((id) => (id === from ? to : id));
    return [part, [...new Set(people)]] as const;
  });
  const after: CaseState = {
    ...state,
    ...(event.owner ? { ownerId: to } : {}),
    parts: { ...state.parts, ...Object.fromEntries(changed) },
    handedOver: [...(state.handedOver ?? []), event.handOverId],
  };
  const notices = askedAnew(after, parts).map(({ notice }) => notice);
  const asked = notices.map((notice) => [notice, { sent: stamp.seq, people: { [to]: {} } }] as const);
  const clocks = Object.entries(after.clocks).filter(([key]) => {
    const from = state.definition.clocks[key]?.from;
    return !(from?.on === 'accepted' && notices.includes(from.notice));
  });
  return { ...after, asked: { ...after.asked, ...Object.fromEntries(asked) }, clocks: Object.fromEntries(clocks) };
}

/** What the case asks of a part in the state where it stands. */
function askedAnew({ definition, state }: CaseState, parts: readonly Part[]): readonly Tell[] {
  return Object.values(definition.moves)
    .filter((move) => move.to === state)
    .flatMap((move) => move.tells ?? [])
    .filter((tell) => tell.asks && tell.to.some((hand) => parts.includes(hand)));
}

/** What is asked of whoever took a part over, and the case with that person alone in it. */
export function askingTaker(
  state: CaseState,
  event: CaseHandedOver,
): { readonly only: CaseState; readonly tells: readonly Tell[] } {
  const only = { ...state, parts: Object.fromEntries(event.parts.map((part) => [part, [event.to]])) };
  const mine = (tell: Tell): Tell => ({ ...tell, to: tell.to.filter((hand) => event.parts.includes(hand)) });
  return { only, tells: askedAnew(state, event.parts).map(mine) };
}
