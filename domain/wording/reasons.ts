import type { NoKind } from '../circulation/types.ts';
import type { Words } from '../process.ts';

/** A reason somebody can give for a no. */
export interface ReasonFacts extends Words {
  /** Whose side the round is charged to; people argue about it and pay for it. */
  readonly cause: 'client' | 'agency' | 'brief';
  readonly sides: readonly ('agency' | 'client')[];
  readonly kinds: readonly NoKind[];
  readonly hint?: Words;
  /** Points at which alone it is offered. */
  readonly points?: readonly string[];
}

const both = ['agency', 'client'] as const;
const agency = ['agency'] as const;
const client = ['client'] as const;
const back = ['return', 'object'] as const;

/** Reasons for returning, refusing and objecting. Codes are stable; words may be bettered. */
export const reasonTable = {
  INSTRUCTION_UNCLEAR: {
    zh: '指引不清晰',
    en: 'Instruction unclear',
    cause: 'brief',
    sides: agency,
    kinds: ['refuse'],
    hint: { zh: '请写明哪里不清晰', en: 'Say what is unclear' },
  },
  MATERIAL_INSUFFICIENT: {
    zh: '资料不足',
    en: 'Material insufficient',
    cause: 'brief',
    sides: agency,
    kinds: ['refuse'],
    hint: { zh: '请写明缺什么资料', en: 'Say what material is missing' },
  },
  TEXT_ERROR: { zh: '错漏字', en: 'Wrong or missing characters', cause: 'agency', sides: both, kinds: back },
  BROKEN_WORDS: { zh: '断字', en: 'Broken words', cause: 'agency', sides: both, kinds: back },
  COPY: { zh: '文案不到位', en: 'Copy does not say it', cause: 'agency', sides: both, kinds: back },
  FIGURES: { zh: '数据或联系方式有误', en: 'Figures or contact data wrong', cause: 'agency', sides: both, kinds: back },
  LAYOUT: { zh: '版面', en: 'Layout', cause: 'agency', sides: both, kinds: back },
  COLOUR: { zh: '色彩', en: 'Colour', cause: 'agency', sides: both, kinds: back },
  PICTURE: { zh: '图片或产品照片', en: 'Picture or product photo', cause: 'agency', sides: both, kinds: back },
  PERSPECTIVE: { zh: '透视', en: 'Perspective', cause: 'agency', sides: both, kinds: back },
  NOT_TO_ORDER: { zh: '不符合工作单或修改单', en: 'Not to the order', cause: 'agency', sides: both, kinds: back },
  MANDATORY_MISSING: { zh: '必要元素缺漏', en: 'Mandatory element missing', cause: 'agency', sides: both, kinds: back },
  LAW: { zh: '广告法', en: 'Advertising Law', cause: 'agency', sides: both, kinds: back },
  SPECIFICATION: { zh: '规格', en: 'Specification', cause: 'agency', sides: both, kinds: back },
  PRINTING_FAULT: { zh: '打样印制问题', en: 'Printing fault', cause: 'agency', sides: both, kinds: back },
  SCHEDULE: { zh: '进度', en: 'Schedule', cause: 'agency', sides: both, kinds: back },
  COST: { zh: '费用', en: 'Cost', cause: 'agency', sides: both, kinds: back },
  IDEA: { zh: '创意', en: 'Idea', cause: 'agency', sides: both, kinds: back },
  STRATEGY: { zh: '不合策略或简报', en: 'Off strategy or brief', cause: 'agency', sides: both, kinds: back },
  NOT_CLEAR: { zh: '表述不清楚', en: 'Not clear', cause: 'brief', sides: both, kinds: back },
  INCOMPLETE: { zh: '内容不完整', en: 'Incomplete', cause: 'brief', sides: both, kinds: back },
  NEW_INFORMATION: { zh: '有新的信息', en: 'New information', cause: 'client', sides: both, kinds: back },
  CHANGED_MIND: { zh: '想法有变', en: 'Changed mind', cause: 'client', sides: client, kinds: back },
  REJECTED_FOR_GOOD: {
    zh: '否定此提案，不再修改',
    en: 'Rejected for good',
    cause: 'client',
    sides: client,
    kinds: ['return'],
    hint: {
      zh: '选此项后不再修改，由客户总监复核工作',
      en: 'There is no further round; the account director reviews the job',
    },
    points: ['proposalComment'],
  },
  OTHER: {
    zh: '其他',
    en: 'Other',
    cause: 'agency',
    sides: both,
    kinds: back,
    hint: { zh: '请在说明中写清楚', en: 'Say it in the words' },
  },
} as const satisfies Record<string, ReasonFacts>;

/** Stable code of a reason. */
export type ReasonCode = keyof typeof reasonTable;

/** Whether a text is the code of a reason. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasonTable, code);
}

const byCode: Readonly<Record<ReasonCode, ReasonFacts>> = reasonTable;

/** What is known of a reason; undefined for a code the house does not know. */
export function reasonFacts(code: string): ReasonFacts | undefined {
  return isReasonCode(code) ? byCode[code] : undefined;
}

/** The reasons somebody of this side may give for this kind of no at a point, in the order to offer them. */
export function reasonsFor(
  side: 'agency' | 'client',
  kind: NoKind,
  point?: string,
): readonly (ReasonFacts & { readonly code: ReasonCode })[] {
  return Object.keys(reasonTable)
    .filter(isReasonCode)
    .map((code) => ({ ...byCode[code], code }))
    .filter((reason) => reason.sides.includes(side) && reason.kinds.includes(kind))
    .filter((reason) => reason.points === undefined || (point !== undefined && reason.points.includes(point)));
}
