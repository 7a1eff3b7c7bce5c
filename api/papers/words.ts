import type { Dictionary } from '../view/words/dictionary.ts';

/** Words of the pages where papers are written. */
export const paperWords = {
  missingN: { zh: '还缺 {n} 项', en: '{n} still missing' },
  wrongN: { zh: '{n} 项要改', en: '{n} to correct' },
  complete: { zh: '已填齐，可以提交', en: 'Everything is filled in' },
  filled: { zh: '填写进度', en: 'How much is filled in' },
  saveDraft: { zh: '存草稿', en: 'Save draft' },
  draftSaved: { zh: '草稿已存', en: 'Draft saved' },
  draftFrom: { zh: '这是您 {when} 存的草稿', en: 'Your draft of {when}' },
  draftThrown: { zh: '草稿已放弃', en: 'The draft was thrown away' },
  throwDraft: { zh: '放弃草稿', en: 'Throw the draft away' },
  conflict: {
    zh: '另一个窗口在 {when} 存过这份草稿。您在这里写的都还在页面上；再按一次“存草稿”就以这里为准。',
    en: 'This draft was saved in another window on {when}. What you typed is still on this page; press “Save draft” again to keep this one.',
  },
  conflictShort: {
    zh: '另一个窗口存过这份草稿，自动保存已停。请按“存草稿”决定以哪份为准。',
    en: 'Another window saved this draft; autosaving has stopped. Press “Save draft” to decide which one counts.',
  },
  newVersion: { zh: '将成为第 {n} 版', en: 'Becomes version {n}' },
  extensionDrafted: {
    zh: '客户延误影响交付，延期已按用时记录拟好，请核对后送客户；客户同意之前，原日期有效。',
    en: 'The client’s delay moves the delivery; the extension is drafted from the record of whose time it was. Check it and send it; until the client agrees, the old date stands.',
  },
  laterVersion: { zh: '第 {n} 版{status}，以它为底稿', en: 'Based on version {n}, which was {status}' },
  prefilled: { zh: '已从工作中填好能填的内容，请核对', en: 'What the job knows is filled in; please check it' },
  submitTo: { zh: '提交签核', en: 'Submit for signature' },
  submitMeaning: { zh: '提交即为您的签字，之后送：{who}', en: 'Submitting is your signature; it then goes to: {who}' },
  filePaper: { zh: '归入工作袋', en: 'File in the bag' },
  fileMeaning: {
    zh: '这份单据不需要签核，归入后成为一个不可改的版本',
    en: 'It needs no signature; filed, it is a version that cannot be changed',
  },
  evaluateNow: { zh: '记录复盘', en: 'Record the review' },
  evaluateMeaning: {
    zh: '复盘记入工作的历程，工作进入结案',
    en: 'The review goes into the job’s history; the job moves to closing',
  },
  notYet: { zh: '现在可以写，还不能提交', en: 'It can be written now, not submitted yet' },
  byService: {
    zh: '这份单据由系统按签字填写，不能手写。',
    en: 'The service fills this paper in from the signatures; nobody writes it.',
  },
  receiptByStep: {
    zh: '签收在打样流程的最后一步由客户按下，不另写单据。',
    en: 'Receipt is given at the last step of the proof’s route; no paper is written for it.',
  },
  onSchedule: {
    zh: '执行排期在排期页上编排：排定后请各位执行人确认，再归入单据。',
    en: 'The execution schedule is laid down on its own page: its executors are asked, and the version is filed here.',
  },
  openSchedule: { zh: '打开执行排期', en: 'Open the Schedule' },
  noSuchRevision: { zh: '没有这一次修改。', en: 'There is no such revision.' },
  notApplicable: { zh: '不适用的步骤', en: 'Steps that do not apply' },
  notApplicableHint: {
    zh: '写明理由的步骤这次不用签；空着就照常送签。',
    en: 'A step with a reason is left out this time; leave it empty and it signs as usual.',
  },
  skipReason: { zh: '{step}：不适用的理由', en: '{step}: why it does not apply' },
  whoWrites: { zh: '由谁写', en: 'Written by' },
  groupIdentity: { zh: '归属', en: 'What it belongs to' },
  groupContent: { zh: '内容', en: 'Content' },
  groupTime: { zh: '时间与费用', en: 'Time and money' },
  groupPeople: { zh: '人员', en: 'People' },
  groupMaterial: { zh: '资料与附件', en: 'Material and files' },
  filesNote: {
    zh: '文件随“存草稿”或“提交”一起上传；每个最大 {max} MB。',
    en: 'Files are uploaded when you save or submit; {max} MB each at most.',
  },
  otherPapers: { zh: '写另一份', en: 'Write another' },
  forRevision: { zh: '第 {n} 次修改', en: 'Revision {n}' },
  trio: { zh: '估价、进度表、媒介时间表一并签名', en: 'Estimate, timetable and media timetable together' },
  toPaper: { zh: '看已提交的版本', en: 'See the submitted version' },
} as const satisfies Dictionary;
