import { randomUUID } from 'node:crypto';
import { mailOfReturnAddress, noticeBeginning } from '../../store/return-address.ts';
import type { ApiDeps } from '../deps.ts';
import { saysUndelivered } from './read.ts';

/**
 * What became of a message that came to a return address. `taken`: the case knows that its mail came back. `ignored`: it is
 * none of ours, or no report of a failure. `later`: nobody could take it in; whoever brings it should come again.
 */
export type Taken = 'taken' | 'ignored' | 'later';

/** Whether an address is a return address of ours. */
export function isOurs(deps: ApiDeps, address: string): boolean {
  const base = deps.config.bounces?.address;
  return base !== undefined && mailOfReturnAddress(base, address, deps.keys.links) !== undefined;
}

/**
 * Takes in a message that came to a return address. A failure is told to the case, which may have been filed meanwhile:
 * it is then taken up again. The same report a second time changes nothing.
 */
export async function takeBounce(deps: ApiDeps, address: string, raw: Buffer): Promise<Taken> {
  const base = deps.config.bounces?.address;
  const mail = base === undefined ? undefined : mailOfReturnAddress(base, address, deps.keys.links);
  if (mail === undefined || !(await saysUndelivered(raw))) return 'ignored';
  const row = await noticeBeginning(deps.store, mail);
  if (row === undefined) return 'ignored';
  const { processId, notice, seq, asking, to } = row.input;
  // Whoever stands in got it, but it is the person it was meant for who was not reached.
  const personId = 'personId' in to ? to.personId : row.personId;
  const act = { type: 'bounced', notice, sent: asking ?? seq, personId, at: deps.clock() } as const;
  const actor = { kind: 'system', name: 'mail' } as const;
  const answer = await deps.door.send(processId, { actor, act, id: `bounce-${randomUUID()}` });
  deps.logger.info({ processId, notice, outcome: answer.kind }, 'a mail came back');
  return answer.kind === 'unavailable' ? 'later' : 'taken';
}
