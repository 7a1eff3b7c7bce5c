import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** One line of the inbox. */
export interface MessageSummary {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly fromName: string;
  /** The recipients of the envelope: whom it was really sent to. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly preview: string;
  readonly size: number;
}

/** Which messages are asked for; what is absent does not narrow. */
export interface MessageFilter {
  readonly to?: string;
  readonly subject?: string;
  readonly since?: string;
  /** A word in recipient, sender or subject, as typed into the search field. */
  readonly q?: string;
}

/** What the connection said about a message. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

const ID = /^[0-9]{13}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a message; anything else never becomes a path. */
export const isMessageId = (text: string): boolean => ID.test(text);

/** The stored messages: one `.eml` each, and an index of their summaries that is rebuilt when it is lost. */
export class MailBox {
  readonly #folder: string;
  #messages: MessageSummary[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, with what is already in it. */
  static async open(folder: string): Promise<MailBox> {
    await mkdir(folder, { recursive: true, mode: 0o700 }); // mails hold working links
    const box = new MailBox(folder);
    await box.#load();
    return box;
  }

  /** Keeps a message; when this returns, it is on the disk. */
  async keep(raw: Buffer, envelope: Envelope, receivedAt = new Date()): Promise<MessageSummary> {
    const id = `${String(receivedAt.getTime()).padStart(13, '0')}-${randomBytes(6).toString('hex')}`;
    const summary = await summarise(id, raw, envelope, receivedAt);
    const file = this.#file(id);
    // The envelope is not part of the message, so it travels in header lines before it, as mail servers do.
    const head = `X-Jobbag-Envelope: ${JSON.stringify(envelope).replace(/[^\x20-\x7e]/g, '?')}\r\n`;
    await writeFile(`${file}.part`, Buffer.concat([Buffer.from(head), raw]), { flush: true });
    await rename(`${file}.part`, file);
    await appendFile(this.#index(), `${JSON.stringify(summary)}\n`);
    this.#messages.push(summary);
    return summary;
  }

  /** Newest first. */
  list(filter: MessageFilter = {}): readonly MessageSummary[] {
    const since = filter.since === undefined ? undefined : Date.parse(filter.since);
    const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
    return this.#messages
      .filter((one) => filter.to === undefined || one.to.some((to) => has(to, filter.to ?? '')))
      .filter((one) => filter.subject === undefined || has(one.subject, filter.subject))
      .filter((one) => since === undefined || Date.parse(one.receivedAt) >= since)
      .filter(
        (one) => filter.q === undefined || has([one.subject, one.from, one.fromName, ...one.to].join('\n'), filter.q),
      )
      .toReversed();
  }

  /** One summary by its id. */
  find(id: string): MessageSummary | undefined {
    return this.#messages.find((one) => one.id === id);
  }

  /** The message as it came, without the line of ours. */
  async raw(id: string): Promise<Buffer> {
    const stored = await readFile(this.#file(id));
    return stored.subarray(stored.indexOf('\n') + 1);
  }

  /** Removes all messages. */
  async clear(): Promise<void> {
    const gone = this.#messages;
    this.#messages = [];
    await rm(this.#index(), { force: true });
    await Promise.all(gone.map((one) => rm(this.#file(one.id), { force: true })));
  }

  #file = (id: string): string => join(this.#folder, `${id}.eml`);
  #index = (): string => join(this.#folder, 'index.jsonl');

  async #load(): Promise<void> {
    const indexed = new Map<string, MessageSummary>();
    const text = await readFile(this.#index(), 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      try {
        const summary = JSON.parse(line) as MessageSummary;
        indexed.set(summary.id, summary);
      } catch {
        // A line cut short when the process was killed; its message is read again below.
      }
    }
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.eml')).sort();
    for (const name of names) {
      const id = name.slice(0, -'.eml'.length);
      if (isMessageId(id)) this.#messages.push(indexed.get(id) ?? (await this.#reread(id)));
    }
  }

  async #reread(id: string): Promise<MessageSummary> {
    const stored = await readFile(this.#file(id));
    const head = stored.subarray(0, stored.indexOf('\n')).toString('utf8').trim();
    const envelope = JSON.parse(head.slice(head.indexOf(':') + 1)) as Envelope;
    return summarise(id, await this.raw(id), envelope, new Date(Number(id.slice(0, 13))));
  }
}

async function summarise(id: string, raw: Buffer, envelope: Envelope, receivedAt: Date): Promise<MessageSummary> {
  const mail = await new PostalMime().parse(raw);
  return {
    id,
    receivedAt: receivedAt.toISOString(),
    from: mail.from?.address ?? envelope.from,
    fromName: mail.from?.name ?? '',
    to: envelope.to,
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    preview: (mail.text ?? '').replace(/\s+/g, ' ').trim().slice(0, 140),
    size: raw.length,
  };
}
