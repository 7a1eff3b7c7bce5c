import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where frozen states of meetings and minutes lie. */
export const caseStatesFolder = fileURLToPath(new URL('./frozen-cases/', import.meta.url));

/** All of them, as they lie there: nobody has read them yet. */
export function frozenCaseStates(): readonly { readonly name: string; readonly state: unknown }[] {
  return readdirSync(caseStatesFolder).map((file) => ({
    name: file.replace(/\.json$/, ''),
    state: JSON.parse(readFileSync(`${caseStatesFolder}${file}`, 'utf8')) as unknown,
  }));
}
