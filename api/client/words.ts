import type { Dictionary } from '../view/words/dictionary.ts';

/** Words of the client's status page. */
export const clientWords = {
  title: { zh: '{client} 的工作进展', en: 'Jobs of {client}' },
  lead: {
    zh: '只读页面，随时可看。签字请用每次收到的签核邮件。',
    en: 'For reading, whenever you like. To sign, use the approval mail of each step.',
  },
  waits: { zh: '在等贵方', en: 'Waiting for you' },
  waitsNone: { zh: '现在没有在等贵方的内容', en: 'Nothing is waiting for you now' },
  waitsFor: { zh: '{what}，请在签核邮件里处理', en: '{what}: please use the approval mail' },
  running: { zh: '进行中', en: 'In progress' },
  finished: { zh: '最近完成', en: 'Lately finished' },
  none: { zh: '还没有工作', en: 'No jobs yet' },
  state: { zh: '现在', en: 'Now' },
  wanted: { zh: '希望完成', en: 'Wanted by' },
  since: { zh: '从', en: 'Since' },
  ae: { zh: '联系人', en: 'Your contact' },
  dates: { zh: '约定的日期', en: 'Agreed dates' },
  delivery: { zh: '交付', en: 'Delivery' },
  what: { zh: '阶段与节点', en: 'Stage or node' },
  date: { zh: '日期', en: 'Date' },
  yourApproval: { zh: '请贵方确认', en: 'you approve' },
  reached: { zh: '已完成', en: 'reached' },
  ahead: { zh: '未到', en: 'ahead' },
  asked: { zh: '{when} 起', en: 'since {when}' },
  updated: { zh: '更新于 {when}', en: 'As of {when}' },
  number: { zh: '工作号', en: 'Job number' },
  onHold: { zh: '暂停中', en: 'On hold' },
} as const satisfies Dictionary;
