import type { JSX } from 'preact';
import { scopeOf } from '../../domain/people/may.ts';
import { reportedLately } from '../../store/reported.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import type { Lang } from '../view/lang.ts';
import { Chip, Sheet } from '../view/parts.tsx';
import { namesFor } from '../view/read/house.ts';
import { momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';

/** An important opinion of a client on the desk of its director. */
export interface DeskOpinion {
  readonly href: string;
  readonly job: string;
  readonly words: string;
  /** Who of the client said it, where that is known. */
  readonly from?: string;
  readonly by: string;
  readonly waits: boolean;
}

/**
 * What was reported to account directors of the brands in this person's charge: of the last week, and what still waits for
 * an answer. Undefined for whoever is neither director nor management.
 */
export async function deskOpinions(
  deps: Pick<ApiDeps, 'store'>,
  who: SignedIn,
  time: TimeView,
  lang: Lang,
): Promise<readonly DeskOpinion[] | undefined> {
  const directs = who.person.roles.some((role) => role === 'ACCOUNT_DIRECTOR' || role === 'MANAGEMENT');
  const reach = scopeOf(who.viewer, 'job.read');
  if (!directs || (reach.kind !== 'all' && reach.kind !== 'brands')) return undefined;
  const scope = reach.kind === 'all' ? 'all' : reach.brandIds;
  const found = await reportedLately(deps.store, { scope, now: time.now });
  const people = found.flatMap(({ opinion: { by, from } }) => [by, ...(from === undefined ? [] : [from])]);
  const names = await namesFor(deps.store, { people, clients: [] });
  const t = words(lang, boardWords);
  return found.map(({ job, opinion, waits }) => {
    const { at, by, from, words: said } = opinion;
    return {
      href: `/jobs/${encodeURIComponent(job.jobNumber ?? job._id)}`,
      job: [job.jobNumber, job.title].filter((one) => one !== undefined).join(' · '),
      words: said,
      ...(from === undefined ? {} : { from: names.person(from) }),
      by: t('importantBy', { who: names.person(by), when: momentInWords(time, at, lang) }),
      waits,
    };
  });
}

/** The list of them, newest first. */
export function Opinions({
  opinions,
  lang,
}: {
  readonly opinions: readonly DeskOpinion[];
  readonly lang: Lang;
}): JSX.Element {
  const t = words(lang, boardWords);
  return (
    <Sheet id="important" title={t('importantOpinions')}>
      {opinions.length === 0 ? <p class="muted small">{t('importantNone')}</p> : null}
      <ul class="small-list">
        {opinions.map((one) => (
          <li>
            <a href={one.href}>{one.job}</a> {one.waits ? <Chip tone="client">{t('importantWaits')}</Chip> : null}
            <p class="prose">{one.words}</p>
            <p class="muted small">{[...(one.from === undefined ? [] : [one.from]), one.by].join(' · ')}</p>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
