import { workTypeFacts } from '../job/worktypes.ts';
import { roleFacts } from '../people/roles.ts';
import type { Refusal, Words } from '../process.ts';
import { actWords, noWords } from './acts.ts';
import { caseWords } from './cases.ts';
import { checkItem } from './checklists.ts';
import { fieldWords } from './fields.ts';
import { inLang, inRow, type Lang } from './language.ts';
import { isFormId, paperWords } from './papers.ts';
import { phaseWords } from './phases.ts';
import { pointWords } from './points.ts';
import { itemProblemWords } from './presentation.ts';
import { refusalTable } from './refusals.ts';
import { stageWords, thingWords } from './states.ts';
import { stepTable } from './steps.ts';

type Table = Readonly<Record<string, Words>>;

const roleTitles: Table = Object.fromEntries(Object.entries(roleFacts).map(([role, facts]) => [role, facts.title]));
const workTitles: Table = Object.fromEntries(Object.entries(workTypeFacts).map(([type, facts]) => [type, facts.title]));

/** Why a field is not right, where the core says so by a word of its own. */
const whyWords: Table = {
  past: { zh: '时间已经过去', en: 'the time has passed' },
  farAhead: { zh: '离现在超过两年，请核对年份', en: 'it lies more than two years ahead; check the year' },
  future: { zh: '时间还没有到', en: 'the time has not come yet' },
  dateOrder: {
    zh: '日期前后矛盾，阶段不能先结束后开始，也不能晚于交付，各日期相差不超过五年',
    en: 'its dates contradict each other; no stage ends before it starts or after the delivery, and all lie within five years',
  },
  lumpSum: { zh: '不能只报总价，要分环节、分项目', en: 'a lump sum is not enough; break it down by stage and by item' },
  sum: { zh: '合计与明细不符', en: 'the sum does not agree with the items' },
  tooMany: { zh: '人数过多', en: 'there are too many people' },
  twice: { zh: '同一项只能有一行', en: 'it stands in more than one line' },
  same: { zh: '与现在相同', en: 'it is the same as now' },
  nudged: { zh: '四个工作小时之内只催一次', en: 'a step is pressed for once in four working hours' },
  onIt: { zh: '对方已注明正在处理', en: 'they said they are on it' },
  closed: { zh: '现在不是对方的工作时间', en: 'these are not their working hours' },
  leave: { zh: '对方正在休假', en: 'they are on leave' },
  circulates: { zh: '这种单据要提交签核', en: 'this paper is submitted for signature' },
  evaluate: { zh: '请用“记录复盘”', en: 'use “Record Review” for it' },
};

const noTable: Table = noWords;
const words: Table = fieldWords;

/** Where the words for a parameter are looked up, in order; the same key can mean a point, a field or a step. */
const tablesFor: Readonly<Record<string, readonly Table[]>> = {
  who: [roleTitles, thingWords, stepTable, caseWords],
  person: [roleTitles],
  phase: [phaseWords, caseWords],
  what: [thingWords, pointWords, stepTable, words, caseWords],
  fields: [words, caseWords],
  field: [words],
  name: [words, caseWords],
  items: [words, thingWords],
  kind: [noTable, stageWords],
  step: [stepTable],
  steps: [stepTable, roleTitles],
  why: [whyWords, roleTitles, stepTable],
  papers: [],
  modules: [workTitles],
};

const anywhere: readonly Table[] = [
  roleTitles,
  phaseWords,
  thingWords,
  pointWords,
  stepTable,
  words,
  workTitles,
  actWords,
];

// What people wrote (names, objections, wording) is in these; a name that happens to be a key is left alone.
const verbatim = new Set(['when', 'number', 'pattern', 'pieces', 'words', 'now', 'round', 'n', 'max']);

function wordFor(param: string, value: string, lang: Lang): string {
  if (verbatim.has(param)) return value;
  if (isFormId(value.split(':')[0] ?? '')) return inLang(paperWords(value), lang);
  const item = checkItem(value);
  if (item !== undefined) return `${item.id} ${inLang(item, lang)}`;
  const lack = itemProblemWords(value);
  if (lack !== undefined) return inLang(lack, lang);
  const table = (tablesFor[param] ?? anywhere).find((one) => Object.hasOwn(one, value));
  const found = table?.[value];
  return found === undefined ? value : inLang(found, lang);
}

/**
 * A refusal as a sentence in one language: the sentence of its code with the parameters filled in, phases, titles,
 * fields, papers and check items in words. A parameter the refusal does not bring leaves an ellipsis, never a brace.
 */
export function sayRefusal(refusal: Refusal, lang: Lang): string {
  const sentence: string = refusalTable[refusal.code].words[lang];
  const params: Readonly<Record<string, string | number | readonly string[]>> = refusal.params ?? {};
  return sentence.replace(/\{([A-Za-z]+)\}/gu, (_brace, param: string) => {
    const value = Object.hasOwn(params, param) ? params[param] : undefined;
    if (value === undefined) return '…';
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return wordFor(param, value, lang);
    return inRow(
      value.map((one) => wordFor(param, one, lang)),
      lang,
    );
  });
}
