import type { Role } from '../people/roles.ts';
import { roleFacts } from '../people/roles.ts';
import { inBrackets, inLang, inRow, type Lang } from './language.ts';

/** A person as histories name them. */
export interface NamedPerson {
  readonly name: string;
  readonly role?: Role;
}

/** What a history needs to know beside the events, which hold ids only. Whatever is not known is left out or named by its id. */
export interface HistoryNames {
  person(id: string): NamedPerson | undefined;
  /** Name of a piece. */
  piece?(id: string): string | undefined;
  /** Which version went round in a round of a circulation. */
  version?(circulation: string, round: number): number | undefined;
  /** A moment as a person reads it, in the zone of the house. */
  time?(instant: string, lang: Lang): string;
  /** A calendar day as a person reads it. */
  day?(date: string, lang: Lang): string;
}

/** A person in a sentence: `陈默（文案）`, `Chen Mo (Copywriter)`. A person who was erased stays an id. */
export function personInWords(id: string, names: HistoryNames, lang: Lang): string {
  const known = names.person(id);
  if (known === undefined) return id;
  return known.role === undefined
    ? known.name
    : `${known.name}${inBrackets(inLang(roleFacts[known.role].title, lang), lang)}`;
}

/** Several people in a sentence. */
export function peopleInWords(ids: readonly string[], names: HistoryNames, lang: Lang): string {
  return inRow(
    ids.map((id) => personInWords(id, names, lang)),
    lang,
  );
}

/** A moment in a sentence. */
export function timeInWords(instant: string, names: HistoryNames, lang: Lang): string {
  return names.time?.(instant, lang) ?? instant;
}

/** A calendar day in a sentence. */
export function dayInWords(date: string, names: HistoryNames, lang: Lang): string {
  return names.day?.(date, lang) ?? date;
}
