import { mkdirSync, writeFileSync } from 'node:fs';
import type { JobPhase } from '../../domain/job/state.ts';
import { bookUntil } from '../domain/job/agency.ts';
import { phasesKept, stateFile, statesFolder } from './states.ts';

/*
 * Freezes the state of a job at several phases as this release makes it: `tsx test/states/record.ts 0.1.0`. Run it once
 * for a release and commit the files; they are never written again, whatever the core makes of a job later.
 */
const release = process.argv[2] ?? '';
if (!/^\d+\.\d+\.\d+$/.test(release)) throw new Error('usage: tsx test/states/record.ts RELEASE');
mkdirSync(statesFolder, { recursive: true });

const freeze = (name: string, phase: JobPhase, onHold = false): void => {
  const agency = bookUntil(phase);
  if (onHold) agency.does('manager', { type: 'hold', words: 'the client is restructuring' });
  const { state } = agency;
  // As a process at rest carries it: everything logged, nothing left to do.
  const carried = { ...state, head: { seq: state.seq, hash: 'recorded' }, effects: [] };
  writeFileSync(stateFile(name, release), `${JSON.stringify(carried)}\n`);
};
for (const phase of phasesKept) freeze(phase, phase);
freeze('ON_HOLD', 'ARTWORK_QC', true);
