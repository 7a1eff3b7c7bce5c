import type * as z from 'zod';
import type { Verb } from '../domain/circulation/acts.ts';
import type { FrozenPaper, JobAct } from '../domain/job/acts.ts';
import type { Words } from '../domain/process.ts';
import { actWords, type ActType } from '../domain/wording/acts.ts';
import type { FormId } from '../domain/wording/papers.ts';
import { jobSchemas } from './acts-job.ts';
import { verbSchemas } from './acts-verbs.ts';
import { checkDraft, freeze, type Content, type Frozen } from './form.ts';
import { forms } from './index.ts';
import type { Problem } from './problems.ts';
import { readAct, type Read } from './read-act.ts';

/** A paper as it comes from outside. */
export interface OutsidePaper {
  readonly form: FormId;
  readonly content: Content;
}

type FromOutside<A> = A extends { readonly paper: unknown }
  ? Omit<A, 'paper'> & { readonly paper: OutsidePaper }
  : A extends { readonly paper?: unknown }
    ? Omit<A, 'paper'> & { readonly paper?: OutsidePaper }
    : A;

/** An act or verb of a person as it comes from outside: like the domain's, but papers still carry their content. */
export type OutsideAct = FromOutside<JobAct> | Verb;

/** One act: its shape, what its button says, and what it does. */
export interface ActDefinition extends Words {
  readonly type: ActType;
  readonly schema: z.ZodType<OutsideAct>;
  readonly description: Words;
  readonly verb: boolean;
}

const schemas: Readonly<Record<ActType, z.ZodType<OutsideAct>>> = { ...jobSchemas, ...verbSchemas };

const define = (type: ActType): ActDefinition => {
  const { zh, en, description } = actWords[type];
  return { type, zh, en, description, schema: schemas[type], verb: Object.hasOwn(verbSchemas, type) };
};

/** Every act from outside by its type, for the door, the API description and the pages. */
export const acts: readonly ActDefinition[] = Object.keys(schemas).filter(isActType).map(define);

/** Whether a text is the type of an act from outside. What activities report is none. */
export function isActType(type: unknown): type is ActType {
  return typeof type === 'string' && Object.hasOwn(schemas, type);
}

/** An act, or everything that is wrong with the input. */
export type ParsedAct = Read<OutsideAct>;

/** Reads an act from outside: strict, bounded, cleaned. Never throws, whatever the input. */
export function parseAct(input: unknown): ParsedAct {
  return readAct(schemas, input);
}

/** An act as the core takes it, with the papers whose content goes to the store before the command is sent. */
export interface FrozenAct {
  readonly ok: true;
  readonly act: JobAct | Verb;
  readonly papers: readonly Frozen[];
}

/**
 * Freezes the paper an act brings, if any. What a paper lacks is left to its facts and the core's guards; a content
 * without the right shape is refused here, with the path of each field under `paper.content`.
 */
export function freezeAct(
  outside: OutsideAct,
): FrozenAct | { readonly ok: false; readonly problems: readonly Problem[] } {
  switch (outside.type) {
    case 'request': {
      const paper = frozen(outside.paper);
      return paper.ok ? { ok: true, act: { ...outside, paper: paper.reference }, papers: [paper.whole] } : paper;
    }
    case 'file': {
      const paper = frozen(outside.paper);
      return paper.ok ? { ok: true, act: { ...outside, paper: paper.reference }, papers: [paper.whole] } : paper;
    }
    case 'submit': {
      const { paper: brought, ...rest } = outside;
      if (brought === undefined) return { ok: true, act: rest, papers: [] };
      const paper = frozen(brought);
      return paper.ok ? { ok: true, act: { ...rest, paper: paper.reference }, papers: [paper.whole] } : paper;
    }
    default:
      return { ok: true, act: outside, papers: [] };
  }
}

type FrozenPaperOf =
  | { readonly ok: true; readonly whole: Frozen; readonly reference: FrozenPaper }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function frozen({ form, content }: OutsidePaper): FrozenPaperOf {
  const checked = checkDraft(forms[form], content);
  if (!checked.ok) {
    const inPaper = (found: Problem): Problem => ({
      ...found,
      field: found.field === '' ? 'paper.content' : `paper.content.${found.field}`,
    });
    return { ok: false, problems: checked.problems.map(inPaper) };
  }
  const whole = freeze(forms[form], checked.content);
  return { ok: true, whole, reference: { form: whole.form, hash: whole.hash, facts: whole.facts } };
}
