import type { RouteStep } from '../../domain/circulation/types.ts';
import type { MailKind } from '../../domain/job/effects.ts';
import type { Words } from '../../domain/process.ts';
import type { FormId } from '../../domain/wording/papers.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** What one kind of mail says and shows. In the sentences `{by}`, `{step}`, `{holder}`, `{since}` and `{about}` are filled in. */
export interface KindFacts {
  /** What is asked or what happened: stands in the subject and in the heading. */
  readonly title: Words;
  readonly lead: Words;
  /** What happens next; `{next}` is whom the ladder writes to then. */
  readonly next?: Words;
  /** Who wrote the words that the mail quotes. */
  readonly wordsLabel?: Words;
  /** The form that is drafted for its reader, and what the button to it says. */
  readonly form?: { readonly id: FormId; readonly button: Words };
  /** Whether the mail brings the link, and what its button says; `ask` takes its own from the step. */
  readonly button?: Words;
  readonly shows: readonly (
    'chain' | 'version' | 'ended' | 'due' | 'since' | 'holder' | 'before' | 'meaning' | 'decision' | 'proof' | 'jobPage'
  )[];
  /** A mere notice: better lost once than told twice when nobody knows whether it arrived. */
  readonly notice: boolean;
}

const silence = w(
  '不处理不等于同意：系统不会替任何人作决定。',
  'Silence decides nothing: the system never answers for anybody.',
);
const then = (zh: string, en: string): Words => w(`${zh}${silence.zh}`, `${en} ${silence.en}`);

