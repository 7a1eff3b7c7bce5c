import type { JSX } from 'preact';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field, type FieldProps } from '../view/fields.tsx';
import { Page } from '../view/page.tsx';
import { Actions, Button, ButtonLink, Empty, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { LineField } from './line-field.tsx';
import type { LineOffered } from './offers.ts';
import { newJobWords } from './words.ts';

/** The new-job page as it is shown. */
export interface NewJobView {
  readonly lines: readonly LineOffered[];
  readonly lineId: string;
  readonly fields: Readonly<Record<'title' | 'owner' | 'workTypes' | 'important' | 'campaign', FieldProps>>;
  /** Fields of the task sheet, in the form's order. */
  readonly sheet: readonly FieldProps[];
  readonly errors: Readonly<Record<string, string>>;
  readonly notice?: {
    readonly kind: 'accepted' | 'refused' | 'remark';
    readonly title: string;
    readonly text?: string;
  };
  readonly formValue: string;
  /** The draft it is kept in, else empty, and its revision; 0 while nothing is kept. */
  readonly draft: string;
  readonly revision: number;
  readonly maxMegabytes: number;
}

/** The page on which a job begins. */
export function NewJobPage({ staff, view }: { staff: Staff; view: NewJobView }): JSX.Element {
  const t = words(staff.lang, newJobWords);
  const { fields } = view;
  const all = [...Object.values(fields), ...view.sheet];
  const labelOf = (name: string): string =>
    name === 'lineId' ? t('line') : (all.find((field) => field.name === name)?.label ?? name);
  const short = view.sheet.filter((field) => ['date', 'datetime', 'money', 'person', 'enum'].includes(field.kind.type));
  const files = view.sheet.filter((field) => field.kind.type === 'files');
  const long = view.sheet.filter((field) => !short.includes(field) && !files.includes(field));
  return (
    <Page {...staff.frame} title={t('newJob')} scripts={['form']}>
      <header class="work-head">
        <h1>{t('newJob')}</h1>
        <p class="work-lead">{t('lead')}</p>
      </header>
      {view.notice ? (
        <Notice kind={view.notice.kind} title={view.notice.title}>
          {view.notice.text ? <p>{view.notice.text}</p> : null}
        </Notice>
      ) : null}
      <ErrorList
        lang={staff.lang}
        errors={Object.entries(view.errors).map(([name, error]) => ({ name, label: labelOf(name), error }))}
      />
      <form method="post" action="/jobs/new/upload" enctype="multipart/form-data" class="paper-form" novalidate>
        {/* The first button of a form is what Enter presses: it must be the harmless one. */}
        <button type="submit" class="hidden" name="do" value="save" tabIndex={-1} aria-hidden="true">
          {t('saveDraft')}
        </button>
        <FormValue value={view.formValue} />
        {view.draft === '' ? null : <input type="hidden" name="draft" value={view.draft} />}
        <input type="hidden" name="revision" value={String(view.revision)} />
        <Sheet title={t('sheetWhat')} id="what">
          <LineField
            lines={view.lines}
            chosen={view.lineId}
            lang={staff.lang}
            {...(view.errors.lineId === undefined ? {} : { error: view.errors.lineId })}
          />
          <Field {...fields.title} />
        </Sheet>
        <Sheet title={t('sheetNeed')} id="need">
          {long.map((field) => (
            <Field {...field} />
          ))}
          <div class="field-row">
            {short.map((field) => (
              <Field {...field} />
            ))}
          </div>
          {files.map((field) => (
            <Field {...field} />
          ))}
        </Sheet>
        <Sheet title={t('sheetJob')} id="job">
          <Field {...fields.workTypes} />
          <div class="field-row">
            <Field {...fields.owner} />
            <Field {...fields.campaign} />
          </div>
          <Field {...fields.important} />
        </Sheet>
        <Actions>
          <Button kind="ink" name="do" value="begin">
            {t('begin')}
          </Button>
          <Button kind="plain" name="do" value="save">
            {t('saveDraft')}
          </Button>
          {view.revision > 0 ? (
            <Button kind="quiet" name="do" value="throw">
              {t('throwDraft')}
            </Button>
          ) : null}
          <ButtonLink href="/" kind="quiet">
            {t('cancel')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>
  );
}

/** The page for somebody who cannot begin a job, and why. */
export function NoJobPage({ staff, mayBegin }: { staff: Staff; mayBegin: boolean }): JSX.Element {
  const t = words(staff.lang, newJobWords);
  return (
    <Page {...staff.frame} title={t('newJob')}>
      <h1>{t('newJob')}</h1>
      <Empty title={mayBegin ? t('noLines') : t('notYours')}>
        {mayBegin ? (
          <>
            <p>{t('noLinesText')}</p>
            <p>
              <ButtonLink href="/admin/clients">{t('toClients')}</ButtonLink>
            </p>
          </>
        ) : null}
      </Empty>
    </Page>
  );
}
