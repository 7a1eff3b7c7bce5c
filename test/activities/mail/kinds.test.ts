import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailKinds } from '../../../activities/mail/kinds.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { MailInput, MailKind } from '../../../domain/job/effects.ts';
import { entriesOf } from '../../../store/log.ts';
import { ownStore } from '../../store/store.ts';
import { goOn } from '../digest/desk.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob, type TriedJob } from './job.ts';
import type { Taken } from './post-office.ts';

const store = ownStore();
let desk: MailDesk;
const english = 'creativeDirector';
const chinese = 'writer';

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), staff);
});
afterAll(async () => desk.close());

interface Where {
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
}

const sentBack = (where: Where): readonly JobEvent[] => [
  {
    type: 'decided',
    ...where,
    decision: {
      id: 'd2',
      verdict: 'return',
      personId: 'writer',
      proof: 'link',
      at: '2026-03-12T03:20:00.000Z',
      reason: 'TEXT_ERROR',
      words: '漏了注册商标',
    },
  },
];

/** Nobody is told that nothing is needed any more who was not asked first. */
async function takenBack(job: TriedJob, holder: string): Promise<Partial<MailInput>> {
  const asked = job.mail('ask', { personId: holder });
  await sendMail(desk.deps(), asked);
  desk.post.taken.length = 0;
  const { circulation = '', round = 1 } = asked.where ?? {};
  const end = { type: 'circulationEnded', circulation, round, verdict: 'withdrawn', by: 'designer' } as const;
  const seq = await goOn(store(), job.processId, desk.now, end);
  return { seq, ...(asked.where ? { desks: [asked.where] } : {}) };
}

async function take(kind: MailKind, holder: string): Promise<Taken> {
  desk.post.taken.length = 0;
  const job = await tryJob(store(), desk.ring, {
    holder,
    ...(kind === 'receipt' || kind === 'returned' ? { then: sentBack } : {}),
  });
  const words = kind === 'returned' ? { words: '漏了注册商标' } : {};
  const more = kind === 'notNeeded' ? await takenBack(job, holder) : words;
  await sendMail(desk.deps(), job.mail(kind, { personId: holder }, more));
  const [taken] = desk.post.taken;
  if (taken === undefined) throw new Error(`no mail of kind ${kind}`);
  return taken;
}

