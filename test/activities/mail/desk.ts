import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { createMailer } from '../../../activities/mail/mailer.ts';
import type { MailDeps } from '../../../activities/mail/parts.ts';
import { openKeyrings } from '../../../store/keyring.ts';
import type { Keyring } from '../../../store/keyring.ts';
import { openPostOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** Everything sending needs, on a real store and a real mail server, with a clock the test moves. */
export interface MailDesk {
  readonly post: PostOffice;
  readonly ring: Keyring;
  now: string;
  deps(more?: Partial<MailDeps>): MailDeps;
  close(): Promise<void>;
}

/** Sets the desk up; 11:06 in Shanghai on a Thursday. */
export async function openDesk(connection: () => Connection): Promise<MailDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'jobbag-mail-'));
  const ring = openKeyrings(folder, () => '2026-03-01T00:00:00.000Z').links;
  const post = await openPostOffice();
  const mailer = createMailer(post.url);
  const desk: MailDesk = {
    post,
    ring,
    now: '2026-03-12T03:06:10.000Z',
    deps: (more = {}) => ({
      connection: connection(),
      clock: () => desk.now,
      mailer,
      ring,
      office: shanghaiOffice(),
      publicBaseUrl: 'https://jobbag.agency.example',
      mailFrom: 'jobbag@agency.example',
      agencyName: { zh: '云帆广告', en: 'Cloudsail' },
      gatherMs: 0,
      pileWindowMs: 0,
      ...more,
    }),
    async close() {
      mailer.close();
      await post.stop();
      rmSync(folder, { recursive: true });
    },
  };
  return desk;
}
