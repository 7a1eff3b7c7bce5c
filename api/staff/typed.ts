import type { Instant } from '../../domain/instant.ts';
import { isInstant } from '../../domain/instant.ts';
import type { FormField } from '../../papers/fields.ts';
import { fenOf, yuanInput } from '../../papers/money.ts';
import type { FormFields } from '../gate/form-body.ts';
import type { FieldValue } from '../view/fields.tsx';
import { zoneNamed } from '../view/zone.ts';
import { readHeld, type HeldKeeper } from './held.ts';

/**
 * A form as somebody typed it: texts, lists and rows of texts, nothing judged. This is what drafts keep and what a refused
 * form shows again. Files stand in it as rows of name, size and hash.
 */
export type Typed = Readonly<Record<string, FieldValue>>;

type Row = Readonly<Record<string, string>>;

/** What a posted field can be, whatever was sent. */
export function oneText(value: FormFields[string] | undefined): string {
  const one = typeof value === 'string' ? value : value?.at(-1);
  return (one ?? '').replace(/\r\n?/g, '\n');
}

/** A posted field as a list; one value is a list of one. */
export function manyTexts(value: FormFields[string] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Rows of a table field, in order; rows without a visible word are left out. At most 200 rows are looked at. */
function rowsIn(name: string, columns: readonly FormField[], body: FormFields): readonly Row[] {
  const indexes = new Set<number>();
  const shape = new RegExp(`^${name}\\[(\\d{1,3})\\]\\[(\\w{1,40})\\]$`);
  for (const key of Object.keys(body)) {
    const index = shape.exec(key)?.[1];
    if (index !== undefined) indexes.add(Number(index));
  }
  return [...indexes]
    .sort((a, b) => a - b)
    .slice(0, 200)
    .map((index) =>
      Object.fromEntries(columns.map((column) => [column.key, oneText(body[`${name}[${index}][${column.key}]`])])),
    )
    .filter((row) => Object.values(row).some((cell) => cell.trim() !== ''));
}

/** Puts a posted form back into its fields. Names that are no field of the form are ignored; nothing here can fail. */
export function readTyped(fields: readonly FormField[], body: FormFields, keeper: HeldKeeper): Typed {
  return Object.fromEntries(
    fields.map((field): [string, FieldValue] => {
      const sent = Object.hasOwn(body, field.key) ? body[field.key] : undefined;
      switch (field.type) {
        case 'table':
          return [field.key, rowsIn(field.key, field.columns ?? [], body)];
        case 'list':
          return [
            field.key,
            field.options
              ? manyTexts(sent)
              : oneText(sent)
                  .split('\n')
                  .filter((line) => line.trim() !== ''),
          ];
        case 'persons':
          return [field.key, manyTexts(sent)];
        case 'files':
          return [field.key, readHeld(keeper, manyTexts(body[`${field.key}.keep`]))];
        default:
          return [field.key, oneText(sent)];
      }
    }),
  );
}

const texts = (value: FieldValue): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const rows = (value: FieldValue): readonly Row[] =>
  Array.isArray(value) ? value.filter((one): one is Row => typeof one === 'object' && one !== null) : [];
const text = (value: FieldValue): string => (typeof value === 'string' ? value : value === true ? 'true' : '');

/** A local time of an input, in a zone, as an instant; anything else comes back as it is and is refused by its shape. */
export function instantOfInput(typed: string, zone: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(typed.trim());
  const day = match?.[1];
  if (!match || day === undefined || !isInstant(`${day}T00:00:00.000Z`)) return typed;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return minutes < 1440 ? zoneNamed(zone).toInstant(day, minutes) : typed;
}

/** An instant as the input of a local time wants it. */
export function inputOfInstant(at: Instant, zone: string): string {
  const { date, minutes } = zoneNamed(zone).toLocal(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function simple(field: FormField, typed: string, zone: string): unknown {
  if (field.type === 'bool') return typed === 'true' ? true : field.required ? false : undefined;
  if (typed.trim() === '') return undefined;
  switch (field.type) {
    case 'money':
      return fenOf(typed) ?? typed;
    case 'number': {
      const plain = typed.normalize('NFKC').replace(/[\s,]/g, '');
      return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : typed;
    }
    case 'datetime':
      return instantOfInput(typed, zone);
    default:
      return typed;
  }
}

/** What the typed words mean to the form: numbers, fen, instants. What cannot be read stays a text, so the form's own check names it. */
export function contentOfTyped(fields: readonly FormField[], typed: Typed, zone: string): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field): [string, unknown] => {
      const value = typed[field.key];
      switch (field.type) {
        case 'table':
          return [
            field.key,
            rows(value).map((row) =>
              Object.fromEntries(
                (field.columns ?? []).map((column) => [column.key, simple(column, row[column.key] ?? '', zone)]),
              ),
            ),
          ];
        case 'list':
        case 'persons':
          return [field.key, texts(value)];
        case 'files':
          return [field.key, rows(value).map(({ name, size, hash }) => ({ name, size: Number(size), hash }))];
        default:
          return [field.key, simple(field, text(value), zone)];
      }
    }),
  );
}

function shown(field: FormField, value: unknown, zone: string): string {
  if (value === undefined || value === null) return '';
  if (field.type === 'money' && typeof value === 'number') return yuanInput(value);
  if (field.type === 'datetime' && typeof value === 'string' && isInstant(value)) return inputOfInstant(value, zone);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A content as it stands in the inputs of its form. */
export function typedOfContent(
  fields: readonly FormField[],
  content: Readonly<Record<string, unknown>>,
  zone: string,
): Typed {
  return Object.fromEntries(
    fields.map((field): [string, FieldValue] => {
      const value = content[field.key];
      switch (field.type) {
        case 'table':
          return [
            field.key,
            list(value).map((row) =>
              Object.fromEntries(
                (field.columns ?? []).map((column) => [column.key, shown(column, record(row)[column.key], zone)]),
              ),
            ),
          ];
        case 'list':
        case 'persons':
          return [field.key, list(value).map(String)];
        case 'files':
          return [
            field.key,
            list(value).map((file) =>
              Object.fromEntries(['name', 'size', 'hash'].map((key) => [key, plainText(record(file)[key])])),
            ),
          ];
        default:
          return [field.key, shown(field, value, zone)];
      }
    }),
  );
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((cell) => typeof cell === 'string')
  );
}

/** A draft read back. Drafts of other makers (the API keeps contents in them) are taken as contents. */
export function typedOfDraft(fields: readonly FormField[], kept: unknown, zone: string): Typed {
  const body = record(kept);
  if (body.typed === undefined) return typedOfContent(fields, body, zone);
  const typed = record(body.typed);
  return Object.fromEntries(
    fields.map((field): [string, FieldValue] => {
      const value = typed[field.key];
      if (typeof value === 'string') return [field.key, value];
      if (!Array.isArray(value)) return [field.key, ''];
      return [
        field.key,
        value.every(isRow) && value.length > 0 ? value : value.filter((one): one is string => typeof one === 'string'),
      ];
    }),
  );
}
