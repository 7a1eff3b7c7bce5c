import { casePath } from '../../store/cases.ts';
import { frozenPapers } from '../../store/papers.ts';
import type { DeskEntry } from '../../store/waiting.ts';
import { scheduleRowsOf } from '../../papers/timing/schedule.ts';
import type { ApiDeps } from '../deps.ts';
import type { Lang } from '../view/lang.ts';
import { namesFor } from '../view/read/house.ts';
import { dueInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { entryAnchor } from './read.ts';
import { scheduleWords } from './words.ts';

/** An entry of a schedule as a card of a desk. */
export interface EntryCardView {
  readonly href: string;
  readonly kind: string;
  readonly title: string;
  readonly about: string;
  readonly due: DueWords;
  readonly late: boolean;
  readonly button: string;
}

/** The cards of the entries that wait on somebody's desk: to be confirmed, or to be done and reported. */
export async function entryCards(
  deps: Pick<ApiDeps, 'store'>,
  entries: readonly DeskEntry[],
  personId: string,
  time: TimeView,
  lang: Lang,
): Promise<readonly EntryCardView[]> {
  if (entries.length === 0) return [];
  const t = words(lang, scheduleWords);
  const hashOf = ({ state }: DeskEntry): string => state.papers['F-11']?.hash ?? '';
  const [papers, names] = await Promise.all([
    frozenPapers(deps.store, [...new Set(entries.map(hashOf))]),
    namesFor(deps.store, { people: entries.map(({ entry }) => entry.owner), clients: [] }),
  ]);
  return entries.map((one): EntryCardView => {
    const { state, entry } = one;
    const rows = scheduleRowsOf(papers.get(hashOf(one))?.content);
    const states = { asked: t('asked'), confirmed: t('stateConfirmed'), declined: t('declined'), done: t('done') };
    const inFor = entry.owner === personId ? [] : [t('entryInFor', { who: names.person(entry.owner) })];
    return {
      href: `${casePath(state.processId)}#${entryAnchor(entry)}`,
      kind: t('entry'),
      title: rows[entry.row]?.task ?? state.title,
      about: [state.title, states[entry.state], ...inFor].join(' · '),
      due: dueInWords(time, entry.node, lang),
      late: entry.node < time.now,
      button: t(entry.state === 'asked' ? 'entryConfirm' : 'entryReport'),
    };
  });
}
