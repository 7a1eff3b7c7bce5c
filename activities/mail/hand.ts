import { setTimeout } from 'node:timers/promises';
import { diffMs } from '../../domain/instant.ts';
import { findGrants } from '../../store/grants.ts';
import { linkFor } from '../../store/links.ts';
import { markFailed, markSent, releaseMail } from '../../store/outbox.ts';
import type { OutboxRow, WrittenMail } from '../../store/outbox.ts';
import { composeMail } from './compose.ts';
import { later, serverFault } from './later.ts';
import { SendFailed } from './mailer.ts';
import type { MailDeps } from './parts.ts';
import { sortFault } from './smtp-faults.ts';

/**
 * Puts the links in, hands the mail to the server, and keeps what came of it. Links exist only here, in memory. Returns
 * what was noted at the mail when the server accepted it; undefined when it never will, or when the note came too late.
 */
export async function hand(
  deps: MailDeps,
  mailId: string,
  mail: WrittenMail,
  alone: boolean,
  /** The address in the envelope, where a mail that comes back must be known again. */
  returnTo?: string,
): Promise<Pick<OutboxRow, 'sentAt' | 'answer'> | undefined> {
  const { connection, mailer, mailFrom } = deps;
  const links = new Map<string, string>();
  const grants = await findGrants(connection, mail.grantIds);
  for (const grantId of mail.grantIds) {
    const grant = grants.get(grantId);
    if (grant === undefined) {
      await releaseMail(connection, mailId, 'GRANT_MISSING', false, deps.clock());
      throw later('GrantMissing', 'the grant of a link is not in the store', 5000);
    }
    links.set(grantId, `${deps.publicBaseUrl}${linkFor(grant, deps.ring)}`);
  }
  const name = mail.language === 'zh-CN' ? deps.agencyName.zh : deps.agencyName.en;
  const bytes = await composeMail(mailId, mail, { name, address: mailFrom }, links);
  let answer: string;
  try {
    ({ answer } = await mailer.send({ from: returnTo ?? mailFrom, to: mail.to.address, bytes }));
  } catch (error) {
    const fault = error instanceof SendFailed ? sortFault(error.cause, error.handedOver) : sortFault(error);
    if (fault.kind === 'permanent') {
      await markFailed(connection, mailId, fault.why);
      return undefined;
    }
    await releaseMail(connection, mailId, fault.why, fault.unsure, deps.clock());
    throw serverFault(fault.why, diffMs(mail.date, deps.clock()));
  }
  // Outside the try: the mail is out. When nothing can be noted for so long, the claim runs out and the outcome counts
  // as unknown; then it goes out once more.
  const sentAt = deps.clock();
  return (await noted(() => markSent(connection, mailId, { sentAt, answer, alone }))) ? { sentAt, answer } : undefined;
}

/** A store that is away comes back in seconds; a mail that was accepted and not noted would be a second copy. */
const noteWithinMs = 60_000;

async function noted<T>(note: () => Promise<T>): Promise<T> {
  const from = performance.now();
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 2_000)) {
    try {
      return await note();
    } catch (error) {
      if (performance.now() - from > noteWithinMs) throw error;
      await setTimeout(waitMs);
    }
  }
}
