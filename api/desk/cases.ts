import { limitOf } from '../../domain/cases/limit.ts';
import { nextStepsOf } from '../../papers/meetings/minutes.ts';
import { casePath, type FoldedCase } from '../../store/cases.ts';
import { frozenPaper } from '../../store/papers.ts';
import { casesWaiting } from '../../store/waiting.ts';
import type { ApiDeps } from '../deps.ts';
import { entryCards } from '../schedule/desk-cards.ts';
import { pick, type Lang } from '../view/lang.ts';
import { dateInWords, dueInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';

/** Something out of cases that waits on a desk: a task, an entry of a schedule, or a case in which it is this person's turn. */
export interface DeskCase {
  readonly href: string;
  /** Kind of the case, or that it is a task. */
  readonly kind: string;
  readonly title: string;
  /** For a task the minutes it comes from, for a case where it stands. */
  readonly about: string;
  readonly due?: DueWords;
  /** The day of a task whose moment the calendar has not said yet. */
  readonly day?: string;
  readonly late: boolean;
  readonly button: string;
}

/** What of cases waits for a person: their tasks and entries, and what it is their turn in, due first on top. */
export async function readDeskCases(
  deps: Pick<ApiDeps, 'store'>,
  personId: string,
  time: TimeView,
  lang: Lang,
): Promise<readonly DeskCase[]> {
  const { tasks, turns, entries } = await casesWaiting(deps.store, personId);
  const t = words(lang, boardWords);
  const texts = await actionsOf(
    deps,
    tasks.map(({ state }) => state),
  );
  const found = [
    ...(await entryCards(deps, entries, personId, time, lang)),
    ...tasks.map(({ state, task }): DeskCase => {
      const { dueAt, row, version, id, keyDate } = task;
      const action = version === state.papers['F-15']?.version ? texts.get(state.processId)?.[row] : undefined;
      return {
        href: `${casePath(state.processId)}#task-${id.replace('.', '-')}`,
        kind: t('task'),
        title: action ?? state.title,
        about: t('taskOf', { title: state.title }),
        ...(dueAt === undefined
          ? { day: dateInWords(keyDate, lang) }
          : { due: dueInWords(time, dueAt, lang, task.provisional) }),
        late: dueAt !== undefined && dueAt < time.now,
        button: t('taskSettle'),
      };
    }),
    ...turns.map(({ state }): DeskCase => {
      const limit = limitOf(state);
      const standing = state.definition.states[state.state]?.title;
      return {
        href: casePath(state.processId),
        kind: pick(state.definition.title, lang),
        title: state.title,
        about: standing === undefined ? state.state : pick(standing, lang),
        ...(limit === undefined ? {} : { due: dueInWords(time, limit.at, lang, limit.provisional || undefined) }),
        late: limit !== undefined && limit.at < time.now,
        button: t('open'),
      };
    }),
  ];
  const order = ({ due }: DeskCase): string => due?.at ?? '9999';
  return found.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

/** The actions of the newest minutes of each of these, by process. */
async function actionsOf(
  { store }: Pick<ApiDeps, 'store'>,
  states: readonly FoldedCase[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const newest = new Map(states.map(({ processId, papers }) => [processId, papers['F-15']?.hash]));
  const found = await Promise.all(
    [...newest].map(async ([processId, hash]) => {
      const content = hash === undefined ? undefined : (await frozenPaper(store, hash))?.content;
      return [processId, nextStepsOf(content).map(({ action }) => action)] as const;
    }),
  );
  return new Map(found);
}