/** The table of mails: one line a kind. */
export const mailKinds: Readonly<Record<MailKind, KindFacts>> = {
  ask: {
    title: w('请您处理', 'Please act'),
    lead: w('', ''),
    shows: ['chain', 'version', 'due', 'before', 'meaning'],
    notice: false,
  },
  warn: {
    title: w('快到期限，还在等您', 'Due soon, still with you'),
    lead: w(
      '这一步还没有处理。如果正在看，可以在页面上注明“正在处理”。',
      'This step is still open. If you are on it, you can say so on the page.',
    ),
    next: then('过了期限会再提醒您一次。', 'Past the limit you will be reminded once more.'),
    button: w('打开处理', 'Open'),
    shows: ['chain', 'version', 'due', 'since', 'meaning'],
    notice: true,
  },
  remind: {
    title: w('已到期限，请您处理', 'The limit is reached, please act'),
    lead: w('自{since} 起，这一步在等您。', 'This step has been waiting for you since {since}.'),
    next: then('若仍未处理，下一步会告知{next}。', 'If nothing happens, {next} is told next.'),
    button: w('打开处理', 'Open'),
    shows: ['chain', 'version', 'due', 'since', 'meaning'],
    notice: false,
  },
  escalate: {
    title: w('停滞，{step}一步无人处理', 'Standing still at {step}'),
    lead: w(
      '自{since} 起在{holder}处，期限已过。请催办、移交给别人，或与各方改期。',
      'It has been with {holder} since {since}, past its limit. Please press, hand it over, or move the date.',
    ),
    next: then('若仍未处理，下一步会告知{next}。', 'If nothing happens, {next} is told next.'),
    shows: ['chain', 'version', 'due', 'since', 'holder', 'jobPage'],
    notice: false,
  },
  clientTold: {
    title: w('{step}一步还在等候', 'Still waiting at {step}'),
    lead: w(
      '自{since} 起在{holder}处等候。烦请贵方留意，签字仍由本人完成。',
      'It has been with {holder} since {since}. Please have an eye on it; the signature remains theirs.',
    ),
    next: then('若仍未处理，下一步会告知{next}。', 'If nothing happens, {next} is told next.'),
    shows: ['chain', 'version', 'due', 'since', 'holder', 'jobPage'],
    notice: false,
  },
  nudge: {
    title: w('催办，请您尽快处理', 'A reminder: please act'),
    lead: w(
      '{by}请您尽快处理：这一步自{since} 起在等您。',
      '{by} asks you to act: this step has been waiting for you since {since}.',
    ),
    wordsLabel: w('附言', 'In their words'),
    next: silence,
    button: w('打开处理', 'Open'),
    shows: ['chain', 'version', 'due', 'since', 'meaning'],
    notice: false,
  },
  receipt: {
    title: w('您的决定已记录', 'Your decision is recorded'),
    lead: w(
      '下面是这一条记录的指纹。请保存这封邮件：以后可以凭它核对您当时的决定。',
      'Below is the fingerprint of this record. Keep this mail: with it anyone can check later what you decided.',
    ),
    wordsLabel: w('您的话', 'Your words'),
    shows: ['chain', 'decision', 'version', 'proof'],
    notice: true,
  },
  returned: {
    title: w('被退回，请修改', 'Sent back for changes'),
    lead: w('{by}退回了这一版。', '{by} sent this version back.'),
    wordsLabel: w('退回的原因', 'Why it was sent back'),
    next: w(
      '修改后提交新版本，流程从第一步重新开始；本版已有的签字不再有效。',
      'Submit a new version; it starts again at the first step, and the signatures on this version lapse.',
    ),
    shows: ['chain', 'version', 'jobPage'],
    notice: false,
  },
  refused: {
    title: w('拒单', 'Order refused'),
    lead: w('{by}拒绝接单。', '{by} refused the order.'),
    wordsLabel: w('原因与缺少的内容', 'Ground and what is missing'),
    next: w('请补齐后重新送签，或撤回工作单。', 'Complete the order and send it round again, or withdraw it.'),
    shows: ['chain', 'version', 'jobPage'],
    notice: false,
  },
  passed: {
    title: w('已全部签完', 'Signed by all'),
    lead: w('这一轮的签字已经齐全。', 'All signatures of this round are there.'),
    shows: ['chain', 'version', 'before', 'jobPage'],
    notice: true,
  },
  handedOver: {
    title: w('已移交', 'Handed over'),
    lead: w('{by}移交了这一步。', '{by} handed this step over.'),
    wordsLabel: w('说明', 'Words'),
    shows: ['chain', 'version', 'due', 'holder', 'jobPage'],
    notice: true,
  },
  handOverAsked: {
    title: w('客户请求换人签字', 'The client asks for another signer'),
    lead: w(
      '{by}请求由别人签字。客户的签字只能由您移交。',
      '{by} asks that somebody else sign. Only you can move a client’s signature.',
    ),
    wordsLabel: w('客户的话', 'The client’s words'),
    shows: ['chain', 'version', 'holder', 'jobPage'],
    notice: false,
  },
  spokenConfirm: {
    title: w('请书面确认您口头的答复', 'Please confirm in writing what you said'),
    lead: w(
      '我们记下了您口头的意见。书面确认后才算数，请打开页面签字或退回。',
      'We noted what you told us. It counts once it is in writing: please open the page and sign or send back.',
    ),
    wordsLabel: w('我们记下的话', 'What we noted'),
    button: w('打开确认', 'Open and confirm'),
    shows: ['chain', 'version', 'due', 'meaning'],
    notice: false,
  },
  withdrawn: {
    title: w('已撤回，不必处理', 'Taken back, nothing to do'),
    lead: w('{by}撤回了。先前的链接只会显示这个结果。', '{by} took it back. Earlier links only show that.'),
    wordsLabel: w('说明', 'Words'),
    shows: ['version'],
    notice: true,
  },
  // Why it is not needed stands in `not-needed.ts`.
  notNeeded: {
    title: w('不必再处理', 'Nothing is needed any more'),
    lead: w('请您处理的这一步已经结束。', 'The step you were asked about is over.'),
    wordsLabel: w('原因', 'Why'),
    next: w(
      '您不用做什么；先前邮件里的链接只显示结果。',
      'There is nothing for you to do. The link in the earlier mail only shows what became of it.',
    ),
    shows: ['version', 'ended', 'jobPage'],
    notice: true,
  },
  unreached: {
    title: w('没有人收到这一步', 'Nobody was reached'),
    lead: w(
      '{step}一步已经打开，但没有一封邮件送达，也可能没有可以签的人。期限还没有开始计算。',
      'The step “{step}” is open, but no mail was accepted, or there is nobody who may sign. Its limit has not started.',
    ),
    next: w(
      '请核对邮箱地址，或把这一步移交给能签的人。',
      'Please check the address, or hand the step to somebody who can sign.',
    ),
    shows: ['chain', 'version', 'holder', 'jobPage'],
    notice: false,
  },
  dateMoved: {
    title: w('期限已按新的工作日历改期', 'Your date has moved with the working calendar'),
    lead: w(
      '工作日历有变动，您手上的期限已经重新计算，不需要做什么。',
      'The working calendar changed, and what lies with you is counted anew. There is nothing you need to do.',
    ),
    next: w(
      '同一次变动也会改动您手上别的期限，只用这一封邮件告知；页面上显示的都是新的期限。',
      'The same change also moves your other dates; this one mail tells you of all of them, and every page shows the new ones.',
    ),
    wordsLabel: w('改期', 'Moved'),
    shows: ['chain', 'version', 'due', 'jobPage'],
    notice: true,
  },
  dateSet: {
    title: w('期限已改', 'The date has been moved'),
    lead: w('{by}改了这一步的期限。', '{by} moved the date of this step.'),
    wordsLabel: w('改期与原因', 'Moved, and why'),
    button: w('打开处理', 'Open'),
    shows: ['chain', 'version', 'due', 'holder', 'jobPage'],
    notice: true,
  },
  commandRefused: {
    title: w('您的操作没有生效', 'What you did could not be taken up'),
    lead: w(
      '您提交时系统暂时无法答复；现在查明，当时情况已经改变，所以什么也没有更改。',
      'When you sent it nobody could answer at once. By the time it was taken up the situation had changed, so nothing was changed.',
    ),
    wordsLabel: w('原因', 'Why'),
    shows: ['version', 'jobPage'],
    notice: false,
  },
  directorTold: {
    title: w('请留意', 'For your attention'),
    lead: w('这项工作需要您知道。', 'You should know about this.'),
    wordsLabel: w('说明', 'Words'),
    shows: ['version', 'jobPage'],
    notice: true,
  },
  opinionReported: {
    title: w('客户的重要意见', 'An important opinion of the client'),
    lead: w('{by}把客户的一条意见标为重要。', '{by} marked an opinion of the client as important.'),
    wordsLabel: w('客户的话', 'In the client’s words'),
    shows: ['jobPage'],
    notice: false,
  },
  meetingCalled: {
    title: w('请参加项目内部会议', 'Please come to the project meeting'),
    lead: w(
      '{by}召集了这项工作的内部会议。请准备好您那部分的进展。',
      '{by} called an internal meeting of this job. Please bring the progress of your part.',
    ),
    wordsLabel: w('时间、地点', 'When and where'),
    shows: ['jobPage'],
    notice: false,
  },
  meetingDue: {
    title: w('该开项目内部会议了', 'An internal project meeting is due'),
    lead: w(
      '这项工作在设定的周期里没有开内部会议。请召集一次；已经开过的，请补记各模块的进展。',
      'This job had no internal meeting within its set period. Please call one; if it was held, record the progress of each module.',
    ),
    wordsLabel: w('上次会议与期限', 'The last one, and by when the next'),
    next: w(
      '每个周期只提醒一次；没有开会的工作一直列在“超时与原因”页上。',
      'You are told once a period; until it is held the job stands on the page of what is late.',
    ),
    shows: ['jobPage'],
    notice: true,
  },
  distributed: {
    title: w('工作单已签核，可以开工', 'The order is accepted, work may start'),
    lead: w(
      '工作单已经全部签核，现分发给执行人员。',
      'The order is signed by all and is distributed to those who carry it out.',
    ),
    shows: ['version', 'before', 'jobPage'],
    notice: true,
  },
  archived: {
    title: w('工作已归档', 'The job is archived'),
    lead: w('资料已封存，可以随时查阅和核对。', 'Its dossier is sealed and can be read and checked at any time.'),
    shows: ['proof', 'jobPage'],
    notice: true,
  },
  nodeAhead: {
    title: w('关键节点将至', 'A key node is near'),
    lead: w(
      '双方确认的进度表上，下面的节点就要到了，请预留阅读和答复的时间。',
      'On the timetable we agreed on, the node below is near. Please keep time free to read and to answer.',
    ),
    wordsLabel: w('节点', 'Key node'),
    next: w(
      '现在不需要做什么；到时会另有邮件请您处理。',
      'There is nothing to do now; when your answer is needed, a mail of its own asks for it.',
    ),
    shows: [],
    notice: false,
  },
  stageWarned: {
    title: w('阶段时间已过大半', 'Time of a stage is running'),
    lead: w(
      '进度表上的这个阶段还没有结束，请确认能按时完成。',
      'This stage of the timetable is not over yet. Please see that it ends in time.',
    ),
    wordsLabel: w('阶段', 'Stage'),
    shows: ['jobPage'],
    notice: true,
  },
  floatUsedUp: {
    title: w('弹性时间已用完', 'The float is used up'),
    lead: w(
      '进度表留出的弹性时间已经用完，再晚就会影响交付日期。',
      'The time the timetable kept free is used up; whatever comes later now moves the delivery.',
    ),
    wordsLabel: w('由来', 'How it came'),
    shows: ['jobPage'],
    notice: false,
  },
  extensionDrafted: {
    title: w('延期已拟好，请核对后送客户', 'An extension is drafted, please check and send it'),
    lead: w(
      '客户的延误影响了交付日期。新的进度表已经填好，请打开核对，再送客户确认。',
      'The client’s delay moves the delivery. The new timetable is filled in for you: open it, check it and send it to the client.',
    ),
    wordsLabel: w('延期', 'Extension'),
    next: w(
      '客户同意之前，原来的交付日期有效。送出之前，这件事也在您的桌面上。',
      'Until the client agrees, the old delivery date stands. Until you send it, it also waits on your desk.',
    ),
    form: { id: 'F-10', button: w('打开填好的进度表', 'Open the filled form') },
    shows: [],
    notice: false,
  },
};

