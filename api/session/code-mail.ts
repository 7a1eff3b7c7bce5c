import { createTransport } from 'nodemailer';
import type { Config } from '../../config/config.ts';
import { safeError, type Logger } from '../../config/logging.ts';

/** Sends sign-in codes; whoever asks for a code never waits for the mail server, or its speed would tell who is known. */
export interface CodeMail {
  /** Puts a mail with the code on its way to the address on file. */
  send(to: string, code: string): void;
  /** Resolves when every mail under way has been handed over or given up. */
  settled(): Promise<void>;
}

/** How long the mail server may take; a code lives ten minutes, so a slow hand-over is worthless. */
const giveUpMs = 30_000;

/** The mail server of the configuration, without a pool: the pool sends again by itself. */
export function codeMail(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'agencyName'>, logger: Logger): CodeMail {
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: giveUpMs,
  });
  const underWay = new Set<Promise<void>>();
  return {
    send(to, code) {
      const sending = transport
        .sendMail({
          from: { name: config.agencyName.zh, address: config.mailFrom },
          // An object, so that nothing in an address can become a second one.
          to: { name: '', address: to },
          subject: '登录验证码 Sign-in code',
          text: codeText(code),
          disableFileAccess: true,
          disableUrlAccess: true,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        .then(
          () => undefined,
          (error: unknown) => logger.error({ err: safeError(error) }, 'a sign-in code could not be mailed'),
        );
      underWay.add(sending);
      void sending.finally(() => underWay.delete(sending));
    },
    async settled() {
      await Promise.all(underWay);
      transport.close();
    },
  };
}

/** The text of the mail, Chinese first. No link: nothing in it can be opened by a scanner. */
export function codeText(code: string): string {
  const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
  return [
    `您的登录验证码：${shown}`,
    '十分钟内有效，只能用一次。如果不是您本人在登录，请忽略本邮件。',
    '',
    `Your sign-in code: ${shown}`,
    'It is good for ten minutes and works once. If you are not signing in, ignore this mail.',
    '',
  ].join('\n');
}
