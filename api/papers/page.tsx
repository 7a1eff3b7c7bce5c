import type { JSX } from 'preact';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field, type FieldProps } from '../view/fields.tsx';
import { Page } from '../view/page.tsx';
import { Actions, Button, ButtonLink, Chip, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Group } from './groups.ts';
import { Meter, type Fullness } from './meter.tsx';
import { paperWords } from './words.ts';

/** Everything the page of a paper that is being written shows. */
export interface EditView {
  readonly title: string;
  readonly formId: string;
  readonly job: { readonly href: string; readonly number?: string; readonly title: string };
  /** Where the form goes; files need an address of their own. */
  readonly action: string;
  readonly draftAction: string;
  readonly multipart: boolean;
  readonly maxMegabytes: number;
  readonly groups: readonly { readonly group: Group; readonly fields: readonly FieldProps[] }[];
  /** Steps that can be marked not applicable, each with its reason. */
  readonly skips: readonly FieldProps[];
  readonly fullness: Fullness;
  readonly revision: number;
  readonly formValue: string;
  readonly errors: readonly { readonly name: string; readonly label: string; readonly error: string }[];
  readonly notices: readonly {
    readonly kind: 'received' | 'accepted' | 'refused' | 'remark';
    readonly title: string;
    readonly text?: string;
  }[];
  /** Lines about where the words come from. */
  readonly origin?: string;
  readonly chips: readonly string[];
  readonly submit: {
    readonly label: string;
    readonly meaning: string;
    readonly seal: boolean;
    readonly barred?: string;
  };
  readonly hasDraft: boolean;
  readonly versionHref?: string;
}

const groupKeys = {
  identity: 'groupIdentity',
  content: 'groupContent',
  time: 'groupTime',
  people: 'groupPeople',
  material: 'groupMaterial',
} as const satisfies Record<Group, keyof typeof paperWords>;

function Groups({ view }: { view: EditView; staff: Staff }): JSX.Element[] {
  return view.groups.map(({ group, fields }) => <GroupSheet group={group} fields={fields} view={view} />);
}

function GroupSheet({
  group,
  fields,
  view,
}: {
  group: Group;
  fields: readonly FieldProps[];
  view: EditView;
}): JSX.Element | null {
  const [first] = fields;
  if (!first) return null;
  const t = words(first.lang, paperWords);
  const compact = group === 'identity' || group === 'time';
  const short = compact ? fields.filter((field) => field.kind.type !== 'table' && field.kind.type !== 'long') : [];
  const rest = fields.filter((field) => !short.includes(field));
  return (
    <Sheet title={t(groupKeys[group])} id={`group-${group}`}>
      {short.length > 0 ? (
        <div class="field-row">
          {short.map((field) => (
            <Field {...field} />
          ))}
        </div>
      ) : null}
      {rest.map((field) => (
        <Field {...field} />
      ))}
      {group === 'material' ? <p class="muted small files-note">{t('filesNote', { max: view.maxMegabytes })}</p> : null}
    </Sheet>
  );
}

/** The page on which a paper is written: grouped fields, what is missing, save and submit. */
export function EditPage({ staff, view }: { staff: Staff; view: EditView }): JSX.Element {
  const t = words(staff.lang, paperWords);
  return (
    <Page {...staff.frame} title={view.title} scripts={['form', 'draft']}>
      <header class="work-head">
        <p class="head-job">
          {view.job.number ? <span class="code">{view.job.number}</span> : null}
          <a href={view.job.href}>{view.job.title}</a>
        </p>
        <h1>{view.title}</h1>
        <p class="work-chips">
          <Chip>{view.formId}</Chip>
          {view.chips.map((chip) => (
            <Chip>{chip}</Chip>
          ))}
          {view.origin ? <span class="muted small">{view.origin}</span> : null}
          {view.versionHref ? (
            <a class="small" href={view.versionHref}>
              {t('toPaper')}
            </a>
          ) : null}
        </p>
      </header>
      {view.notices.map((notice) => (
        <Notice kind={notice.kind} title={notice.title}>
          {notice.text ? <p>{notice.text}</p> : null}
        </Notice>
      ))}
      <ErrorList lang={staff.lang} errors={view.errors} />
      <form
        method="post"
        action={view.action}
        class="paper-form"
        enctype={view.multipart ? 'multipart/form-data' : undefined}
        novalidate
        data-draft={view.draftAction}
      >
        {/* The first button of a form is what Enter presses: it must be the harmless one. */}
        <button type="submit" class="hidden" name="do" value="save" tabIndex={-1} aria-hidden="true">
          {t('saveDraft')}
        </button>
        <FormValue value={view.formValue} />
        <input type="hidden" name="revision" value={String(view.revision)} />
        <div class="fullness-box" data-fullness>
          <Meter fullness={view.fullness} lang={staff.lang} />
        </div>
        <Groups view={view} staff={staff} />
        {view.skips.length > 0 ? (
          <Sheet title={t('notApplicable')} id="skips">
            <p class="muted small">{t('notApplicableHint')}</p>
            {view.skips.map((field) => (
              <Field {...field} />
            ))}
          </Sheet>
        ) : null}
        <Actions fixed lead={view.submit.barred ?? view.submit.meaning}>
          <button
            type="submit"
            class={`btn btn-${view.submit.seal ? 'seal' : 'ink'}`}
            name="do"
            value="submit"
            disabled={view.submit.barred !== undefined}
          >
            {view.submit.label}
          </button>
          <Button kind="plain" name="do" value="save">
            {t('saveDraft')}
          </Button>
          {view.hasDraft ? (
            <Button kind="quiet" name="do" value="throw">
              {t('throwDraft')}
            </Button>
          ) : null}
        </Actions>
        <p
          class="small muted"
          data-draft-state
          data-saving={t('saving')}
          data-saved={t('draftSaved')}
          data-failed={t('notSaved')}
          data-conflict={t('conflictShort')}
          aria-live="polite"
        />
      </form>
    </Page>
  );
}

/** The page of a paper that nobody writes by hand, and why. */
export function NotWrittenPage({
  staff,
  title,
  why,
  jobHref,
  links = [],
}: {
  staff: Staff;
  title: string;
  why: string;
  jobHref: string;
  links?: readonly { readonly href: string; readonly label: string }[];
}): JSX.Element {
  return (
    <Page {...staff.frame} title={title}>
      <header class="work-head">
        <h1>{title}</h1>
      </header>
      <div class="stack">
        <Notice kind="remark" title={why} />
        <p class="actions-row">
          <ButtonLink href={jobHref}>{words(staff.lang)('back')}</ButtonLink>
          {links.map((link) => (
            <ButtonLink href={link.href} kind="quiet">
              {link.label}
            </ButtonLink>
          ))}
        </p>
      </div>
    </Page>
  );
}
