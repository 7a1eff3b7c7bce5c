import type { Connection } from 'mongoose';
import type { Clock } from '../../config/clock.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { Keyring } from '../../store/keyring.ts';
import type { Digests } from '../digest/parts.ts';
import type { HouseNow } from '../house.ts';
import type { JobAt } from './job-at.ts';
import type { Mailer } from './mailer.ts';

/** What sending mail needs. */
export interface MailDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** The ring that links are made with. */
  readonly ring: Keyring;
  readonly office: Calendar;
  /** Origin of every link, without a slash at the end. */
  readonly publicBaseUrl: string;
  /** The bare address mails come from; its domain stands in Message-IDs. */
  readonly mailFrom: string;
  /** The address mails come back to that must be known again; absent: the sender's own. */
  readonly bounceAddress?: string;
  readonly agencyName: { readonly zh: string; readonly en: string };
  /** How long a request waits for others to the same person; 0 sends at once. */
  readonly gatherMs: number;
  /** Where rungs are told in digests; absent, each goes out by itself. */
  readonly digests?: Digests;
  /** After a request, further ones to the person wait until this long has passed since; 0 switches it off. */
  readonly pileWindowMs: number;
}

/** The effect of a mail with the job it speaks about, and the house as it stood when its turn came. */
export interface Speaking {
  readonly input: MailInput;
  readonly job: JobAt;
  readonly house: HouseNow;
}
