import type { Instant } from '../instant.ts';
import type { FrozenPaper } from '../job/acts.ts';
import type { Facts } from '../job/state.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { MoveAct } from './acts.ts';
import type { FactDemand, MoveDefinition } from './definition.ts';
import type { CasePaper, CaseState } from './state.ts';
import { peopleOf } from './state.ts';

/** The paper a move brings, as the next version of its form in the case. */
export function movePaper(
  state: CaseState,
  move: MoveDefinition,
  paper: FrozenPaper | undefined,
  made: { readonly by: string; readonly at: Instant },
): CasePaper | undefined {
  const form = move.brings;
  if (form === undefined || !paper) return undefined;
  const version = (state.papers[form]?.version ?? 0) + 1;
  return { form, version, hash: paper.hash, facts: paper.facts, ...made };
}

/** What the papers say against a move: one is missing or lacks something, or the person saw another version. */
export function whyNotPaper(state: CaseState, move: MoveDefinition, act: MoveAct): Refusal | undefined {
  const rule = move.rule === undefined ? {} : { rule: move.rule };
  const { brings, about } = move;
  if (brings !== undefined) {
    if (act.paper?.form !== brings)
      return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [brings] }, ...rule });
    const { complete, missing } = act.paper.facts;
    if (!complete && !move.draft)
      return refuse('FIELD_MISSING', { field: 'paper', params: { fields: missing }, ...rule });
  }
  const lacking = (move.needs ?? []).filter((form) => state.papers[form] === undefined);
  if (lacking.length > 0) return refuse('PAPER_MISSING', { field: 'paper', params: { papers: lacking }, ...rule });
  if (about) {
    const paper = state.papers[about.form];
    if (!paper) return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [about.form] }, ...rule });
    const shown = about.fact === undefined ? paper.hash : paper.facts[about.fact];
    if (act.hash !== shown) return refuse('STALE_VERSION', { field: 'hash', ...rule });
  }
  for (const demand of move.facts ?? []) {
    const facts = demand.form === brings ? act.paper?.facts : state.papers[demand.form]?.facts;
    if (!holds(state, demand, facts))
      return refuse('FIELD_MISSING', {
        field: `paper.${demand.fact}`,
        params: { fields: [demand.fact] },
        rule: demand.rule,
      });
  }
  return undefined;
}

function holds(state: CaseState, demand: FactDemand, facts: Facts | undefined): boolean {
  const value = facts?.[demand.fact];
  if ('is' in demand) return value === true;
  return (
    Array.isArray(value) && demand.covers.flatMap((part) => peopleOf(state, part)).every((id) => value.includes(id))
  );
}
