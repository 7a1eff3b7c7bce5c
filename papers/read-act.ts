import * as z from 'zod';
import { problemAt, problemsOf, type Problem } from './problems.ts';
import { prune } from './prune.ts';

/** An act from outside, or everything that is wrong with the input. */
export type Read<Act> =
  { readonly ok: true; readonly act: Act } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads an act from outside by the schema of its type: strict, bounded, cleaned. A type that no schema is for is a problem
 * of the field `type`. Never throws, whatever the input.
 */
export function readAct<Act>(schemas: Readonly<Record<string, z.ZodType<Act>>>, input: unknown): Read<Act> {
  const pruned = prune(input, { emptyLists: 'keep' });
  const isRecord = typeof pruned === 'object' && pruned !== null && !Array.isArray(pruned);
  const type: unknown = isRecord && Object.hasOwn(pruned, 'type') ? Reflect.get(pruned, 'type') : undefined;
  const schema = typeof type === 'string' && Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) {
    const said = { code: 'NOT_ONE_OF', zh: '：没有这种操作', en: 'names no act that exists' } as const;
    return { ok: false, problems: [problemAt(z.unknown(), ['type'], said)] };
  }
  const result = schema.safeParse(pruned);
  return result.success
    ? { ok: true, act: result.data }
    : { ok: false, problems: problemsOf(schema, result.error, pruned) };
}
