import * as z from 'zod';
import { fieldWords, isFieldKey } from '../domain/wording/fields.ts';
import type { Words } from '../domain/process.ts';
import { metaOf } from './field.ts';
import { yuan } from './money.ts';

/** What can be wrong with an input. */
export type ProblemCode =
  | 'MISSING'
  | 'TYPE'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'CONTROL'
  | 'LINE_BREAK'
  | 'BIDI'
  | 'BROKEN_TEXT'
  | 'FORMAT'
  | 'RANGE'
  | 'NOT_ONE_OF'
  | 'UNKNOWN_FIELD'
  | 'RULE';

/** One thing that is wrong: where (path with dots, rows from 0), what kind, and in words what would be right. */
export interface Problem extends Words {
  readonly field: string;
  readonly code: ProblemCode;
}

const paramsSchema = z.object({
  problem: z.enum(['MISSING', 'TOO_LONG', 'CONTROL', 'LINE_BREAK', 'BIDI', 'BROKEN_TEXT', 'FORMAT']),
  max: z.number().optional(),
  expected: z.object({ zh: z.string(), en: z.string() }).optional(),
});

/** Removes the wrappers around a schema, e.g. `optional`. */
export function inner(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? inner(schema.unwrap()) : schema;
}

// A key from outside may hold anything; it is shown short and without signs that could disturb a line.
function shownKey(key: string): string {
  const plain = key.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
  return [...plain].slice(0, 40).join('');
}

/** The words for a place in a form: field, row and column. */
export function placeWords(schema: z.core.$ZodType, path: readonly PropertyKey[]): Words {
  const zh: string[] = [];
  const en: string[] = [];
  let here: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const at: z.core.$ZodType | undefined = here === undefined ? undefined : inner(here);
    if (typeof step === 'number') {
      zh.push(`第 ${step + 1} 行`);
      en.push(`row ${step + 1}`);
      here = at instanceof z.ZodArray ? at.element : undefined;
      continue;
    }
    const key = String(step);
    const shape: Readonly<Record<string, z.core.$ZodType>> = at instanceof z.ZodObject ? at.shape : {};
    here = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const words: Words | undefined = (here && metaOf(inner(here))) ?? (isFieldKey(key) ? fieldWords[key] : undefined);
    zh.push(words?.zh ?? shownKey(key));
    en.push(words?.en ?? shownKey(key));
  }
  return { zh: zh.join('，'), en: en.join(', ') };
}

const typeWords: Readonly<Record<string, Words>> = {
  string: { zh: '应为文字', en: 'must be a text' },
  number: { zh: '应为数字', en: 'must be a number' },
  int: { zh: '应为整数', en: 'must be a whole number' },
  boolean: { zh: '应为是或否', en: 'must be yes or no' },
  array: { zh: '应为列表', en: 'must be a list' },
  object: { zh: '应为一组字段', en: 'must be a set of fields' },
};

interface Said {
  readonly code: ProblemCode;
  readonly zh: string;
  readonly en: string;
}

const missing: Said = { code: 'MISSING', zh: '还没有填写，请填写', en: 'is not filled in; please fill it in' };

function sayCustom(issue: z.core.$ZodIssueCustom): Said {
  const params = paramsSchema.safeParse(issue.params);
  if (!params.success) return { code: 'RULE', zh: issue.message, en: issue.message };
  const { problem, max = 0, expected } = params.data;
  switch (problem) {
    case 'MISSING':
      return missing;
    case 'TOO_LONG':
      return { code: problem, zh: `太长，最多 ${max} 字`, en: `is too long; ${max} characters at most` };
    case 'CONTROL':
      return {
        code: problem,
        zh: '含有看不见的控制字符，请删去后重填',
        en: 'holds an invisible control character; remove it',
      };
    case 'LINE_BREAK':
      return { code: problem, zh: '只能写一行，请去掉换行', en: 'takes one line only; remove the line break' };
    case 'BIDI':
      return {
        code: problem,
        zh: '含有改变文字方向的隐藏字符，请删去后重填',
        en: 'holds a hidden sign that turns the direction of writing; remove it',
      };
    case 'BROKEN_TEXT':
      return { code: problem, zh: '含有残缺的字符，请重新输入', en: 'holds half a character; type it again' };
    case 'FORMAT':
      return {
        code: problem,
        zh: `格式不对，应为${expected?.zh ?? '规定的格式'}`,
        en: `has the wrong form; it must be ${expected?.en ?? 'in the form asked for'}`,
      };
  }
}

