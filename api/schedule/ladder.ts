import { roleFacts, type Role } from '../../domain/people/roles.ts';
import { entryLadder, nextRung, type EntryRung } from '../../domain/schedule/ladder.ts';
import type { Entry } from '../../domain/schedule/state.ts';
import { pick, type Lang } from '../view/lang.ts';
import type { RungView } from '../view/rungs.tsx';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { scheduleWords } from './words.ts';

const kinds = {
  entryUnconfirmed: 'rungAhead',
  entryAhead: 'rungAhead',
  entryOverdue: 'rungOver',
  entryStalled: 'rungUp',
} as const satisfies Readonly<Record<EntryRung['notice'], keyof typeof scheduleWords>>;

function isTitle(hand: string): hand is Role {
  return Object.hasOwn(roleFacts, hand);
}

/** The rungs of an entry's date: what has happened and what comes. `nameOf` knows who is responsible and who owns the schedule. */
export function entryRungs(
  entry: Entry,
  { lang, time, nameOf }: { readonly lang: Lang; readonly time: TimeView; readonly nameOf: (hand: string) => string },
): readonly RungView[] {
  const t = words(lang, scheduleWords);
  const next = nextRung(entry)?.rung;
  return entryLadder.flatMap(({ of, notice, to }, n): RungView[] => {
    const rung = entry.rungs?.[n];
    if (of !== 'node' || rung === undefined) return [];
    // The last one named is the highest who hears of it.
    const hand = to.at(-1) ?? 'executor';
    const whom = isTitle(hand) ? pick(roleFacts[hand].title, lang) : nameOf(hand);
    const state = rung.rangAt !== undefined ? 'done' : n === next ? 'next' : 'ahead';
    const at = rung.rangAt ?? rung.at;
    return [
      {
        what: t(kinds[notice]),
        whom,
        when: momentInWords(time, at, lang),
        ...(state === 'next' ? { left: dueInWords(time, rung.at, lang).left } : {}),
        at,
        state,
      },
    ];
  });
}