/** What a mail of kind `returned` says instead where the client rejected the proposal for good (M-05). */
export const rejectedFacts: KindFacts = {
  title: w('提案被否定，不再修改', 'Proposal rejected for good'),
  lead: w('{by}否定了这份提案，不再有下一轮。', '{by} rejected this proposal; there is no further round.'),
  wordsLabel: w('否定的原因', 'Why it was rejected'),
  next: w(
    '不要再提交新版本：现在由客户总监复核，决定结束工作还是另作提案。',
    'Do not submit a new version: the account director now reviews the job and decides whether it ends or another proposal is prepared.',
  ),
  shows: ['chain', 'version', 'jobPage'],
  notice: false,
};

/** What a step asks its holder to do: heading and button. */
export const askWords: Readonly<Record<RouteStep['act'], { readonly title: Words; readonly button: Words }>> = {
  submit: { title: w('请您提交', 'Please submit'), button: w('打开提交', 'Open and submit') },
  view: { title: w('请您过目', 'Please view'), button: w('打开查看', 'Open and view') },
  review: { title: w('请您审核签字', 'Please review and sign'), button: w('打开审核', 'Open and review') },
  accept: { title: w('请您接单签字', 'Please accept and sign'), button: w('打开签核', 'Open and accept') },
  confirm: { title: w('请您确认签字', 'Please confirm and sign'), button: w('打开确认', 'Open and confirm') },
  receipt: { title: w('请您签收', 'Please acknowledge receipt'), button: w('打开签收', 'Open and acknowledge') },
};

