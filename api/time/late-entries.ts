import { entryDesk } from '../../domain/schedule/state.ts';
import { scheduleRowsOf } from '../../papers/timing/schedule.ts';
import { casePath } from '../../store/cases.ts';
import type { LateEntry } from '../../store/late-entries.ts';
import { frozenPapers } from '../../store/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { entryRungs } from '../schedule/ladder.ts';
import { entryAnchor } from '../schedule/read.ts';
import { scheduleWords } from '../schedule/words.ts';
import type { Lang } from '../view/lang.ts';
import type { HouseNames } from '../view/read/house.ts';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { nextOf, type LateLine } from './late-model.ts';

/** Everybody the lines of late entries name. */
export function entryPeople(entries: readonly LateEntry[]): string[] {
  return entries.flatMap(({ state, entry }) => [state.ownerId, entry.owner, entryDesk(state, entry)]);
}

const whys = {
  asked: 'lateUnconfirmed',
  confirmed: 'lateConfirmed',
  declined: 'lateDeclined',
  done: 'done',
} as const;

/** The lines of scheduled tasks past their date, among what is late: red, with whose they are and who hears of it next. */
export async function entryLines(
  deps: Pick<ApiDeps, 'store'>,
  entries: readonly LateEntry[],
  { lang, time, names }: { readonly lang: Lang; readonly time: TimeView; readonly names: HouseNames },
): Promise<readonly LateLine[]> {
  const t = words(lang, scheduleWords);
  const hashOf = ({ state }: LateEntry): string => state.papers['F-11']?.hash ?? '';
  const papers = await frozenPapers(deps.store, [...new Set(entries.map(hashOf))]);
  return entries.map((one): LateLine => {
    const { job, state, entry } = one;
    const row = scheduleRowsOf(papers.get(hashOf(one))?.content)[entry.row];
    const nameOf = (hand: string): string => names.person(hand === 'owner' ? state.ownerId : entry.owner);
    const rungs = entryRungs(entry, { lang, time, nameOf });
    return {
      id: `${state.processId}#${entry.id}`,
      href: `${casePath(state.processId)}#${entryAnchor(entry)}`,
      ...(job.jobNumber === undefined ? {} : { number: job.jobNumber }),
      title: row?.task ?? job.title,
      brand: names.brand(job.brandId),
      about: job.title,
      late: true,
      side: 'agency',
      holder: names.person(entryDesk(state, entry)),
      step: [t('title'), row?.stage ?? ''].filter(Boolean).join(' · '),
      since: momentInWords(time, entry.askedAt, lang),
      due: dueInWords(time, entry.node, lang),
      why: t(whys[entry.state]),
      rungs,
      ...nextOf(rungs),
      others: 0,
    };
  });
}
