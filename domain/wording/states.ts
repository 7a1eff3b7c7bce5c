import type { RoundCause } from '../circulation/types.ts';
import type { ModuleStanding, Opinion, Paper, Piece, PieceStage, PieceVersion } from '../job/state.ts';
import type { Proposal, Revision } from '../job/state.ts';
import type { Words } from '../process.ts';

/** Why a round exists. */
export const causeWords: Readonly<Record<RoundCause, Words>> = {
  first: { zh: '首轮', en: 'first round' },
  client: { zh: '客户原因', en: 'client’s side' },
  agency: { zh: '公司原因', en: 'agency’s side' },
  brief: { zh: '简报原因', en: 'brief' },
};

/** Where a paper stands. */
export const paperStatusWords: Readonly<Record<Paper['status'], Words>> = {
  filed: { zh: '已归入', en: 'filed' },
  circulating: { zh: '流转中', en: 'in circulation' },
  passed: { zh: '已签核', en: 'signed' },
  returned: { zh: '已退回', en: 'returned' },
  refused: { zh: '已拒单', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

/** What a version of a piece was made for. */
export const stageWords: Readonly<Record<PieceStage, Words>> = {
  DRAFT: { zh: '过程稿', en: 'draft' },
  FINAL_DESIGN: { zh: '最终设计稿', en: 'final design' },
  FINISHED_ARTWORK: { zh: '正稿', en: 'finished artwork' },
  PROOF: { zh: '打样', en: 'proof' },
};

/** Where a piece stands by itself. */
export const pieceStateWords: Readonly<Record<Piece['state'], Words>> = {
  creating: { zh: '创作中', en: 'being made' },
  draftGate: { zh: '待放行', en: 'at the draft gate' },
  released: { zh: '已放行', en: 'released' },
  artworkQc: { zh: '正稿QC中', en: 'in artwork QC' },
  artworkSigned: { zh: '正稿已签', en: 'artwork signed' },
  proofQc: { zh: '打样QC中', en: 'in proof QC' },
  proofConfirmed: { zh: '打样已确认，待签收', en: 'proof confirmed, receipt open' },
  done: { zh: '作品完成', en: 'work complete' },
  revising: { zh: '修改中', en: 'being revised' },
};

/** What became of a version. */
export const versionVerdictWords: Readonly<Record<NonNullable<PieceVersion['verdict']>, Words>> = {
  released: { zh: '已放行', en: 'released' },
  signed: { zh: '已签', en: 'signed' },
  returned: { zh: '已退回', en: 'returned' },
  received: { zh: '已签收', en: 'received' },
  superseded: { zh: '已被新版本取代', en: 'superseded' },
};

/** Kinds of proposal (P-56). */
export const proposalKindWords: Readonly<Record<Proposal['kind'], Words>> = {
  CONCEPT: { zh: '概念提案', en: 'Concept proposal' },
  DETAILED: { zh: '详细提案', en: 'Detailed proposal' },
};

/** Where a proposal stands (M-05). */
export const proposalStateWords: Readonly<Record<Proposal['state'], Words>> = {
  PREPARING: { zh: '准备中', en: 'being prepared' },
  INTERNAL: { zh: '内部确认中', en: 'in internal agreement' },
  READY: { zh: '已备妥', en: 'ready' },
  SCHEDULED: { zh: '已约定时间', en: 'scheduled' },
  AWAITING_COMMENT: { zh: '待客户意见', en: 'awaiting comment' },
  OPINIONS_RECEIVED: { zh: '已收到客户意见', en: 'opinions received' },
  CORRECTING: { zh: '修正中', en: 'being corrected' },
  AGREED: { zh: '客户已同意', en: 'agreed' },
  FOLLOWUP_RECORDED: { zh: '后续事宜已记录', en: 'follow-up recorded' },
  CONFIRMED: { zh: '已书面确认', en: 'confirmed in writing' },
  CLEARED: { zh: '三项已签，可以开工', en: 'cleared for production' },
  REJECTED: { zh: '已否定', en: 'rejected' },
};

/** Where a revision stands (M-08). */
export const revisionStateWords: Readonly<Record<Revision['state'], Words>> = {
  OPINION: { zh: '已收到意见', en: 'opinion received' },
  DIRECTION_CONFIRMED: { zh: '修改方向已确认', en: 'direction confirmed' },
  ORDERED: { zh: '修改单已下', en: 'ordered' },
  REFUSED: { zh: '修改单被拒', en: 'refused' },
  IN_WORK: { zh: '修改中', en: 'in work' },
  DRAFT_ATTACHED: { zh: '修改稿已附', en: 'draft attached' },
  RELEASED: { zh: '已放行', en: 'released' },
  CONFIRMED: { zh: '客户已确认', en: 'confirmed' },
  DROPPED: { zh: '不再修改', en: 'dropped' },
};

/** Kinds of opinion of the client. */
export const opinionWords: Readonly<Record<Opinion['kind'], Words>> = {
  question: { zh: '疑问', en: 'question' },
  doubt: { zh: '质疑', en: 'doubt' },
  rejection: { zh: '否定', en: 'rejection' },
  correction: { zh: '修正意见', en: 'correction' },
};

/** How a module of a project stands, as said at an internal meeting. */
export const standingWords: Readonly<Record<ModuleStanding, Words>> = {
  onTrack: { zh: '按计划', en: 'on track' },
  atRisk: { zh: '有风险', en: 'at risk' },
  late: { zh: '已延误', en: 'late' },
  done: { zh: '已完成', en: 'done' },
};

/** Things a refusal may be about. */
export const thingWords: Readonly<Record<string, Words>> = {
  job: { zh: '这个工作', en: 'job' },
  piece: { zh: '稿件', en: 'piece' },
  pieces: { zh: '稿件', en: 'pieces' },
  proposal: { zh: '提案', en: 'proposal' },
  revision: { zh: '修改', en: 'revision' },
  paper: { zh: '单据', en: 'paper' },
  opinion: { zh: '客户意见', en: 'opinion of the client' },
  owner: { zh: '工作负责人', en: 'the owner of the job' },
};
