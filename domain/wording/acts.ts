import type { NoteAct, Verb } from '../circulation/acts.ts';
import type { NoKind, RouteStep } from '../circulation/types.ts';
import type { JobAct } from '../job/acts.ts';
import type { Words } from '../process.ts';

/** Type of an act a person can do: on the job or at a step. */
export type ActType = JobAct['type'] | Verb['type'];

/** What a button says and what pressing it does. */
export interface ActWords extends Words {
  readonly description: Words;
}

const act = (zh: string, en: string, zhDoes: string, enDoes: string): ActWords => ({
  zh,
  en,
  description: { zh: zhDoes, en: enDoes },
});

/** Words for every act of a person. */
export const actWords: Readonly<Record<ActType, ActWords>> = {
  request: act(
    '新建工作',
    'New Job',
    '登记客户的书面工作任务单，工作由此开始。',
    'Takes in the client’s written task sheet; the job begins.',
  ),
  holdBriefing: act(
    '记录广告说明会',
    'Record Briefing Meeting',
    '记录广告说明会的时间和三方与会人员。',
    'Records when the briefing was held and who of the three groups was there.',
  ),
  assess: act(
    '记录评估与研讨',
    'Record Assessment',
    '记录指令评估、内部研讨、背景研究和公司建议。',
    'Records evaluation, discussion, background study and recommendation.',
  ),
  openNumber: act('立项', 'Open Job', '立项并取得唯一的工作号。', 'Opens the job; it gets its one job number.'),
  huddle: act(
    '记录创作组沟通',
    'Record Team Talk',
    '签单前与创作组沟通内容与时间，并记录异议。',
    'Records the talk with the creative group about content and time, with any objection.',
  ),
  file: act(
    '归入单据',
    'File Paper',
    '把一份不需要签核的单据放进工作袋。',
    'Puts a paper that needs no signature into the bag.',
  ),
  submit: act(
    '提交签核',
    'Submit for Signature',
    '提交单据进入签核流程；提交即为撰写人的签字。',
    'Sends a paper round its route; submitting is the author’s own signature.',
  ),
  addPiece: act('增加稿件', 'Add Piece', '为工作增加一件要制作的稿件。', 'Adds one of the things this job makes.'),
  submitVersion: act(
    '提交稿件版本',
    'Submit Version',
    '提交稿件的新版本，进入放行或签核。',
    'Submits a new version of a piece for release or sign-off.',
  ),
  prepareProposal: act(
    '准备提案',
    'Prepare Proposal',
    '开始准备概念提案或详细提案。',
    'Starts preparing a concept or a detailed proposal.',
  ),
  scheduleProposal: act(
    '安排提案',
    'Schedule Proposal',
    '约定提案的时间、地点和与会人员。',
    'Sets time, place and participants of the proposal.',
  ),
  holdProposal: act(
    '记录提案',
    'Record Proposal',
    '记录提案的召开情况和客户的意见。',
    'Records that the proposal was held and what the client said.',
  ),
  answerOpinion: act(
    '答复意见',
    'Answer Opinion',
    '把客户的一条意见标为已执行，或说明理由。',
    'Marks one opinion of the client as done, or explains it.',
  ),
  recordOpinion: act(
    '记录客户意见',
    'Record Opinion',
    '完整、如实地记录客户的意见。',
    'Records an opinion of the client, whole and unfiltered.',
  ),
  reportOpinion: act(
    '上报重要意见',
    'Report Opinion',
    '把已记录的一条客户意见标为重要，马上发邮件告知客户总监。',
    'Marks an opinion on record as important; the account director gets a mail at once.',
  ),
  callMeeting: act(
    '召集内部会议',
    'Call Project Meeting',
    '约定项目内部会议的时间、地点和参加人员，每人收到一封邮件。',
    'Sets time, place and people of an internal meeting; each of them gets a mail.',
  ),
  recordMeeting: act(
    '记录内部会议',
    'Record Project Meeting',
    '记录开过的项目内部会议和各模块的进展，下一周期从会议那天算起。',
    'Records an internal meeting with the progress of each module; the next period counts from its day.',
  ),
  rejectProposal: act(
    '记录提案被否定',
    'Record Rejection',
    '客户书面否定提案、不再修改时用：工作进入结案，由客户总监复核。',
    'For a proposal the client rejected for good in writing: the job goes to closing and the account director reviews it.',
  ),
  raiseRevision: act(
    '按客户口头意见修改',
    'Raise Revision',
    '客户没有退回、但在会上、电话或邮件里要求修改时用：先请客户书面确认方向，再下修改单。',
    'For a change the client asks for without a send-back. The client confirms the direction in writing, then the order follows.',
  ),
  dropRevision: act(
    '撤销修改',
    'Drop Revision',
    '客户不再要求这次修改时用；修改单签收以后不能撤销。',
    'For a change the client no longer wants; not possible once its order was accepted.',
  ),
  recordFollowUp: act(
    '记录后续事宜',
    'Record Follow-up',
    '记录拍摄、工作周期、制作价格和媒介价格的商谈结果。',
    'Records what was agreed on shooting, period, production price and media price.',
  ),
  startProduction: act(
    '开始制作',
    'Start Production',
    '客户书面确认后开始制作。',
    'Starts production once the client confirmed in writing.',
  ),
  reachNode: act(
    '关键节点已完成',
    'Key Node Reached',
    '进度表上的这个关键节点已完成，不再预告客户。',
    'This key node of the timetable is reached; it is announced to the client no more.',
  ),
  track: act(
    '开始追踪',
    'Start Tracking',
    '开始收集样稿、追踪效果。',
    'Starts collecting samples and following the effect.',
  ),
  evaluate: act(
    '记录复盘',
    'Record Review',
    '记录策略和实施上需要修正之处。',
    'Records what to correct in strategy and in execution.',
  ),
  archive: act(
    '归档',
    'Archive',
    '封存工作袋；缺件时会列出所缺内容。',
    'Seals the bag; refuses with the list of what is missing.',
  ),
  hold: act('暂停', 'Put on Hold', '暂停工作，写明原因。', 'Puts the job on hold, with the reason.'),
  resume: act('恢复', 'Resume', '恢复已暂停的工作。', 'Resumes a job that was on hold.'),
  cancel: act(
    '取消工作',
    'Cancel Job',
    '取消工作，写明原因；工作号不再使用。',
    'Cancels the job, with the reason; its number is never used again.',
  ),
  reopen: act('重新打开', 'Reopen', '重新打开已结束的工作，写明原因。', 'Reopens a closed job, with the reason.'),
  changeOwner: act(
    '更换负责人',
    'Change Owner',
    '更换对工作负责的客户部人员。',
    'Changes the account person who answers for the job.',
  ),
  askAgain: act(
    '再发一次',
    'Send Again',
    '把这一步的邮件再发一次，只发到登记的地址。',
    'Sends the mail of this step once more, to the address on file only.',
  ),
  nudge: act(
    '催办',
    'Remind Now',
    '立即提醒这一步的处理人，可以附一句话；四个工作小时之内只催一次，不在对方下班或休假时催。',
    'Reminds whoever the step waits for at once, with a word if you like; once in four working hours, never outside their hours.',
  ),
  sign: act('签字', 'Sign', '签字，含义以本步骤的说明为准。', 'Signs; the step says what the signature means.'),
  return: act('退回修改', 'Return for Changes', '退回，并写明原因和说明。', 'Sends back, with a reason and words.'),
  note: act(
    '留言',
    'Note',
    '留言、提问或说明正在处理；不改变当前环节。',
    'Leaves a comment, a question or “I’m on it”; the stage stays as it is.',
  ),
  handOver: act('转交', 'Hand Over', '把这一步转交给他人。', 'Hands this step to somebody else.'),
  withdraw: act(
    '撤回',
    'Withdraw',
    '在下一位处理之前撤回自己的决定，或撤回单据。',
    'Takes back an own decision until the next person acted, or the paper.',
  ),
  moveDate: act(
    '改期',
    'Move Date',
    '更改本步骤的截止时间，写明原因。',
    'Moves the date of this step, with the reason.',
  ),
};

