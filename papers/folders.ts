/**
 * The folder tree of a project (specification §8.1). The first ten are written in the source;
 * the rest fill the part of the picture that is missing (P-28). The dossier is sealed in this tree.
 */
export const folders = [
  '创意表现',
  '创意表现/过程稿',
  '创意表现/完稿',
  '创意表现/文案',
  '进度表',
  '进度表/周进度表',
  '进度表/月进度表',
  '市场资料',
  '市场资料/市场分析',
  '市场资料/资料收集',
  '工作单',
  '工作单/修改单',
  '会议记录',
  '客户签复',
  '提案',
  '策略方案',
  '媒介',
  '制作',
  '样稿',
  '总结',
  '总结/周报',
  '总结/月报',
  '总结/年报',
  '财务',
  '客户资料',
] as const;

/** A folder of the tree, from the project down. */
export type Folder = (typeof folders)[number];
