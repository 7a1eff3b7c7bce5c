import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { safeError } from '../../config/logging.ts';
import type { ApiDeps } from '../deps.ts';
import { isOurs, takeBounce } from './take.ts';

/** The listener that bounces come in by. */
export interface BounceListener {
  readonly port: number;
  stop(): Promise<void>;
}

/** Reports carry the headers of a mail, seldom the whole of it. */
const largestBytes = 1024 * 1024;

/**
 * Listens for mails that come back. Takes nothing but messages to a return address of ours, and keeps none: what a report
 * says goes to its case. Where the engine is away the sender is asked to come again, as mail servers do for days.
 */
export async function listenForBounces(deps: ApiDeps, host: string, port: number): Promise<BounceListener> {
  const server = new SMTPServer({
    banner: 'bounces only',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestBytes,
    maxClients: 20,
    socketTimeout: 30_000,
    closeTimeout: 300,
    logger: false,
    onRcptTo: ({ address }, _session, done) => (isOurs(deps, address) ? done() : done(refusal(550, 'no such mailbox'))),
    onData(stream, session, done) {
      const [to] = session.envelope.rcptTo;
      read(stream)
        .then((raw) => takeBounce(deps, to?.address ?? '', raw))
        .then((taken) => (taken === 'later' ? done(refusal(451, 'try again later')) : done()))
        .catch((error: unknown) => {
          deps.logger.warn({ err: safeError(error) }, 'a bounce could not be taken in');
          done(refusal(451, 'try again later'));
        });
    },
  });
  // A sender that breaks off in the middle is everyday life.
  server.on('error', (error) => deps.logger.debug({ err: safeError(error) }, 'bounce listener'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: listening } = server.server.address() as AddressInfo;
  return { port: listening, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  if (stream.sizeExceeded) throw new Error('a bounce of more than a megabyte');
  return Buffer.concat(chunks);
}

function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}
