import type { StateKey } from '../../domain/cases/definition.ts';
import type { FoldedCase } from '../../store/cases.ts';
import type { Seal, SealState } from '../view/chain.tsx';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { meetingWords } from './words.ts';

type Three = readonly [SealState, SealState, SealState];

/** Where the paper lies, state by state: with whom it is written, with whom it is reviewed, with the client. */
const standings: Readonly<Partial<Record<StateKey, Three>>> = {
  DUE: ['here', 'waiting', 'waiting'],
  DRAFTED: ['here', 'waiting', 'waiting'],
  AT_SUPERVISOR: ['signed', 'here', 'waiting'],
  APPROVED: ['signed', 'signed', 'waiting'],
  SENT: ['signed', 'signed', 'here'],
  OBJECTED: ['here', 'waiting', 'back'],
  CONFIRMED: ['signed', 'signed', 'signed'],
  FILED: ['signed', 'signed', 'signed'],
  // Silence is no signature: the client's seal stays empty until they sign after all.
  DEEMED_CONFIRMED: ['signed', 'signed', 'waiting'],
  FILED_TACIT: ['signed', 'signed', 'waiting'],
  UNANSWERED: ['signed', 'signed', 'waiting'],
};

const nowhere: Three = ['notApplicable', 'notApplicable', 'notApplicable'];

/** Whether the newest thing that happened to minutes under review was that they were sent back. */
export function wasReturned({ state, made }: Pick<FoldedCase, 'state' | 'made'>): boolean {
  const [returned, submitted] = [made['return'], made['submit']];
  return state === 'DRAFTED' && returned !== undefined && submitted !== undefined && returned.at >= submitted.at;
}

/** The chain of minutes: who wrote them, who reviewed them, the client who confirms. */
export function minutesSeals(state: FoldedCase, lang: Lang, nameOf: (personId: string) => string): readonly Seal[] {
  const t = words(lang, meetingWords);
  const [author, reviewer, client] = standings[state.state] ?? nowhere;
  const first = (part: string): string | undefined => state.parts[part]?.[0];
  const who = (personId: string | undefined): { readonly who?: string } =>
    personId === undefined ? {} : { who: nameOf(personId) };
  return [
    { seal: '写', title: t('author'), state: author, ...who(state.papers['F-15']?.by ?? state.ownerId) },
    {
      seal: '审',
      title: t('reviewer'),
      state: wasReturned(state) ? 'back' : reviewer,
      ...who(state.made['approve']?.by ?? first('reviewer')),
    },
    { seal: '方', title: t('theClient'), state: client, ...who(first('confirmer')) },
  ];
}
