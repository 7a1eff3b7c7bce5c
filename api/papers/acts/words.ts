import type { Dictionary } from '../../view/words/dictionary.ts';

/** Words of the small forms for acts that bring no paper. */
export const actPageWords = {
  heldHint: { zh: '不能晚于现在', en: 'Not later than now' },
  groupHint: { zh: '至少一位', en: 'At least one' },
  objectionHint: {
    zh: '每行一条；有异议时工作单不能送签，谈妥后再记一次。',
    en: 'One a line. An order cannot go round while there is an objection; record the talk again when it is settled.',
  },
  proofHint: { zh: '打样也要走完整的签核', en: 'The proof goes the whole chain too' },
  differsHint: {
    zh: '勾选后要先与客户商定，才能立项',
    en: 'If so, it is settled with the client before the job is opened',
  },
  naHint: { zh: '不涉及请写“不适用”', en: 'Write “n/a” if it does not apply' },
  answerHint: { zh: '没有执行时要写明理由', en: 'Say why if it was not done' },
  detailedHint: {
    zh: '概念未定时直接做详细提案，由客户经理以上决定',
    en: 'Going straight to the detailed one is for an account manager or above',
  },
  fromHint: { zh: '客户的哪一位', en: 'Who of the client' },
  heardBy: { zh: '怎样得知', en: 'How It Was Heard' },
  important: { zh: '重要意见', en: 'Important' },
  importantHint: {
    zh: '勾选后，客户总监马上收到邮件',
    en: 'If so, the account director gets a mail at once',
  },
  progressHint: {
    zh: '每个模块一行；有风险或已延误的，写明原因和怎么办',
    en: 'One line a module; where it is at risk or late, say why and what is done about it',
  },
  opinionsHint: { zh: '一行一条，照客户的原话', en: 'One a line, in the client’s own words' },
  toProposalHint: {
    zh: '制作开始以后，由客户经理以上决定重新提案；不勾选则直接改稿',
    en: 'Once production began, going back to a proposal is for an account manager or above; otherwise the piece is changed',
  },
  cancelHint: {
    zh: '取消后打开的签核都会关闭，工作号不再使用。',
    en: 'All open signatures close; the job number is never used again.',
  },
  nextNumber: { zh: '工作号', en: 'Job number' },
  nextNumberIs: { zh: '{prefix} 的下一个号，由系统发出', en: 'the next of {prefix}, issued by the service' },
  gapsTitle: { zh: '归档还缺', en: 'Still missing for the archive' },
  gapsNone: { zh: '都齐了，可以封存', en: 'Everything is there; it can be sealed' },
  besideTitle: { zh: '这个工作还有没了结的事', en: 'Something of this job is not finished yet' },
  besideLead: {
    zh: '不挡归档：问题、会议和纪要照样催办，执行排期随工作一起结束。',
    en: 'The archive does not wait for it: issues, meetings and minutes go on, an execution schedule ends with the job.',
  },
  packageTitle: { zh: '提案还缺', en: 'The proposal still lacks' },
  packageNone: { zh: '提案内容齐备', en: 'The proposal is complete' },
  unreleased: { zh: '未放行的过程稿：{names}', en: 'Drafts not released: {names}' },
  opinions: { zh: '客户意见', en: 'The client’s opinions' },
  artworkGap: { zh: '稿件“{name}”的签字正稿', en: 'signed artwork of “{name}”' },
  proofGap: { zh: '稿件“{name}”的打样签收', en: 'receipt for the proof of “{name}”' },
  pieceGap: { zh: '至少一件稿件', en: 'at least one piece' },
  evaluationGap: { zh: '复盘', en: 'the review' },
  circulationGap: { zh: '还在流转：{name}', en: 'still in circulation: {name}' },
  fixPaper: { zh: '去写', en: 'Write it' },
  internalAgreement: { zh: '提交内部确认', en: 'Submit for internal agreement' },
  internalAgreementDoes: {
    zh: '把提案交创意总监和客户经理确认；有方案时策略部会签，有媒介工作时媒介部会签。提交即为您的签字。',
    en: 'Sends the proposal to creative director and account manager, to strategy where it holds a plan, to media where it holds media work. Submitting is your signature.',
  },
  ownerHint: { zh: '负责人永远不能空缺', en: 'The owner is never empty' },
} as const satisfies Dictionary;
