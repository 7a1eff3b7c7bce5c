import type { Server } from 'node:http';
import type { SMTPServer } from 'smtp-server';
import { MailBox } from './box.ts';
import type { MessageFilter, MessageSummary } from './box.ts';
import { FaultBook } from './faults.ts';
import type { FaultInput } from './faults.ts';
import { readMessage } from './message.ts';
import type { MessageDetail } from './message.ts';
import { smtpServer } from './smtp.ts';
import { inboxServer } from './web.ts';

/** Where the inbox keeps its mails and where it listens. */
export interface InboxOptions {
  readonly folder: string;
  readonly smtpPort: number;
  readonly inboxPort: number;
}

/** A mail server whose mails are read in a browser, by a program, or in this process. */
export interface Inbox {
  readonly smtpUrl: string;
  readonly url: string;
  readonly faults: { add(fault: FaultInput): void; clear(): void };
  /** Newest first. */
  list(filter?: MessageFilter): readonly MessageSummary[];
  read(id: string): Promise<MessageDetail | undefined>;
  /** Resolves with the first message that fits, one that is there already or the next to come. */
  waitFor(fits: (message: MessageSummary) => boolean, withinMs?: number): Promise<MessageSummary>;
  clear(): Promise<void>;
  /** Breaks all connections and stops listening; what was accepted is kept. */
  stop(): Promise<void>;
  /** Stops if need be and listens again at the same addresses. */
  restart(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Starts the inbox on the loopback. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const box = await MailBox.open(options.folder);
  const faults = new FaultBook();
  const waiting = new Set<(message: MessageSummary) => void>();
  const arrived = (message: MessageSummary): void => waiting.forEach((tell) => tell(message));
  let running: { smtp: SMTPServer; web: Server } | undefined;

  const start = async (): Promise<void> => {
    const smtp = smtpServer(box, faults, arrived);
    const web = inboxServer(box, faults);
    await Promise.all([listening(smtp.server, options.smtpPort), listening(web, options.inboxPort)]);
    running = { smtp, web };
  };
  const stop = async (): Promise<void> => {
    const { smtp, web } = running ?? {};
    running = undefined;
    if (smtp === undefined || web === undefined) return;
    web.closeAllConnections();
    await Promise.all([
      new Promise<void>((resolve) => smtp.close(() => resolve())),
      new Promise<void>((resolve) => web.close(() => resolve())),
    ]);
  };

  await start();
  return {
    smtpUrl: `smtp://${LOOPBACK}:${options.smtpPort}`,
    url: `http://${LOOPBACK}:${options.inboxPort}`,
    faults: { add: (fault) => faults.add(fault), clear: () => faults.clear() },
    list: (filter) => box.list(filter),
    read: async (id) => {
      const summary = box.find(id);
      return summary === undefined ? undefined : readMessage(summary, await box.raw(id));
    },
    waitFor: (fits, withinMs = 10_000) =>
      new Promise((resolve, reject) => {
        const here = box.list().find(fits);
        if (here !== undefined) return resolve(here);
        const tell = (message: MessageSummary): void => {
          if (!fits(message)) return;
          clearTimeout(timer);
          waiting.delete(tell);
          resolve(message);
        };
        const timer = setTimeout(() => {
          waiting.delete(tell);
          reject(new Error(`no such message within ${withinMs} ms`));
        }, withinMs);
        waiting.add(tell);
      }),
    clear: () => box.clear(),
    stop,
    restart: async () => {
      await stop();
      await start();
    },
  };
}

interface Listener {
  once(event: 'error', callback: (error: Error) => void): unknown;
  off(event: 'error', callback: (error: Error) => void): unknown;
  listen(port: number, host: string, callback: () => void): unknown;
}

function listening(server: Listener, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
