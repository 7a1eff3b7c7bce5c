import { roleFacts, roles } from '../../domain/people/roles.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Client } from '../../store/clients.ts';
import type { Staff } from '../staff/frame.tsx';
import { pick } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { adminWords } from './words.ts';

/** Characters a name may have. */
export const nameMax = 60;
const oneAddress = /^[^\s@<>"',;:\\()[\]]{1,64}@[^\s@<>"',;:\\()[\]]{1,190}$/;

/** A person as the form was typed. */
export interface TypedPerson {
  readonly name: string;
  readonly side: string;
  readonly clientId: string;
  readonly roles: readonly string[];
  readonly language: string;
  readonly address: string;
  readonly active: boolean;
  readonly revision: number;
}

/**
 * The person that was typed, or what is wrong with which field. A corrected address is another version of it, since `now`:
 * links that were mailed before ask for a code from then on.
 */
export function personOf(
  typed: TypedPerson,
  id: string,
  before: Person | undefined,
  staff: Staff,
  all: readonly Client[],
  now: Instant,
): { readonly value: Person } | { readonly errors: Readonly<Record<string, string>> } {
  const t = words(staff.lang, adminWords);
  const errors: Record<string, string> = {};
  const side = (['agency', 'client', 'outside'] as const).find((one) => one === typed.side);
  const held = roles.filter((role) => typed.roles.includes(role));
  const stranger = held.find((role) => roleFacts[role].side !== side);
  const clientId = side === 'client' ? all.find((one) => one.id === typed.clientId)?.id : undefined;
  if (typed.name === '' || [...typed.name].length > nameMax || /[\p{C}]/u.test(typed.name))
    errors.name = t('missName', { max: nameMax });
  if (side === undefined) errors.side = t('missClient');
  if (side === 'client' && clientId === undefined) errors.clientId = t('missClient');
  if (held.length === 0) errors.roles = t('missTitles');
  else if (stranger !== undefined)
    errors.roles = t('wrongSide', { title: pick(roleFacts[stranger].title, staff.lang) });
  if (!oneAddress.test(typed.address)) errors.address = t('badMail');
  if (!typed.active && id === staff.who.person.id) errors.active = t('selfOff');
  if (side === undefined || Object.keys(errors).length > 0) return { errors };
  const { address } = typed;
  const moved = before !== undefined && before.mail.address !== address;
  const mail = moved ? { address, revision: before.mail.revision + 1, since: now } : before?.mail;
  return {
    value: {
      id,
      name: typed.name,
      roles: held,
      side,
      ...(clientId === undefined ? {} : { clientId }),
      language: typed.language === 'en' ? 'en' : 'zh-CN',
      mail: mail ?? { address, revision: 1 },
      active: typed.active,
    },
  };
}
