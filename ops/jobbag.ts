import { ConfigError } from '../config/config.ts';

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
  keys: { says: 'keys [rotate|retire …] list, rotate and retire keys', load: () => import('./keys.ts') },
  token: { says: 'token PERSON [NAME]    make an API token for a person', load: () => import('./token.ts') },
};

async function main(): Promise<number> {
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
