import path from 'node:path';
import { z } from 'zod';
import { address, blankIsUnset, flag, optionalText, optionalWhole, origin, text, url, whole, zone } from './values.ts';

/**
 * The one place that reads the environment. Everything a process of the house can be told is here, with its unit and
 * its default; secrets have none. A wrong value stops the start with a sentence that says which variable, what is
 * wrong with it, and what would be right.
 */

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const schema = z.object({
  TEMPORAL_ADDRESS: address('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: text(200, 'jobbag'),
  TEMPORAL_API_KEY: optionalText(4_000),
  TEMPORAL_TLS: flag,
  MONGODB_URI: url(['mongodb:', 'mongodb+srv:'], 'mongodb://127.0.0.1:27017/jobbag'),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://127.0.0.1:1025'),
  PUBLIC_BASE_URL: origin,
  HTTP_HOST: text(255, '127.0.0.1'),
  HTTP_PORT: whole(0, 65_535, 8080),
  METRICS_HOST: text(255, '127.0.0.1'),
  // A worker's other half has the port behind it.
  METRICS_PORT: optionalWhole(0, 65_534),
  JOBBAG_DATA_DIR: text(1_000, '.jobbag'),
  JOBBAG_KEYS_DIR: optionalText(1_000),
  MAIL_FROM: z.preprocess(
    blankIsUnset,
    z
      .string('must be an address, for example jobbag@agency.example')
      .max(254, 'must be 254 characters at most')
      .regex(/^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+$/, 'must be one bare address, for example jobbag@agency.example'),
  ),
  BOUNCE_ADDRESS: z.preprocess(
    blankIsUnset,
    z
      .string()
      .max(200, 'must be 200 characters at most')
      .regex(
        /^[a-z0-9]{1,7}@[a-z0-9.-]+$/,
        'must be a lower-case address with at most 7 letters or digits before the @, for example bounces@agency.example',
      )
      .optional(),
  ),
  BOUNCE_SMTP_HOST: text(255, '127.0.0.1'),
  BOUNCE_SMTP_PORT: optionalWhole(0, 65_535),
  BOUNCE_WEBHOOK_SECRET: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{32,200}$/, 'must be 32 to 200 letters, digits, _ or -')
      .optional(),
  ),
  AGENCY_NAME_ZH: text(80, '工作袋'),
  AGENCY_NAME_EN: text(80, 'Jobbag'),
  AGENCY_ZONE: zone,
  MAIL_GATHER_SECONDS: whole(0, 600, 5),
  MAIL_PILE_MINUTES: whole(0, 120, 10),
  RUNGS_PER_SECOND: whole(1, 1_000, 5),
  INTERNAL_MEETING_DAYS: whole(1, 60, 5),
  DOOR_DEADLINE_MS: whole(100, 30_000, 3_000),
  REQUEST_TIMEOUT_MS: whole(1_000, 600_000, 30_000),
  SHUTDOWN_GRACE_MS: whole(0, 120_000, 10_000),
  UPLOAD_MAX_MB: whole(1, 4_096, 200),
  UPLOAD_MAX_FILES: whole(1, 100, 20),
  TRUST_PROXY: whole(0, 10, 0),
  OIDC_ISSUER: z.preprocess(blankIsUnset, url(['https:', 'http:'], 'https://login.example.com').optional()),
  OIDC_CLIENT_ID: optionalText(500),
  OIDC_CLIENT_SECRET: optionalText(1_000),
  BLOBS_S3_BUCKET: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket, for example jobbag-files')
      .optional(),
  ),
  BLOBS_S3_PREFIX: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(
        /^[A-Za-z0-9_-]{1,60}(\/[A-Za-z0-9_-]{1,60}){0,5}\/?$/,
        'must be a path of letters and digits, for example house/blobs',
      )
      .optional()
      .transform((value) => (value === undefined || value.endsWith('/') ? (value ?? '') : `${value}/`)),
  ),
  BLOBS_S3_ENDPOINT: z.preprocess(blankIsUnset, url(['https:', 'http:'], 'https://s3.example.com').optional()),
  BLOBS_S3_REGION: text(60, 'us-east-1'),
  BLOBS_S3_ACCESS_KEY: optionalText(200),
  BLOBS_S3_SECRET_KEY: optionalText(200),
  BLOBS_S3_PATH_STYLE: flag,
  OTEL_EXPORTER_OTLP_ENDPOINT: z.preprocess(blankIsUnset, url(['https:', 'http:'], 'http://127.0.0.1:4318').optional()),
  LOG_LEVEL: z.preprocess(
    blankIsUnset,
    z
      .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
      .optional()
      .transform((value) => value ?? ('info' as const)),
  ),
  CLOCK_OFFSET_MS: whole(-3_155_760_000_000, 3_155_760_000_000, 0),
  CLOCK_FILE: optionalText(1_000),
});

