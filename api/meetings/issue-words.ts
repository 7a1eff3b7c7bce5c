import type { Dictionary } from '../view/words/dictionary.ts';

/** Words of the pages of issues. */
export const issueWords = {
  raise: { zh: '提出问题', en: 'Raise an Issue' },
  raiseLead: {
    zh: '工作中出了问题，先写在这里：它立刻到负责人的桌面上，四个工作小时内告知客户。原因和解决方案可以随后补上。',
    en: 'Something went wrong on this job? Write it here: it lies on the desk of whoever answers for it at once, and the client is told within four working hours. Cause and solution may follow.',
  },
  inOneLine: { zh: '一句话说明', en: 'In One Line' },
  inOneLineHint: {
    zh: '告知客户的邮件标题里会有这句话',
    en: 'It stands in the subject of the mail that tells the client',
  },
  since: { zh: '从什么时候起', en: 'Since When' },
  told: { zh: '告知客户的哪一位', en: 'Who of the client is told' },
  toldHint: { zh: '还不清楚可以空着，由负责人决定', en: 'May stay empty; whoever answers for the job decides' },
  raiseDo: { zh: '提出', en: 'Raise It' },
  over: { zh: '工作已结束，不能再提出问题', en: 'This job is over; no issue can be raised on it' },
  toClient: { zh: '写给客户的话', en: 'What the client is told' },
  called: { zh: '在电话里说了什么', en: 'What was said on the telephone' },
  calledAt: { zh: '通话的时间', en: 'When you talked' },
  notIssue: { zh: '为什么不是问题', en: 'Why it is no issue' },
  found: { zh: '已发现', en: 'Found' },
  foundAt: { zh: '从什么时候起', en: 'Since when' },
  toldFact: { zh: '告知客户', en: 'Client told' },
  toldByMail: {
    zh: '{who}，{when}，邮件已被对方邮箱服务器接收',
    en: '{who}, {when}; their mail server accepted the mail',
  },
  toldByPhone: { zh: '{who}，{when}，电话', en: '{who}, {when}, on the telephone' },
  notTold: { zh: '还没有', en: 'Not yet' },
  clientToldLate: { zh: '没有在时限内告知客户', en: 'the client was not told in time' },
} as const satisfies Dictionary;
