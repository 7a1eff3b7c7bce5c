import type { HandOverWait } from '../../domain/people/hand-over.ts';
import { handOversAsked } from '../../store/hand-overs.ts';
import type { ApiDeps } from '../deps.ts';
import { dueOfWait, rungsOfWait } from '../handover/ladder.tsx';
import { mayRead, type HandOverEntry } from '../handover/read.ts';
import { handOverWords } from '../handover/words.ts';
import type { SignedIn } from '../session/identify.ts';
import type { Lang } from '../view/lang.ts';
import type { HouseNames } from '../view/read/house.ts';
import { momentInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { nextOf, whyItStands, type LateLine } from './late-model.ts';

/** Hand-overs that wait for a signature, as far as somebody may read them; `brand` narrows, empty it does not. */
export async function handOversWaiting(
  { store }: Pick<ApiDeps, 'store'>,
  who: SignedIn,
  brand: string,
): Promise<readonly HandOverEntry[]> {
  const asked = await handOversAsked(store);
  return asked.filter(({ value }) => (brand === '' || value.brandId === brand) && mayRead(who, value));
}

/** Everybody the lines of hand-overs name. */
export function namedIn(entries: readonly HandOverEntry[]): string[] {
  return entries.flatMap(({ value: { from, to, startedBy, waits = [] } }) => [
    from,
    to,
    startedBy,
    ...waits.map(({ personId }) => personId),
  ]);
}

/** The line of a hand-over: the signature that is due first, and who else has not signed; nothing where none is counted. */
export function handOverLine(
  { id, value }: HandOverEntry,
  { lang, time, names }: { readonly lang: Lang; readonly time: TimeView; readonly names: HouseNames },
): readonly LateLine[] {
  const t = words(lang, handOverWords);
  const saying = { lang, time, nameOf: names.person };
  const [wait, ...others] = [...(value.waits ?? [])].sort(dueFirst);
  const due = wait && dueOfWait(wait, saying);
  if (!wait || !due) return [];
  const rungs = rungsOfWait(value, wait, saying);
  const brand = names.brand(value.brandId);
  return [
    {
      id,
      href: `/admin/hand-overs/${id}`,
      title: t('handOverOf', { brand }),
      brand,
      about: `${names.person(value.from)} → ${names.person(value.to)}`,
      late: due.over,
      side: 'agency',
      holder: names.person(wait.personId),
      step: t(signsAsWords[wait.part]),
      since: momentInWords(time, wait.since, lang),
      due,
      why: whyItStands({ rungs: wait.rungs, askedAt: wait.since, round: 1 }, lang),
      rungs,
      ...nextOf(rungs),
      others: others.length,
    },
  ];
}

const signsAsWords = { giver: 'asGiver', taker: 'asTaker', director: 'asDirector' } as const;

/** Instants sort as texts; what could not be counted comes last. */
function dueFirst({ dueAt: a = '9999' }: HandOverWait, { dueAt: b = '9999' }: HandOverWait): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