/** What a reader sees of HTML: no style, no tags. */
const seen = (html: string): string =>
  html
    .replace(/<(style|title)[^>]*>.*?<\/\1>/gsu, '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/&ensp;/gu, ' ')
    .replace(/&#39;/gu, "'")
    .replace(/&quot;/gu, '"')
    .replace(/\s+/gu, ' ');

describe.each(Object.keys(mailKinds) as MailKind[])('a mail of kind %s', (kind) => {
  it.each([
    ['zh-CN', chinese],
    ['en', english],
  ] as const)(
    'in %s: subject with number, piece and what is asked; HTML and text say the same',
    async (language, holder) => {
      const { email, bytes } = await take(kind, holder);
      const number = 'YFLC2026014';
      expect(email.subject).toContain(number);
      // That a meeting is due is said of the job and of none of its pieces.
      if (kind !== 'meetingDue') expect(email.subject).toContain('灯箱海报');
      const title = language === 'en' ? mailKinds[kind].title.en : mailKinds[kind].title.zh;
      if (kind !== 'ask' && kind !== 'escalate' && kind !== 'clientTold') expect(email.subject).toContain(title);
      const text = email.text ?? '';
      const html = seen(email.html ?? '');
      for (const said of [text, html]) {
        expect(said).toContain(number);
        expect(said).not.toMatch(/\{\w+\}|undefined|\[object|NaN/u);
      }
      const lines = text
        .split('\n')
        .filter((line) => /^[\p{L}]/u.test(line) && !line.includes('https://') && !line.includes(' — '));
      for (const line of lines)
        for (const part of line.split(/：|: /u))
          expect(html.replace(/[ ·]/gu, '')).toContain(part.replace(/[\s·]/gu, ''));
      if (language === 'en')
        expect(
          text.replace(/灯箱海报|云峰绿茶夏季主视觉|[设文美创客总方]|林 夏|王 芳|陈 默|漏了注册商标/gu, ''),
        ).not.toMatch(/\p{Script=Han}/u);
      expect(email.html).toContain(`lang="${language}"`);
      expect(email.html).not.toMatch(/<script|<img|src=|url\(/iu);
      expect(
        Math.max(
          ...bytes
            .toString('latin1')
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toBeLessThan(998);
    },
  );
});

describe('what a mail says', () => {
  it('ask: what the signature means, round, version with short hash, due in words, who signed before', async () => {
    const { email } = await take('ask', chinese);
    for (const said of [
      '签字即表示：您已在打印小样上校对文字',
      '第 1 轮',
      '第 3 版',
      '9f3c·71aa',
      '今天 15:06',
      '还有 4 个工作小时',
      '林 夏（设计）',
      '今天 11:05',
      '第 2 步，共 7 步',
    ]) {
      expect(email.text).toContain(said);
    }
  });

  it.each(['warn', 'remind', 'escalate'] as const)(
    'R-230: %s says since when, who, what happens next, and that silence decides nothing',
    async (kind) => {
      const { email } = await take(kind, chinese);
      expect(email.text).toContain('今天 11:06');
      expect(email.text).toContain('不处理不等于同意');
      if (kind !== 'warn') expect(email.text).toContain('下一步会告知代理人或部门主管');
      if (kind === 'escalate') expect(email.text).toContain('陈 默');
      else expect(email.text).toContain('https://jobbag.agency.example/a/');
    },
  );

  it('no middle dot of a Chinese mail is as wide as a character; every mail says its zone', async () => {
    const zh = await take('ask', chinese);
    const shown = (zh.email.html ?? '')
      .replace(/<(style|title)[^>]*>.*?<\/\1>/gsu, '')
      .replace(/<[^>]*display:none.*?<\/div>/su, '');
    expect(shown.match(/·/gu)?.length).toBeGreaterThan(1);
    expect(shown.replace(/<span style="font-family:Arial[^"]*">·<\/span>/gu, '')).not.toContain('·');
    expect(zh.email.text).toContain('时间均为中国标准时间。');
    expect((await take('ask', english)).email.text).toContain('All times are China Standard Time.');
  });

  it('design §7: a receipt carries the hash of its entry and what was decided', async () => {
    const { email } = await take('receipt', chinese);
    const processId = /工作 (\S+) 的第 8 条/u.exec(email.text ?? '')?.[1] ?? '';
    const entry = (await entriesOf(store(), processId)).at(-1);
    expect(entry?.seq).toBe(8);
    expect(email.text).toContain(entry?.hash);
    expect(email.html).toContain(entry?.hash);
    expect(email.text).toContain('决定：');
  });

  it('returned: who, the ground in words, the words', async () => {
    const { email } = await take('returned', chinese);
    for (const said of ['陈 默（文案）退回了这一版', '错漏字', '漏了注册商标']) expect(email.text).toContain(said);
  });

  const told = async (
    kind: MailKind,
    then: (where: Where) => readonly JobEvent[],
    to: MailInput['to'] = { personId: 'designer' },
  ): Promise<Taken['email']> => {
    desk.post.taken.length = 0;
    const job = await tryJob(store(), desk.ring, { holder: chinese, then });
    await sendMail(desk.deps(), job.mail(kind, to));
    const [taken] = desk.post.taken;
    if (taken === undefined) throw new Error('no mail');
    return taken.email;
  };

  it('design §3: withdrawn names who took it back, not the author, though the decision is gone by then', async () => {
    const email = await told('withdrawn', (where) => [
      ...sentBack(where),
      { type: 'decisionWithdrawn', ...where, by: chinese, words: '按错了', verdict: 'return' },
    ]);
    expect(email.text).toContain('陈 默（文案）撤回了');
    expect(email.text).not.toContain('林 夏撤回了');
  });

  it('R-69: a wish to hand over names who has it, not the author', async () => {
    const email = await told('handOverAsked', (where) => [
      { type: 'handOverAsked', ...where, by: chinese, to: 'executive', words: '王总签' },
    ]);
    expect(email.text).toContain('陈 默（文案）请求由别人签字');
  });

  it('R-51: a date that was moved by hand says who, both dates with the working time left, and why', async () => {
    const moved = (where: Where): readonly JobEvent[] => [
      {
        type: 'dateMoved',
        ...where,
        by: 'executive',
        from: '2026-03-12T07:06:00.000Z',
        to: '2026-03-13T08:00:00.000Z',
        words: '客户出差',
      },
    ];
    const email = await told('dateSet', moved, { position: 'owner' });
    expect(email.subject).toContain('期限已改');
    for (const said of ['王 芳改了这一步的期限', '原来今天 15:06，现在3月13日 16:00', '客户出差', '还有 '])
      expect(email.text).toContain(said);
    // Who answers for the job gets the way to the job.
    expect(email.text).toMatch(/打开工作页.*\/jobs\/job-/s);
    desk.post.taken.length = 0;
    const job = await tryJob(store(), desk.ring, { holder: chinese });
    await sendMail(desk.deps(), job.mail('dateSet', { personId: chinese }));
    expect(desk.post.taken[0]?.email.text).toContain('https://jobbag.agency.example/a/');
  });

  it('M-05: a proposal rejected for good asks for no new version and says who decides now', async () => {
    const email = await told('returned', (where) =>
      sentBack(where).map((event) =>
        event.type === 'decided' ? { ...event, decision: { ...event.decision, reason: 'REJECTED_FOR_GOOD' } } : event,
      ),
    );
    expect(email.subject).toContain('提案被否定，不再修改');
    for (const said of ['陈 默（文案）否定了这份提案', '不要再提交新版本', '客户总监复核'])
      expect(email.text).toContain(said);
    expect(email.text).not.toContain('流程从第一步重新开始');
  });
});
