import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';

/** Times a mail server is given, milliseconds; the activity's own limit must be above `longestSendMs`. */
export const smtpTimes = { connectMs: 15_000, greetingMs: 15_000, silenceMs: 85_000 } as const;

/** The longest one sending can take; give the activity that sends more than this. */
export const longestSendMs = 120_000;

/** What is given to the mail server: the bytes as they are, one recipient. */
export interface Parcel {
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/** Sending did not end with an acceptance. `handedOver`: the server had been given the mail's last byte. */
export class SendFailed extends Error {
  readonly handedOver: boolean;

  constructor(cause: unknown, handedOver: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'SendFailed';
    this.handedOver = handedOver;
  }
}

/** The way to the mail server. `send` resolves with its answer, rejects with SendFailed. */
export interface Mailer {
  send(parcel: Parcel): Promise<{ readonly answer: string }>;
  close(): void;
}

/**
 * A mailer for an SMTP address (`smtp://user:password@host:port`). A connection a mail and no pool: a pool sends again
 * by itself what it thinks was lost, and then nobody knows how many copies there are.
 */
export function createMailer(smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: false,
    connectionTimeout: smtpTimes.connectMs,
    greetingTimeout: smtpTimes.greetingMs,
    socketTimeout: smtpTimes.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ from, to, bytes }) {
      let handedOver = false;
      const raw = Readable.from([bytes], { objectMode: false });
      raw.once('end', () => (handedOver = true));
      try {
        const done = await transport.sendMail({
          envelope: { from, to: [to] },
          raw,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { answer: String(done.response ?? '') };
      } catch (error) {
        throw new SendFailed(error, handedOver);
      }
    },
    close: () => transport.close(),
  };
}
