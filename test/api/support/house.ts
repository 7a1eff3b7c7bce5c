import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { simpleParser } from './inbox.ts';
import { SMTPServer } from 'smtp-server';
import { inject } from 'vitest';
import { startApi, type RunningApi } from '../../../api/server.ts';
import { makeToken } from '../../../api/session/tokens.ts';
import { readConfig } from '../../../config/config.ts';
import { createLogger } from '../../../config/logging.ts';
import type { Role } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { clients } from '../../../store/clients.ts';
import { brandTeams, people } from '../../../store/people.ts';

/** The real API on a port of its own, with a database, keys, blobs and a mailbox of its own. */
export interface House {
  readonly api: RunningApi;
  readonly url: string;
  /** Everything that was logged, one line each. */
  readonly logged: string[];
  /** Mails that arrived, oldest first. */
  readonly mails: { readonly to: string; readonly subject: string; readonly text: string; readonly raw: string }[];
  /** Moves the house's clock by so many milliseconds. */
  moveClock(byMs: number): void;
  person(roles: readonly Role[], more?: Partial<Person>): Promise<Person>;
  token(person: Person): Promise<string>;
  /** A client with one brand, one line and a team of these people. */
  brand(team: readonly Person[]): Promise<{
    readonly clientId: string;
    readonly brandId: string;
    readonly lineId: string;
    readonly brandCode: string;
    readonly lineCode: string;
  }>;
  close(): Promise<void>;
}

/** Starts a house. `env` overrides its configuration. */
export async function openHouse(
  env: Readonly<Record<string, string>> = {},
  options: { readonly taskQueue?: string } = {},
): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'jobbag-api-'));
  const database = `api_${randomBytes(6).toString('hex')}`;
  const mails: { to: string; subject: string; text: string; raw: string }[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        simpleParser(raw).then(
          ({ subject, text }) => {
            mails.push({ to: session.envelope.rcptTo.map((one) => one.address).join(), subject, text, raw });
            done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error('unreadable')),
        );
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const smtpPort = (smtp.server.address() as { port: number }).port;
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString('utf8'));
      done();
    },
  });
  let offsetMs = 0;
  const clock = (): string => new Date(Date.now() + offsetMs).toISOString();
  const uri = new URL(inject('mongoUri'));
  uri.pathname = `/${database}`;
  const config = readConfig({
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    MONGODB_URI: uri.href,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    PUBLIC_BASE_URL: 'http://jobbag.test',
    HTTP_PORT: '0',
    METRICS_PORT: '0',
    JOBBAG_DATA_DIR: folder,
    MAIL_FROM: 'jobbag@agency.example',
    LOG_LEVEL: 'debug',
    ...env,
  });
  const api = await startApi(config, {
    logger: createLogger({ name: 'api', level: config.logLevel, destination: sink }),
    clock,
    ...options,
  });
  const { store } = api.deps;
  const by = { by: 'test', at: clock() };
  return {
    api,
    url: api.url,
    logged,
    mails,
    moveClock: (byMs) => (offsetMs += byMs),
    async person(roles, more = {}) {
      const id = `p-${randomBytes(6).toString('hex')}`;
      const person: Person = {
        id,
        name: `人 ${id}`,
        roles,
        side: 'agency',
        language: 'en',
        mail: { address: `${id}@agency.example`, revision: 1 },
        active: true,
        ...more,
      };
      await people.save(store, id, 0, person, by);
      return person;
    },
    async token(person) {
      return (await makeToken(store, { personId: person.id, name: 'test', madeBy: 'test', at: clock() })).token;
    },
    async brand(team) {
      const letters = randomBytes(5)
        .toString('hex')
        .replace(/[0-9]/g, (digit) => 'GHIJKLMNOP'[Number(digit)] ?? 'Z')
        .toUpperCase();
      const made = {
        clientId: `c-${letters}`,
        brandId: `b-${letters}`,
        lineId: `l-${letters}`,
        brandCode: letters,
        lineCode: 'GZ',
      };
      await clients.save(
        store,
        made.clientId,
        0,
        {
          id: made.clientId,
          name: `客户 ${letters}`,
          kind: 'fullService',
          contacts: [],
          brands: [
            {
              id: made.brandId,
              name: `品牌 ${letters}`,
              code: made.brandCode,
              active: true,
              lines: [{ id: made.lineId, name: '果汁', code: 'GZ', active: true }],
            },
          ],
          qcRoute: { route: 'qcSeven', chosenBy: 'test' },
          active: true,
        },
        by,
      );
      const members = team.map((person) => ({ personId: person.id, roles: person.roles }));
      await brandTeams.save(
        store,
        `t-${letters}`,
        0,
        { id: `t-${letters}`, brandId: made.brandId, members, defaults: {} },
        by,
      );
      return made;
    },
    async close() {
      await store.dropDatabase();
      await api.stop();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
