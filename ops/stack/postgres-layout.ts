import { join } from 'node:path';
import { versions } from './versions.ts';

/** Where a program of PostgreSQL lies in the private folder. */
export function postgresBin(root: string, name: string): string {
  return join(root, 'usr/lib/postgresql', versions.postgres, 'bin', name);
}
