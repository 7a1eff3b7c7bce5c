import PostalMime from 'postal-mime';

const decoder = new TextDecoder();

/**
 * Whether a message that came back says that a mail was not delivered for good. Only a delivery report counts (RFC 3464):
 * an out-of-office note, or a report that it is late, comes to the same address and says nothing of the kind.
 */
export async function saysUndelivered(raw: Buffer): Promise<boolean> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20 });
  return mail.attachments
    .filter(({ mimeType }) => mimeType === 'message/delivery-status')
    .map(({ content }) => (typeof content === 'string' ? content : decoder.decode(content)))
    .some((text) => /^action:\s*failed\s*$/im.test(text));
}
