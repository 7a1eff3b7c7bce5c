import { standardRoutes } from '../circulation/routes.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, PointDefinition } from './definition.ts';
import { account, lacking, moveTo, passed } from './definition.ts';
import { currentProposal } from './proposal.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, Proposal } from './state.ts';
import { workTypeFacts } from './worktypes.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

/** Whether anything of the job is produced; naming and public relations are not. */
export function isProduced(state: JobState): boolean {
  const types = [...state.workTypes, ...Object.values(state.pieces).map((piece) => piece.workType)];
  return types.some((type) => workTypeFacts[type].produced);
}

/** Topics that do not apply are said so with this word, not left empty. */
const notApplicable = ['na', '不适用', 'n/a'];

/** Whether shooting, contracting out or booking follows, so that the three papers must be signed first. */
export function needsClearance(state: JobState): boolean {
  return [state.followUp?.shooting, state.followUp?.mediaPrice].some(
    (topic) => topic !== undefined && !notApplicable.includes(topic.trim().toLowerCase()),
  );
}

function setProposal(sketch: Sketch, state: Proposal['state']): void {
  const proposal = currentProposal(sketch.state);
  if (proposal) sketch.add({ type: 'proposalChanged', proposal: { ...proposal, state } });
}

/** What follows the client's yes is talked over: shooting, period, production price, media price. */
export const recordFollowUp: Of<'recordFollowUp'> = {
  by: account,
  phases: ['CLIENT_CONFIRMED'],
  decide(sketch, { act }) {
    const { type: _type, ...topics } = act;
    const empty = (['shooting', 'period', 'productionPrice', 'mediaPrice'] as const).filter(
      (key) => topics[key].trim() === '',
    );
    if (empty.length > 0)
      return refuse('FIELD_MISSING', { field: empty[0] ?? 'shooting', params: { fields: empty }, rule: 'R-114' });
    sketch.add({ type: 'followUpRecorded', topics });
    setProposal(sketch, 'FOLLOWUP_RECORDED');
    return undefined;
  },
};

/** No quotation on one's own authority: the head of the department consents first. */
export const quotationConsent: PointDefinition = {
  by: account,
  phases: ['OPENED', 'CREATING', 'INTERNAL_REVIEW', 'PROPOSED', 'REVISING', 'CLIENT_CONFIRMED'],
  form: 'F-35',
  route: () => standardRoutes.quotationConsent,
  check(_state, { paper }) {
    const missing = lacking(paper, 'R-26');
    if (missing) return missing;
    if (paper?.facts['lumpSum'] === true)
      return refuse('FIELD_WRONG', { field: 'items', params: { name: 'items', why: 'lumpSum' }, rule: 'R-26' });
    return sums(paper?.facts['sumsRight']);
  },
  onPassed: () => undefined,
};

function sums(right: unknown): Refusal | undefined {
  return right === false
    ? refuse('FIELD_WRONG', { field: 'total', params: { name: 'total', why: 'sum' }, rule: 'R-89' })
    : undefined;
}

/** Creative draft and quotation confirmed in writing before anything is made. */
export const confirmation: PointDefinition = {
  by: account,
  phases: ['CLIENT_CONFIRMED'],
  form: 'F-22',
  route: () => standardRoutes.confirmation,
  guard(state) {
    if (!state.followUp)
      return refuse('FIELD_MISSING', { field: 'followUp', params: { fields: ['followUp'] }, rule: 'R-114' });
    if (isProduced(state) && !passed(state, 'F-35'))
      return refuse('PAPER_MISSING', { params: { papers: ['F-35'] }, rule: 'R-25' });
    return undefined;
  },
  check: (_state, { paper }) => lacking(paper, 'R-115'),
  onPassed: (sketch) => setProposal(sketch, 'CONFIRMED'),
};

/** The agency answers for the estimate first, then the client signs it. */
export const estimate: PointDefinition = {
  by: [...account, 'PRODUCTION'],
  phases: ['CREATING', 'INTERNAL_REVIEW', 'PROPOSED', 'REVISING', 'CLIENT_CONFIRMED', 'IN_PRODUCTION'],
  form: 'F-36',
  route: () => standardRoutes.estimate,
  check: (_state, { paper }) => lacking(paper, 'R-149') ?? sums(paper?.facts['sumsRight']),
  onPassed: () => undefined,
};

/** Estimate, timetable and media timetable signed together. */
export const clearance: PointDefinition = {
  by: account,
  phases: ['CLIENT_CONFIRMED'],
  form: 'F-22',
  suffix: () => 'trio',
  route: () => standardRoutes.clearance,
  guard(state) {
    if (!passed(state, 'F-22')) return refuse('NOT_CONFIRMED', { rule: 'R-115' });
    const papers = [...(passed(state, 'F-36') ? [] : ['F-36']), ...(passed(state, 'F-10') ? [] : ['F-10'])];
    return papers.length > 0 ? refuse('PAPER_MISSING', { params: { papers }, rule: 'R-116' }) : undefined;
  },
  check: (_state, { paper }) => lacking(paper, 'R-116'),
  onPassed: (sketch) => setProposal(sketch, 'CLEARED'),
};

/** Making starts only on a written yes. */
export const startProduction: Of<'startProduction'> = {
  by: account,
  phases: ['CLIENT_CONFIRMED'],
  guard(state) {
    if (!passed(state, 'F-22')) return refuse('NOT_CONFIRMED', { rule: 'R-115' });
    if (needsClearance(state) && !passed(state, 'F-22:trio')) return refuse('NOT_CLEARED', { rule: 'R-116' });
    if (Object.keys(state.pieces).length === 0) return refuse('UNKNOWN_OBJECT', { params: { what: 'piece' } });
    return undefined;
  },
  decide(sketch) {
    moveTo(sketch, 'IN_PRODUCTION');
    return undefined;
  },
};
