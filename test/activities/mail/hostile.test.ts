import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyText, headerText, nameText } from '../../../activities/mail/clean.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import { sortFault } from '../../../activities/mail/smtp-faults.ts';
import { ownStore } from '../../store/store.ts';
import { person } from '../../domain/people/house.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob } from './job.ts';

const store = ownStore();
let desk: MailDesk;
const hostile: readonly string[] = [
  'a\r\nBcc: victim@example.test',
  'a\nSubject: other',
  'a\r.\r\nMAIL FROM:<x@example.test>',
  'a\n.\nDATA',
  'a\u0000b',
  '=?utf-8?q?=0D=0ABcc:_victim@example.test?=',
  'x'.repeat(1500),
  '工'.repeat(400),
  '\u202Egpj.exe',
  '\u2066left\u2069',
  '<a href="https://evil.example">click</a>',
  '</td></tr></table><script>alert(1)</script>',
  'javascript:alert(1)',
  'see https://evil.example/a/x now',
  '"quoted" <other@example.test>',
  '👩‍👩‍👧‍👦 family',
  `z${'\u0301'.repeat(300)}`,
  'List-Unsubscribe: <mailto:x@example.test>',
  '\u2028line\u2029paragraph',
];

beforeAll(async () => {
  desk = await openDesk(store);
  const named = hostile.map((name, n) =>
    person(`h${n}`, ['COPYWRITER'], { name, language: n % 2 === 0 ? 'en' : 'zh-CN' }),
  );
  await fillHouse(store(), [...staff, ...named]);
});
afterAll(async () => desk.close());

describe('threats 18, 19, 20: whatever people wrote, a mail stays one mail to one person', () => {
  it.each(hostile.map((text, n) => [n, JSON.stringify(text).slice(0, 50), text] as const))(
    '%i: %s',
    async (n, _shown, text) => {
      desk.post.taken.length = 0;
      const job = await tryJob(store(), desk.ring, { title: text, pieceName: text, holder: `h${n}` });
      await sendMail(desk.deps(), job.mail('ask', { personId: `h${n}` }, { words: text }));
      expect(desk.post.taken).toHaveLength(1);
      const [taken] = desk.post.taken;
      expect(taken?.to).toEqual([`h${n}@example.test`]);
      const { email } = taken!;
      expect(email.to?.map((one) => one.address)).toEqual([`h${n}@example.test`]);
      expect(email.from?.address).toBe('jobbag@agency.example');
      expect(email.cc ?? []).toEqual([]);
      expect(email.bcc ?? []).toEqual([]);
      const keys = email.headers.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).not.toContain('list-unsubscribe');
      expect(email.subject).not.toMatch(/[\u0000-\u001F\u202A-\u202E\u2066-\u2069]/u);
      expect(email.subject).not.toContain('://');
      // Only our own markup: one link, ours, and no tag that came from a text.
      const html = email.html ?? '';
      expect(html).not.toMatch(/<script|<a href="(?!https:\/\/jobbag\.agency\.example\/a\/)/u);
      expect(html.match(/<a /gu)).toHaveLength(1);
      expect(html.match(/<table/gu)?.length).toBe(html.match(/<\/table>/gu)?.length);
    },
  );

  it('cleaning never cuts inside a character and keeps what people may write', () => {
    expect(headerText('👩‍👩‍👧‍👦'.repeat(80), 10).endsWith('👩‍👩‍👧‍👦…')).toBe(true);
    expect(headerText('a\uD800b')).toBe('a\uFFFDb');
    expect(nameText('王 芳 <x@y>')).toBe('王 芳 x y');
    expect(bodyText('一\r\n\r\n\r\n二\u0007三')).toBe('一\n\n二 三');
  });
});

describe('the one table of faults', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, false, 'permanent', false],
    [{ code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, false, 'transient', false],
    [{ code: 'EENVELOPE' }, false, 'permanent', false],
    [{ code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, true, 'permanent', false],
    [{ code: 'EMESSAGE', responseCode: 452, command: 'DATA' }, true, 'transient', false],
    [{ code: 'EENVELOPE', responseCode: 503, command: 'MAIL FROM' }, false, 'transient', false],
    [{ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, false, 'transient', false],
    [{ code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }, false, 'transient', false],
    [{ code: 'ECONNECTION', command: 'CONN' }, false, 'transient', false],
    [{ code: 'ECONNECTION', command: 'CONN' }, true, 'transient', true],
    [{ code: 'ETIMEDOUT', command: 'CONN' }, true, 'transient', true],
    [{ code: 'EDNS' }, false, 'transient', false],
    [{}, false, 'transient', false],
  ] as const)('%o, handed over %s: %s, unsure %s', (fields, handedOver, kind, unsure) => {
    expect(sortFault(Object.assign(new Error('no'), fields), handedOver)).toMatchObject({ kind, unsure });
  });
});
