import type { Words } from '../process.ts';

/** Kinds of work the house knows (S-08). */
export const workTypes = [
  'naming',
  'print',
  'keyVisual',
  'imageAd',
  'newAd',
  'tvc',
  'radio',
  'online',
  'packaging',
  'pos',
  'display',
  'exhibition',
  'sponsorship',
  'promotion',
  'direct',
  'interactive',
  'pr',
  'ci',
  'media',
  'research',
] as const;

/** A kind of work. */
export type WorkType = (typeof workTypes)[number];

/** What a kind of work demands of its papers and stages. */
export interface WorkTypeFacts {
  readonly title: Words;
  /** Has a size, so the order carries specification and budget. */
  readonly sized: boolean;
  /** Needs a creative brief before the order is accepted. */
  readonly creativeBrief: boolean;
  /** Is produced: artwork or film is made, so quotation and production come before QC. */
  readonly produced: boolean;
  /** Ends in a proof (for film the finished tape) that goes its own seven steps. */
  readonly proof: boolean;
  /** Appears somewhere, so samples and effect are tracked. */
  readonly runs: boolean;
  /** Kind of the final that passes the final gate. */
  readonly final: 'FINAL_DESIGN' | 'FINISHED_ARTWORK';
}

const kind = (zh: string, en: string, has: Partial<Omit<WorkTypeFacts, 'title'>> = {}): WorkTypeFacts => ({
  title: { zh, en },
  sized: true,
  creativeBrief: false,
  produced: true,
  proof: false,
  runs: true,
  final: 'FINISHED_ARTWORK',
  ...has,
});

/** The table of kinds of work. */
export const workTypeFacts: Readonly<Record<WorkType, WorkTypeFacts>> = {
  naming: kind('命名', 'Naming', { sized: false, produced: false, runs: false, final: 'FINAL_DESIGN' }),
  print: kind('平面广告', 'Print Ad', { proof: true }),
  keyVisual: kind('主视觉', 'Key Visual', { proof: true, creativeBrief: true }),
  imageAd: kind('形象稿件', 'Image Ad', { proof: true, creativeBrief: true }),
  newAd: kind('新广告创作', 'New Ad', { proof: true, creativeBrief: true }),
  tvc: kind('电视广告', 'TV Commercial', { proof: true, creativeBrief: true }),
  radio: kind('电台广告', 'Radio'),
  online: kind('网络广告', 'Online'),
  packaging: kind('包装', 'Packaging', { proof: true, runs: false }),
  pos: kind('终端物料', 'Point of Sale', { proof: true }),
  display: kind('陈列', 'Display', { proof: true }),
  exhibition: kind('展览', 'Exhibition'),
  sponsorship: kind('赞助', 'Sponsorship', { sized: false }),
  promotion: kind('促销', 'Promotion'),
  direct: kind('直销推广', 'Direct Marketing', { proof: true }),
  interactive: kind('互动', 'Interactive'),
  pr: kind('公关', 'Public Relations', { sized: false, produced: false }),
  ci: kind('设计 / CI', 'Design / CI', { proof: true, runs: false, final: 'FINAL_DESIGN' }),
  media: kind('媒介', 'Media', { sized: false, produced: false }),
  research: kind('调研', 'Research', { sized: false, produced: false, runs: false }),
};