/** Names of every variable a process can be told, e.g. to see that a set-up leaves none out. */
export const configVariables: readonly string[] = Object.keys(schema.shape);

/** What an identity provider needs to be used for signing in. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where an object store of the S3 kind keeps the blobs. */
export interface BlobBucketConfig {
  readonly bucket: string;
  /** Put before every name in the bucket: empty, or ending in a slash. */
  readonly prefix: string;
  /** Absent: Amazon's own for the region. */
  readonly endpoint?: string;
  readonly region: string;
  /** Absent: what the machine itself is allowed (role, profile). */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The bucket stands in the path and not in the host's name, as most servers other than Amazon's want it. */
  readonly pathStyle: boolean;
}

/** Where bounces come back to, and the ways they may come. */
export interface BounceConfig {
  /** The address in front of whose `@` a signed tag is put, mail by mail. */
  readonly address: string;
  readonly smtpHost: string;
  /** Absent: no listener. 0: any free port. */
  readonly smtpPort?: number;
  /** Absent: no webhook. */
  readonly webhookSecret?: string;
}

/** Everything a process of the house is told by its surroundings. Paths are absolute; units stand in the names. */
export interface Config {
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Key for a hosted engine; switches TLS on. */
  readonly temporalApiKey?: string;
  readonly temporalTls: boolean;
  readonly mongodbUri: string;
  readonly smtpUrl: string;
  /** Origin of every link in a mail, without a slash at the end; never taken from a request. */
  readonly publicBaseUrl: string;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly metricsHost: string;
  /** Absent: no metrics listener. 0: any free port. */
  readonly metricsPort?: number;
  readonly dataDir: string;
  readonly keysDir: string;
  readonly mailFrom: string;
  /** Where bounces come back to, and how; absent: mails carry no return address of their own and nothing listens. */
  readonly bounces?: BounceConfig;
  readonly agencyName: { readonly zh: string; readonly en: string };
  readonly agencyZone: string;
  /** How long an asking mail waits for others to the same person. */
  readonly mailGatherSeconds: number;
  /** What opened within this time for one person is one mail and one pile. */
  readonly mailPileMinutes: number;
  /** Rungs that fall in one minute are climbed one after the other, so many in a second: decisions go before them. */
  readonly rungsPerSecond: number;
  /** How often a project has an internal meeting where its brand says nothing, working days. */
  readonly internalMeetingDays: number;
  /** How long the door waits for a worker before it hands the command to the engine. */
  readonly doorDeadlineMs: number;
  readonly requestTimeoutMs: number;
  readonly shutdownGraceMs: number;
  readonly uploadMaxBytes: number;
  readonly uploadMaxFiles: number;
  /** Exact number of reverse proxies in front; 0 means none is believed. */
  readonly trustProxyHops: number;
  readonly oidc?: OidcConfig;
  /** Absent: blobs lie in a folder of `dataDir`. */
  readonly blobBucket?: BlobBucketConfig;
  readonly otlpEndpoint?: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Moves the one clock of this process; milliseconds, negative is back. */
  readonly clockOffsetMs: number;
  /**
   * A rehearsal only: the file that says, at each moment, by how many milliseconds the clock is moved. Its engine is the
   * time-skipping server.
   */
  readonly clockFile?: string;
}

/** The environment does not describe a service that can start. The message has one line for every variable that is wrong. */
export class ConfigError extends Error {
  /** Names of the variables the message speaks about. */
  readonly variables: readonly string[];

  constructor(lines: readonly { readonly variable: string; readonly sentence: string }[]) {
    super(
      [
        'Jobbag cannot start: its configuration is not right.',
        ...lines.map((l) => `  ${l.variable} ${l.sentence}.`),
      ].join('\n'),
    );
    this.name = 'ConfigError';
    this.variables = lines.map((l) => l.variable);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration from the environment. Throws ConfigError that names every wrong variable at once. */
export function readConfig(env: Environment = process.env): Config {
  const parsed = schema.safeParse(env);
  const lines: { variable: string; sentence: string }[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0] ?? 'environment');
      const unset = env[variable] === undefined || env[variable].trim() === '';
      lines.push({ variable, sentence: unset ? `is not set: it ${issue.message}` : issue.message });
    }
  }
  for (const together of [oidcNames, blobKeyNames]) {
    const given = together.filter((name) => (env[name] ?? '').trim() !== '');
    if (given.length === 0) continue;
    for (const name of together.filter((n) => !given.includes(n))) {
      lines.push({
        variable: name,
        sentence: `is not set although ${given.join(' and ')} is: set all of ${together.join(', ')} or none`,
      });
    }
  }
  const ways = ['BOUNCE_SMTP_PORT', 'BOUNCE_WEBHOOK_SECRET'].filter((name) => (env[name] ?? '').trim() !== '');
  if (ways.length > 0 && (env['BOUNCE_ADDRESS'] ?? '').trim() === '')
    lines.push({ variable: 'BOUNCE_ADDRESS', sentence: `is not set although ${ways.join(' and ')} is` });
  if (!parsed.success || lines.length > 0) throw new ConfigError(lines);
  return shape(parsed.data);
}

