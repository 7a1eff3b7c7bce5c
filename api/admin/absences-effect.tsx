import type { JSX } from 'preact';
import { stepWords } from '../../domain/wording/steps.ts';
import { shownDesks, type MovedDesk } from '../leave/effect.ts';
import { absenceWords } from '../leave/words.ts';
import { pick, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';

/** The preview: job, step, and who gets it with both names; desks the reader may not see are only counted. */
export function LeaveEffectView({
  moved,
  unseen,
  nameOf,
  lang,
}: {
  moved: readonly MovedDesk[];
  unseen: number;
  nameOf: (personId: string) => string;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, absenceWords);
  const others = unseen === 0 ? null : <p class="muted">{t('effectUnseen', { n: unseen })}</p>;
  if (moved.length === 0) return others ?? <p>{t('effectNone')}</p>;
  const goesTo = ({ goesTo: holders, caretaker }: MovedDesk): string => {
    const names = holders.map(({ personId, standInFor }) =>
      standInFor === undefined
        ? nameOf(personId)
        : t('forWhom', { name: nameOf(personId), absent: nameOf(standInFor) }),
    );
    const said = names.length === 0 ? t('nobody') : names.join(lang === 'en' ? ', ' : '、');
    return caretaker ? t('caretaker', { name: said }) : said;
  };
  return (
    <>
      {moved.length + unseen === shownDesks ? <p class="muted small">{t('effectFirst', { n: shownDesks })}</p> : null}
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('effect')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              <th scope="col">{t('job')}</th>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('goesTo')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((one) => (
              <tr>
                <td data-label={t('job')}>
                  <a href={`/jobs/${one.desk.processId}`}>
                    {[one.desk.jobNumber, one.desk.title].filter(Boolean).join(' ')}
                  </a>
                </td>
                <td data-label={t('step')}>{pick(stepWords(one.desk.step), lang)}</td>
                <td data-label={t('goesTo')}>{goesTo(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {others}
    </>
  );
}
