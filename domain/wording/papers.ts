import type { Words } from '../process.ts';

/** Names of the papers the house writes today (specification §3.1, §9). A paper's id is stable and never shown alone. */
export const paperTitles = {
  'F-01': { zh: '工作任务单', en: 'Client Task Sheet' },
  'F-03': { zh: '需求简报', en: 'Requirement Brief' },
  'F-04': { zh: '工作单', en: 'Work Order' },
  'F-05': { zh: '创意简报', en: 'Creative Brief' },
  'F-08': { zh: '修改单', en: 'Revision Order' },
  'F-09': { zh: '完稿制作单', en: 'Artwork Production Order' },
  'F-10': { zh: '工作进度表', en: 'Timetable' },
  'F-11': { zh: '执行排期表', en: 'Execution Schedule' },
  'F-13': { zh: '会议通知', en: 'Meeting Notice' },
  'F-14': { zh: '会议议程', en: 'Agenda' },
  'F-15': { zh: '会议记录', en: 'Minutes' },
  'F-16': { zh: '电话记录', en: 'Phone Record' },
  'F-18': { zh: '客户意见', en: 'Client Comment' },
  'F-19': { zh: '方案', en: 'Plan' },
  'F-20': { zh: '广告表现提案', en: 'Creative Presentation' },
  'F-21': { zh: 'QC签核单', en: 'QC Sign-off Sheet' },
  'F-22': { zh: '书面确认', en: 'Written Confirmation' },
  'F-23': { zh: '签收光盘', en: 'Final Package Receipt' },
  'F-24': { zh: '策略推荐', en: 'Strategy Recommendation' },
  'F-35': { zh: '报价单', en: 'Quotation' },
  'F-36': { zh: '估价单', en: 'Production Estimate' },
  'F-45': { zh: '媒介总计划', en: 'Media Master Plan' },
  'F-46': { zh: '媒介月计划', en: 'Media Monthly Schedule' },
  'F-47': { zh: '媒介订位', en: 'Media Booking' },
  'F-51': { zh: '调查总结', en: 'Research Summary' },
  'F-54': { zh: '复盘', en: 'Post-project Review' },
  'F-63': { zh: '问题处理记录', en: 'Issue Record' },
} as const satisfies Record<string, Words>;

/** Id of a paper form, e.g. `F-04`. */
export type FormId = keyof typeof paperTitles;

/** All form ids, in the order of the specification. */
export const formIds = Object.keys(paperTitles).filter(isFormId);

/** Whether a text names a paper form. */
export function isFormId(text: string): text is FormId {
  return Object.hasOwn(paperTitles, text);
}

/**
 * The words for a paper of a job by its key: the form, with a suffix where a job has several
 * (`F-08:R1` is 修改单 R1). A key of an unknown form comes back as it is.
 */
export function paperWords(key: string): Words {
  const [form = '', ...rest] = key.split(':');
  if (!isFormId(form)) return { zh: key, en: key };
  const title = paperTitles[form];
  const suffix = rest.join(':');
  return suffix === '' ? title : { zh: `${title.zh} ${suffix}`, en: `${title.en} ${suffix}` };
}
