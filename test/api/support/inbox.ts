import PostalMime from 'postal-mime';

/** A mail's subject and text as a reader sees them. */
export async function simpleParser(raw: string): Promise<{ readonly subject: string; readonly text: string }> {
  const mail = await PostalMime.parse(raw);
  return { subject: mail.subject ?? '', text: mail.text ?? '' };
}
