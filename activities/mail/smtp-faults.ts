/** What a mail server's error means for the mail. */
export interface Fault {
  /** `permanent`: this mail can never be delivered. `transient`: the same mail may pass later. */
  readonly kind: 'permanent' | 'transient';
  /** The whole mail had been handed over when the connection broke: it may have arrived. */
  readonly unsure: boolean;
  /** For people: what the server said, without addresses of machines. */
  readonly why: string;
}

/** What is known of an error of the mail library. */
interface SmtpError {
  readonly code: string;
  readonly command: string;
  readonly responseCode: number;
  readonly text: string;
}

interface Row {
  readonly when: (error: SmtpError) => boolean;
  readonly kind: Fault['kind'];
}

const about =
  (...codes: readonly string[]) =>
  (error: SmtpError) =>
    codes.includes(error.code);
const reply = (from: number, to: number) => (error: SmtpError) =>
  error.responseCode >= from && error.responseCode <= to;

/**
 * The one table. The first line that fits decides.
 * 1. What is wrong between us and our own mail server (sign-in, encryption, greeting) says nothing about the mail.
 * 2. 4xx and 503 are passing; other 5xx are final.
 * 3. No usable address is final; so is a message that no server would take.
 * 4. A broken connection is passing; once the mail was handed over nobody knows whether it arrived.
 */
const table: readonly Row[] = [
  {
    when: about(
      'EAUTH',
      'ENOAUTH',
      'EOAUTH2',
      'ETLS',
      'EREQUIRETLS',
      'EPROXY',
      'ECONFIG',
      'EPROTOCOL',
      'EDNS',
      'EMAXLIMIT',
    ),
    kind: 'transient',
  },
  {
    when: (error) => error.responseCode >= 500 && /^(CONN|EHLO|HELO|STARTTLS|AUTH)/u.test(error.command),
    kind: 'transient',
  },
  { when: reply(400, 499), kind: 'transient' },
  { when: reply(503, 503), kind: 'transient' },
  { when: reply(500, 599), kind: 'permanent' },
  { when: about('EENVELOPE', 'EFILEACCESS', 'EURLACCESS', 'EMAXRECIPIENTS'), kind: 'permanent' },
  { when: (error) => error.code === 'EMESSAGE' && error.responseCode === 0, kind: 'permanent' },
  { when: () => true, kind: 'transient' },
];

function read(error: unknown): SmtpError {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? { ...error } : {};
  const textOf = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return {
    code: textOf('code'),
    command: textOf('command').toUpperCase(),
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : 0,
    text: textOf('response') || (error instanceof Error ? error.message : String(error)),
  };
}

/** Sorts an error of sending. `handedOver`: the mail's last byte had been given to the server when it happened. */
export function sortFault(error: unknown, handedOver = false): Fault {
  const known = read(error);
  const row = table.find((one) => one.when(known));
  const kind = row?.kind ?? 'transient';
  return {
    kind,
    unsure: kind === 'transient' && handedOver && known.responseCode === 0,
    why: `${known.code === '' ? 'SMTP' : known.code}: ${known.text}`
      .replace(/[\u0000-\u001F\u007F]+/gu, ' ')
      .slice(0, 300),
  };
}
