import MailComposer from 'nodemailer/lib/mail-composer';
import type { WrittenMail } from '../../store/outbox.ts';
import { headerText, nameText } from './clean.ts';
import { placeholderOf } from './letter.ts';

/** Who sends, and under which domain Message-IDs are made. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

function withLinks(text: string, links: ReadonlyMap<string, string>): string {
  let filled = text;
  for (const [grantId, link] of links) filled = filled.replaceAll(placeholderOf(grantId), link);
  return filled;
}

/** The Message-ID of a mail: the hash of its name at the sender's domain, the same for every copy that may ever leave. */
export function messageIdOf(mailId: string, from: string): string {
  return `<${mailId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/**
 * The bytes of a mail, links put in. Everything in them comes from what was written and from the mail's key: date,
 * boundary and Message-ID are fixed, so composing it again after a fault gives the same bytes.
 */
export async function composeMail(
  mailId: string,
  mail: WrittenMail,
  sender: Sender,
  links: ReadonlyMap<string, string>,
): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: nameText(sender.name), address: sender.address },
    to: { name: nameText(mail.to.name), address: mail.to.address },
    ...(mail.replyTo === undefined
      ? {}
      : { replyTo: { name: nameText(mail.replyTo.name), address: mail.replyTo.address } }),
    subject: headerText(mail.subject, 160),
    text: withLinks(mail.text, links),
    html: withLinks(mail.html, links),
    date: new Date(mail.date),
    messageId: messageIdOf(mailId, sender.address),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
    xMailer: false,
    textEncoding: 'base64',
    baseBoundary: mailId.slice(0, 32),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
