import { standardCases } from '../cases/standard.ts';
import type { Words } from '../process.ts';

/** States and parts of every kind of case in words, by their keys; the definitions hold them, as routes hold theirs. */
export const caseWords: Readonly<Record<string, Words>> = {
  case: { zh: '这件事', en: 'case' },
  owner: { zh: '负责人', en: 'the owner' },
  task: { zh: '任务', en: 'task' },
  entry: { zh: '排期任务', en: 'task of the schedule' },
  ...Object.fromEntries(
    Object.values(standardCases).flatMap(({ parts, states }) =>
      Object.entries({ ...parts, ...states }).map(([key, { title }]) => [key, title]),
    ),
  ),
};

/** What a mail of a case says in one sentence; its subject too. */
export const noticeWords = {
  meetingNotice: { zh: '会议通知：请确认时间和地点', en: 'Meeting notice: time and place' },
  meetingAgenda: { zh: '会议议程', en: 'Agenda of the meeting' },
  meetingCall: { zh: '会议将在十五分钟后开始', en: 'The meeting begins in a quarter of an hour' },
  meetingMoved: { zh: '会议改期，另行通知', en: 'The meeting is moved; a new notice follows' },
  meetingCancelled: { zh: '会议取消', en: 'The meeting is cancelled' },
  meetingUnplanned: { zh: '会议还没有约定时间地点', en: 'The meeting has no time and place yet' },
  agendaDue: { zh: '会议两小时后开始，议程还没有发', en: 'The meeting is two hours away and has no agenda yet' },
  agendaLate: { zh: '议程晚于会前一小时', en: 'The agenda is later than an hour before the meeting' },
  heldOrNot: { zh: '会议是否召开？请说明', en: 'Was the meeting held? Please say so' },
  minutesDraftDue: { zh: '会议记录待撰写', en: 'The minutes are still to be written' },
  minutesOverdue: { zh: '会议记录已超过24小时', en: 'The minutes are over their 24 hours' },
  reviewMinutes: { zh: '请审阅会议记录', en: 'Please review the minutes' },
  minutesReturned: { zh: '会议记录被退回', en: 'The minutes were sent back' },
  reviewReminder: { zh: '会议记录还在等审阅', en: 'The minutes still wait for review' },
  reviewStalled: { zh: '会议记录迟迟没有审阅', en: 'The review of the minutes has stalled' },
  confirmMinutes: {
    zh: '请签复会议记录；一个工作日内没有异议即视为同意',
    en: 'Please confirm the minutes; without objection within one working day they count as agreed',
  },
  minutesCopy: { zh: '会议记录副本', en: 'Copy of the minutes' },
  minutesConfirmed: { zh: '客户已签复会议记录', en: 'The client confirmed the minutes' },
  minutesObjected: { zh: '客户对会议记录有异议', en: 'The client objects to the minutes' },
  minutesDeemed: { zh: '会议记录默认确认', en: 'The minutes are deemed confirmed' },
  deemedAnnulled: {
    zh: '邮件被退回，默认确认作废，请重新发送',
    en: 'The mail came back: the deemed confirmation is annulled; please send again',
  },
  lateObjection: {
    zh: '异议在期限之后提出，请写入新的会议记录',
    en: 'An objection came after the window; please take it into new minutes',
  },
  correctionDue: { zh: '会议记录待更正', en: 'The minutes are still to be corrected' },
  minutesUnanswered: {
    zh: '会议记录未获答复，已结束；仍可签字',
    en: 'The minutes are closed without an answer; they can still be signed',
  },
  minutesStillOpen: { zh: '会议记录还没有客户的答复', en: 'The minutes still have no answer of the client' },
  minutesUnfiled: { zh: '会议记录已有结论，还没有归档', en: 'The minutes have a verdict and are not filed yet' },
  datesMoved: { zh: '工作日历改了，期限随之移动', en: 'The working calendar changed and dates moved with it' },
  taskDue: { zh: '会议记录中的任务今天到期', en: 'A task from the minutes is due today' },
  taskOverdue: { zh: '会议记录中的任务到期，还没有结果', en: 'A task from the minutes fell due and is not settled' },
  taskStalled: { zh: '会议记录中的任务迟迟没有结果', en: 'A task from the minutes has stalled' },
  taskSettled: { zh: '任务有了结果', en: 'A task was settled' },
  issueRaised: { zh: '工作中出现问题，请处理', en: 'A problem was raised on a job; please see to it' },
  issueToClient: { zh: '项目执行中出现的情况，向您说明', en: 'Something has come up on your project' },
  issueTellSoon: { zh: '问题还没有告知客户', en: 'The client has not been told of an issue yet' },
  issueUntold: { zh: '问题已超过时限，客户还不知道', en: 'The client was not told of an issue in time' },
  issueUnsettled: { zh: '问题还没有解决', en: 'An issue is not settled yet' },
  issueClosed: { zh: '问题已解决', en: 'An issue is settled' },
  issueWithdrawn: { zh: '不是问题，已撤销', en: 'It was no issue and is taken back' },
  confirmEntries: { zh: '请确认您在执行排期中的任务', en: 'Please confirm your tasks of the execution schedule' },
  entriesReleased: { zh: '执行排期已调整，有任务不再由您负责', en: 'The schedule changed: a task is no longer yours' },
  entryUnconfirmed: { zh: '执行排期中的任务还没有确认', en: 'A task of the schedule is not confirmed yet' },
  entryAhead: { zh: '执行排期中的任务快到时间节点', en: 'A task of the schedule is due soon' },
  entryOverdue: { zh: '执行排期中的任务已过时间节点', en: 'A task of the schedule is past its date' },
  entryStalled: { zh: '执行排期中的任务迟迟没有完成', en: 'A task of the schedule has stalled' },
  entryDeclined: { zh: '执行人不能按排期完成，请调整', en: 'An executor cannot keep the schedule; please adjust it' },
  entryDone: { zh: '执行排期中的一项任务已完成', en: 'A task of the schedule is done' },
  scheduleConfirmed: { zh: '执行排期已全部确认', en: 'The whole schedule is confirmed' },
  scheduleFulfilled: { zh: '执行排期已全部完成', en: 'The whole schedule is done' },
  scheduleSetAside: { zh: '执行排期已停用，不用再做', en: 'The schedule was set aside; nothing is left to do' },
  notNeeded: { zh: '不必再处理', en: 'Nothing is needed any more' },
  caseUnreached: { zh: '邮件没有送达，请核对地址', en: 'A mail did not arrive; please check the address' },
} as const satisfies Record<string, Words>;