function sayRange(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, isMoney: boolean): Said {
  const big = issue.code === 'too_big';
  const limit = Number(big ? issue.maximum : issue.minimum);
  if (issue.origin === 'array') {
    if (!big) return missing;
    return { code: 'TOO_MANY', zh: `太多，最多 ${limit} 项`, en: `has too many entries; ${limit} at most` };
  }
  const zh = isMoney ? `${yuan(limit)} 元` : String(limit);
  const en = isMoney ? `¥${yuan(limit)}` : String(limit);
  return big
    ? { code: 'RANGE', zh: `太大，最多 ${zh}`, en: `is too large; ${en} at most` }
    : { code: 'RANGE', zh: `太小，至少 ${zh}`, en: `is too small; ${en} at least` };
}

function say(issue: z.core.$ZodIssue, at: z.core.$ZodType | undefined, absent: boolean): Said {
  const meta = at === undefined ? undefined : metaOf(at);
  switch (issue.code) {
    case 'custom':
      return sayCustom(issue);
    case 'invalid_type': {
      if (absent) return missing;
      if (meta?.type === 'money')
        return { code: 'TYPE', zh: '应为金额，最多两位小数', en: 'must be an amount with two decimals at most' };
      const words = typeWords[issue.expected] ?? { zh: '类型不对', en: 'is of the wrong type' };
      return { code: 'TYPE', ...words };
    }
    case 'too_big':
    case 'too_small':
      return sayRange(issue, meta?.type === 'money');
    case 'not_multiple_of':
      return { code: 'RANGE', zh: '小数太多，最多三位', en: 'has too many decimals; three at most' };
    case 'invalid_value': {
      if (absent) return missing;
      const options = meta?.options;
      const zh = options?.map((option) => option.zh).join('、') ?? issue.values.map(String).join('、');
      const en = options?.map((option) => option.en).join(', ') ?? issue.values.map(String).join(', ');
      return { code: 'NOT_ONE_OF', zh: `只能是：${zh}`, en: `must be one of: ${en}` };
    }
    default:
      return { code: 'FORMAT', zh: '格式不对', en: 'has the wrong form' };
  }
}

function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = inner(schema);
  for (const step of path) {
    if (here instanceof z.ZodArray && typeof step === 'number') here = inner(here.element);
    else if (here instanceof z.ZodObject && Object.hasOwn(here.shape, step)) {
      const shape: Readonly<Record<PropertyKey, z.core.$ZodType>> = here.shape;
      const next: z.core.$ZodType | undefined = shape[step];
      here = next && inner(next);
    } else return undefined;
  }
  return here;
}

function isAbsent(input: unknown, path: readonly PropertyKey[]): boolean {
  let here: unknown = input;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return true;
    here = Reflect.get(here, step);
  }
  return here === undefined;
}

/** A problem at a place, said in both languages with the name of the field in front. */
export function problemAt(schema: z.core.$ZodType, path: readonly PropertyKey[], said: Said): Problem {
  const place = placeWords(schema, path);
  const name = path.length === 0 ? { zh: '内容', en: 'The content' } : { zh: `“${place.zh}”`, en: `“${place.en}”` };
  return {
    field: path.map((step) => (typeof step === 'string' ? shownKey(step) : String(step))).join('.'),
    code: said.code,
    zh: `${name.zh}${said.zh}。`,
    en: `${name.en}${said.en.startsWith(':') ? '' : ' '}${said.en}.`,
  };
}

/** The problem of a field that is needed and not filled in. */
export function missingAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): Problem {
  return problemAt(schema, path, missing);
}

/** zod's findings as problems a person can act on, 100 at most. */
export function problemsOf(schema: z.core.$ZodType, error: z.ZodError, input: unknown): Problem[] {
  return error.issues.slice(0, 100).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const unknown: Said = {
        code: 'UNKNOWN_FIELD',
        zh: '不是这里的字段，请去掉',
        en: 'is no field of this; leave it out',
      };
      return issue.keys.slice(0, 20).map((key) => problemAt(schema, [...issue.path, key], unknown));
    }
    return [problemAt(schema, issue.path, say(issue, schemaAt(schema, issue.path), isAbsent(input, issue.path)))];
  });
}
