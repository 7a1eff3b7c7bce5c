import type { JSX } from 'preact';
import type { Lang } from './lang.ts';
import { words } from './words/index.ts';

/** A choice of an enum, a person list, or the like. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** A second line, e.g. a person's title. */
  readonly note?: string;
}

/** A file that already lies with the form. */
export interface HeldFile {
  readonly id: string;
  readonly name: string;
  readonly note?: string;
  readonly href?: string;
}

/** What a field can be. Each works without JavaScript. */
export type FieldKind =
  | { readonly type: 'text' | 'date' | 'datetime' | 'number' }
  | { readonly type: 'long'; readonly rows?: number }
  | { readonly type: 'money' }
  | { readonly type: 'bool' }
  | { readonly type: 'enum'; readonly choices: readonly Choice[] }
  /** Texts, one a line in a text area. */
  | { readonly type: 'list' }
  | { readonly type: 'person'; readonly choices: readonly Choice[] }
  | { readonly type: 'persons'; readonly choices: readonly Choice[] }
  | { readonly type: 'files'; readonly held: readonly HeldFile[]; readonly accept?: string }
  | { readonly type: 'table'; readonly columns: readonly TableColumn[]; readonly spare?: number };

/** A column of a table field; cells are simple fields. */
export interface TableColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: Exclude<FieldKind, { type: 'table' | 'files' | 'persons' | 'list' }>;
}

/** The value of a field as it stands in the form: always text, as it will be posted. */
export type FieldValue = string | boolean | readonly string[] | readonly Readonly<Record<string, string>>[] | undefined;

/** A field: its name in the posted form, its words in the language of the page, and what is wrong with it. */
export interface FieldProps {
  readonly lang: Lang;
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly value?: FieldValue;
  readonly hint?: string;
  readonly unit?: string;
  readonly error?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly autocomplete?: string;
  /** Tells apart the fields of several forms on one page that post the same name. */
  readonly scope?: string;
}

/** Attributes of an input that point at its hint and error. */
export interface Described {
  readonly id: string;
  readonly name: string;
  readonly required?: boolean;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

/** The id of the input of a field; `#` + this is what an error list links to. `scope` is the field's own. */
export function fieldId(name: string, scope?: string): string {
  return `f-${[scope, name]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]+/g, '-')}`;
}

/** A value as one text; anything else is empty. */
export function text(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}

/** A value as a list of texts; anything else is empty. */
export function texts(value: FieldValue): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** One input of a simple kind; also the cells of a table. */
export function SimpleInput({
  kind,
  value,
  attributes,
  lang,
  maxLength,
  autocomplete,
  listId,
}: {
  kind: TableColumn['kind'];
  value: FieldValue;
  attributes: Described & { readonly 'aria-label'?: string };
  lang: Lang;
  maxLength?: number;
  autocomplete?: string;
  listId?: string;
}): JSX.Element {
  const t = words(lang);
  switch (kind.type) {
    case 'long':
      return (
        <textarea {...attributes} rows={kind.rows ?? 4} maxLength={maxLength}>
          {text(value)}
        </textarea>
      );
    case 'date':
      return <input {...attributes} type="date" value={text(value)} />;
    case 'datetime':
      return <input {...attributes} type="datetime-local" value={text(value)} step={60} />;
    case 'number':
      return (
        <input
          {...attributes}
          class="num input-number"
          type="text"
          inputMode="decimal"
          value={text(value)}
          maxLength={20}
          autocomplete="off"
        />
      );
    case 'money':
      return (
        <span class="input-unit">
          <input
            {...attributes}
            class="num input-number"
            type="text"
            inputMode="decimal"
            value={text(value)}
            maxLength={20}
            autocomplete="off"
          />
          <span>{t('yuan')}</span>
        </span>
      );
    case 'bool':
      return <input {...attributes} type="checkbox" value="true" checked={value === true || value === 'true'} />;
    case 'enum':
    case 'person':
      return (
        <select {...attributes}>
          <option value="">{t('choose')}</option>
          {kind.choices.map((choice) => (
            <option value={choice.value} selected={choice.value === value}>
              {choice.note ? `${choice.label} · ${choice.note}` : choice.label}
            </option>
          ))}
        </select>
      );
    case 'text':
      return (
        <input
          {...attributes}
          type="text"
          value={text(value)}
          maxLength={maxLength ?? 200}
          autocomplete={autocomplete ?? 'off'}
          inputMode={autocomplete === 'one-time-code' ? 'numeric' : undefined}
          list={listId}
        />
      );
  }
}
