import { formFields, type FormField } from './fields.ts';
import type { Content, FormDefinition } from './form.ts';
import { fenOf, yuanInput } from './money.ts';

/** What a page needs to know to read moments a person typed: inputs have no zone, the house has. */
export interface PostedOptions {
  /** Offset of the house's zone, e.g. `+08:00`. */
  readonly offset: string;
}

// A row far beyond any table is a slip or an attack; the largest table has 60 rows.
const rowsMax = 200;

const lines = (values: readonly string[]): string[] => values.flatMap((value) => value.split(/\r?\n/u));

function one(field: FormField, value: string, options: PostedOptions): unknown {
  const text = value.trim();
  if (text === '') return undefined;
  switch (field.type) {
    case 'money':
      return fenOf(text) ?? value;
    case 'number': {
      const plain = text.normalize('NFKC').replaceAll(',', '');
      return /^-?\d{1,15}(\.\d{1,9})?$/.test(plain) ? Number(plain) : value;
    }
    case 'bool':
      return text === 'on' || text === 'true' ? true : text === 'false' ? false : value;
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? `${text}${options.offset}` : value;
    default:
      return value;
  }
}

const fileColumns: readonly FormField[] = [
  { key: 'name', type: 'text', zh: '名称', en: 'Name', required: true },
  { key: 'size', type: 'number', zh: '大小', en: 'Size', required: true },
  { key: 'hash', type: 'text', zh: '校验码', en: 'Checksum', required: true },
];

type Posted = ReadonlyMap<string, readonly string[]>;

function rowsOf(field: FormField, posted: Posted, options: PostedOptions): unknown[] {
  const columns = field.type === 'files' ? fileColumns : (field.columns ?? []);
  const numbers = new Set<number>();
  for (const name of posted.keys()) {
    const match = /^([A-Za-z]+)\.(\d{1,3})\.[A-Za-z]+$/.exec(name);
    if (match?.[1] === field.key && numbers.size < rowsMax) numbers.add(Number(match[2]));
  }
  return (
    [...numbers]
      .sort((a, b) => a - b)
      .map((row) =>
        Object.fromEntries(
          columns.flatMap((column) => {
            const value = read(column, `${field.key}.${row}.${column.key}`, posted, options);
            return value === undefined ? [] : [[column.key, value]];
          }),
        ),
      )
      // A row in which only a switch stands at "no" was never begun.
      .filter((row) => Object.values(row).some((value) => value !== false))
  );
}

function read(field: FormField, name: string, posted: Posted, options: PostedOptions): unknown {
  const values = posted.get(name) ?? [];
  switch (field.type) {
    case 'table':
    case 'files':
      return rowsOf(field, posted, options);
    case 'list':
      return field.options === undefined ? lines(values) : [...values];
    case 'persons':
      return [...values];
    default: {
      // A switch is posted as a hidden "false" followed by "true" when it is on; the last word counts.
      const last = values.at(-1);
      return last === undefined ? undefined : one(field, last, options);
    }
  }
}

/**
 * The input of `checkPaper` or `checkDraft` from a posted form. Names are field keys, rows are `rows.0.stage`, lists are
 * one entry a line or repeated names, money is typed in yuan and becomes fen, a moment gets the offset of the house.
 * What cannot be read stays as typed, so the check can name it. Names that are no field are ignored.
 */
export function readPosted(
  form: FormDefinition,
  entries: Iterable<readonly [string, string]>,
  options: PostedOptions,
): Content {
  const posted = new Map<string, string[]>();
  for (const [name, value] of entries) posted.set(name, [...(posted.get(name) ?? []), value]);
  return Object.fromEntries(
    formFields(form).flatMap((field) => {
      const value = read(field, field.key, posted, options);
      return value === undefined ? [] : [[field.key, value]];
    }),
  );
}

/** A value as the text of its input: money in yuan, everything else as it is. Lists give one entry a line. */
export function inputText(field: FormField, value: unknown): string {
  if (typeof value === 'number') return field.type === 'money' ? yuanInput(value) : String(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((entry): entry is string => typeof entry === 'string').join('\n');
  return '';
}
