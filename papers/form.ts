import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { FrozenPaper } from '../domain/job/acts.ts';
import type { Facts } from '../domain/job/state.ts';
import type { Role } from '../domain/people/roles.ts';
import type { Words } from '../domain/process.ts';
import { paperTitles, type FormId } from '../domain/wording/papers.ts';
import { factsWith, type FactValue } from './facts.ts';
import type { Folder } from './folders.ts';
import { missingAt, problemAt, problemsOf, type Problem } from './problems.ts';
import { prune } from './prune.ts';

/** A field that is needed after all, or a rule of the form that is broken, found in a content of the right shape. */
export type Finding =
  | { readonly field: string; readonly missing: true }
  | ({ readonly field: string; readonly missing?: false; readonly rule: string } & Words);

/** Which shelf of the house a form belongs to. */
export type FormKind =
  | 'intake'
  | 'order'
  | 'brief'
  | 'timing'
  | 'meeting'
  | 'comment'
  | 'proposal'
  | 'signoff'
  | 'money'
  | 'closing'
  | 'service';

/** The same shape with every field optional, in rows too. */
type DraftSchema<S extends z.ZodObject> = ReturnType<typeof z.deepPartial<S>>;

/** A content of this shape in which anything may be absent. */
export type Draft<S extends z.ZodObject> = z.output<DraftSchema<S>>;

/** What is written down once about a form; everything else follows from it. */
export interface FormSpec<S extends z.ZodObject> {
  readonly id: FormId;
  readonly kind: FormKind;
  readonly schema: S;
  /** Titles that may write it; empty when the service itself fills it in. */
  readonly writtenBy: readonly Role[];
  /** The 类型 of its file name (§8.1). */
  readonly fileType: string;
  /** Where it lies in the project's folder tree. */
  readonly folder: Folder;
  /** What guards may ask beyond completeness. Pure, total for any draft, small. */
  facts(content: Draft<S>): Readonly<Record<string, FactValue>>;
  /** What the shape alone cannot say: fields needed under a condition, sums, order of dates. */
  findings?(content: Draft<S>): readonly Finding[];
}

/** The content of a paper in its cleaned form: plain JSON, nothing empty in it. */
export type Content = Readonly<Record<string, unknown>>;

/** A paper form: its words, its shape, and the pure functions that go with it. */
export interface FormDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly id: FormId;
  readonly kind: FormKind;
  readonly title: Words;
  readonly schema: S;
  /** The same shape with everything optional, for drafts. */
  readonly draftSchema: z.ZodObject;
  readonly writtenBy: readonly Role[];
  readonly fileType: string;
  readonly folder: Folder;
  /** Facts of a content as `checkDraft` gave it. Throws ZodError on anything else. */
  facts(content: Content): Facts;
  /** What the form's own rules find in such a content. */
  findings(content: Content): readonly Finding[];
}

/** Content, or everything that is wrong with the input. */
export type Checked =
  { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A frozen version: what a command carries, and the content that goes to the store. */
export interface Frozen extends FrozenPaper {
  readonly form: FormId;
  readonly content: Content;
}

/** Makes a form from what is written down about it. */
export function defineForm<S extends z.ZodObject>(spec: FormSpec<S>): FormDefinition<S> {
  const draftSchema: z.ZodObject = z.deepPartial<z.ZodObject>(spec.schema);
  // The compiler cannot see through the generic: this schema is the partial of S, so what it lets pass is a Draft<S>.
  const read = (content: Content): Draft<S> => draftSchema.parse(content) as Draft<S>;
  const findings = (content: Content): readonly Finding[] => spec.findings?.(read(content)) ?? [];
  return {
    id: spec.id,
    kind: spec.kind,
    title: paperTitles[spec.id],
    schema: spec.schema,
    draftSchema,
    writtenBy: spec.writtenBy,
    fileType: spec.fileType,
    folder: spec.folder,
    findings,
    facts: (content) => {
      const strict = spec.schema.safeParse(content);
      const fromShape = strict.success ? [] : strict.error.issues.map((issue) => String(issue.path[0]));
      const needed = findings(content).flatMap((found) => (found.missing ? [found.field] : []));
      const order = Object.keys(spec.schema.shape);
      const missing = order.filter((key) => fromShape.includes(key) || needed.includes(key));
      return factsWith(missing, spec.facts(read(content)));
    },
  };
}

/** Reads a draft: any field may be absent, but what is there has its right shape. Never throws. */
export function checkDraft(form: FormDefinition, input: unknown): Checked {
  return checked(form.draftSchema, form.schema, prune(input, { emptyLists: 'drop' }));
}

function checked(schema: z.ZodObject, named: z.ZodObject, pruned: unknown): Checked {
  const result = schema.safeParse(pruned);
  if (result.success) return { ok: true, content: result.data };
  return { ok: false, problems: problemsOf(named, result.error, pruned) };
}

/** Reads a paper that shall be complete: shape, mandatory fields and the form's own rules. Never throws. */
export function checkPaper(form: FormDefinition, input: unknown): Checked {
  const pruned = prune(input, { emptyLists: 'drop' });
  const strict = checked(form.schema, form.schema, pruned);
  const loose = checked(form.draftSchema, form.schema, pruned);
  if (!loose.ok) return strict.ok ? loose : strict;
  const byShape = strict.ok ? [] : strict.problems;
  // Sums over rows that are not filled in would only be noise beside the rows themselves.
  const rowsOpen = byShape.some((problem) => problem.field.includes('.'));
  const byRule = form.findings(loose.content).flatMap((found) => {
    if (found.missing) return [missingAt(form.schema, [found.field])];
    const said = { code: 'RULE', zh: `：${found.zh}（${found.rule}）`, en: `: ${found.en} (${found.rule})` } as const;
    return rowsOpen ? [] : [problemAt(form.schema, [found.field], said)];
  });
  const problems = [...byShape, ...byRule];
  return problems.length === 0 ? strict : { ok: false, problems };
}

/** JSON in its one canonical spelling (RFC 8785). Throws TypeError for what JSON cannot say. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
}

/** SHA-256 of the canonical spelling, in lower-case hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value), 'utf8').digest('hex');
}

/**
 * Freezes a version: cleaned content, facts, and one hash over form id, content and facts. A draft may be frozen;
 * the facts say what it lacks and the guards decide. Throws ZodError when the shape is wrong (check the draft first).
 */
export function freeze(form: FormDefinition, input: unknown): Frozen {
  const content = form.draftSchema.parse(prune(input, { emptyLists: 'drop' }));
  const facts = form.facts(content);
  return { form: form.id, content, facts, hash: hashOf({ form: form.id, content, facts }) };
}

/** JSON Schema (2020-12) of the complete paper, as the API publishes it. */
export function formJsonSchema(form: FormDefinition) {
  return z.toJSONSchema(form.schema, { io: 'input' });
}