const oidcNames = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
const blobKeyNames = ['BLOBS_S3_ACCESS_KEY', 'BLOBS_S3_SECRET_KEY'] as const;

function shape(e: z.infer<typeof schema>): Config {
  const dataDir = path.resolve(e.JOBBAG_DATA_DIR);
  const oidc =
    e.OIDC_ISSUER !== undefined && e.OIDC_CLIENT_ID !== undefined && e.OIDC_CLIENT_SECRET !== undefined
      ? { issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET }
      : undefined;
  const blobBucket = blobBucketOf(e);
  return {
    temporalAddress: e.TEMPORAL_ADDRESS,
    temporalNamespace: e.TEMPORAL_NAMESPACE,
    ...(e.TEMPORAL_API_KEY === undefined ? {} : { temporalApiKey: e.TEMPORAL_API_KEY }),
    temporalTls: e.TEMPORAL_TLS || e.TEMPORAL_API_KEY !== undefined,
    mongodbUri: e.MONGODB_URI,
    smtpUrl: e.SMTP_URL,
    publicBaseUrl: e.PUBLIC_BASE_URL,
    httpHost: e.HTTP_HOST,
    httpPort: e.HTTP_PORT,
    metricsHost: e.METRICS_HOST,
    ...(e.METRICS_PORT === undefined ? {} : { metricsPort: e.METRICS_PORT }),
    dataDir,
    keysDir: e.JOBBAG_KEYS_DIR === undefined ? path.join(dataDir, 'keys') : path.resolve(e.JOBBAG_KEYS_DIR),
    mailFrom: e.MAIL_FROM,
    ...(e.BOUNCE_ADDRESS === undefined
      ? {}
      : {
          bounces: {
            address: e.BOUNCE_ADDRESS,
            smtpHost: e.BOUNCE_SMTP_HOST,
            ...(e.BOUNCE_SMTP_PORT === undefined ? {} : { smtpPort: e.BOUNCE_SMTP_PORT }),
            ...(e.BOUNCE_WEBHOOK_SECRET === undefined ? {} : { webhookSecret: e.BOUNCE_WEBHOOK_SECRET }),
          },
        }),
    agencyName: { zh: e.AGENCY_NAME_ZH, en: e.AGENCY_NAME_EN },
    agencyZone: e.AGENCY_ZONE,
    mailGatherSeconds: e.MAIL_GATHER_SECONDS,
    mailPileMinutes: e.MAIL_PILE_MINUTES,
    rungsPerSecond: e.RUNGS_PER_SECOND,
    internalMeetingDays: e.INTERNAL_MEETING_DAYS,
    doorDeadlineMs: e.DOOR_DEADLINE_MS,
    requestTimeoutMs: e.REQUEST_TIMEOUT_MS,
    shutdownGraceMs: e.SHUTDOWN_GRACE_MS,
    uploadMaxBytes: e.UPLOAD_MAX_MB * 1_048_576,
    uploadMaxFiles: e.UPLOAD_MAX_FILES,
    trustProxyHops: e.TRUST_PROXY,
    ...(oidc === undefined ? {} : { oidc }),
    ...(blobBucket === undefined ? {} : { blobBucket }),
    ...(e.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT }),
    logLevel: e.LOG_LEVEL,
    clockOffsetMs: e.CLOCK_OFFSET_MS,
    ...(e.CLOCK_FILE === undefined ? {} : { clockFile: path.resolve(e.CLOCK_FILE) }),
  };
}

function blobBucketOf(e: z.infer<typeof schema>): BlobBucketConfig | undefined {
  if (e.BLOBS_S3_BUCKET === undefined) return undefined;
  return {
    bucket: e.BLOBS_S3_BUCKET,
    prefix: e.BLOBS_S3_PREFIX,
    ...(e.BLOBS_S3_ENDPOINT === undefined ? {} : { endpoint: e.BLOBS_S3_ENDPOINT }),
    region: e.BLOBS_S3_REGION,
    ...(e.BLOBS_S3_ACCESS_KEY === undefined || e.BLOBS_S3_SECRET_KEY === undefined
      ? {}
      : { keys: { accessKeyId: e.BLOBS_S3_ACCESS_KEY, secretAccessKey: e.BLOBS_S3_SECRET_KEY } }),
    pathStyle: e.BLOBS_S3_PATH_STYLE,
  };
}
