import type { Request } from 'express';
import type { Connection } from 'mongoose';
import type { Clock } from '../../config/clock.ts';
import { safeError, type Logger } from '../../config/logging.ts';
import type { Actor } from '../../domain/process.ts';
import { keepNetwork } from '../../store/networks.ts';
import type { Wish } from './door.ts';

/** The network address of a request, as the configured proxies are trusted to say (`TRUST_PROXY`). */
export function fromOf(req: Request): { readonly from?: string } {
  return req.ip === undefined ? {} : { from: req.ip };
}

/**
 * The actor of a wish with the commitment to the address it came from. The address goes beside the log before the command
 * is sent. Where the store is away the command goes without: a decision is worth more than where it was made.
 */
export async function withNetwork(
  deps: { readonly store: Connection; readonly clock: Clock; readonly logger: Logger },
  commandId: string,
  { actor, from }: Pick<Wish, 'actor' | 'from'>,
): Promise<Actor> {
  if (from === undefined || actor.kind !== 'person') return actor;
  try {
    const { personId } = actor;
    const network = await keepNetwork(deps.store, { id: commandId, personId, address: from, at: deps.clock() });
    return { ...actor, network };
  } catch (error) {
    deps.logger.warn({ err: safeError(error), commandId }, 'the network address of a command could not be kept');
    return actor;
  }
}
