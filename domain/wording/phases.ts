import type { JobPhase } from '../job/state.ts';
import type { Words } from '../process.ts';

/** What the states of a job are called on screens and in mails (M-01). */
export const phaseWords: Readonly<Record<JobPhase, Words>> = {
  REQUESTED: { zh: '客户需求已接收', en: 'Request received' },
  BRIEFED: { zh: '广告说明会已召开', en: 'Briefing held' },
  ASSESSING: { zh: '评估与研讨', en: 'Assessing' },
  ALIGNING: { zh: '策略协商', en: 'Aligning strategy' },
  OPENED: { zh: '已立项', en: 'Job opened' },
  ORDER_SIGNOFF: { zh: '工作单确认中', en: 'Work order in sign-off' },
  CREATING: { zh: '创作中', en: 'Creating' },
  INTERNAL_REVIEW: { zh: '内部审核', en: 'Internal review' },
  PROPOSED: { zh: '已提案，待客户意见', en: 'Proposed, awaiting comment' },
  REVISING: { zh: '修正中', en: 'Revising' },
  CLIENT_CONFIRMED: { zh: '客户已确认', en: 'Client confirmed' },
  IN_PRODUCTION: { zh: '制作中', en: 'In production' },
  ARTWORK_QC: { zh: '正稿QC', en: 'Artwork QC' },
  PROOF_QC: { zh: '打样QC', en: 'Proof QC' },
  DELIVERED: { zh: '已交付', en: 'Delivered' },
  TRACKING: { zh: '投放与效果追踪', en: 'Tracking' },
  CLOSING: { zh: '结案', en: 'Closing' },
  ARCHIVED: { zh: '已归档', en: 'Archived' },
  CANCELLED: { zh: '已取消', en: 'Cancelled' },
};
