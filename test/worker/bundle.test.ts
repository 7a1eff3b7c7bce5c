import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundleWorkflows } from '../../worker/bundle.ts';

const folder = new URL('../../workflows/', import.meta.url);
const source = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** The rules that a file loads when it runs; what is only a type is gone by then. */
function rulesLoadedBy(file: string): readonly string[] {
  return [...source(file).matchAll(/^import (?!type )[^;]*?'(?:\.\.\/)+(domain\/[^']+)';/gmu)].map(
    ([, rule]) => rule ?? '',
  );
}

test('design §2: every rule that a workflow decides by is loaded once a worker, not once a run', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const asked = files.filter((file) => file !== 'rules.ts').flatMap(rulesLoadedBy);
  expect([...new Set(asked)].sort()).toEqual([...rulesLoadedBy('rules.ts')].sort());
  expect(asked.length).toBeGreaterThan(10);
});

test('workflow code is written down as the worker’s own Node reads it', async () => {
  const { code } = await bundleWorkflows();
  expect(code).toContain('{ ...');
  expect(code).not.toContain('_object_spread');
});