/** Words for the noes of a step: what the button says and what it is called afterwards. */
export const noWords: Readonly<Record<NoKind, Words & { readonly past: Words }>> = {
  return: { zh: '退回修改', en: 'Return for Changes', past: { zh: '退回', en: 'returned' } },
  refuse: { zh: '拒单', en: 'Refuse Order', past: { zh: '拒单', en: 'refused the order' } },
  object: { zh: '提出异议', en: 'Object', past: { zh: '提出异议', en: 'objected' } },
};

/** Words for what a signature at a step is: the button, and the past in histories. */
export const stepActWords: Readonly<Record<RouteStep['act'], Words & { readonly past: Words }>> = {
  submit: { zh: '提交', en: 'Submit', past: { zh: '提交', en: 'submitted' } },
  view: { zh: '已看过', en: 'Viewed', past: { zh: '看过', en: 'viewed' } },
  review: { zh: '审核通过', en: 'Review and Pass', past: { zh: '审核通过', en: 'reviewed and passed' } },
  accept: { zh: '签字接单', en: 'Sign and Accept', past: { zh: '签字接单', en: 'signed and accepted' } },
  confirm: { zh: '确认签字', en: 'Confirm and Sign', past: { zh: '确认签字', en: 'confirmed and signed' } },
  receipt: { zh: '签收', en: 'Sign for Receipt', past: { zh: '签收', en: 'signed for receipt' } },
};

/** Words for the ways a step can change hands. */
export const handOverWords: Readonly<Record<'delegate' | 'reassign' | 'standIn' | 'add', Words>> = {
  delegate: { zh: '委托', en: 'delegated' },
  reassign: { zh: '改派', en: 'reassigned' },
  standIn: { zh: '由代理人处理', en: 'passed to the stand-in' },
  add: { zh: '加签', en: 'added a signer' },
};

/** Words for the kinds of note. */
export const noteWords: Readonly<Record<NoteAct['note']['kind'], Words>> = {
  comment: { zh: '留言', en: 'commented' },
  question: { zh: '提问', en: 'asked' },
  onIt: { zh: '正在处理', en: 'is on it' },
  spoken: { zh: '记录口头答复', en: 'recorded a spoken answer' },
};
