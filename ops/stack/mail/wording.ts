/** The languages the inbox speaks. */
export type Lang = 'zh' | 'en';

/** Everything the inbox says, in both languages. */
export const wording = {
  zh: {
    title: '试用收件箱',
    about: '系统发出的邮件都落在这里，不会寄往任何真实地址。',
    search: '搜索收件人或主题',
    find: '搜索',
    empty: '还没有邮件。',
    nothing: '没有符合的邮件。',
    pick: '从左侧选择一封邮件。',
    back: '全部邮件',
    to: '收件人',
    from: '发件人',
    noSubject: '（无主题）',
    html: '正文',
    text: '纯文本',
    headers: '邮件头',
    links: '链接',
    attachments: '附件',
    raw: '原始邮件',
    other: 'English',
    missing: '没有这封邮件。',
    count: (n: number) => `${n} 封`,
  },
  en: {
    title: 'Trial inbox',
    about: 'Every mail the system sends lands here; none leaves this machine.',
    search: 'Search recipient or subject',
    find: 'Search',
    empty: 'No mail yet.',
    nothing: 'No mail matches.',
    pick: 'Choose a mail from the list.',
    back: 'All mail',
    to: 'To',
    from: 'From',
    noSubject: '(no subject)',
    html: 'Message',
    text: 'Plain text',
    headers: 'Headers',
    links: 'Links',
    attachments: 'Attachments',
    raw: 'Raw message',
    other: '中文',
    missing: 'There is no such mail.',
    count: (n: number) => (n === 1 ? '1 mail' : `${n} mails`),
  },
} as const;

/** The wording of one language. */
export type Wording = (typeof wording)[Lang];

/** `?lang` wins, then the browser's first wish among ours; English otherwise. */
export function langOf(asked: string | null, acceptLanguage: string | undefined): Lang {
  if (asked !== null && asked !== '') return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const first = (acceptLanguage ?? '').toLowerCase().match(/\b(zh|en)\b/);
  return first?.[1] === 'zh' ? 'zh' : 'en';
}
