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
  notNeeded: { zh: '不必再处理', en: 'nothing needed any more' },
  dateMoved: { zh: '期限改期', en: 'date moved by the calendar' },
  dateSet: { zh: '期限由人改期', en: 'date moved by hand' },
  unreached: { zh: '联系不上', en: 'nobody could be reached' },
  commandRefused: { zh: '决定未能生效', en: 'a decision could not take effect' },
  directorTold: { zh: '告知总监', en: 'for the director' },
  opinionReported: { zh: '重要客户意见', en: 'important opinion' },
  meetingCalled: { zh: '召集内部会议', en: 'project meeting called' },
  meetingDue: { zh: '内部会议到期', en: 'project meeting due' },
  distributed: { zh: '分发', en: 'distribution' },
  archived: { zh: '归档通知', en: 'archived' },
  nodeAhead: { zh: '关键节点预告', en: 'key node ahead' },
  stageWarned: { zh: '阶段提醒', en: 'stage warning' },
  floatUsedUp: { zh: '弹性用完', en: 'float used up' },
  extensionDrafted: { zh: '延期待送客户', en: 'extension drafted' },
};

/** Why a mail was not sent or left out, in the codes of the outbox; what a mail server said stays as it is. */
export const mailWhyWords: Readonly<Record<string, Words>> = {
  STEP_OVER: { zh: '发出之前，这一步已经结束', en: 'the step was over before it left' },
  ANSWERED: { zh: '发出之前，收件人已经处理', en: 'its reader had answered before it left' },
  WITH_SOMEBODY_ELSE: { zh: '发出之前，这一步已经交给别人', en: 'the step lay with somebody else before it left' },
  ADDRESS_CORRECTED: { zh: '地址已更正，另发一封', en: 'the address was corrected; another mail takes its place' },
  BAD_ADDRESS: { zh: '登记的邮箱地址不正确', en: 'the address on file is not a mail address' },
  NO_SUCH_PERSON: { zh: '人员登记里找不到这个人', en: 'the register does not know this person' },
  PERSON_LEFT: { zh: '这个人已经停用', en: 'this person is no longer active' },
  NO_ANSWER_FROM_MAIL_SERVER: { zh: '邮件服务器三天没有答复', en: 'the mail server gave no answer for three days' },
  OUTCOME_UNKNOWN: {
    zh: '连接在发送途中断开，不知道是否送达',
    en: 'the connection broke while sending; it may or may not have arrived',
  },
};
