import { makeToken } from '../api/session/tokens.ts';
import { clockOf } from '../config/clock.ts';
import { readConfig } from '../config/config.ts';
import { closeStore, connectStore, ensureIndexes } from '../store/connect.ts';
import { people } from '../store/people.ts';

/**
 * `npm run jobbag -- token <personId> [name]`: makes an API token for a person and prints it once. Answers with the exit
 * code: 0 made, 1 no such person, 2 wrong use.
 */
export async function run(
  args: readonly string[],
  out: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  const [personId, name = 'command line'] = args;
  if (personId === undefined || args.length > 2) {
    process.stderr.write('Use: npm run jobbag -- token <personId> [name]\n');
    return 2;
  }
  const config = readConfig();
  const clock = clockOf(config);
  const store = await connectStore({ uri: config.mongodbUri });
  try {
    await ensureIndexes(store);
    const person = (await people.get(store, personId))?.value;
    if (person === undefined || !person.active || person.side !== 'agency') {
      process.stderr.write(`There is no active person of the agency with the id ${personId}.\n`);
      return 1;
    }
    const { token } = await makeToken(store, { personId, name: name.slice(0, 100), madeBy: 'operator', at: clock() });
    out(token);
    process.stderr.write(`Token for ${person.name}. It is shown once; send it as "Authorization: Bearer <token>".\n`);
    return 0;
  } finally {
    await closeStore(store);
  }
}
