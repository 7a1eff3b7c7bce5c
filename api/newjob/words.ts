import { paperWords } from '../papers/words.ts';
import type { Dictionary } from '../view/words/dictionary.ts';

const { saveDraft, draftSaved, draftFrom, throwDraft, conflict } = paperWords;

/** Words of the page on which a job begins. */
export const newJobWords = {
  saveDraft,
  draftSaved,
  draftFrom,
  throwDraft,
  conflict,
  lead: {
    zh: '把客户的书面任务单抄进来，工作就开始了。提交后可以马上约广告说明会。',
    en: 'Enter the client’s written task sheet and the job begins. The briefing meeting can be arranged at once.',
  },
  sheetWhat: { zh: '给谁做', en: 'For whom' },
  sheetNeed: { zh: '客户要什么', en: 'What the client needs' },
  sheetJob: { zh: '公司怎么接', en: 'How we take it on' },
  line: { zh: '客户 › 品牌 › 产品线', en: 'Client › brand › product line' },
  lineHint: {
    zh: '没有合适的？请先在“客户与代码”里登记',
    en: 'Not there? Register it under “Clients and codes” first',
  },
  title: { zh: '工作名称', en: 'Job title' },
  titleHint: {
    zh: '用在看板、邮件和文件名里，例如“春季海报”',
    en: 'Used on the board, in mails and in file names, e.g. “Spring poster”',
  },
  owner: { zh: '负责人', en: 'Owner' },
  ownerHint: { zh: '对这项工作负责的客户部人员', en: 'The account person who answers for the job' },
  workTypes: { zh: '工作类型', en: 'Kind of work' },
  important: { zh: '重要工作', en: 'Important job' },
  importantHint: {
    zh: '重要工作的创意简报由客户总监亲自写',
    en: 'The account director writes its creative brief in person',
  },
  campaign: { zh: '所属活动', en: 'Campaign' },
  campaignHint: {
    zh: '把同一活动的几项工作连在一起；不进工作号',
    en: 'Ties the jobs of one campaign together; not part of the number',
  },
  begin: { zh: '开始这项工作', en: 'Begin this job' },
  missing: { zh: '请填写', en: 'Please fill this in' },
  chooseLine: { zh: '请选择产品线', en: 'Please choose the product line' },
  chooseOwner: { zh: '请选择客户部的一位', en: 'Please choose somebody of account service' },
  chooseTypes: { zh: '请至少选一种', en: 'Please choose at least one' },
  notTheirs: { zh: '这位不是所选客户的人', en: 'This person does not belong to the chosen client' },
  tooLong: { zh: '太长，最多 {max} 字', en: 'Too long; {max} characters at most' },
  noLines: { zh: '您的品牌小组还没有可用的品牌和产品线', en: 'Your brand teams have no brand and product line yet' },
  noLinesText: {
    zh: '请先登记客户、品牌和产品线代码，再新建工作。',
    en: 'Register client, brand and line codes first, then begin the job.',
  },
  toClients: { zh: '去客户与代码', en: 'To clients and codes' },
  notYours: { zh: '新建工作由客户部的人做', en: 'Jobs are begun by account service' },
  received: { zh: '新工作已收到', en: 'The new job is received' },
  files: { zh: '每个文件最大 {max} MB', en: '{max} MB a file at most' },
  repeatFiles: { zh: '文件已收好，不用再选', en: 'The files are kept; no need to choose them again' },
} as const satisfies Dictionary;
