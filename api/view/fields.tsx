import type { ComponentChildren, JSX } from 'preact';
import type { Choice, Described, FieldKind, FieldProps } from './inputs.tsx';
import { fieldId, SimpleInput, text, texts } from './inputs.tsx';
import type { Lang } from './lang.ts';
import { TableField } from './table-field.tsx';
import { words } from './words/index.ts';

export type { Choice, FieldKind, FieldProps, FieldValue, HeldFile, TableColumn } from './inputs.tsx';
export { fieldId } from './inputs.tsx';

function Choices({
  field,
  kind,
}: {
  field: FieldProps;
  kind: { type: 'radio' | 'checkbox'; choices: readonly Choice[] };
}): JSX.Element {
  const chosen = kind.type === 'radio' ? [text(field.value)] : texts(field.value);
  return (
    <div class="choices">
      {kind.choices.map((choice, index) => (
        <label class="choice">
          <input
            type={kind.type}
            id={index === 0 ? fieldId(field.name, field.scope) : undefined}
            name={field.name}
            value={choice.value}
            checked={chosen.includes(choice.value)}
            required={kind.type === 'radio' && field.required}
          />
          <span>
            {choice.label}
            {choice.note ? <span class="muted small"> {choice.note}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}

function Files({
  field,
  kind,
  attributes,
}: {
  field: FieldProps;
  kind: Extract<FieldKind, { type: 'files' }>;
  attributes: Described;
}): JSX.Element {
  const t = words(field.lang);
  return (
    <div class="files">
      {kind.held.map((file) => (
        <label class="choice file">
          <input type="checkbox" name={`${field.name}.keep`} value={file.id} checked />
          <span>
            {file.href ? <a href={file.href}>{file.name}</a> : file.name}
            <span class="muted small"> {[t('keepFile'), file.note].filter(Boolean).join(' · ')}</span>
          </span>
        </label>
      ))}
      <input
        {...attributes}
        type="file"
        multiple
        accept={kind.accept}
        required={attributes.required && kind.held.length === 0}
      />
    </div>
  );
}

function Control({ field, attributes }: { field: FieldProps; attributes: Described }): JSX.Element {
  const { kind } = field;
  const t = words(field.lang);
  switch (kind.type) {
    case 'list':
      return (
        <textarea {...attributes} rows={Math.max(3, texts(field.value).length + 1)} placeholder={t('onePerLine')}>
          {texts(field.value).join('\n')}
        </textarea>
      );
    case 'persons':
      return <Choices field={field} kind={{ type: 'checkbox', choices: kind.choices }} />;
    case 'files':
      return <Files field={field} kind={kind} attributes={attributes} />;
    case 'table':
      return <TableField field={field} columns={kind.columns} spare={kind.spare ?? 1} />;
    case 'enum':
      return kind.choices.length <= 4 ? (
        <Choices field={field} kind={{ type: 'radio', choices: kind.choices }} />
      ) : (
        <SimpleInput kind={kind} value={field.value} attributes={attributes} lang={field.lang} />
      );
    default:
      return (
        <SimpleInput
          kind={kind}
          value={field.value}
          attributes={attributes}
          lang={field.lang}
          maxLength={field.maxLength}
          autocomplete={field.autocomplete}
        />
      );
  }
}

/** A field with its label, hint, error and required mark. Groups of inputs become a fieldset with a legend. */
export function Field(field: FieldProps): JSX.Element {
  const t = words(field.lang);
  const id = fieldId(field.name, field.scope);
  const described = [field.hint ? `${id}-hint` : '', field.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const attributes: Described = {
    id,
    name: field.name,
    required: field.required,
    'aria-describedby': described || undefined,
    'aria-invalid': field.error ? 'true' : undefined,
  };
  const label: ComponentChildren = (
    <>
      {field.label}
      {field.unit ? <span class="muted"> ({field.unit})</span> : null}
      {field.required ? <span class="must"> {t('required')}</span> : null}
    </>
  );
  const around = (
    <>
      {field.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      ) : null}
      {field.error ? (
        <p class="error" id={`${id}-error`}>
          {field.error}
        </p>
      ) : null}
    </>
  );
  const grouped =
    field.kind.type === 'persons' ||
    field.kind.type === 'table' ||
    (field.kind.type === 'enum' && field.kind.choices.length <= 4);
  if (grouped) {
    return (
      <fieldset class={`field${field.error ? ' field-bad' : ''}`} aria-describedby={described || undefined}>
        <legend>{label}</legend>
        {around}
        <Control field={field} attributes={attributes} />
      </fieldset>
    );
  }
  if (field.kind.type === 'bool') {
    return (
      <div class={`field field-bool${field.error ? ' field-bad' : ''}`}>
        <label class="choice" for={id}>
          <Control field={field} attributes={attributes} />
          <span>{label}</span>
        </label>
        {around}
      </div>
    );
  }
  return (
    <div class={`field${field.error ? ' field-bad' : ''}`}>
      <label for={id}>{label}</label>
      {around}
      <Control field={field} attributes={attributes} />
    </div>
  );
}

/** What is wrong with a form, above it, each line leading to its field; the reader's place is there when the page comes. */
export function ErrorList({
  lang,
  errors,
}: {
  lang: Lang;
  errors: readonly { readonly name: string; readonly label: string; readonly error: string; readonly scope?: string }[];
}): JSX.Element | null {
  if (errors.length === 0) return null;
  return (
    <div class="notice notice-refused" role="alert" tabIndex={-1} autofocus>
      <p class="notice-title">{words(lang)('fixFields', { n: errors.length })}</p>
      <ul>
        {errors.map(({ name, label, error, scope }) => (
          <li>
            <a href={`#${fieldId(name, scope)}`}>{label}</a>
            {lang === 'en' ? ': ' : '：'}
            {error}
          </li>
        ))}
      </ul>
    </div>
  );
}
