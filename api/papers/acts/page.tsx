import type { ComponentChildren, JSX } from 'preact';
import type { Staff } from '../../staff/frame.tsx';
import { staffWords } from '../../staff/words.ts';
import { ErrorList, Field, type FieldProps } from '../../view/fields.tsx';
import { Page } from '../../view/page.tsx';
import { Actions, ButtonLink, Facts, FormValue, Notice, Sheet, type Fact } from '../../view/parts.tsx';
import { words } from '../../view/words/index.ts';

/** The page of one act: what it does, who may, and its form, or why it cannot be done now. */
export interface ActView {
  readonly title: string;
  readonly does: string;
  readonly who: string;
  readonly phase: string;
  readonly job: { readonly href: string; readonly number?: string; readonly title: string };
  readonly action: string;
  readonly formValue: string;
  readonly fields: readonly FieldProps[];
  readonly facts: readonly Fact[];
  /** What lies ready or is missing, above the form. */
  readonly above?: ComponentChildren;
  readonly button: string;
  readonly seal: boolean;
  readonly refusal?: string;
  /** There is nothing to choose from: the form would lead nowhere. */
  readonly nothing?: boolean;
  readonly notice?: { readonly title: string; readonly text?: string };
  readonly errors: readonly { readonly name: string; readonly label: string; readonly error: string }[];
}

/** The page of one act. */
export function ActPage({ staff, view }: { staff: Staff; view: ActView }): JSX.Element {
  const t = words(staff.lang, staffWords);
  return (
    <Page {...staff.frame} title={view.title} scripts={['form']}>
      <header class="work-head">
        <p class="head-job">
          {view.job.number ? <span class="code">{view.job.number}</span> : null}
          <a href={view.job.href}>{view.job.title}</a>
        </p>
        <h1>{view.title}</h1>
        <p class="work-lead">{view.does}</p>
      </header>
      {view.notice ? (
        <Notice kind="refused" title={view.notice.title}>
          {view.notice.text ? <p>{view.notice.text}</p> : null}
        </Notice>
      ) : null}
      <ErrorList lang={staff.lang} errors={view.errors} />
      <Facts
        class="work-facts"
        facts={[{ label: t('whoMay'), value: view.who }, { label: t('atPhase'), value: view.phase }, ...view.facts]}
      />
      {view.above}
      {view.refusal !== undefined && view.notice === undefined ? (
        <Notice kind="remark" title={t('notPossible')}>
          <p>{view.refusal}</p>
        </Notice>
      ) : null}
      {view.refusal === undefined && view.nothing !== true ? (
        <form method="post" action={view.action} novalidate>
          <FormValue value={view.formValue} />
          {view.fields.length > 0 ? (
            <Sheet>
              {view.fields.map((field) => (
                <Field {...field} />
              ))}
            </Sheet>
          ) : null}
          <Actions>
            <button type="submit" class={`btn btn-${view.seal ? 'seal' : 'ink'}`} name="do" value="act">
              {view.button}
            </button>
            <ButtonLink href={view.job.href} kind="quiet">
              {t('cancel')}
            </ButtonLink>
          </Actions>
        </form>
      ) : (
        <ButtonLink href={view.job.href}>{t('toJob')}</ButtonLink>
      )}
    </Page>
  );
}
