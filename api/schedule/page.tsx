import type { JSX } from 'preact';
import { caseKey } from '../../store/cases.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import {
  Actions,
  Button,
  ButtonLink,
  Chip,
  Empty,
  Facts,
  FormValue,
  History,
  Notice,
  Sheet,
  type Fact,
  type HistoryEntry,
} from '../view/parts.tsx';
import { Due, dueInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { ScheduleDesk } from './desk.ts';
import { EntryCard, OwnEntries, type EntryForms } from './entries.tsx';
import { isMine } from './read.ts';
import { scheduleWords } from './words.ts';

/** A sentence above the page about what was just done. */
export interface Remark {
  readonly kind: 'received' | 'accepted' | 'refused' | 'remark';
  readonly title: string;
}

const tones = { SCHEDULED: 'plain', FULFILLED: 'done' } as const;

/** Where the staff pages of a schedule lie. */
export function pageOf(processId: string): string {
  return `/schedules/${caseKey(processId)}`;
}

/** The labels of the fields that can be wrong in a form about an entry. */
export function wrongFields(
  { typed, error }: Pick<EntryForms, 'typed' | 'error'>,
  lang: ScheduleDesk['staff']['lang'],
): Parameters<typeof ErrorList>[0]['errors'] {
  const t = words(lang, scheduleWords);
  const labels = { words: t('declineWords'), evidence: t('reportWords'), doneAt: t('doneAt') };
  const label = Object.entries(labels).find(([name]) => name === error?.field)?.[1];
  if (error === undefined || label === undefined) return [];
  return [{ name: error.field, label, error: error.text, scope: `${typed['do'] ?? ''}-${typed['entry'] ?? ''}` }];
}

/** The execution schedule of a job, for people of the house: the reader's own tasks with what they can do, then everybody's. */
export function SchedulePage(props: {
  readonly desk: ScheduleDesk;
  readonly history: readonly HistoryEntry[];
  readonly forms: EntryForms;
  readonly remark?: Remark;
  readonly endError?: string;
}): JSX.Element {
  const { desk, history, forms, remark, endError } = props;
  const { staff, title, client, brand, job, state, entries, laying } = desk;
  const { lang } = staff;
  const t = words(lang, scheduleWords);
  const mine = entries.filter(isMine);
  const rest = entries.filter((entry) => !isMine(entry));
  const failed = wrongFields(forms, lang);
  return (
    <Page {...staff.frame} title={`${title} · ${t('title')}`} kind="wide">
      <header class="job-head">
        <p class="head-job">
          {job?.number === undefined ? null : <span class="code">{job.number}</span>}
          <span>{t('title')}</span>
          <span>{client}</span>
          {brand === client ? null : <span>{brand}</span>}
        </p>
        <h1>{title}</h1>
        {remark && failed.length === 0 ? <Notice kind={remark.kind} title={remark.title} /> : null}
        <ErrorList lang={lang} errors={failed} />
        {state === undefined ? null : <Facts class="job-facts" facts={factsOf(desk)} />}
      </header>
      <div class="case-split">
        <div class="case-main">
          {mine.length > 0 ? (
            <Sheet title={t('yours')} id="yours">
              <OwnEntries entries={mine} forms={forms} lang={lang} />
            </Sheet>
          ) : null}
          {entries.length === 0 ? (
            <Sheet>
              <Empty title={t('none')}>
                <p>{t('noneLead')}</p>
                {laying.why === undefined ? null : <p class="muted">{laying.why}</p>}
              </Empty>
            </Sheet>
          ) : null}
          {rest.length > 0 ? (
            <Sheet title={mine.length > 0 ? t('rest') : t('all')} id="all">
              {rest.map((entry) => (
                <EntryCard entry={entry} lang={lang} anchored />
              ))}
            </Sheet>
          ) : null}
        </div>
        <div class="case-side">
          {/* Whoever has tasks of their own here finds what to do with them, not that nothing is to be done. */}
          {mine.length > 0 && !mayDirect(desk) ? null : (
            <Sheet title={t('acts')} id="acts">
              <Acts desk={desk} {...(endError === undefined ? {} : { endError })} />
            </Sheet>
          )}
          {history.length === 0 ? null : (
            <Sheet title={t('history')} id="history">
              <History entries={history} />
            </Sheet>
          )}
        </div>
      </div>
    </Page>
  );
}

function factsOf({ state, count, staff, job, nameOf }: ScheduleDesk): readonly Fact[] {
  const { lang, time } = staff;
  const t = words(lang, scheduleWords);
  if (state === undefined || count === undefined) return [];
  const title = state.definition.states[state.state]?.title;
  const tone = Object.entries(tones).find(([key]) => key === state.state)?.[1] ?? 'plain';
  const next = state.entries
    .filter((entry) => entry.state !== 'done' && entry.node >= time.now)
    .map(({ node }) => node)
    .sort()[0];
  const paper = state.papers['F-11'];
  return [
    { label: t('now'), value: <Chip tone={tone}>{title === undefined ? state.state : pick(title, lang)}</Chip> },
    { label: t('confirmed'), value: t('ofAll', { n: count.confirmed, all: count.all }) },
    { label: t('finished'), value: t('ofAll', { n: count.done, all: count.all }) },
    {
      label: t('lateCount'),
      value: count.late === 0 ? undefined : <span class="late">{t('nItems', { n: count.late })}</span>,
    },
    { label: t('nextNode'), value: next === undefined ? undefined : <Due due={dueInWords(time, next, lang)} /> },
    { label: t('owner'), value: nameOf(state.ownerId) },
    { label: t('job'), value: job === undefined ? undefined : <a href={job.href}>{job.number ?? state.title}</a> },
    {
      label: t('paper'),
      value:
        paper === undefined || job === undefined ? undefined : (
          <a href={`${job.href}/papers/F-11/${String(paper.version)}`}>{t('paperVersion', { n: paper.version })}</a>
        ),
    },
  ];
}

/** Whether the schedule as a whole has anything for whoever looks, be it the reason why it cannot be changed now. */
function mayDirect({ laying, mayEnd }: ScheduleDesk): boolean {
  return laying.may || mayEnd || laying.why !== undefined;
}

function Acts({ desk, endError }: { desk: ScheduleDesk; endError?: string }): JSX.Element {
  const { laying, mayEnd, processId, entries, staff } = desk;
  const { lang } = staff;
  const t = words(lang, scheduleWords);
  if (!mayDirect(desk)) return <p class="muted">{t('nothing')}</p>;
  return (
    <>
      {laying.may ? (
        <p>
          <ButtonLink kind={entries.length === 0 ? 'ink' : 'plain'} href={`${pageOf(processId)}/write`}>
            {t(entries.length === 0 ? 'layDown' : 'change')}
          </ButtonLink>
        </p>
      ) : null}
      {laying.why === undefined ? null : <p class="muted small">{laying.why}</p>}
      {mayEnd ? (
        <details class="fold case-fold" open={endError !== undefined}>
          <summary>{t('setAsideFold')}</summary>
          <form method="post" action={pageOf(processId)} data-once>
            <FormValue value={desk.formValue()} />
            <Field
              lang={lang}
              scope="end"
              name="words"
              label={t('setAsideWords')}
              kind={{ type: 'long', rows: 2 }}
              value=""
              required
              {...(endError === undefined ? {} : { error: endError })}
            />
            <Actions>
              <Button kind="plain" name="do" value="setAside">
                {t('setAside')}
              </Button>
            </Actions>
          </form>
        </details>
      ) : null}
    </>
  );
}
