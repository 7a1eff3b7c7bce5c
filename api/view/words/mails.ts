import type { MailKind } from '../../../domain/job/effects.ts';
import type { Words } from '../../../domain/process.ts';

/** What a mail was about, for the list of a job's mails. */
export const mailKindWords: Readonly<Record<MailKind, Words>> = {
  ask: { zh: '请签字', en: 'request to sign' },
  warn: { zh: '快到期提醒', en: 'early warning' },
  remind: { zh: '催签', en: 'reminder' },
  escalate: { zh: '逾期上报', en: 'escalation' },
  clientTold: { zh: '告知客户联系人', en: 'for the client’s contact' },
  nudge: { zh: '催办', en: 'reminder by hand' },
  receipt: { zh: '签字凭证', en: 'receipt' },
  returned: { zh: '退回通知', en: 'sent back' },
  refused: { zh: '拒单通知', en: 'order refused' },
  passed: { zh: '签核完成', en: 'signed round' },
  handedOver: { zh: '转交通知', en: 'handed over' },
  handOverAsked: { zh: '请求转交', en: 'hand-over asked' },
  spokenConfirm: { zh: '口头答复待确认', en: 'confirm what was said' },
  withdrawn: { zh: '撤回通知', en: 'taken back' },
  dateMoved: { zh: '期限改期', en: 'date moved by the calendar' },
  dateSet: { zh: '期限由人改期', en: 'date moved by hand' },
  unreached: { zh: '联系不上', en: 'nobody could be reached' },
  commandRefused: { zh: '决定未能生效', en: 'a decision could not take effect' },
  directorTold: { zh: '告知总监', en: 'for the director' },
  distributed: { zh: '分发', en: 'distribution' },
  archived: { zh: '归档通知', en: 'archived' },
  nodeAhead: { zh: '关键节点预告', en: 'key node ahead' },
  stageWarned: { zh: '阶段提醒', en: 'stage warning' },
  floatUsedUp: { zh: '弹性用完', en: 'float used up' },
  extensionDrafted: { zh: '延期待送客户', en: 'extension drafted' },
};
