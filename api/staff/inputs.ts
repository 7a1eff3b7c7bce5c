import type { FormField } from '../../papers/fields.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Problem } from '../../papers/problems.ts';
import { sizeInWords } from '../view/artwork.tsx';
import type { Choice, FieldKind, FieldProps } from '../view/fields.tsx';
import type { TableColumn } from '../view/inputs.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { titlesHere, type Surroundings } from './job.ts';
import { heldId, type HeldKeeper } from './held.ts';
import type { Typed } from './typed.ts';

/** What the fields of a form offer to choose from. */
export interface Offers {
  /** People for a field; by its key, because a client is asked for where the client acts. */
  readonly people: (key: string) => readonly Choice[];
  /** Choices of fields that name something registered, by the key of the field. */
  readonly refs: Readonly<Record<string, readonly Choice[]>>;
  readonly keeper: HeldKeeper;
  /** The table somebody asked one more row for; it is shown with two empty ones. */
  readonly addRow?: string;
}

/** A person as a choice, with their first title here. */
export function personChoice(person: Person, around: Pick<Surroundings, 'team'>, lang: Lang): Choice {
  const title = titlesHere(person, around.team)[0];
  return {
    value: person.id,
    label: person.name,
    ...(title === undefined ? {} : { note: pick(roleFacts[title].title, lang) }),
  };
}

const ofClient = new Set(['from', 'orderedBy', 'signer', 'receivedBy', 'approver']);
const ofBoth = new Set(['participants', 'attended']);

/** People to choose from around a job: the client's first where the client acts, both where both meet, else the team. */
export function peopleOffered(around: Surroundings, lang: Lang): (key: string) => readonly Choice[] {
  const ours = around.members.map((person) => personChoice(person, around, lang));
  const theirs = around.contacts.map((person) => personChoice(person, around, lang));
  return (key) => (ofClient.has(key) ? [...theirs, ...ours] : ofBoth.has(key) ? [...ours, ...theirs] : ours);
}

function simpleKind(field: FormField, offers: Offers, lang: Lang): TableColumn['kind'] {
  const refs = Object.hasOwn(offers.refs, field.key) ? offers.refs[field.key] : undefined;
  if (refs !== undefined && refs.length > 0) return { type: 'person', choices: refs };
  switch (field.type) {
    case 'enum':
      return {
        type: 'enum',
        choices: (field.options ?? []).map((option) => ({ value: option.value, label: pick(option, lang) })),
      };
    case 'person':
      return { type: 'person', choices: offers.people(field.key) };
    case 'long':
    case 'date':
    case 'datetime':
    case 'number':
    case 'money':
    case 'bool':
      return { type: field.type };
    default:
      return { type: 'text' };
  }
}

function kindOf(field: FormField, typed: Typed, offers: Offers, lang: Lang): FieldKind {
  switch (field.type) {
    case 'table':
      return {
        type: 'table',
        spare: offers.addRow === field.key ? 2 : 1,
        columns: (field.columns ?? []).map((column) => ({
          key: column.key,
          label: pick(column, lang),
          kind: simpleKind(column, offers, lang),
        })),
      };
    case 'list':
      return field.options
        ? {
            type: 'persons',
            choices: field.options.map((option) => ({ value: option.value, label: pick(option, lang) })),
          }
        : { type: 'list' };
    case 'persons':
      return { type: 'persons', choices: offers.people(field.key) };
    case 'files': {
      const value = typed[field.key];
      const held = Array.isArray(value)
        ? value.filter((row): row is Record<string, string> => typeof row === 'object' && row !== null)
        : [];
      return {
        type: 'files',
        held: held.map((row) => ({
          id: heldId(offers.keeper, row),
          name: row.name ?? '',
          note: sizeInWords(Number(row.size ?? 0)),
        })),
      };
    }
    default:
      return simpleKind(field, offers, lang);
  }
}

/** A field of a paper as the page draws it: label, hint, unit, what is typed, what is wrong. */
export function inputOf(field: FormField, typed: Typed, offers: Offers, lang: Lang, error?: string): FieldProps {
  const hints = [field.hint, field.requiredWhen, field.by].flatMap((words) => (words ? [pick(words, lang)] : []));
  return {
    lang,
    name: field.key,
    label: pick(field, lang),
    kind: kindOf(field, typed, offers, lang),
    value: typed[field.key],
    required: field.required && field.type !== 'bool',
    ...(hints.length === 0 ? {} : { hint: hints.join(lang === 'en' ? '. ' : '。') }),
    ...(field.unit && field.type === 'number' ? { unit: pick(field.unit, lang) } : {}),
    ...((field.type === 'text' || field.type === 'long') && field.max !== undefined ? { maxLength: field.max } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** What is wrong, by the field it stands beside; several findings of one field in one text. `prefix` is cut off first. */
export function errorsByField(problems: readonly Problem[], lang: Lang, prefix = ''): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const problem of problems) {
    const path = problem.field.startsWith(prefix) ? problem.field.slice(prefix.length) : problem.field;
    const key = path.split('.')[0] ?? '';
    const said = pick(problem, lang);
    found[key] = found[key] === undefined ? said : `${found[key]} ${said}`;
  }
  return found;
}

/** The fields of a form with something wrong, in its order, as the list above the form names them. */
export function failedFields(
  fields: readonly FormField[],
  errors: Readonly<Record<string, string>>,
  lang: Lang,
): readonly { readonly name: string; readonly label: string; readonly error: string }[] {
  return fields.flatMap((field) => {
    const error = errors[field.key];
    return error === undefined ? [] : [{ name: field.key, label: pick(field, lang), error }];
  });
}
