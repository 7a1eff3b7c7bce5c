import * as z from 'zod';
import { isInstant } from '../domain/instant.ts';
import type { Words } from '../domain/process.ts';
import { finding, line, lineMax, longMax, longText, shaped } from './text.ts';

/** How a page shows and asks for a field. Money is integer fen; pages show yuan. */
export type FieldType =
  | 'text'
  | 'long'
  | 'date'
  | 'datetime'
  | 'money'
  | 'number'
  | 'bool'
  | 'enum'
  | 'list'
  | 'person'
  | 'persons'
  | 'files'
  | 'table';

/** One choice of a field, with its words. */
export interface Option extends Words {
  readonly value: string;
}

/** What a form says of a field beside its shape. */
export interface FieldMeta extends Words {
  readonly type: FieldType;
  readonly hint?: Words;
  /** When a field that is optional in shape must be filled after all, e.g. 规格 for work that has a size. */
  readonly requiredWhen?: Words;
  readonly unit?: Words;
  /** Who fills it in, where that is not the author of the paper. */
  readonly by?: Words;
  readonly options?: readonly Option[];
  readonly max?: number;
}

/** More about a field than its name and type. */
export type FieldMore = Omit<Partial<FieldMeta>, 'type' | 'zh' | 'en' | 'options' | 'max'>;

const metas = z.registry<FieldMeta>();

/** What was said of a field; undefined for a schema that is no field. */
export function metaOf(schema: z.core.$ZodType): FieldMeta | undefined {
  return metas.get(schema);
}

/** Puts label, hint and type on a schema: for forms in our registry, for JSON Schema as title and description. */
function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  const { zh, en, hint, unit, by, type } = meta;
  const described = hint === undefined ? en : `${en}. ${hint.en}`;
  const named = schema.meta({
    ...schema.meta(),
    title: zh,
    description: described,
    zh,
    en,
    fieldType: type,
    ...(hint && { hint }),
    ...(unit && { unit }),
    ...(by && { by }),
  });
  metas.add(named, meta);
  return named;
}

/** A text on one line. */
export function text(words: Words, more: FieldMore & { max?: number } = {}) {
  const { max = lineMax, ...rest } = more;
  return field(line(max), { ...words, ...rest, type: 'text', max });
}

/** A text of several lines. */
export function long(words: Words, more: FieldMore = {}) {
  return field(longText(), { ...words, ...more, type: 'long', max: longMax });
}

/** Shape of ids the house gives: people, clients, brands, lines, pieces. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** An id the house gave. */
export function id() {
  return shaped(idPattern, { zh: '系统给出的编号', en: 'an id given by the house' }, 64);
}

/** A reference to something registered, shown as a text. */
export function ref(words: Words, more: FieldMore = {}) {
  return field(id(), { ...words, ...more, type: 'text', max: 64 });
}

/** One person by id. */
export function person(words: Words, more: FieldMore = {}) {
  return field(id(), { ...words, ...more, type: 'person', max: 64 });
}

/** Several people by id, nobody twice. */
export function persons(words: Words, more: FieldMore & { max?: number } = {}) {
  const { max = 20, ...rest } = more;
  return field(z.array(id()).min(1).max(max).overwrite(once), { ...words, ...rest, type: 'persons', max });
}

/** The same list with everything once, in its order. */
function once<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

/** A calendar day, `YYYY-MM-DD`, that exists. */
export function day() {
  return shaped(/^\d{4}-\d{2}-\d{2}$/, { zh: '形如 2026-03-12 的日期', en: 'a date such as 2026-03-12' }, 10)
    .check((payload) => {
      if (/^\d{4}-\d{2}-\d{2}$/.test(payload.value) && !isInstant(`${payload.value}T00:00:00.000Z`)) {
        payload.issues.push(
          finding('FORMAT', payload.value, { expected: { zh: '日历上有的日期', en: 'a day that exists' } }),
        );
      }
    })
    .meta({ format: 'date' });
}

/** A calendar day as a field. */
export function date(words: Words, more: FieldMore = {}) {
  return field(day(), { ...words, ...more, type: 'date' });
}

const timeShape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

