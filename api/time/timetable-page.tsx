import type { JSX } from 'preact';
import { timetablePeriods, type TimetablePeriod } from '../../domain/timetable/period.ts';
import { ButtonLink, Chip, Empty, Facts, Notice, Sheet } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { langOfWords } from '../view/lang.ts';
import { TimetableChart } from '../view/timetable.tsx';
import { words } from '../view/words/index.ts';
import { timetableWords } from '../view/words/timetable.ts';
import { JobPage } from './frame.tsx';
import { Rows, Side } from './tables.tsx';
import type { InsideView, NodeLine, TimetableView } from './timetable-model.ts';

type Stands = NonNullable<TimetableView['stands']>;

/** A job's timetable: what was agreed, what comes, whose the delay is, and what float is left; or as the client sees it. */
export function TimetablePage({ view, frame }: { view: TimetableView; frame: Frame }): JSX.Element {
  const { lang, outside, stands } = view;
  const t = words(lang, timetableWords);
  const title = t('title', { title: view.title });
  return (
    <JobPage frame={frame} lang={lang} title={title} job={view}>
      <nav class="time-pages" aria-label={t('versions')}>
        <a class="chip" href={hrefOf(view, false, view.period)} aria-current={outside ? undefined : 'page'}>
          {t('inside')}
        </a>
        <a class="chip" href={hrefOf(view, true, view.period)} aria-current={outside ? 'page' : undefined}>
          {t('outside')}
        </a>
      </nav>
      {stands ? (
        <nav class="time-pages" aria-label={t('periods')}>
          {([undefined, ...timetablePeriods] as const).map((period) => (
            <a
              class="chip"
              href={hrefOf(view, outside, period)}
              aria-current={view.period === period ? 'page' : undefined}
            >
              {t(period ?? 'whole')}
            </a>
          ))}
        </nav>
      ) : null}
      {stands ? (
        <>
          <Warnings view={view} stands={stands} />
          <Sheet id="picture" class="stack">
            <Facts class="tt-facts" facts={factsOf(stands, view)} />
            {stands.counted ? null : <p class="muted">{t('uncounted')}</p>}
            <TimetableChart picture={stands.picture} lang={lang} />
            <p class="muted small">{outside ? t('outsideNote') : stands.accepted}</p>
          </Sheet>
          <Nodes view={view} stands={stands} />
          <Stages view={view} stands={stands} />
          {stands.inside ? <Delays inside={stands.inside} view={view} /> : null}
        </>
      ) : (
        <Empty title={t('none')}>
          {view.offered === undefined ? null : <p>{view.offered}</p>}
          <p>{t('noneText')}</p>
          <FormLink href={view.writeHref} text={t('write')} />
        </Empty>
      )}
    </JobPage>
  );
}

/** The way to the form; whoever may not send it sees how things stand, and no button. */
function FormLink({ href, text }: { readonly href: string | undefined; readonly text: string }): JSX.Element {
  if (href === undefined) return <></>;
  return (
    <p>
      <ButtonLink href={href} kind="ink">
        {text}
      </ButtonLink>
    </p>
  );
}

/** The page of a version and of a week, a month or all of it. */
function hrefOf({ jobHref }: TimetableView, outside: boolean, period: TimetablePeriod | undefined): string {
  const asked = new URLSearchParams({ ...(outside ? { version: 'outside' } : {}), ...(period ? { period } : {}) });
  return `${jobHref}/timetable${asked.size > 0 ? `?${asked.toString()}` : ''}`;
}

function factsOf({ delivery, inside }: Stands, { lang }: TimetableView) {
  const t = words(lang, timetableWords);
  return [
    { label: `${t('delivery')} · ${t('baseline')}`, value: <b>{delivery}</b> },
    ...(inside
      ? [
          {
            label: `${t('delivery')} · ${inside.delivered ? t('delivered') : t('forecast')}`,
            value: <b class={inside.late ? 'tt-late' : ''}>{inside.comes}</b>,
          },
          { label: t('behind'), value: inside.behind },
          { label: t('whose'), value: inside.whose },
          { label: t('float'), value: inside.float },
        ]
      : []),
  ];
}

function Warnings({ view, stands }: { view: TimetableView; stands: Stands }): JSX.Element {
  const t = words(view.lang, timetableWords);
  const { inside, pending } = stands;
  if (view.outside) return <></>;
  return (
    <>
      {pending ? <Notice kind="remark" title={pending} /> : null}
      {inside?.extension && !pending ? (
        <Notice kind="remark" title={t('extension')}>
          <p>{inside.extension}</p>
          <FormLink href={view.writeHref} text={t('sendExtension')} />
        </Notice>
      ) : inside?.floatUsed ? (
        <Notice kind="remark" title={t('floatUsed')} />
      ) : null}
    </>
  );
}

