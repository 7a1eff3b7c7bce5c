import { lengthPrefixed } from '../../store/digest.ts';
import { macOf, sameMac, type Keyring } from '../../store/keyring.ts';

/** Signs and checks the ids of files that lie with a form: nobody can attach a file they did not upload or were shown. */
export interface HeldKeeper {
  readonly ring: Keyring;
  /** To whom the form was shown: id of the session. */
  readonly holder: string;
}

/** A file that lies with a form, as rows of a form keep it. */
export interface HeldRow extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly size: string;
  readonly hash: string;
}

const message = (holder: string, row: HeldRow): string =>
  lengthPrefixed(['jobbag-held-1', holder, row.name, row.size, row.hash]);

/** The id under which a form posts a file it holds: the file and our mark on it. */
export function heldId(keeper: HeldKeeper, row: Readonly<Record<string, string>>): string {
  const held: HeldRow = { name: row.name ?? '', size: row.size ?? '0', hash: row.hash ?? '' };
  const key = keeper.ring.current();
  const body = Buffer.from(JSON.stringify([held.name, held.size, held.hash])).toString('base64url');
  return `${body}.${key.id}${macOf(key, message(keeper.holder, held)).toString('base64url')}`;
}

/** The files behind posted ids; ids that are not ours for this holder are left out. */
export function readHeld(keeper: HeldKeeper, ids: readonly string[]): readonly HeldRow[] {
  return ids.slice(0, 60).flatMap((id): HeldRow[] => {
    const match = /^([A-Za-z0-9_-]{1,2000})\.([a-z0-9]{6})([A-Za-z0-9_-]{22})$/.exec(id);
    const key = match?.[2] === undefined ? undefined : keeper.ring.byId(match[2]);
    if (match?.[1] === undefined || match[3] === undefined || key === undefined) return [];
    let parts: unknown;
    try {
      parts = JSON.parse(Buffer.from(match[1], 'base64url').toString('utf8'));
    } catch {
      return [];
    }
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return [];
    const [name, size, hash] = parts as [string, string, string];
    const row: HeldRow = { name, size, hash };
    return sameMac(Buffer.from(match[3], 'base64url'), macOf(key, message(keeper.holder, row))) ? [row] : [];
  });
}
