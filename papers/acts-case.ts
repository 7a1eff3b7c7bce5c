import * as z from 'zod';
import type { BeginAct, CaseAct, MoveAct } from '../domain/cases/acts.ts';
import type { MinutesAct } from '../domain/minutes/state.ts';
import type { EntryAct } from '../domain/schedule/state.ts';
import { outsidePaper } from './acts-job.ts';
import { id, key, moment, people, sha256, words } from './acts-verbs.ts';
import type { OutsidePaper } from './acts.ts';
import { checkDraft, freeze, type Frozen } from './form.ts';
import { forms } from './index.ts';
import type { Problem } from './problems.ts';
import { readAct, type Read } from './read-act.ts';
import { line, longText, shaped } from './text.ts';

/** What a person may do with a case or with minutes, as the core takes it. */
export type CasePersonAct = CaseAct | Extract<MinutesAct, { readonly type: 'settleTask' }> | EntryAct;

/** The same as it comes from outside: papers still carry their content, and nobody names an origin. */
export type OutsideCaseAct =
  | (Omit<BeginAct, 'origin' | 'paper'> & { readonly paper?: OutsidePaper })
  | (Omit<MoveAct, 'paper'> & { readonly paper?: OutsidePaper })
  | Exclude<CasePersonAct, BeginAct | MoveAct>;

/** Parts one act may fill. */
const partsMax = 12;

const parts = () =>
  z.record(key(), people()).refine((given) => Object.keys(given).length <= partsMax, { params: { problem: 'FORMAT' } });

const processId = () => shaped(/^[A-Za-z0-9_-]{1,64}$/, { zh: '工作的编号', en: 'the id of a job' }, 64);

/** Name of a task in minutes, e.g. `v1.2`. */
const taskId = () => shaped(/^v\d{1,6}\.\d{1,4}$/, { zh: '任务编号，如 v1.2', en: 'a task such as v1.2' }, 12);

/** Name of an entry of a schedule, e.g. `e3`. */
const entryId = () => shaped(/^e\d{1,6}$/, { zh: '排期任务编号，如 e3', en: 'a task of the schedule such as e3' }, 7);

/** Names what an executor was shown of an entry. */
const entryMark = () => shaped(/^[A-Za-z0-9_-]{12}$/, { zh: '页面给出的标记', en: 'the mark the page gave' }, 12);

/** Shapes of the acts of a person on a case, by their type. */
export const caseActSchemas = {
  begin: z.strictObject({
    type: z.literal('begin'),
    title: line(),
    clientId: id(),
    brandId: id(),
    ownerId: id(),
    jobId: processId().optional(),
    from: moment().optional(),
    parts: parts(),
    paper: outsidePaper.optional(),
  }),
  move: z.strictObject({
    type: z.literal('move'),
    move: key(),
    paper: outsidePaper.optional(),
    hash: sha256().optional(),
    words: words().optional(),
    parts: parts().optional(),
    happenedAt: moment().optional(),
  }),
  tick: z.strictObject({
    type: z.literal('tick'),
    list: key(),
    item: key(),
    answer: z.enum(['pass', 'na']),
    note: longText(1_000).optional(),
  }),
  settleTask: z.strictObject({
    type: z.literal('settleTask'),
    task: taskId(),
    done: z.boolean(),
    words: words().optional(),
  }),
  confirmEntry: z.strictObject({ type: z.literal('confirmEntry'), entry: entryId(), mark: entryMark() }),
  declineEntry: z.strictObject({
    type: z.literal('declineEntry'),
    entry: entryId(),
    mark: entryMark(),
    words: words(),
  }),
  reportEntry: z.strictObject({
    type: z.literal('reportEntry'),
    entry: entryId(),
    mark: entryMark(),
    evidence: longText(1_000),
    doneAt: moment().optional(),
  }),
} as const;

const schemas: Readonly<Record<CasePersonAct['type'], z.ZodType<OutsideCaseAct>>> = caseActSchemas;

/** An act on a case, or everything that is wrong with the input. */
export type ParsedCaseAct = Read<OutsideCaseAct>;

/** Reads an act on a case from outside: strict, bounded, cleaned. Never throws, whatever the input. */
export function parseCaseAct(input: unknown): ParsedCaseAct {
  return readAct(schemas, input);
}

/** Freezes the paper a move or a beginning brings, if any; what it lacks is left to its facts and the core's guards. */
export function freezeCaseAct(
  outside: OutsideCaseAct,
):
  | { readonly ok: true; readonly act: CasePersonAct; readonly papers: readonly Frozen[] }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  if (outside.type !== 'move' && outside.type !== 'begin') return { ok: true, act: outside, papers: [] };
  const { paper: brought, ...rest } = outside;
  if (brought === undefined) return { ok: true, act: rest, papers: [] };
  const checked = checkDraft(forms[brought.form], brought.content);
  if (!checked.ok) {
    const inPaper = (found: Problem): Problem => ({
      ...found,
      field: found.field === '' ? 'paper.content' : `paper.content.${found.field}`,
    });
    return { ok: false, problems: checked.problems.map(inPaper) };
  }
  const { form, hash, facts, content } = freeze(forms[brought.form], checked.content);
  return { ok: true, act: { ...rest, paper: { form, hash, facts } }, papers: [{ form, hash, facts, content }] };
}
