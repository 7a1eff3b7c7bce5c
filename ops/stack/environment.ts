import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { StackFailure } from './failure.ts';

/** The ports the stack listens on; 0 means any free one. */
export interface StackPorts {
  readonly engine: number;
  readonly ui: number;
  readonly documents: number;
  readonly postgres: number;
  readonly smtp: number;
  readonly inbox: number;
}

/** The setting that moves each port; errors about a taken port name it. */
export const portSettings: Readonly<Record<keyof StackPorts | 'http', string>> = {
  http: 'HTTP_PORT',
  engine: 'JOBBAG_ENGINE_PORT',
  ui: 'JOBBAG_ENGINE_UI_PORT',
  documents: 'JOBBAG_DOCUMENTS_PORT',
  postgres: 'JOBBAG_POSTGRES_PORT',
  smtp: 'JOBBAG_SMTP_PORT',
  inbox: 'JOBBAG_INBOX_PORT',
};

/** Where each part listens unless told otherwise: the ports people know, except PostgreSQL's, which nobody should need. */
export const defaultPorts: StackPorts = {
  engine: 7233,
  ui: 8233,
  documents: 27017,
  postgres: 54329,
  smtp: 1025,
  inbox: 8025,
};

/** What the environment says about the stack. */
export interface StackEnvironment {
  readonly engineAddress?: string;
  /** Whether the given engine wants TLS or a key; then it is somebody's production, and we do not look after it. */
  readonly engineSecured?: boolean;
  readonly namespace?: string;
  readonly mongoUri?: string;
  readonly smtpUrl?: string;
  readonly ports: StackPorts;
  readonly cacheDir: string;
}

const text = z.string().trim().min(1).optional();
const port = z.coerce.number().int().min(0).max(65_535).optional();
const schema = z.object({
  TEMPORAL_ADDRESS: text,
  TEMPORAL_NAMESPACE: text,
  TEMPORAL_API_KEY: text,
  TEMPORAL_TLS: text,
  MONGODB_URI: text,
  SMTP_URL: text,
  XDG_CACHE_HOME: text,
  JOBBAG_ENGINE_PORT: port,
  JOBBAG_ENGINE_UI_PORT: port,
  JOBBAG_DOCUMENTS_PORT: port,
  JOBBAG_POSTGRES_PORT: port,
  JOBBAG_SMTP_PORT: port,
  JOBBAG_INBOX_PORT: port,
});

/** Reads the stack's settings once, and names the one that is wrong. */
export function readStackEnvironment(env: NodeJS.ProcessEnv = process.env): StackEnvironment {
  // An empty variable is how shells and compose files say "not set".
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StackFailure(
      `The setting ${String(issue?.path[0])} cannot be used: ${issue?.message ?? 'unknown reason'}.`,
    );
  }
  const given = parsed.data;
  return {
    ...(given.TEMPORAL_ADDRESS === undefined ? {} : { engineAddress: given.TEMPORAL_ADDRESS }),
    engineSecured: given.TEMPORAL_API_KEY !== undefined || given.TEMPORAL_TLS !== undefined,
    ...(given.TEMPORAL_NAMESPACE === undefined ? {} : { namespace: given.TEMPORAL_NAMESPACE }),
    ...(given.MONGODB_URI === undefined ? {} : { mongoUri: given.MONGODB_URI }),
    ...(given.SMTP_URL === undefined ? {} : { smtpUrl: given.SMTP_URL }),
    cacheDir: join(given.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'jobbag'),
    ports: {
      engine: given.JOBBAG_ENGINE_PORT ?? defaultPorts.engine,
      ui: given.JOBBAG_ENGINE_UI_PORT ?? defaultPorts.ui,
      documents: given.JOBBAG_DOCUMENTS_PORT ?? defaultPorts.documents,
      postgres: given.JOBBAG_POSTGRES_PORT ?? defaultPorts.postgres,
      smtp: given.JOBBAG_SMTP_PORT ?? defaultPorts.smtp,
      inbox: given.JOBBAG_INBOX_PORT ?? defaultPorts.inbox,
    },
  };
}
