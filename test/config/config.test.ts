import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { clockWithOffset } from '../../config/clock.ts';
import { ConfigError, readConfig } from '../../config/config.ts';
import { createLogger, withoutSecrets } from '../../config/logging.ts';
import { isInstant } from '../../domain/instant.ts';

const good = {
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  MONGODB_URI: 'mongodb://a:27017,b:27017/jobbag?replicaSet=rs0',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  PUBLIC_BASE_URL: 'https://jobbag.example.com/',
  MAIL_FROM: 'jobbag@agency.example',
};

function linesFor(env: Readonly<Record<string, string>>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('configuration', () => {
  it('reads what is given and fills what has a default; an empty variable is one that is not set', () => {
    const config = readConfig({ ...good, HTTP_PORT: '', AGENCY_ZONE: ' ' });
    expect(config).toMatchObject({
      temporalNamespace: 'jobbag',
      publicBaseUrl: 'https://jobbag.example.com',
      httpHost: '127.0.0.1',
      httpPort: 8080,
      agencyZone: 'Asia/Shanghai',
      doorDeadlineMs: 3_000,
      trustProxyHops: 0,
      clockOffsetMs: 0,
      logLevel: 'info',
    });
    expect(config.oidc).toBeUndefined();
    expect(config.metricsPort).toBeUndefined();
    expect(config.keysDir.startsWith(config.dataDir)).toBe(true);
  });

  it('names every variable that is missing, at once, and says what would be right', () => {
    const said = linesFor({});
    for (const name of Object.keys(good)) expect(said).toContain(name);
    expect(said).toContain('host:port');
    expect(said).toContain('is not set');
  });

  it.each([
    ['TEMPORAL_ADDRESS', 'http://x', 'host:port'],
    ['MONGODB_URI', 'postgres://x', 'mongodb://'],
    ['SMTP_URL', 'localhost:25', 'smtp://'],
    ['PUBLIC_BASE_URL', 'https://x.example/path', 'without path'],
    ['PUBLIC_BASE_URL', 'https://user:pw@x.example', 'without path'],
    ['PUBLIC_BASE_URL', 'javascript:alert(1)', 'http'],
    ['BLOBS_S3_BUCKET', 'Jobbag Files', 'bucket'],
    ['BLOBS_S3_PREFIX', '../other', 'path of letters'],
    ['BLOBS_S3_ENDPOINT', 's3.example.com', 'https://'],
    ['BLOBS_S3_PATH_STYLE', 'yes', 'true or false'],
    ['MAIL_FROM', 'Jobbag <a@b.example>', 'bare address'],
    ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', 'bare address'],
    ['HTTP_PORT', '70000', '0 to 65535'],
    ['HTTP_PORT', '8e3', 'whole number'],
    ['AGENCY_ZONE', 'Mars/Olympus', 'IANA'],
    ['LOG_LEVEL', 'loud', 'one of'],
    ['TRUST_PROXY', 'true', 'whole number'],
    ['AGENCY_NAME_ZH', 'a\nb', 'line breaks'],
    ['TEMPORAL_TLS', 'yes', 'true or false'],
  ])('%s=%j is refused', (name, value, hint) => {
    const said = linesFor({ ...good, [name]: value });
    expect(said).toContain(name);
    expect(said).toContain(hint);
  });

  it('takes all of the identity provider or nothing of it', () => {
    expect(linesFor({ ...good, BLOBS_S3_BUCKET: 'files', BLOBS_S3_ACCESS_KEY: 'a' })).toContain('BLOBS_S3_SECRET_KEY');
    expect(linesFor({ ...good, OIDC_ISSUER: 'https://login.example.com' })).toContain('OIDC_CLIENT_SECRET');
    expect(
      readConfig({ ...good, OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' })
        .oidc,
    ).toBeDefined();
  });

  it('a way for bounces needs the address they come to', () => {
    expect(linesFor({ ...good, BOUNCE_SMTP_PORT: '2525' })).toContain('BOUNCE_ADDRESS');
    expect(linesFor({ ...good, BOUNCE_ADDRESS: 'mail-that-bounces@agency.example' })).toContain('at most 7 letters');
    expect(readConfig({ ...good, BOUNCE_ADDRESS: 'bounces@agency.example' }).bounces).toEqual({
      address: 'bounces@agency.example',
      smtpHost: '127.0.0.1',
    });
    expect(readConfig(good).bounces).toBeUndefined();
  });

  it('a message about a wrong value never repeats the value: it may be a secret', () => {
    expect(linesFor({ ...good, MONGODB_URI: 'mongo://user:hunter2@x' })).not.toContain('hunter2');
  });
});

describe('the one clock', () => {
  it('speaks the one spelling and is moved by the offset', () => {
    const ahead = clockWithOffset(3_600_000)();
    expect(isInstant(ahead)).toBe(true);
    expect(Math.abs(Date.parse(ahead) - Date.now() - 3_600_000)).toBeLessThan(1_000);
  });
});

describe('the log', () => {
  it('takes links, addresses, credentials and tokens out of texts', () => {
    expect(withoutSecrets('GET /a/abc.def failed for a.b@agency.example at mongodb://u:p@host with Bearer xyz')).toBe(
      'GET /a/[link] failed for [address] at mongodb://[credentials]@host with Bearer [credentials]',
    );
  });

  it('takes them out of fields, errors and their causes', () => {
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    const logger = createLogger({ name: 'test', level: 'info', destination: sink });
    logger.error(
      {
        err: new Error('no mail to x@y.example', { cause: new Error('/a/tok.mac') }),
        token: 'tok',
        user: { email: 'x@y.example' },
        req: { headers: { cookie: 'c00kie' } },
      },
      'mail to x@y.example',
    );
    for (const secret of ['x@y.example', 'tok.mac', 'c00kie', '"tok"']) expect(lines.join('')).not.toContain(secret);
  });
});