/** Labels and small sentences all mails share. */
export const labels = {
  round: w('版本', 'Version'),
  due: w('期限', 'Due'),
  since: w('等候', 'Waiting'),
  holder: w('在谁手里', 'With'),
  before: w('已签', 'Signed'),
  desks: w('不必处理', 'Not needed'),
  client: w('客户', 'Client'),
  ended: w('结束', 'Ended'),
  proof: w('记录指纹（SHA-256）', 'Fingerprint of the record (SHA-256)'),
  meaning: w('签字即表示：', 'Signing says: '),
  jobPage: w('打开工作页', 'Open the job'),
  decision: w('决定', 'Decision'),
  sign: w('签字', 'signed'),
  nobody: w('（无人）', 'nobody'),
  ask: w('打开处理', 'Open'),
  personal: w(
    '链接只给您本人使用，请勿转发；需要换人时请在页面上移交。',
    'This link is for you only. Please do not forward it; hand over on the page instead.',
  ),
  zone: w('时间均为{zone}。', 'All times are {zone}.'),
  reply: w('直接回复这封邮件，会到负责的客户人员{ae}。', 'A reply to this mail reaches {ae} of account service.'),
  pile: w(
    '您有 {n} 件事要签，都在这封邮件里，一件一个按钮。',
    'There are {n} things for you to sign. All are in this mail, each with its own button.',
  ),
  pileSubject: w('{n} 件待您签字', '{n} to sign'),
} as const satisfies Record<string, Words>;

/** Whom a rung of the ladder writes to, as a mail says it. */
export const ladderWords = {
  holder: w('您', 'you'),
  standInOrHead: w('代理人或部门主管', 'the stand-in or head of department'),
  ae: w('客户主任', 'the account executive'),
  accountManager: w('客户经理', 'the account manager'),
  accountDirector: w('客户总监', 'the account director'),
  clientContact: w('贵方联系人', 'the contact on the client’s side'),
} as const satisfies Record<string, Words>;

/** What is left after the last rung (design §5). */
export const digestWords = w('客户总监的每日摘要', 'the account director’s daily digest');

/** Why a mail could not be delivered, in the codes of the outbox; what a mail server said stays as it is. */
export const whyWords: Readonly<Record<string, Words>> = {
  BAD_ADDRESS: w('登记的邮箱地址不正确。', 'The address on file is not a mail address.'),
  NO_SUCH_PERSON: w('人员登记里找不到这个人。', 'The register does not know this person.'),
  PERSON_LEFT: w('这个人已经停用。', 'This person is no longer active.'),
  NO_ANSWER_FROM_MAIL_SERVER: w('邮件服务器三天没有答复。', 'The mail server gave no answer for three days.'),
  OUTCOME_UNKNOWN: w(
    '连接在发送途中断开，不知道是否送达。',
    'The connection broke while sending; it may or may not have arrived.',
  ),
};
