import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildOnce, cachedFolder } from '../../ops/stack/cache.ts';
import { freshFolder } from './folder.ts';

const cache = new URL('../../ops/stack/cache.ts', import.meta.url).pathname;

test('two builders at once make one build, and both get it whole', async () => {
  const cacheDir = freshFolder();
  let builds = 0;
  const build = {
    name: 'part',
    version: '1',
    recipe: ['a'],
    build: async (into: string) => {
      builds += 1;
      writeFileSync(join(into, 'one'), '1');
      await sleep(300);
      writeFileSync(join(into, 'two'), '2');
    },
  };
  const folders = await Promise.all([
    buildOnce(cacheDir, build),
    buildOnce(cacheDir, build),
    buildOnce(cacheDir, build),
  ]);
  expect(new Set(folders).size).toBe(1);
  expect(builds).toBe(1);
  expect(readdirSync(folders[0]).sort()).toEqual(['one', 'two']);
  expect(readdirSync(cacheDir)).toHaveLength(1);
});

test('a failed build leaves nothing, and the next one succeeds', async () => {
  const cacheDir = freshFolder();
  const part = { name: 'part', version: '1', recipe: [] };
  const fails = async (into: string): Promise<void> => {
    await sleep(1);
    writeFileSync(join(into, 'half'), '');
    throw new Error('no compiler');
  };
  await expect(buildOnce(cacheDir, { ...part, build: fails })).rejects.toThrow('no compiler');
  expect(readdirSync(cacheDir)).toEqual([]);
  const folder = await buildOnce(cacheDir, { ...part, build: () => Promise.resolve() });
  expect(existsSync(folder)).toBe(true);
});

test('a killed builder leaves nothing half, and its lock does not block', async () => {
  const cacheDir = freshFolder();
  const code = `
    const { buildOnce } = await import(${JSON.stringify(cache)});
    await buildOnce(${JSON.stringify(cacheDir)}, { name: 'part', version: '1', recipe: [], build: async () => {
      process.stdout.write('building'); await new Promise((resolve) => setTimeout(resolve, 60_000)); } });`;
  const builder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(builder.stdout, 'data');
  builder.kill('SIGKILL');
  await once(builder, 'exit');
  const part = { name: 'part', version: '1', recipe: [] };
  expect(existsSync(cachedFolder(cacheDir, part))).toBe(false);
  expect(readdirSync(cacheDir)).toHaveLength(2);
  const folder = await buildOnce(cacheDir, {
    ...part,
    build: (into) => Promise.resolve(writeFileSync(join(into, 'whole'), 'yes')),
  });
  expect(readFileSync(join(folder, 'whole'), 'utf8')).toBe('yes');
  expect(readdirSync(cacheDir)).toHaveLength(1);
});

test('another recipe is another build', () => {
  const part = { name: 'part', version: '1' };
  expect(cachedFolder('/c', { ...part, recipe: ['a'] })).not.toBe(cachedFolder('/c', { ...part, recipe: ['b'] }));
  expect(cachedFolder('/c', { ...part, recipe: ['a'] })).toBe(cachedFolder('/c', { ...part, recipe: ['a'] }));
});
