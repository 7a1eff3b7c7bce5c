import type { DigestActivities } from '../contract.ts';
import { soon } from '../mail/later.ts';
import { giveUpDigest, sendDigest, type SendDeps } from './send.ts';

/** What the workflow of a digest asks of the world, from the parts that mail is sent with. */
export function createDigestActivities(deps: SendDeps): DigestActivities {
  return {
    async sendDigest(digestId) {
      try {
        return await sendDigest(deps, digestId);
      } catch (error) {
        throw soon(error);
      }
    },
    giveUpDigest: (digestId) => giveUpDigest(deps, digestId),
  };
}
