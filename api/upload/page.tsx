import type { JSX } from 'preact';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field, fieldId } from '../view/fields.tsx';
import { sizeInWords } from '../view/artwork.tsx';
import type { Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { Actions, Button, ButtonLink, Chip, Facts, FormValue, Notice, Sheet, type Fact } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { KeptFile, TypedVersion, VersionErrors } from './typed.ts';
import { uploadWords } from './words.ts';

/** The upload page as it is shown. */
export interface UploadView {
  readonly job: { readonly href: string; readonly number?: string; readonly title: string };
  readonly piece: string;
  readonly version: number;
  readonly facts: readonly Fact[];
  readonly stages: readonly {
    readonly value: string;
    readonly label: string;
    readonly why?: string;
    readonly goesTo: string;
  }[];
  readonly typed: TypedVersion;
  readonly proposed: readonly string[];
  readonly law: readonly { readonly word: string; readonly around: string }[];
  readonly errors: VersionErrors;
  readonly notice?: {
    readonly kind: 'refused' | 'accepted' | 'remark';
    readonly title: string;
    readonly text?: string;
  };
  readonly formValue: string;
  readonly action: string;
  readonly maxMegabytes: number;
  readonly maxFiles: number;
  readonly possible: boolean;
  readonly why?: string;
}

function Stages({ view, lang }: { view: UploadView; lang: Lang }): JSX.Element {
  const t = words(lang, uploadWords);
  return (
    <fieldset class={`field${view.errors.stage ? ' field-bad' : ''}`}>
      <legend>
        {t('stage')} <span class="must">{t('required')}</span>
      </legend>
      {view.errors.stage ? <p class="error">{view.errors.stage}</p> : null}
      <div class="stage-choices">
        {view.stages.map((stage, index) => (
          <label class={`choice stage-choice${stage.why ? ' stage-off' : ''}`}>
            <input
              type="radio"
              id={index === 0 ? fieldId('stage') : undefined}
              name="stage"
              value={stage.value}
              checked={view.typed.stage === stage.value}
              disabled={stage.why !== undefined}
            />
            <span>
              <b>{stage.label}</b>
              <span class="muted small">{stage.why ? t('stageWhy', { why: stage.why }) : stage.goesTo}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Kept({
  file,
  place,
  proposed,
  error,
  lang,
}: {
  file: KeptFile;
  place: number;
  proposed: string;
  error: string | undefined;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, uploadWords);
  const name = `file[${place}][name]`;
  return (
    <li class={`kept${error ? ' field-bad' : ''}`}>
      <input type="hidden" name={`file[${place}][id]`} value={file.id} />
      <div class="kept-name">
        <label for={fieldId(name)}>
          {t('nameOf', { name: file.sent })} <span class="muted small num">{sizeInWords(file.size)}</span>
        </label>
        {error ? (
          <p class="error" id={`${fieldId(name)}-error`}>
            {error}
          </p>
        ) : null}
        <input
          id={fieldId(name)}
          type="text"
          name={name}
          value={file.name}
          maxLength={255}
          autocomplete="off"
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${fieldId(name)}-error` : undefined}
        />
        {file.name === proposed ? null : <p class="hint">{t('proposed', { name: proposed })}</p>}
      </div>
      <div class="kept-use">
        <label for={fieldId(`use-${place}`)} class="small muted">
          {t('keepAs')}
        </label>
        <select id={fieldId(`use-${place}`)} name={`file[${place}][use]`}>
          <option value="view" selected={file.use === 'view'}>
            {t('asView')}
          </option>
          <option value="master" selected={file.use === 'master'}>
            {t('asMaster')}
          </option>
          <option value="drop">{t('drop')}</option>
        </select>
      </div>
    </li>
  );
}

function Law({ view, lang }: { view: UploadView; lang: Lang }): JSX.Element | null {
  const t = words(lang, uploadWords);
  if (view.law.length === 0) return null;
  return (
    <div class={`law${view.errors.lawSeen ? ' field-bad' : ''}`}>
      <p>
        <Chip tone="law">{t('lawFound', { n: view.law.length })}</Chip>
      </p>
      <ul class="law-list">
        {view.law.slice(0, 40).map((hit) => (
          <li>
            <b>{hit.word}</b> <span class="muted">…{hit.around}…</span>
          </li>
        ))}
      </ul>
      <p class="small muted">{t('lawWhat')}</p>
      {view.errors.lawSeen ? <p class="error">{view.errors.lawSeen}</p> : null}
      <label class="choice">
        <input type="checkbox" id={fieldId('lawSeen')} name="lawSeen" value="true" checked={view.typed.lawSeen} />
        <span>{t('lawSeen')}</span>
      </label>
    </div>
  );
}

function Files({ view, lang }: { view: UploadView; lang: Lang }): JSX.Element {
  const t = words(lang, uploadWords);
  const { typed } = view;
  const limits = t('limits', { max: view.maxMegabytes, n: view.maxFiles });
  const error = (name: string): { error?: string } =>
    view.errors[name] === undefined ? {} : { error: view.errors[name] };
  return (
    <Sheet title={t('names')} id="files">
      {typed.files.length > 0 ? (
        <>
          <p class="muted small">{t('namesWhy')}</p>
          <ul class="kept-list">
            {typed.files.map((file, place) => (
              <Kept
                file={file}
                place={place}
                proposed={view.proposed[place] ?? ''}
                error={view.errors[`file[${place}][name]`]}
                lang={lang}
              />
            ))}
          </ul>
          <p>
            <Button kind="quiet" name="do" value="rename">
              {t('useProposed')}
            </Button>
          </p>
        </>
      ) : null}
      <Field
        lang={lang}
        name="view"
        label={t('viewFiles')}
        hint={`${t('viewHint')} · ${limits}`}
        kind={{ type: 'files', held: [], accept: '.pdf,.jpg,.jpeg,.png,.mp4' }}
        {...error('view')}
      />
      <Field
        lang={lang}
        name="master"
        label={t('masterFiles')}
        hint={t('masterHint')}
        kind={{ type: 'files', held: [] }}
        {...error('master')}
      />
      <div
        class="progress"
        data-upload-progress
        data-text={t('progress', { percent: '#' })}
        data-failed={t('notSaved')}
        hidden
      >
        <progress max={100} value={0} aria-label={t('title')} />
        <p class="small muted" aria-live="polite" />
      </div>
    </Sheet>
  );
}

/** The page on which a version of a piece is uploaded and submitted. */
export function UploadPage({ staff, view }: { staff: Staff; view: UploadView }): JSX.Element {
  const { lang } = staff;
  const t = words(lang, uploadWords);
  const { typed, errors } = view;
  const labels: Readonly<Record<string, string>> = {
    stage: t('stage'),
    view: t('viewFiles'),
    master: t('masterFiles'),
    sampleSize: t('sample'),
    lawSeen: t('copyText'),
  };
  return (
    <Page {...staff.frame} title={`${t('title')} · ${view.piece}`} scripts={['upload']}>
      <header class="work-head">
        <p class="head-job">
          {view.job.number ? <span class="code">{view.job.number}</span> : null}
          <a href={view.job.href}>{view.job.title}</a>
        </p>
        <h1>{view.piece}</h1>
        <p class="work-chips">
          <Chip>{t('becomes', { n: view.version })}</Chip>
        </p>
      </header>
      {view.notice ? (
        <Notice kind={view.notice.kind} title={view.notice.title}>
          {view.notice.text ? <p>{view.notice.text}</p> : null}
        </Notice>
      ) : null}
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, error]) => ({ name, label: labels[name] ?? t('names'), error }))}
      />
      <Facts class="work-facts" facts={view.facts} />
      {view.possible ? (
        <form
          method="post"
          action={view.action}
          enctype="multipart/form-data"
          class="paper-form"
          novalidate
          data-upload
        >
          <button type="submit" class="hidden" name="do" value="keep" tabIndex={-1} aria-hidden="true">
            {t('keep')}
          </button>
          <FormValue value={view.formValue} />
          <Sheet>
            <Stages view={view} lang={lang} />
          </Sheet>
          <Files view={view} lang={lang} />
          <Sheet title={t('sample')} id="sample">
            <p class="muted small">{t('sampleHint')}</p>
            <div class="field-row">
              <Field
                lang={lang}
                name="sampleSize"
                label={t('sampleSize')}
                kind={{
                  type: 'enum',
                  choices: ['A4', 'A3', 'A2', 'A1', 'A0'].map((value) => ({ value, label: value })),
                }}
                value={typed.sampleSize}
                {...(errors.sampleSize === undefined ? {} : { error: errors.sampleSize })}
              />
              <Field
                lang={lang}
                name="sampleMade"
                label={t('sampleMade')}
                kind={{ type: 'datetime' }}
                value={typed.sampleMade}
              />
            </div>
          </Sheet>
          <Sheet>
            <Field
              lang={lang}
              name="copyText"
              label={t('copyText')}
              hint={t('copyHint')}
              kind={{ type: 'long', rows: 3 }}
              value={typed.copyText}
            />
            <Law view={view} lang={lang} />
          </Sheet>
          <Actions fixed lead={t('submitMeaning')}>
            <Button kind="seal" name="do" value="submit">
              {t('submit')}
            </Button>
            <Button kind="plain" name="do" value="keep">
              {t('keep')}
            </Button>
          </Actions>
        </form>
      ) : (
        <>
          <Notice kind="remark" title={t('notPossible')}>
            {view.why ? <p>{view.why}</p> : null}
          </Notice>
          <ButtonLink href={view.job.href}>{t('back')}</ButtonLink>
        </>
      )}
    </Page>
  );
}
