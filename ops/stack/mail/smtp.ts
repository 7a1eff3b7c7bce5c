import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { MailBox, MessageSummary } from './box.ts';
import type { FaultBook } from './faults.ts';

const LARGEST_BYTES = 32 * 1024 * 1024;

/** The receiving side: keeps what arrives, and plays the faults it is told to. */
export function smtpServer(box: MailBox, faults: FaultBook, arrived: (message: MessageSummary) => void): SMTPServer {
  const server = new SMTPServer({
    banner: 'Jobbag trial inbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_BYTES,
    closeTimeout: 300,
    logger: false,
    onRcptTo(address, _session, done) {
      const refused = faults.take('refuse', [address.address]);
      if (refused === undefined) return done();
      done(refusal(refused.code, refused.message ?? (refused.code < 500 ? 'try again later' : 'no such mailbox')));
    },
    onData(stream, session, done) {
      receive(stream, session).then(
        () => done(),
        (error: unknown) => done(refusal(451, error instanceof Error ? error.message : 'could not be kept')),
      );
    },
  });
  // A sender that breaks off in the middle is everyday life, not a reason to stop.
  server.on('error', () => undefined);

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw new Error('message too large');
    const to = session.envelope.rcptTo.map((one) => one.address);
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const delayed = faults.take('delay', to);
    if (delayed !== undefined) await sleep(delayed.ms);
    const dropped = faults.take('drop', to);
    const lost = faults.take('lose', to) !== undefined || dropped?.kept === false;
    if (!lost) arrived(await box.keep(Buffer.concat(chunks), { from, to }));
    if (dropped !== undefined) await breakConnection(session.id);
  }

  /** The library offers no way to hang up in mid-answer, so the connection is found by its session. */
  async function breakConnection(sessionId: string): Promise<void> {
    const connections = server.connections as unknown as ReadonlySet<{ id: string; _socket: { destroy(): void } }>;
    for (const one of connections) if (one.id === sessionId) one._socket.destroy();
    // The answer that follows this call must find the socket gone.
    await sleep(5);
  }
  return server;
}

function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}
