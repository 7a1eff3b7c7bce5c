import type { Connection } from 'mongoose';
import { safeError, type Logger } from '../../config/logging.ts';
import type { Heads } from '../../domain/log/linked.ts';
import { headsForJob, ownerOfJob } from '../../store/job-links.ts';
import type { Wish } from './door.ts';

/**
 * Heads of the chains a job is linked with, for the commands that rest on them: a job that is asked for and a paper that
 * is submitted. None for any other act, and none where the store is away: a command is worth more than its links.
 */
export async function linksFor(
  deps: { readonly store: Connection; readonly logger: Logger },
  processId: string,
  { act }: Pick<Wish, 'act'>,
): Promise<{ readonly links?: Heads }> {
  try {
    switch (act.type) {
      case 'request':
        return { links: await headsForJob(deps.store, act) };
      case 'submit': {
        const owner = await ownerOfJob(deps.store, processId);
        return owner ? { links: await headsForJob(deps.store, owner) } : {};
      }
      default:
        return {};
    }
  } catch (error) {
    deps.logger.warn({ err: safeError(error), processId }, 'the linked chains of a command could not be read');
    return {};
  }
}
