import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readStackEnvironment } from '../../ops/stack/environment.ts';
import type { StackPorts } from '../../ops/stack/stack.ts';

/** An empty folder that is removed when the file's tests are over. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobbag-stack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Any free port for everything. */
export const anyPorts: StackPorts = { engine: 0, ui: 0, documents: 0, postgres: 0, smtp: 0, inbox: 0 };

const { XDG_CACHE_HOME } = process.env;

/** An environment that names no part, whatever stack the other tests have been given. */
export const nothingGiven = readStackEnvironment(XDG_CACHE_HOME === undefined ? {} : { XDG_CACHE_HOME });
