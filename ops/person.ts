import { randomBytes } from 'node:crypto';
import { clockOf } from '../config/clock.ts';
import { roleFacts, roles } from '../domain/people/roles.ts';
import { addressKey, people } from '../store/people.ts';
import { ensureIndexes } from '../store/connect.ts';
import { withStore } from './with-store.ts';

const use = `Use: npm run jobbag -- person NAME ADDRESS ROLE, e.g. person "Wang Ran" wang@agency.example ACCOUNT_DIRECTOR\n`;

/**
 * `npm run jobbag -- person NAME ADDRESS ROLE`: makes a person of the agency, who can then sign in with a code mailed to
 * the address; the way into a house nobody is registered in yet. Answers with the exit code: 0 made, 1 the address is
 * somebody's already, 2 wrong use.
 */
export async function run(
  args: readonly string[],
  out: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  const [name = '', address = '', title = ''] = args.map((one) => one.trim());
  if (args.length !== 3 || name === '' || name.length > 60 || !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(address)) {
    process.stderr.write(use);
    return 2;
  }
  const titles = roles.filter((one) => roleFacts[one].side === 'agency');
  const role = titles.find((one) => one === title);
  if (!role) {
    process.stderr.write(`${title} is no title of the agency. One of: ${titles.join(', ')}\n`);
    return 2;
  }
  return withStore(async (store, config) => {
    await ensureIndexes(store);
    const id = `p-${randomBytes(6).toString('hex')}`;
    const person = {
      id,
      name,
      roles: [role],
      side: 'agency',
      language: 'zh-CN',
      mail: { address, revision: 1 },
      active: true,
    } as const;
    const saved = await people.save(store, id, 0, person, {
      by: 'operator',
      at: clockOf(config)(),
      words: 'made on the command line',
    });
    if (!saved.saved) {
      process.stderr.write(
        `Nobody was made: ${addressKey(address).slice('mail:'.length)} is somebody's address already.\n`,
      );
      return 1;
    }
    out(`${name} (${roleFacts[role].title.en}) can sign in with a code mailed to ${address}.`);
    return 0;
  });
}
