import type { Connection } from 'mongoose';
import type { Keyring } from './keyring.ts';
import { macOf, sameMac } from './keyring.ts';
import type { NoticeRow } from './notices.ts';
import { outboxTable } from './outbox.ts';
import { op } from './table.ts';

/**
 * Return addresses of mails whose coming back must be known: `bounces+<mail>-<mac>@agency.example`. The mail's key in the
 * outbox stands for process, notice, entry and person, which would not fit into the 64 characters before an `@`. All of it
 * is lower case, because some servers make it so on the way.
 */

const idDigits = 32;
const macBytes = 10;

function macFor(ring: Keyring, keyId: string, mail: string): Buffer | undefined {
  const key = ring.byId(keyId);
  return key && macOf(key, `return:${mail}`, macBytes);
}

/** The return address of a mail. `base` is the address all bounces come to. */
export function returnAddressOf(base: string, mailId: string, ring: Keyring): string {
  const mail = mailId.slice(0, idDigits);
  const at = base.lastIndexOf('@');
  const mac = macOf(ring.current(), `return:${mail}`, macBytes).toString('hex');
  return `${base.slice(0, at)}+${mail}-${mac}${base.slice(at)}`;
}

/** First digits of the key of the mail that a return address belongs to; undefined for any address that is not ours. */
export function mailOfReturnAddress(base: string, address: string, ring: Keyring): string | undefined {
  const at = base.lastIndexOf('@');
  const lower = address.toLowerCase();
  if (!lower.startsWith(`${base.slice(0, at)}+`) || !lower.endsWith(base.slice(at))) return undefined;
  const match = /^([0-9a-f]{32})-([0-9a-f]{20})$/.exec(lower.slice(at + 1, lower.length - (base.length - at)));
  const [, mail, mac] = match ?? [];
  if (mail === undefined || mac === undefined) return undefined;
  const given = Buffer.from(mac, 'hex');
  const ours = ring.all().some(({ id }) => {
    const expected = macFor(ring, id, mail);
    return expected !== undefined && sameMac(given, expected);
  });
  return ours ? mail : undefined;
}

/** The mail of a case whose key begins so; undefined where there is none, or where it is no mail of a case. */
export async function noticeBeginning(connection: Connection, mail: string): Promise<NoticeRow | undefined> {
  const row = await outboxTable(connection).collection.findOne(
    op({ _id: { $gte: mail, $lt: `${mail}g` }, kind: 'notice' }) as never,
  );
  // Rows of this kind are written in `notices.ts` alone.
  return (row as unknown as NoticeRow | null) ?? undefined;
}