// A moment may be written with its zone; it is kept in the one spelling of the house.
function asInstant(text: string): string {
  const dayPart = timeShape.exec(text.trim())?.[1];
  if (dayPart === undefined || !isInstant(`${dayPart}T00:00:00.000Z`)) return text;
  const ms = Date.parse(text.trim());
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

/** A moment: ISO-8601 with zone from outside, an `Instant` (UTC, milliseconds) inside. */
export function moment() {
  return z
    .string()
    .overwrite(asInstant)
    .check((payload) => {
      if (isInstant(payload.value)) return;
      const expected = {
        zh: '带时区的时间，如 2026-03-12T16:30:00+08:00',
        en: 'a time with its zone, such as 2026-03-12T16:30:00+08:00',
      };
      payload.issues.push(finding('FORMAT', payload.value, { expected }));
    })
    .meta({ format: 'date-time' });
}

/** A moment as a field. */
export function datetime(words: Words, more: FieldMore = {}) {
  return field(moment(), { ...words, ...more, type: 'datetime' });
}

/** Highest amount of money in fen (100 billion yuan): sums of a full table stay exact integers. */
export const moneyMax = 10_000_000_000_000;

/** An amount of money: a whole number of fen, ¥1 = 100 fen, never below zero. */
export function fen() {
  return z.int().min(0).max(moneyMax);
}

/** Money as a field. */
export function money(words: Words, more: FieldMore = {}) {
  return field(fen(), { ...words, unit: { zh: '元', en: 'yuan' }, ...more, type: 'money', max: moneyMax });
}

/** A number, whole unless `decimals` are allowed (three at most). */
export function num(words: Words, more: FieldMore & { min?: number; max?: number; decimals?: boolean } = {}) {
  const { min = 0, max = 1_000_000, decimals = false, ...rest } = more;
  const schema = decimals ? z.number().multipleOf(0.001).min(min).max(max) : z.int().min(min).max(max);
  return field(schema, { ...words, ...rest, type: 'number', max });
}

/** Yes or no. */
export function bool(words: Words, more: FieldMore = {}) {
  return field(z.boolean(), { ...words, ...more, type: 'bool' });
}

/** A yes that must be given. */
export function mustBeYes(words: Words, more: FieldMore = {}) {
  return field(z.literal(true), { ...words, ...more, type: 'bool' });
}

function optionsOf<K extends string>(keys: readonly K[], wordsOf: (key: K) => Words): Option[] {
  return keys.map((value) => ({ value, zh: wordsOf(value).zh, en: wordsOf(value).en }));
}

/** One of some values, each with its words. */
export function choice<const K extends readonly [string, ...string[]]>(
  words: Words,
  keys: K,
  wordsOf: (key: K[number]) => Words,
  more: FieldMore = {},
) {
  return field(z.enum(keys), { ...words, ...more, type: 'enum', options: optionsOf(keys, wordsOf) });
}

/** Several of some values, each with its words and once. */
export function choices<const K extends readonly [string, ...string[]]>(
  words: Words,
  keys: K,
  wordsOf: (key: K[number]) => Words,
  more: FieldMore = {},
) {
  return field(z.array(z.enum(keys)).min(1).max(keys.length).overwrite(once), {
    ...words,
    ...more,
    type: 'list',
    options: optionsOf(keys, wordsOf),
    max: keys.length,
  });
}

/** A list of one-line texts. */
export function list(words: Words, more: FieldMore & { max?: number } = {}) {
  const { max = 50, ...rest } = more;
  return field(z.array(line()).min(1).max(max), { ...words, ...rest, type: 'list', max });
}

/** SHA-256 in lower-case hexadecimal, as the house writes it. */
export function sha256() {
  return shaped(
    /^[0-9a-f]{64}$/,
    { zh: 'SHA-256 校验码（64 位小写十六进制）', en: 'a SHA-256 checksum, 64 lower-case hexadecimal digits' },
    64,
  );
}

/** A checksum as a field. */
export function checksum(words: Words, more: FieldMore = {}) {
  return field(sha256(), { ...words, ...more, type: 'text', max: 64 });
}

/** Files by name, size in bytes and checksum; the bytes lie in the blobs. */
export function files(words: Words, more: FieldMore & { max?: number } = {}) {
  const { max = 30, ...rest } = more;
  const file = z.strictObject({ name: line(), size: z.int().min(0).max(Number.MAX_SAFE_INTEGER), hash: sha256() });
  return field(z.array(file).min(1).max(max), { ...words, ...rest, type: 'files', max });
}

/** Rows of the same columns. */
export function table<const C extends z.core.$ZodLooseShape>(
  words: Words,
  columns: C,
  more: FieldMore & { max?: number } = {},
) {
  const { max = 60, ...rest } = more;
  return field(z.array(z.strictObject(columns)).min(1).max(max), { ...words, ...rest, type: 'table', max });
}

/** A job number as the house writes it: upper case, without spaces or hyphens, whatever way it was typed (§2.4). */
export function jobNumber(words: Words, more: FieldMore = {}) {
  const expected = {
    zh: '品牌代码＋产品线代码＋年份＋号码，如 YFLC2026001',
    en: 'brand code, line code, year and number, such as YFLC2026001',
  };
  const canonical = (typed: string): string =>
    typed
      .normalize('NFKC')
      .replace(/[\s\p{Pd}]+/gu, '')
      .toUpperCase();
  return field(shaped(/^[A-Z]{2,}[0-9]{4}[0-9]{3,}$/, expected, 40, canonical), {
    ...words,
    ...more,
    type: 'text',
    max: 40,
  });
}
