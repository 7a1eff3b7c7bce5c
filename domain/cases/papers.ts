import type { Instant } from '../instant.ts';
import type { FrozenPaper } from '../job/acts.ts';
import type { Facts } from '../job/state.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { MoveAct } from './acts.ts';
import type { CaseDefinition, FactDemand, MoveDefinition } from './definition.ts';
import type { CasePaper, CaseState } from './state.ts';
import { peopleOf } from './state.ts';

/** The paper a move or a beginning brings, as the next version of its form in the case. */
export function movePaper(
  state: Pick<CaseState, 'papers'>,
  move: Pick<MoveDefinition, 'brings'>,
  paper: FrozenPaper | undefined,
  made: { readonly by: string; readonly at: Instant },
): CasePaper | undefined {
  const form = move.brings;
  if (form === undefined || !paper) return undefined;
  const version = (state.papers[form]?.version ?? 0) + 1;
  return { form, version, hash: paper.hash, facts: paper.facts, ...made };
}

/** Why a case cannot begin with what was brought: no such paper belongs there, or it does not say what it must. */
export function whyNotOpening({ opening }: CaseDefinition, paper: FrozenPaper | undefined): Refusal | undefined {
  if (!opening && !paper) return undefined;
  if (!opening) return refuse('UNKNOWN_OBJECT', { field: 'paper', params: { what: 'paper' } });
  if (paper?.form !== opening.brings)
    return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [opening.brings] } });
  return whyNotSays(opening.says, paper);
}

function whyNotSays(says: readonly string[], { facts }: FrozenPaper): Refusal | undefined {
  const fields = says.filter((key) => facts.missing.includes(key));
  return fields.length === 0 ? undefined : refuse('FIELD_MISSING', { field: 'paper', params: { fields } });
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
    const { opening } = state.definition;
    const emptied = opening?.brings === brings ? whyNotSays(opening.says, act.paper) : undefined;
    if (emptied) return emptied;
  }
  const lacking = (move.needs ?? []).filter((form) => state.papers[form] === undefined);
  if (lacking.length > 0) return refuse('PAPER_MISSING', { field: 'paper', params: { papers: lacking }, ...rule });
  if (about) {
    const paper = state.papers[about.form];
    if (!paper) return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [about.form] }, ...rule });
    const shown = about.fact === undefined ? paper.hash : paper.facts[about.fact];
    if (act.hash !== shown) return refuse('STALE_VERSION', { field: 'hash', ...rule });
  }
  return whyNotFacts(state, move, act);
}

/** The facts a move still lacks, those of one rule together; without an act, as far as the case itself can say. */
export function whyNotFacts(
  state: CaseState,
  move: MoveDefinition,
  act: Pick<MoveAct, 'paper'> = {},
): Refusal | undefined {
  const unmet = (move.facts ?? []).filter((demand) => {
    const facts = demand.form === move.brings ? act.paper?.facts : state.papers[demand.form]?.facts;
    return !holds(state, demand, facts);
  });
  const rule = unmet[0]?.rule ?? move.rule;
  const fields = unmet.filter((demand) => demand.rule === rule).map(({ fact }) => fact);
  const { standing } = move;
  const elsewhere = standing !== undefined && !standing.in.includes(state.state) ? [standing.fact] : [];
  const missing = [...fields, ...elsewhere];
  const [field] = missing;
  if (field === undefined) return undefined;
  return refuse('FIELD_MISSING', {
    field: fields.length > 0 ? `paper.${field}` : field,
    params: { fields: missing },
    ...(rule === undefined ? {} : { rule }),
  });
}

function holds(state: CaseState, demand: FactDemand, facts: Facts | undefined): boolean {
  const value = facts?.[demand.fact];
  if ('is' in demand) return value === true;
  return (
    Array.isArray(value) && demand.covers.flatMap((part) => peopleOf(state, part)).every((id) => value.includes(id))
  );
}
