import PostalMime from 'postal-mime';
import type { Address } from 'postal-mime';
import type { MessageSummary } from './box.ts';

/** A name and an address as the headers give them. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

/** A whole message, read. */
export interface MessageDetail {
  readonly id: string;
  readonly receivedAt: string;
  readonly subject: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly replyTo: readonly Person[];
  /** Whom it was really sent to. */
  readonly envelopeTo: readonly string[];
  readonly date: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly links: readonly string[];
  readonly attachments: readonly { readonly filename: string; readonly mimeType: string; readonly size: number }[];
}

/** Reads a message. Pictures that belong to the text are put into it, because nothing is ever fetched from outside. */
export async function readMessage(summary: MessageSummary, raw: Buffer): Promise<MessageDetail> {
  const mail = await new PostalMime({ attachmentEncoding: 'arraybuffer' }).parse(raw);
  let html = mail.html ?? '';
  const attachments = [];
  for (const one of mail.attachments) {
    const content =
      typeof one.content === 'string' ? Buffer.from(one.content) : Buffer.from(new Uint8Array(one.content));
    const cid = one.contentId?.replace(/^<|>$/g, '');
    if (cid !== undefined && one.mimeType.startsWith('image/')) {
      html = html.replaceAll(`cid:${cid}`, `data:${one.mimeType};base64,${content.toString('base64')}`);
    }
    attachments.push({ filename: one.filename ?? '', mimeType: one.mimeType, size: content.length });
  }
  const text = mail.text ?? '';
  return {
    id: summary.id,
    receivedAt: summary.receivedAt,
    subject: mail.subject ?? '',
    from: people(mail.from === undefined ? [] : [mail.from])[0] ?? { name: '', address: summary.from },
    to: people(mail.to ?? []),
    cc: people(mail.cc ?? []),
    replyTo: people(mail.replyTo ?? []),
    envelopeTo: summary.to,
    date: mail.date ?? summary.receivedAt,
    messageId: mail.messageId ?? '',
    text,
    html,
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    links: linksIn(html, text),
    attachments,
  };
}

function people(addresses: readonly Address[]): Person[] {
  return addresses.flatMap((one) =>
    one.group === undefined ? [{ name: one.name, address: one.address ?? '' }] : people(one.group),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#x2F': '/',
};

/** The addresses a reader could open, each once, in the order they appear. They are listed, never opened. */
export function linksIn(html: string, text: string): string[] {
  const inHtml = [...html.matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const plain = inHtml.map((link) => link.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole));
  const inText = [...text.matchAll(/https?:\/\/[^\s<>"'，。；）】」]+/g)].map((match) =>
    match[0].replace(/[.,;:!?)\]]+$/, ''),
  );
  return [...new Set([...plain, ...inText])].filter((link) => /^(https?|mailto):/i.test(link));
}
