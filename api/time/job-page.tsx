import type { JSX } from 'preact';
import { ButtonLink, Empty, Sheet } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { words } from '../view/words/index.ts';
import { amount } from './amount.ts';
import { JobPage } from './frame.tsx';
import type { JobTimeView } from './model.ts';
import { TimeLine } from './picture.tsx';
import { Rows, ShareTable, Side } from './tables.tsx';
import { timeWords } from './words.ts';

/** Where one job's time went, from its first entry to now or to its archive. */
export function JobTimePage({ view, frame }: { view: JobTimeView; frame: Frame }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  const { revisions } = view;
  const title = t('jobTitle', { title: view.title });
  const said = {
    agency: amount(view.agencyMs, lang),
    client: amount(view.clientMs, lang),
    between: amount(view.betweenMs, lang),
    whole: amount(view.wholeMs, lang),
  };
  return (
    <JobPage frame={frame} lang={lang} title={title} job={view}>
      {view.picture ? (
        <>
          <Sheet class="stack">
            <p class="time-lead">
              {view.holdMs > 0 ? t('jobLeadHeld', { ...said, hold: amount(view.holdMs, lang) }) : t('jobLead', said)}
            </p>
            <p class="small time-facts">
              {[
                revisions.all > 0
                  ? t('rounds', {
                      n: revisions.all,
                      client: revisions.client,
                      agency: revisions.agency,
                      brief: revisions.brief,
                    })
                  : '',
                view.clientOverMs > 0 ? t('clientOver', { time: amount(view.clientOverMs, lang) }) : '',
                view.agencyOverMs > 0 ? t('agencyOver', { time: amount(view.agencyOverMs, lang) }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <TimeLine picture={view.picture} lang={lang} />
            <p class="muted small">{t('jobNote')}</p>
          </Sheet>
          <div class="time-split">
            <Sheet id="people" title={t('perPerson')}>
              <ShareTable
                lang={lang}
                label={t('perPerson')}
                name={t('who')}
                lines={view.people}
                whole={view.agencyMs + view.clientMs}
              />
            </Sheet>
            <Sheet id="roles" title={t('perRole')}>
              <ShareTable
                lang={lang}
                label={t('perRole')}
                name={t('title')}
                lines={view.roles}
                whole={view.agencyMs + view.clientMs}
              />
            </Sheet>
            <Sheet id="between" title={t('perPhase')}>
              <p class="muted small">{t('perPhaseLead')}</p>
              <ShareTable
                lang={lang}
                label={t('perPhase')}
                name={t('phase')}
                lines={view.between}
                whole={view.betweenMs}
              />
            </Sheet>
          </div>
          <DeskTable view={view} />
        </>
      ) : (
        <Empty title={t('nothingYet')}>
          <p>
            <ButtonLink href={view.jobHref}>{t('backToJob')}</ButtonLink>
          </p>
        </Empty>
      )}
    </JobPage>
  );
}

function DeskTable({ view }: { view: JobTimeView }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <Sheet id="desks" title={t('perStep')}>
      <Rows
        label={t('perStep')}
        heads={[
          { text: t('step') },
          { text: t('round'), number: true },
          { text: t('who') },
          { text: t('side') },
          { text: t('from') },
          { text: t('until') },
          { text: t('lay'), number: true },
          { text: t('over'), number: true },
          { text: t('share'), number: true },
        ]}
      >
        <tbody>
          {view.desks.map((desk) => (
            <tr>
              <td>{desk.step}</td>
              <td class="num time-number">{desk.round}</td>
              <td>{desk.who}</td>
              <td>
                <Side side={desk.side} lang={lang} />
              </td>
              <td class="num nowrap">{desk.from}</td>
              <td class="num nowrap">{desk.until ?? t('still')}</td>
              <td class="num time-number">{amount(desk.layMs, lang)}</td>
              <td class={`num time-number${desk.overMs > 0 ? ' late' : ''}`}>{amount(desk.overMs, lang)}</td>
              <td class="num time-number">{amount(desk.shareMs, lang)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={8}>
              {t('sum')}
            </th>
            <td class="num time-number">{amount(view.agencyMs + view.clientMs, lang)}</td>
          </tr>
        </tfoot>
      </Rows>
    </Sheet>
  );
}
