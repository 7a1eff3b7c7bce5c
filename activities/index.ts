import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import type { Calendar } from '../domain/calendar/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { Keyring } from '../store/keyring.ts';
import type { JobActivities } from './contract.ts';
import type { Digests } from './digest/parts.ts';
import type { Mailer } from './mail/mailer.ts';
import { soon } from './mail/later.ts';
import { sendMail } from './mail/send.ts';
import { issueNumber } from './number.ts';
import { openStep } from './open.ts';
import { recountStep } from './recount.ts';
import { createRecordActivities } from './record.ts';
import { planTimetable } from './timetable.ts';

/** Everything the activities work with; made once by the worker. */
export interface ActivityDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** The ring that links are made with. */
  readonly ring: Keyring;
  /** The calendar used while the register has none for the office, and the zone of the year in job numbers. */
  readonly calendars: { readonly office: Calendar };
  readonly agencyZone: string;
  readonly publicBaseUrl: string;
  readonly mailFrom: string;
  readonly agencyName: { readonly zh: string; readonly en: string };
  readonly gatherMs: number;
  readonly pileWindowMs: number;
  /** Where rungs are told in digests; absent, each goes out by itself. */
  readonly digests?: Digests;
  /** When something due is done in a crowded minute; absent, everything at its own moment. */
  readonly turns?: (at: Instant) => Promise<Instant>;
  /** Takes what goes on after its activity was answered; the worker's orderly end waits for it. */
  readonly underWay?: Set<Promise<unknown>>;
  /** Seals a dossier; it needs the blobs, which nothing else here does. */
  readonly sealDossier: JobActivities['sealDossier'];
}

/** What a job's workflow asks of the world, from one set of parts. */
export function createActivities(deps: ActivityDeps): JobActivities {
  const parts = { ...deps, office: deps.calendars.office };
  const open: JobActivities['openStep'] = (input) => openStep(parts, input);
  const send: JobActivities['sendMail'] = (input) => sendMail(parts, input);
  // Where requests wait for each other, one that rode along would only be put down and asked for once more.
  const sendAlong: JobActivities['sendMail'] = (input) =>
    input.kind === 'ask' && deps.gatherMs > 0 ? Promise.reject(new Error('requests are gathered')) : send(input);
  return {
    ...createRecordActivities({ ...deps, open, send: sendAlong }),
    openStep: open,
    sendMail: async (input) => {
      try {
        return await send(input);
      } catch (error) {
        throw soon(error);
      }
    },
    recountStep: (input) => recountStep(parts, input),
    planTimetable: (input) => planTimetable(parts, input),
    issueNumber: (input) => issueNumber(parts, input),
    sealDossier: (input) => deps.sealDossier(input),
  };
}
