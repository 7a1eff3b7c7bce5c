import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that never reach a log, wherever they stand one or two levels deep. */
const secretFields = [
  'token',
  'code',
  'secret',
  'password',
  'cookie',
  'authorization',
  'email',
  'address',
  'link',
  'url',
  'smtpUrl',
  'mongodbUri',
  'temporalApiKey',
  'clientSecret',
] as const;

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'proxy-authorization'] as const;

const paths = [
  ...secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  ...secretHeaders.flatMap((header) => [`headers["${header}"]`, `*.headers["${header}"]`]),
];

// Whatever stands behind `/a/` in any path: routes are found in capitals too, and a cut or misspelt link is half a secret.
// What was taken out before is left alone, so that cleaning twice changes nothing.
const linkPath = /\/a\/(?!\[link\])[^\s"'<>)\]]+/gi;
// Secrets of ours by their shape, wherever somebody put them: a link, an API token, a session's cookie.
const shapes = [
  [/[a-z0-9]{6}[A-Za-z0-9_-]{22}(\.|%2e)[A-Za-z0-9_-]{32}/gi, '[link]'],
  [/jobbag_[A-Za-z0-9_-]{43}/g, '[token]'],
  [
    /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(\.[a-z0-9]{8,9}\.[a-z0-9]{6}\.[A-Za-z0-9_-]{22})?(?![A-Za-z0-9_-])/g,
    '[token]',
  ],
] as const;
// What an identity provider sends back, also where an error quotes the address it was called at.
const queried = /([?&](?:code|state|nonce|token|id_token|access_token|client_secret)=)[^&\s"'<>]+/gi;
const mailAddress = /[^\s"'<>@:;,()[\]]+@[^\s"'<>@:;,()[\]]+\.[^\s"'<>@:;,()[\]]+/g;
const credentials = /([a-z+]+:\/\/)[^\s/@]+@/g;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi;

/** Takes links, tokens, mail addresses and credentials out of a text that may quote them: messages, paths, error texts. */
export function withoutSecrets(text: string): string {
  return shapes
    .reduce((left, [shape, instead]) => left.replace(shape, instead), text.replace(linkPath, '/a/[link]'))
    .replace(queried, '$1[redacted]')
    .replace(credentials, '$1[credentials]@')
    .replace(mailAddress, '[address]')
    .replace(bearer, '$1 [credentials]');
}

/** An error as a log may show it: kind, message and stack without secrets, and the same for its cause. Its own result stays as it is. */
export function safeError(error: unknown): Record<string, unknown> {
  // Callers make errors safe before the logger does it once more; without this line every such text would be lost.
  if (typeof error === 'object' && error !== null && madeSafe.has(error)) return { ...error };
  const safe = shown(error);
  madeSafe.add(safe);
  return safe;
}

const madeSafe = new WeakSet<object>();

function shown(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? { errorCode: error.code }
      : {}),
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}

/** What a logger needs to know. */
export interface LoggingOptions {
  /** `api`, `worker` or the name of a command; stands in every line. */
  readonly name: string;
  readonly level: string;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

/**
 * The structured log of a process: one JSON object a line. Links, tokens, cookies and addresses are taken out in
 * three places: named fields, error objects, and the message text itself.
 */
export function createLogger(options: LoggingOptions): Logger {
  return pino(
    {
      name: options.name,
      level: options.level,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[redacted]' },
      serializers: { err: safeError, error: safeError },
      hooks: {
        logMethod(args, method) {
          const cleaned = args.map((part) => (typeof part === 'string' ? withoutSecrets(part) : part)) as typeof args;
          method.apply(this, cleaned);
        },
      },
    },
    ...(options.destination === undefined ? [] : [options.destination]),
  );
}

export type { Logger };
