import { clockOf } from '../config/clock.ts';
import { readConfig } from '../config/config.ts';
import type { KeyPurpose } from '../store/keyring.ts';
import { KeyFailure, keyPurposes, openKeyrings, retireKey, rotateKey } from '../store/keyring.ts';
import { openStepUsesKey } from '../store/steps.ts';
import { withStore } from './with-store.ts';

const usage = [
  'usage: jobbag keys [list]',
  '       jobbag keys rotate <ring>',
  '       jobbag keys retire <ring> <key id>',
  `rings: ${keyPurposes.join(', ')}`,
];

const isPurpose = (word: string | undefined): word is KeyPurpose => keyPurposes.some((purpose) => purpose === word);

/** `jobbag keys …`: shows, rotates and retires keys. Never prints a secret. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const [verb = 'list', ring, id] = args;
  const config = readConfig();
  const clock = clockOf(config);
  try {
    if (verb === 'list' && args.length <= 1) {
      list(config.keysDir, clock, out);
      return 0;
    }
    if (verb === 'rotate' && isPurpose(ring) && args.length === 2) {
      openKeyrings(config.keysDir, clock);
      out(
        `${ring}: ${rotateKey(config.keysDir, ring, clock())} is the current key from now on; older keys still open what they made`,
      );
      return 0;
    }
    if (verb === 'retire' && isPurpose(ring) && id !== undefined && args.length === 3) {
      await retireKey(config.keysDir, ring, id, (key) =>
        ring === 'links' ? withStore((connection) => openStepUsesKey(connection, key)) : Promise.resolve(false),
      );
      out(`${ring}: ${id} is retired`);
      return 0;
    }
  } catch (error) {
    if (!(error instanceof KeyFailure)) throw error;
    out(`${error.code}: ${error.message}`);
    return 1;
  }
  usage.forEach(out);
  return 2;
}

function list(folder: string, clock: () => string, out: (line: string) => void): void {
  for (const ring of Object.values(openKeyrings(folder, clock))) {
    const current = ring.current().id;
    for (const key of ring.all()) {
      const state = key.id === current ? 'current' : key.retired ? 'retired' : 'older';
      const shown = key.publicKey ? ` public ${key.publicKey.toString('base64')}` : '';
      out(`${ring.purpose.padEnd(8)} ${key.id} ${state.padEnd(7)} ${key.createdAt}${shown}`);
    }
  }
}
