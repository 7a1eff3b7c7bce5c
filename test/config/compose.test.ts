import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configVariables, readConfig } from '../../config/config.ts';
import { workerMemory, workerThreads } from '../../worker/memory.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The variables that api and worker get, as the file writes them. */
function appEnvironment(): ReadonlyMap<string, string> {
  const [, block = ''] = /environment: &app-environment\n((?: {4}.*\n)+)/.exec(read('docker-compose.yml')) ?? [];
  const lines = [...block.matchAll(/^ {4}([A-Z0-9_]+): (.*)$/gm)];
  return new Map(lines.map(([, name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')]));
}

/** What a line of the file comes to: `${X:-default}`, `${X:?why it must be set}`. */
function filledIn(value: string, env: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{([A-Z0-9_]+):([-?])([^}]*)\}/g, (_all, name: string, how: string, rest: string) => {
    const given = env[name] ?? '';
    if (given !== '') return given;
    if (how === '-') return rest;
    throw new Error(`${name}: ${rest}`);
  });
}

const mandatory = {
  PUBLIC_BASE_URL: 'https://jobbag.example.com',
  MAIL_FROM: 'jobbag@agency.example',
  MONGO_PASSWORD: 'secret1',
};

const configOf = (env: Readonly<Record<string, string>>) =>
  readConfig(Object.fromEntries([...appEnvironment()].map(([name, value]) => [name, filledIn(value, env)])));

describe('docker-compose.yml', () => {
  it('hands on every setting there is, but those of an engine elsewhere and of a rehearsal', () => {
    const elsewhere = ['TEMPORAL_API_KEY', 'TEMPORAL_TLS', 'CLOCK_OFFSET_MS', 'CLOCK_FILE'];
    const given = [...appEnvironment().keys()];
    expect(given.sort()).toEqual(configVariables.filter((name) => !elsewhere.includes(name)).sort());
  });

  it('starts with nothing but what it demands, and says by name what is missing', () => {
    expect(configOf(mandatory)).toMatchObject({
      mailFrom: 'jobbag@agency.example',
      httpPort: 8080,
      uploadMaxFiles: 20,
    });
    expect(configOf(mandatory).bounces).toBeUndefined();
    for (const name of Object.keys(mandatory))
      expect(() => configOf({ ...mandatory, [name]: '' })).toThrow(new RegExp(`^${name}: Set ${name}`));
  });

  it('runs a worker with the memory and the threads of one, as `npm run start:worker` does', () => {
    const quoted = workerMemory.map((argument) => `'${argument}'`).join(', ');
    const inLine = read('docker-compose.yml').replaceAll(/\s+/g, ' ');
    expect(inLine).toContain(`'node', ${quoted}, '--import', 'tsx', '--require', '${workerThreads}', 'worker/main.ts'`);
    const run = `node ${workerMemory.join(' ')} --import tsx --require ${workerThreads} worker/main.ts`;
    expect(read('package.json')).toContain(`"${run}"`);
  });

  it('takes bounces in: the return address, a listener other containers reach, the secret of the webhook', () => {
    const bounces = { BOUNCE_ADDRESS: 'bounces@agency.example', BOUNCE_SMTP_PORT: '2525' };
    expect(configOf({ ...mandatory, ...bounces, BOUNCE_WEBHOOK_SECRET: 's'.repeat(32) }).bounces).toEqual({
      address: 'bounces@agency.example',
      smtpHost: '0.0.0.0',
      smtpPort: 2525,
      webhookSecret: 's'.repeat(32),
    });
    expect(read('docker-compose.yml')).toContain('${BOUNCE_SMTP_PUBLISHED:-127.0.0.1:2525}:${BOUNCE_SMTP_PORT:-2525}');
  });

  it('every variable it asks for stands in the example of .env', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{([A-Z0-9_]+):/g)].map(([, name]) => name);
    const example = read('ops/stack/compose/env.example');
    for (const name of new Set(asked)) expect(example, name).toMatch(new RegExp(`^#?${name ?? ''}=`, 'm'));
  });
});
