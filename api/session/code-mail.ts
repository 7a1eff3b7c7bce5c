import { createTransport } from 'nodemailer';
import type { Config } from '../../config/config.ts';
import { safeError, type Logger } from '../../config/logging.ts';

/** What a mailed code is for: signing in, acting by a personal link that lay unused for long, or opening one at all. */
export type CodeUse = 'signIn' | 'link' | 'opening';

/** Sends codes; whoever asks for a code never waits for the mail server, or its speed would tell who is known. */
export interface CodeMail {
  /** Puts a mail with the code on its way to the address on file. */
  send(to: string, code: string, use?: CodeUse): void;
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
    send(to, code, use = 'signIn') {
      const sending = transport
        .sendMail({
          from: { name: config.agencyName.zh, address: config.mailFrom },
          // An object, so that nothing in an address can become a second one.
          to: { name: '', address: to },
          subject: codeSubject[use],
          text: codeText(code, use),
          disableFileAccess: true,
          disableUrlAccess: true,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        .then(
          () => undefined,
          (error: unknown) => logger.error({ err: safeError(error) }, 'a code could not be mailed'),
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

const codeSubject = {
  signIn: '登录验证码 Sign-in code',
  link: '签核验证码 Approval code',
  opening: '链接验证码 Code for your link',
} as const satisfies Record<CodeUse, string>;

const codeSentences = {
  signIn: {
    zh: ['您的登录验证码', '如果不是您本人在登录，请忽略本邮件。'],
    en: ['Your sign-in code', 'If you are not signing in, ignore this mail.'],
  },
  link: {
    zh: [
      '您的签核验证码',
      '请把它填入刚才打开的签核页面。如果您没有打开签核链接，请勿告诉任何人，并通知您的客户主任。',
    ],
    en: [
      'Your approval code',
      'Type it into the approval page you have just opened. If you opened no such page, tell the code to nobody and let your account executive know.',
    ],
  },
  opening: {
    zh: [
      '您的链接验证码',
      '请把它填入刚才打开的页面，链接里的内容随即显示。如果您没有打开这样的链接，可能有人在旧邮箱里看到了它：请勿把验证码告诉任何人，并通知您的客户主任。',
    ],
    en: [
      'The code for your link',
      'Type it into the page you have just opened, and what the link leads to is shown. If you opened no such link, somebody may have found it in your old mailbox: tell the code to nobody and let your account executive know.',
    ],
  },
} as const satisfies Record<CodeUse, Record<'zh' | 'en', readonly [string, string]>>;

/** The text of the mail, Chinese first. No link: nothing in it can be opened by a scanner. */
export function codeText(code: string, use: CodeUse): string {
  const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
  const { zh, en } = codeSentences[use];
  return [
    `${zh[0]}：${shown}`,
    `十分钟内有效，只能用一次。${zh[1]}`,
    '',
    `${en[0]}: ${shown}`,
    `It is good for ten minutes and works once. ${en[1]}`,
    '',
  ].join('\n');
}
