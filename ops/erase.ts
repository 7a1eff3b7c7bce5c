import { createInterface } from 'node:readline/promises';
import { tokensOf, dropToken } from '../api/session/tokens.ts';
import { clockOf } from '../config/clock.ts';
import { ensureIndexes } from '../store/connect.ts';
import type { NotErasable } from '../store/erase.ts';
import { erasable, erasePerson } from '../store/erase.ts';
import { personByAddress } from '../store/people.ts';
import { withStore } from './with-store.ts';

const usage = [
  'usage: jobbag erase PERSON',
  'Erases who a person was, by id or mail address, for good; the id and what was signed under it stay. It asks first.',
];

/** The answer to a question on the command line; undefined where nobody answers. */
type Ask = (question: string) => Promise<string | undefined>;

/**
 * `jobbag erase PERSON`: says what would go and what stays, asks for the id to be typed, and erases. 0 erased, 1 not (no such
 * person, still active, something on their desk, or not confirmed), 2 wrong use.
 */
export async function run(
  args: readonly string[],
  out: (line: string) => void,
  ask: Ask = askOnTerminal,
): Promise<number> {
  const [who, ...rest] = args;
  if (who === undefined || rest.length > 0 || who.startsWith('-')) {
    usage.forEach(out);
    return 2;
  }
  return withStore(async (store, config) => {
    await ensureIndexes(store);
    const id = who.includes('@') ? ((await personByAddress(store, who))?.id ?? who) : who;
    const found = await erasable(store, id);
    if ('why' in found) {
      out(`Nothing was erased: ${whyNot(found, who)}`);
      return 1;
    }
    const { person, entries, networks, mails, leaves } = found;
    const tokens = await tokensOf(store, id);
    out(`${person.name} (${id}), for good:`);
    out(`  name and mail address in the register and in its history`);
    out(`  name and addresses beside ${count(entries, 'entry of a log', 'entries of logs')}`);
    out(`  ${count(networks, 'network address', 'network addresses')} that commands came from`);
    out(`  ${count(mails, 'mail', 'mails')} as written to this person`);
    out(`  kind and reason of ${count(leaves, 'leave', 'leaves')}`);
    out(`  sessions, and ${count(tokens.length, 'API token', 'API tokens')}`);
    out(
      'What stays: the id and what was decided under it, what papers and mails to others say, sealed dossiers, backups.',
    );
    if ((await ask(`Type ${id} to erase: `))?.trim() !== id) {
      out('Nothing was erased.');
      return 1;
    }
    const at = clockOf(config)();
    await erasePerson(store, id, { by: 'operator', at, words: 'erased on the command line' });
    for (const token of tokens) await dropToken(store, id, token.id);
    out(`${id} is erased. Every log still verifies; run this again after restoring a backup.`);
    return 0;
  });
}

function whyNot(found: NotErasable, who: string): string {
  switch (found.why) {
    case 'unknown':
      return `there is no person ${who}. The id stands in the address of the person's page.`;
    case 'active':
      return 'this person is still active; switch the person off under "people" first.';
    case 'holds':
      return `${count(found.desks, 'thing still lies', 'things still lie')} on this desk; hand it over first.`;
  }
}

function count(n: number, one: string, more: string): string {
  return `${String(n)} ${n === 1 ? one : more}`;
}

async function askOnTerminal(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Whoever pipes nothing in has not confirmed.
    const closed = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
