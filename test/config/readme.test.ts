import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configVariables } from '../../config/config.ts';

/** What the documents name exists, and what exists is named: commands, settings, files, addresses of pages. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'ops/README.md',
  'ops/stack/README.md',
  'api/view/README.md',
  'api/approve/README.md',
  'test/faults/README.md',
] as const;
/** What stands in a document as code: between backticks, or a block. */
const codeIn = (path: string): readonly string[] => {
  const text = read(path);
  const blocks = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline];
};
const everyCode = documents.flatMap((path) => codeIn(path));
const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(join(folder, name)));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || (entry.name.startsWith('.') && entry.name !== '.ci')) return [];
    if (!entry.isDirectory()) return [entry.name];
    return filesBelow(join(folder, entry.name)).map((name) => `${entry.name}/${name}`);
  });
}

describe('what the documents say', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

  it('every script of npm has a line, and every script that is named exists', () => {
    const named = everyCode.flatMap((code) => {
      const [, script] = /\bnpm (?:run (?:-s )?)?([a-z][a-z:-]*)/.exec(code) ?? [];
      return script === undefined || script === 'ci' ? [] : [script];
    });
    expect(Object.keys(scripts).filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => name !== 'run' && !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('every command of jobbag is listed in both documents, and no other', () => {
    const help = execFileSync(process.execPath, ['--import', 'tsx', 'ops/jobbag.ts'], { cwd: root, encoding: 'utf8' });
    const commands = [...help.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name = '']) => name).sort();
    expect(commands.length).toBeGreaterThan(5);
    const told = codeIn('ops/README.md').flatMap((code) => /\bnpm run jobbag -- ([a-z-]+)/.exec(code)?.[1] ?? []);
    expect([...new Set(told)].sort()).toEqual(commands);
    const [line = ''] = /^\| `npm run jobbag -- …`.*$/m.exec(read('README.md')) ?? [];
    expect([...line.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name).sort()).toEqual(commands);
  });

  it('every setting is explained in ops/README.md, and every setting that is named exists', () => {
    const explained = new Set(codeIn('ops/README.md').map((code) => code.replace(/=.*$/, '')));
    expect(configVariables.filter((name) => !explained.has(name))).toEqual([]);
    const known = ['config/config.ts', 'ops/stack/environment.ts', 'ops/start.ts', 'ops/rehearse/main.ts']
      .map(read)
      .join('\n');
    const named = everyCode.flatMap((code) => code.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []);
    const ours = named.filter((name) =>
      /^(JOBBAG|TEMPORAL|MONGODB|SMTP|HTTP|MAIL|BOUNCE|BLOBS|OIDC|OTEL|CLOCK)_/.test(name),
    );
    expect(ours.length).toBeGreaterThan(40);
    expect([...new Set(ours)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(documents)('%s names only files and folders that are there', (document) => {
    const there = filesBelow(root);
    // A name is enough where the sentence says the folder; what a house makes when it runs is nobody's file.
    const isThere = (path: string): boolean =>
      there.some((file) => `/${file}`.endsWith(`/${path}`) || (path.endsWith('/') && `/${file}`.includes(`/${path}`)));
    const made = ['engine/', 'documents/', 'logs/', 'run/', 'blobs/', 'keys/', 'app.css', 'house.json'];
    const paths = codeIn(document)
      .flatMap(
        (code) =>
          code.match(
            /(?<![\w/.<:@-])(?:\.\.?\/)*(?:[\w-]+\/)*(?:[\w-]+\.(?:tsx?|md|ya?ml|css|js|xml)\b|[\w-]+\/(?![\w<*…]))/g,
          ) ?? [],
      )
      .map((path) => path.replace(/^(\.\.?\/)+/, ''));
    expect(paths.filter((path) => !made.includes(path) && !isThere(path))).toEqual([]);
  });

  it('every page that README.md names is served', () => {
    const code = sources('api').join('\n');
    const pages = codeIn('README.md').filter((one) => /^\/[a-z]+(\/[a-z]+)*$/.test(one));
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.filter((page) => !code.includes(`'${page}'`))).toEqual([]);
  });

  it('every folder of the house has its line in the table of README.md', () => {
    const table = codeIn('README.md');
    const folders = readdirSync(root).filter(
      (name) => !name.startsWith('.') && name !== 'node_modules' && statSync(join(root, name)).isDirectory(),
    );
    expect(folders.filter((name) => name !== 'docs' && !table.includes(`${name}/`))).toEqual([]);
  });
});
