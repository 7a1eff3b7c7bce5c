import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it: envelope, bytes, and what a reader makes of them. */
export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  readonly email: Email;
}

/** How the server treats the next mails; each entry is used once, then all is well again. */
export type Mood =
  | { readonly at: 'rcpt' | 'data'; readonly code: number }
  | { readonly at: 'dropAfterData' }
  | { readonly at: 'slow'; readonly ms: number };

/** A real mail server on a free port that can be in a bad mood. */
export interface PostOffice {
  readonly url: string;
  readonly taken: Taken[];
  readonly moods: Mood[];
  stop(): Promise<void>;
}

const refusal = (code: number): Error => Object.assign(new Error(`said no with ${code}`), { responseCode: code });

/** Opens the post office. */
export async function openPostOffice(): Promise<PostOffice> {
  const taken: Taken[] = [];
  const moods: Mood[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo(_address, _session, done) {
      const [mood] = moods;
      if (mood?.at !== 'rcpt') return done();
      moods.shift();
      done(refusal(mood.code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const mood = moods.shift();
        if (mood?.at === 'data') return done(refusal(mood.code));
        void PostalMime.parse(bytes).then((email) => {
          const from = session.envelope.mailFrom;
          taken.push({
            from: from === false ? '' : from.address,
            to: session.envelope.rcptTo.map(({ address }) => address),
            bytes,
            email,
          });
          if (mood?.at === 'dropAfterData') {
            // The mail is in; the line breaks before the sender hears so.
            for (const connection of server.connections)
              (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
            return;
          }
          if (mood?.at === 'slow') setTimeout(() => done(), mood.ms);
          else done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    moods,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
