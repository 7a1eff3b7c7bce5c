import type { PointId } from '../job/acts.ts';
import { correctionPoint } from '../job/correction.ts';
import { reviewPoint } from '../job/rejection.ts';
import type { Words } from '../process.ts';
import { paperWords } from './papers.ts';

/** What the approval points of a job are called (§4.24), and the desk on which a refused order waits. */
export const pointWords: Readonly<Record<PointId | typeof correctionPoint | typeof reviewPoint, Words>> = {
  requirementBrief: { zh: '需求简报确认', en: 'Requirement brief' },
  strategyAgreement: { zh: '策略共识', en: 'Strategy agreement' },
  creativeBrief: { zh: '创意简报审阅', en: 'Creative brief' },
  timetable: { zh: '进度表确认', en: 'Timetable' },
  workOrder: { zh: '工作单签核', en: 'Work order' },
  draftGate: { zh: '过程稿放行', en: 'Draft gate' },
  internalAgreement: { zh: '提案前内部确认', en: 'Internal agreement' },
  proposalComment: { zh: '提案意见', en: 'Comment on the proposal' },
  revisionDirection: { zh: '修改方向确认', en: 'Revision direction' },
  revisionOrder: { zh: '修改单签核', en: 'Revision order' },
  quotationConsent: { zh: '报价前沟通', en: 'Consent to the quotation' },
  confirmation: { zh: '创意稿与报价书面确认', en: 'Written confirmation of draft and quotation' },
  estimate: { zh: '估价签字', en: 'Estimate' },
  clearance: { zh: '估价、进度表、媒介时间表签名', en: 'Estimate, timetable and media timetable' },
  mediaPlan: { zh: '媒介总计划确认', en: 'Media master plan' },
  mediaSchedule: { zh: '媒介月计划确认', en: 'Media monthly schedule' },
  researchReport: { zh: '调查总结确认', en: 'Research summary' },
  artworkQc: { zh: '正稿QC', en: 'Artwork QC' },
  proofQc: { zh: '打样QC', en: 'Proof QC' },
  [reviewPoint]: { zh: '提案被否定，待复核', en: 'Rejected proposal, to be reviewed' },
  [correctionPoint]: { zh: '拒单待补正', en: 'Refused order, to be corrected' },
};

const pointOf: Readonly<Record<string, Words>> = pointWords;

/** The words for a circulation by its id: the point, with what it is about (`artworkQc:P1` is 正稿QC P1); a paper by its name. */
export function circulationWords(id: string): Words {
  const [point = '', ...rest] = id.split(':');
  const words = Object.hasOwn(pointOf, point) ? pointOf[point] : undefined;
  if (words === undefined) return { zh: id, en: id };
  const about = paperWords(rest.join(':'));
  return about.zh === '' ? words : { zh: `${words.zh} ${about.zh}`, en: `${words.en} ${about.en}` };
}
