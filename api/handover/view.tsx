import type { JSX } from 'preact';
import { standardCases } from '../../domain/cases/standard.ts';
import { jobPhases } from '../../domain/job/state.ts';
import type { DirectorNeed } from '../../domain/people/hand-over-director.ts';
import { signsAs } from '../../domain/people/hand-over.ts';
import type { HandOver, HandOverLine } from '../../domain/people/hand-over.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { casePath, kindOfCase } from '../../store/cases.ts';
import { Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Actions, Button, Chip, Facts, FormValue, Notice, Sheet, type Fact } from '../view/parts.tsx';
import { dateInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { HandOverSaying } from './saying.ts';
import { HandOverSignatures } from './signatures.tsx';
import { handOverWords } from './words.ts';

/** A job or minutes by number and title. */
export function workName(lines: readonly HandOverLine[]): (processId: string) => string {
  return (processId) => {
    const line = lines.find((one) => one.processId === processId);
    return line ? nameOfLine(line) : processId;
  };
}

function nameOfLine({ jobNumber, title }: HandOverLine): string {
  return [jobNumber, title].filter(Boolean).join(' ');
}

function standingWords({ kind, standing, processId }: HandOverLine, lang: Lang): string {
  if (kind === 'case') {
    const state = standardCases[kindOfCase(processId)]?.states[standing];
    return state === undefined ? standing : pick(state.title, lang);
  }
  if (kind === 'draft') return words(lang, handOverWords)('notRequested');
  const phase = jobPhases.find((one) => one === standing);
  return phase === undefined ? standing : pick(phaseWords[phase], lang);
}

function whatMoves(line: HandOverLine, { lang, time }: HandOverSaying): readonly string[] {
  const t = words(lang, handOverWords);
  const parts = standardCases[kindOfCase(line.processId)]?.parts ?? {};
  return [
    ...(line.owned ? [t('answers')] : []),
    ...line.desks.map(({ circulation, step, dueAt }) => {
      const name = `${pick(circulationWords(circulation.split(':')[0] ?? ''), lang)} · ${pick(stepWords(step), lang)}`;
      return dueAt === undefined ? name : t('deskDue', { step: name, due: momentInWords(time, dueAt, lang) });
    }),
    ...line.parts.map((part) => {
      const known = Object.hasOwn(parts, part) ? parts[part] : undefined;
      return known === undefined ? part : pick(known.title, lang);
    }),
    ...(line.tasks > 0 ? [t('tasks', { n: line.tasks })] : []),
    ...line.revisions.map((n) => t('revision', { n })),
    ...(line.opinions > 0 ? [t('opinions', { n: line.opinions })] : []),
    ...(line.drafts > 0 ? [t('drafts', { n: line.drafts })] : []),
  ];
}

/** The list that is signed: every open piece of work and what of it goes over (F-57). */
export function HandOverList({
  lines,
  saying,
  value,
  remark,
}: {
  lines: readonly HandOverLine[];
  saying: HandOverSaying;
  /** The hand-over it belongs to; absent while none is started. */
  value?: Pick<HandOver, 'state' | 'from'>;
  remark?: string;
}): JSX.Element {
  const { lang, linked, nameOf } = saying;
  const t = words(lang, handOverWords);
  const done = value?.state === 'done';
  const title = done ? t('listDone') : t('list');
  const jobs = lines.filter(({ kind }) => kind === 'job');
  const desks = lines.reduce((sum, line) => sum + line.desks.length, 0);
  const begun = lines.filter(({ kind }) => kind === 'draft');
  const cases = lines.length - jobs.length - begun.length;
  const href = ({ kind, processId, jobNumber }: HandOverLine): string =>
    kind === 'job' ? `/jobs/${jobNumber ?? processId}` : casePath(processId);
  return (
    <Sheet title={title} id="list">
      {lines.length === 0 ? (
        <p>{done ? t('nothingMoved', { name: nameOf(value.from) }) : t('nothingMoves')}</p>
      ) : (
        <>
          <p class="num">
            {t('totals', { jobs: jobs.length, desks, cases })}
            {begun.length > 0 ? t('totalBegun', { n: begun.length }) : null}
          </p>
          <div class="rows-scroll" tabIndex={0} role="group" aria-label={title}>
            <table class="rows moved-table">
              <thead>
                <tr>
                  <th scope="col">{t('job')}</th>
                  <th scope="col">{t('stands')}</th>
                  <th scope="col">{t('what')}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => {
                  const draft = line.kind === 'draft';
                  // A draft is its writer's until it goes over: it is named, not opened.
                  const name = draft ? draftName(line, lang) : nameOfLine(line);
                  return (
                    <tr>
                      <td data-label={t('job')}>{linked && !draft ? <a href={href(line)}>{name}</a> : name}</td>
                      <td data-label={t('stands')}>{standingWords(line, lang)}</td>
                      <td data-label={t('what')}>{whatMoves(line, saying).join(' · ')}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
      {remark === undefined ? null : <p class="muted small">{remark}</p>}
    </Sheet>
  );
}

function draftName({ standing, title }: HandOverLine, lang: Lang): string {
  return [pick(paperWords(standing), lang), title].filter(Boolean).join(' · ');
}

/** What a hand-over says: who, what, on which ground, who has signed, and what became of it. */
export function HandOverFacts({
  value,
  director,
  saying,
}: {
  value: HandOver;
  /** Whose signature as account director it needs by now. */
  director: DirectorNeed | undefined;
  saying: HandOverSaying;
}): JSX.Element {
  const { lang, time, nameOf } = saying;
  const t = words(lang, handOverWords);
  const when = (at: string): string => momentInWords(time, at, lang);
  const titles = value.roles.map((role) => pick(roleFacts[role].title, lang)).join(lang === 'en' ? ', ' : '、');
  const { moved, ended } = value;
  const facts: Fact[] = [
    { label: t('state'), value: <Chip tone={value.state === 'done' ? 'done' : 'plain'}>{t(value.state)}</Chip> },
    { label: t('from'), value: nameOf(value.from) },
    { label: t('to'), value: nameOf(value.to) },
    { label: t('roles'), value: titles },
    { label: t('factBookOn'), value: dateInWords(value.factBookOn, lang) },
    { label: t('words'), value: value.words },
    { label: t('startedBy'), value: t('signedAt', { name: nameOf(value.startedBy), when: when(value.startedAt) }) },
    ...(moved
      ? [
          {
            label: t('moved'),
            value: t('movedAt', {
              when: when(moved.at),
              jobs: moved.jobs,
              cases: moved.cases,
              drafts: moved.drafts,
            }),
          },
        ]
      : []),
    ...(ended
      ? [
          { label: t('ended'), value: t('endedBy', { name: nameOf(ended.by), when: when(ended.at) }) },
          { label: t('why'), value: ended.words },
        ]
      : []),
  ];
  return (
    <>
      <Sheet>
        <Facts facts={facts} />
      </Sheet>
      <HandOverSignatures value={value} director={director} saying={saying} />
    </>
  );
}

/** What stands against it by now, in sentences; nothing where nothing does. */
export function HandOverProblems({ lines, lang }: { lines: readonly string[]; lang: Lang }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <Notice kind="refused" title={words(lang, handOverWords)('notPossible')}>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** The buttons of whoever is waited for, or who may withdraw it; each form carries its own value. */
export function HandOverChoices({
  value,
  reader,
  saying,
  action,
  formValue,
  blocked,
  maySayNo,
  typed = '',
  error,
}: {
  value: HandOver;
  reader: string;
  saying: HandOverSaying;
  action: string;
  formValue: () => string;
  /** Something stands against it: signing is not offered. */
  blocked: boolean;
  /** Whether the reader may end it without having been asked. */
  maySayNo: boolean;
  typed?: string;
  error?: string;
}): JSX.Element | null {
  const { lang, nameOf } = saying;
  const t = words(lang, handOverWords);
  const as = signsAs(value, reader);
  if (value.state !== 'asked' || (as === undefined && !maySayNo)) return null;
  const [from, to] = [nameOf(value.from), nameOf(value.to)];
  const meaning =
    as === 'director'
      ? t('signDirects', { from, to })
      : as === 'taker'
        ? t('signTakes', { from })
        : value.giverSigns === value.from
          ? t('signGives', { to })
          : t('signGivesFor', { left: from, to });
  const declines = as !== undefined && reader !== value.startedBy;
  return (
    <>
      {as !== undefined && !blocked ? (
        <form method="post" action={action}>
          <FormValue value={formValue()} />
          <Actions lead={meaning}>
            <Button kind="seal" name="do" value="sign">
              {t('sign')}
            </Button>
          </Actions>
        </form>
      ) : null}
      <Sheet title={declines ? t('decline') : t('withdraw')} id="no">
        <form method="post" action={action} novalidate>
          <FormValue value={formValue()} />
          <Field
            lang={lang}
            name="words"
            label={t('why')}
            kind={{ type: 'long' }}
            value={typed}
            maxLength={1000}
            required
            {...(error === undefined ? {} : { error })}
          />
          <p class="actions-row code-actions">
            <Button name="do" value="end">
              {declines ? t('decline') : t('withdraw')}
            </Button>
          </p>
        </form>
      </Sheet>
    </>
  );
}