function Nodes({ view, stands }: { view: TimetableView; stands: Stands }): JSX.Element {
  const { lang, outside } = view;
  const t = words(lang, timetableWords);
  const heads = [
    { text: t('node') },
    { text: outside ? t('delivery') : t('baseline') },
    ...(outside ? [] : [{ text: t('forecast') }, { text: t('moved'), number: true }]),
    { text: t('state') },
    ...(outside ? [] : [{ text: t('float'), number: true }]),
  ];
  const named = outside ? heads.map((head, place) => (place === 1 ? { text: t('baseline') } : head)) : heads;
  // Who cannot mark a node is not asked to.
  const unseen = t(stands.inside?.canMark ? 'unseen' : 'unmarked');
  const stateOf = (node: NodeLine): string => {
    if (node.state === 'reached') return t('reached', { when: node.reached ?? '' });
    return outside || node.state === 'ahead' ? t('ahead') : unseen;
  };
  return (
    <Sheet id="nodes" title={t('nodes')}>
      <Rows label={t('nodes')} heads={named} cards>
        <tbody>
          {stands.nodes.map((node) => (
            <tr>
              <td>
                <span lang={langOfWords(node.name, lang)}>{node.name}</span>{' '}
                {node.clientApproval ? <Chip tone="client">{t('approves')}</Chip> : null}
              </td>
              <td class="num nowrap" data-label={t('baseline')}>
                {node.date}
              </td>
              {outside ? null : (
                <>
                  <td class={`num nowrap${node.moved ? ' tt-late' : ''}`} data-label={t('forecast')}>
                    {node.forecast ?? '–'}
                  </td>
                  <td class="num time-number" data-label={t('moved')}>
                    {node.moved ?? '–'}
                  </td>
                </>
              )}
              <td data-label={t('state')}>
                {node.state === 'reached' ? <Chip tone="done">{stateOf(node)}</Chip> : stateOf(node)}
              </td>
              {outside ? null : (
                <td class="num time-number" data-label={t('float')}>
                  {node.float ?? '–'}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Rows>
      {stands.inside?.canMark ? (
        <p>
          <ButtonLink href={`${view.jobHref}/acts/reachNode`} kind="quiet">
            {t('markReached')}
          </ButtonLink>
        </p>
      ) : null}
    </Sheet>
  );
}

function Stages({ view, stands }: { view: TimetableView; stands: Stands }): JSX.Element {
  const { lang, outside } = view;
  const t = words(lang, timetableWords);
  return (
    <Sheet id="stages" title={t('stages')}>
      <Rows
        label={t('stages')}
        cards
        heads={[
          { text: t('stage') },
          { text: t('owner') },
          { text: t('baseline') },
          ...(outside ? [] : [{ text: t('forecast') }]),
        ]}
      >
        <tbody>
          {stands.stages.map((stage) => (
            <tr>
              <td>
                <span lang={langOfWords(stage.stage, lang)}>{stage.stage}</span>{' '}
                {stage.internal ? <Chip>{t('internal')}</Chip> : null}
              </td>
              <td class="nowrap" data-label={t('owner')}>
                <span lang={langOfWords(stage.owner, lang)}>{stage.owner}</span>
              </td>
              <td class="num" data-label={t('baseline')}>
                {stage.dates}
              </td>
              {outside ? null : (
                <td class={`num${stage.later ? ' tt-late' : ''}`} data-label={t('forecast')}>
                  {stage.forecast ?? '–'}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Rows>
    </Sheet>
  );
}

function Delays({ inside, view }: { inside: InsideView; view: TimetableView }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timetableWords);
  return (
    <>
      <Sheet id="delays" title={t('delays')}>
        <p class="muted small">{t('delaysText')}</p>
        {inside.desks.length === 0 ? (
          <p>{t('noDelays')}</p>
        ) : (
          <Rows
            label={t('delays')}
            heads={[
              { text: t('step') },
              { text: t('round'), number: true },
              { text: t('side') },
              { text: t('beyond'), number: true },
            ]}
          >
            <tbody>
              {inside.desks.map((desk) => (
                <tr>
                  <td>{desk.step}</td>
                  <td class="num time-number">{desk.round}</td>
                  <td>
                    <Side side={desk.side} lang={lang} />
                  </td>
                  <td class="num time-number">{desk.beyond}</td>
                </tr>
              ))}
            </tbody>
          </Rows>
        )}
      </Sheet>
      {inside.earlier.length > 0 ? (
        <Sheet id="earlier" title={t('earlier')}>
          <ul class="small-list">
            {inside.earlier.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </>
  );
}
