import type { Connection } from 'mongoose';
import type { FormField } from '../../../papers/fields.ts';
import { formFields } from '../../../papers/fields.ts';
import { diffPapers } from '../../../papers/diff.ts';
import type { Content, FormDefinition } from '../../../papers/form.ts';
import { forms } from '../../../papers/index.ts';
import { yuan } from '../../../papers/money.ts';
import { isFormId } from '../../../domain/wording/papers.ts';
import { isInstant } from '../../../domain/instant.ts';
import type { Lang } from '../lang.ts';
import { pick } from '../lang.ts';
import type { ChangeLine, PaperLine } from '../paper.tsx';
import type { TimeView } from '../time.tsx';
import { dateInWords, momentInWords } from '../time.tsx';
import { namesFor } from './house.ts';
import { words } from '../words/index.ts';

/** What is needed to say the values of a paper: the language, the calendar, and what ids are called. */
export interface Saying {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly nameOf: (id: string) => string;
  /** The client of this id, where the same id may be a brand's too. */
  readonly clientOf?: (id: string) => string;
}

/** Ids that stand in a paper, among other short texts: whatever is nobody's id finds nobody. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(idsIn);
}

/** What the values of these papers of a job are said with: everybody and everything they name, by name. */
export async function sayingFor(
  store: Connection,
  job: { readonly clientId: string },
  contents: readonly Content[],
  { lang, time }: Pick<Saying, 'lang' | 'time'>,
): Promise<Saying> {
  const names = await namesFor(store, { people: contents.flatMap(idsIn), clients: [job.clientId] });
  const tables = [names.person, names.brand, names.client, names.line];
  return {
    lang,
    time,
    nameOf: (id) => tables.map((nameOf) => nameOf(id)).find((name) => name !== id) ?? id,
    clientOf: names.client,
  };
}

/** Fields that hold the id of something of the register without being a person. */
const registered: ReadonlySet<string> = new Set(['clientId', 'client', 'brandId', 'lineId']);

/** The form a paper was written on; undefined for one this release does not know. */
export function formOf(form: string): FormDefinition | undefined {
  return isFormId(form) ? forms[form] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The content of a frozen paper as a record; anything else is empty. */
export function contentOf(value: unknown): Content {
  return isRecord(value) ? value : {};
}

/** One value of a field in words: money in yuan, days and moments as people say them, choices and people by name. */
export function sayValue(field: FormField, value: unknown, saying: Saying): string {
  const t = words(saying.lang);
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value.map((one) => sayValue(field, one, saying)).join(saying.lang === 'en' ? ', ' : '、');
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? `¥ ${yuan(value)}` : '';
    case 'bool':
      return value === true ? t('yes') : t('no');
    case 'datetime':
      return typeof value === 'string' && isInstant(value) ? momentInWords(saying.time, value, saying.lang) : '';
    case 'date':
      return typeof value === 'string' ? dateInWords(value, saying.lang) : '';
    case 'person':
    case 'persons':
      return typeof value === 'string' ? saying.nameOf(value) : '';
    case 'files':
      return isRecord(value) && typeof value.name === 'string' ? value.name : '';
    default: {
      if (typeof value !== 'string' && typeof value !== 'number')
        return isRecord(value)
          ? Object.values(value)
              .filter((one) => typeof one === 'string')
              .join(' ')
          : '';
      if (registered.has(field.key) && typeof value === 'string')
        return (field.key.startsWith('client') ? (saying.clientOf ?? saying.nameOf) : saying.nameOf)(value);
      const option = field.options?.find((one) => one.value === value);
      const said = option ? pick(option, saying.lang) : String(value);
      return field.unit && typeof value === 'number' ? `${said} ${pick(field.unit, saying.lang)}` : said;
    }
  }
}

function valueOf(field: FormField, value: unknown, saying: Saying, hidden: readonly string[]): PaperLine['value'] {
  if (field.type === 'table') {
    const columns = (field.columns ?? []).filter(({ key }) => !hidden.includes(key));
    const rows = Array.isArray(value) ? value.filter(isRecord) : [];
    return {
      columns: columns.map((column) => pick(column, saying.lang)),
      rows: rows.map((row) => columns.map((column) => sayValue(column, row[column.key], saying))),
    };
  }
  if (Array.isArray(value) && field.type !== 'persons') return value.map((one) => sayValue(field, one, saying));
  return sayValue(field, value, saying);
}

/**
 * A paper as it is read and printed, from its form definition: every field in its order, empty ones too where they are
 * asked for. `hidden`: keys of fields and columns that this reader is not shown.
 */
export function paperLines(
  form: FormDefinition,
  content: Content,
  saying: Saying,
  hidden: readonly string[] = [],
): PaperLine[] {
  return formFields(form).flatMap((field) => {
    const value = content[field.key];
    if (hidden.includes(field.key) || (value === undefined && !field.required)) return [];
    return [
      {
        label: pick(field, saying.lang),
        value: valueOf(field, value, saying, hidden),
        wide: field.type === 'long' || field.type === 'table' || field.type === 'list',
      },
    ];
  });
}

function short(text: string): string {
  const characters = [...text];
  return characters.length > 160 ? `${characters.slice(0, 160).join('')}…` : text;
}

/** What a version says differently from the one before, in words. */
export function paperChanges(form: FormDefinition, before: Content, after: Content, saying: Saying): ChangeLine[] {
  return diffPapers(form, before, after).flatMap((change): ChangeLine[] => {
    const label = pick(change.field, saying.lang);
    if (change.field.type !== 'table')
      return [
        {
          label,
          from: short(sayValue(change.field, change.before, saying)),
          to: short(sayValue(change.field, change.after, saying)),
        },
      ];
    return tableChanges(change.field, label, change.before, change.after, saying);
  });
}

function tableChanges(field: FormField, label: string, before: unknown, after: unknown, saying: Saying): ChangeLine[] {
  const t = words(saying.lang);
  const columns = field.columns ?? [];
  const rowsOf = (value: unknown): string[] =>
    (Array.isArray(value) ? value.filter(isRecord) : []).map((row) =>
      columns
        .map((column) => sayValue(column, row[column.key], saying))
        .filter(Boolean)
        .join(' · '),
    );
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const lines: ChangeLine[] = [];
  for (let index = 0; index < Math.max(old.length, now.length); index += 1) {
    if (old[index] === now[index]) continue;
    lines.push({
      label: `${label} · ${t('row', { n: index + 1 })}`,
      from: short(old[index] ?? ''),
      to: short(now[index] ?? ''),
    });
  }
  return lines;
}
