import type { CaseState } from './state.ts';
import { isOver, peopleOf } from './state.ts';

/** Whose turn it is: who makes the next move, the owner only where nobody else is asked; a verdict is for the owner to file. */
export function waitsFor(state: CaseState): readonly string[] {
  const { definition, ownerId } = state;
  if (isOver(state)) return [];
  if (definition.states[state.state]?.verdict !== undefined) return [ownerId];
  const first = Object.values(definition.moves)
    .filter((move) => move.service === undefined && move.from.includes(state.state))
    .map((move) => move.by[0] ?? 'owner');
  // Nobody can do anything here: the case waits for the service, or for another case.
  if (first.length === 0) return [];
  const others = [...new Set(first)].filter((hand) => Object.hasOwn(definition.parts, hand));
  const people = others.flatMap((part) => peopleOf(state, part));
  return people.length > 0 ? [...new Set(people)] : [ownerId];
}

/** The same as things stand today: while somebody who was asked is on leave, whoever stands in has it on the desk. */
export function onDeskOf(state: CaseState): readonly string[] {
  return [...new Set(waitsFor(state).map((personId) => standInOf(state, personId) ?? personId))];
}

/** Who was asked in a person's place, while that person is on leave; undefined while nobody is. */
export function standInOf(
  state: Pick<CaseState, 'asked' | 'definition' | 'state'>,
  personId: string,
): string | undefined {
  return askedNow(state)
    .map((notice) => state.asked[notice]?.people[personId]?.standInId)
    .find((standInId) => standInId !== undefined);
}

/** The askings whose answer is waited for where the case stands now. */
export function askedNow({ definition, state }: Pick<CaseState, 'definition' | 'state'>): readonly string[] {
  const notices = Object.values(definition.moves)
    .filter(({ to }) => to === state)
    .flatMap(({ tells }) => tells ?? [])
    .filter(({ asks }) => asks === true)
    .map(({ notice }) => notice);
  return [...new Set(notices)];
}

/** The absent people this one was asked for. */
export function standsInFor(state: CaseState, personId: string): readonly string[] {
  return askedNow(state).flatMap((notice) =>
    Object.entries(state.asked[notice]?.people ?? {})
      .filter(([, fate]) => fate.standInId === personId)
      .map(([absent]) => absent),
  );
}

/**
 * Who is asked now where somebody was, after a hand-over or a return from leave: whoever has the part, or stands in today.
 * Undefined while that person is still the one who is asked.
 */
export function askedInstead(state: CaseState, notice: string, personId: string): readonly string[] | undefined {
  const parts = Object.values(state.definition.moves)
    .flatMap(({ tells }) => tells ?? [])
    .flatMap((tell) => (tell.asks === true && tell.notice === notice ? tell.to : []));
  const people = [...new Set(parts.flatMap((part) => peopleOf(state, part)))];
  if (people.length === 0 || people.includes(personId) || standsInFor(state, personId).length > 0) return undefined;
  return people.map((id) => standInOf(state, id) ?? id);
}
