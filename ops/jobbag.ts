import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/config.ts';
import type { HousePlace } from './demo/place.ts';
import { placeFile } from './demo/place.ts';

type Run = (args: readonly string[], out: (line: string) => void) => Promise<number>;

/** The commands of `npm run jobbag --`; each file is loaded only when it is asked for. */
const commands: Readonly<Record<string, { readonly says: string; readonly load: () => Promise<{ run: Run }> }>> = {
  verify: {
    says: 'verify FILE            check an exported log offline and name the first bad entry',
    load: () => import('./verify.ts'),
  },
  export: { says: 'export JOB [FILE]      write the log of a job with its head', load: () => import('./export.ts') },
  rebuild: {
    says: 'rebuild                drop the read models and fold them from the log',
    load: () => import('./rebuild.ts'),
  },
  clean: {
    says: 'clean [--days N] [--remove]  list, or take away, uploaded files that nothing names',
    load: () => import('./clean.ts'),
  },
  keys: { says: 'keys [rotate|retire …] list, rotate and retire keys', load: () => import('./keys.ts') },
  person: {
    says: 'person NAME ADDRESS ROLE  make a person of the agency, who can then sign in',
    load: () => import('./person.ts'),
  },
  erase: {
    says: 'erase PERSON           erase who a person was: names, addresses, mails; asks first',
    load: () => import('./erase.ts'),
  },
  token: { says: 'token PERSON [NAME]    make an API token for a person', load: () => import('./token.ts') },
  'codec-server': {
    says: "codec-server [PORT] [ORIGIN]  let the engine's own tools read what lies encrypted in it, until Ctrl-C",
    load: () => import('./codec-server.ts'),
  },
};

/** A house that `npm start` runs has written down where it is; what the environment names wins. */
function fromRunningHouse(): void {
  const file = join(process.env['JOBBAG_DATA_DIR'] ?? join(process.cwd(), '.jobbag'), placeFile);
  if (process.env['MONGODB_URI'] !== undefined || !existsSync(file)) return;
  const { environment } = JSON.parse(readFileSync(file, 'utf8')) as HousePlace;
  for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;
}

async function main(): Promise<number> {
  fromRunningHouse();
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    console.log(['npm run jobbag -- COMMAND', ...Object.values(commands).map((one) => `  ${one.says}`)].join('\n'));
    return name === '' ? 0 : 2;
  }
  return (await command.load()).run(args, (line) => console.log(line));
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
