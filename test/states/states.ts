import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JobPhase } from '../../domain/job/state.ts';

/** Where frozen states lie. */
export const statesFolder = fileURLToPath(new URL('./frozen/', import.meta.url));

/** Phases a state is kept of: a paper at the client, an order on its way, pieces in work, in control, done. */
export const phasesKept = [
  'REQUESTED',
  'ASSESSING',
  'ORDER_SIGNOFF',
  'INTERNAL_REVIEW',
  'CLIENT_CONFIRMED',
  'ARTWORK_QC',
  'PROOF_QC',
  'CLOSING',
  'ARCHIVED',
] as const satisfies readonly JobPhase[];

/** File of one frozen state. */
export function stateFile(name: string, release: string): string {
  return `${statesFolder}${name}-${release}.json`;
}

/** All frozen states of all releases, as they lie there: nobody has read them yet. */
export function frozenStates(): readonly { readonly name: string; readonly state: unknown }[] {
  return readdirSync(statesFolder).map((file) => ({
    name: file.replace(/\.json$/, ''),
    state: JSON.parse(readFileSync(`${statesFolder}${file}`, 'utf8')) as unknown,
  }));
}
