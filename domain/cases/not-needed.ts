import type { Stamp } from '../process.ts';
import type { CaseMailEffect, CaseMoved } from './acts.ts';
import { addressees, mailsOf } from './effects.ts';
import { askedNow } from './holders.ts';
import type { CaseState } from './state.ts';

/** Name of the mail that tells whoever was asked and has not answered that nothing is needed of them any more. */
export const notNeededNotice = 'notNeeded';

/**
 * Who was asked by mail where the case stood before a move, and whom the move leaves without a question: the mail
 * server took their mail, and it did not come back. Not whoever made the move, in their own name or for somebody, and not
 * whom the move, or the one that follows it at once, tells in a mail of its own. `state` is the one after the move.
 */
export function askedInVain(state: CaseState, { move, from, to, by, standInFor }: CaseMoved): readonly string[] {
  if (from === to) return [];
  const { moves } = state.definition;
  const tells = [move, moves[move]?.then].flatMap((name) => (name === undefined ? [] : (moves[name]?.tells ?? [])));
  const told = addressees(state, tells).flatMap((one) => ('personId' in one.to ? [one.to.personId] : []));
  const knows = new Set([by, standInFor, ...told]);
  const asked = askedNow({ ...state, state: from }).flatMap((notice) =>
    Object.entries(state.asked[notice]?.people ?? {}).flatMap(([personId, { acceptedAt, bouncedAt, standInId }]) => {
      const reached = acceptedAt !== undefined && bouncedAt === undefined;
      return reached && (standInId === undefined || standInId !== by) ? [personId] : [];
    }),
  );
  return [...new Set(asked)].filter((personId) => !knows.has(personId));
}

/** The mails that tell these people so; while one is on leave, whoever was asked in their place gets it. */
export function notNeededMails(
  state: CaseState,
  people: readonly string[],
  stamp: Stamp,
  words?: string,
): readonly CaseMailEffect[] {
  const parts = { ...state.parts, askedInVain: people };
  return mailsOf({ ...state, parts }, [{ notice: notNeededNotice, to: ['askedInVain'] }], stamp, {
    waits: true,
    words,
  });
}
