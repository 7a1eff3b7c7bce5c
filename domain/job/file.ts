import type { About } from '../circulation/types.ts';
import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, PointDefinition } from './definition.ts';
import { account } from './definition.ts';
import { points } from './points.ts';
import { monthOf } from './short-forms.ts';
import { reportRecord } from './opinions.ts';
import { backToWork, currentProposal } from './proposal.ts';
import { family, sendRound } from './rounds.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, Paper } from './state.ts';
import { jobPhases } from './state.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

/** Forms that may be filed as they are; the rest go round a route. */
const filable = ['F-01', 'F-09', 'F-16', 'F-18', 'F-19', 'F-20', 'F-47', 'F-54'] as const;

/** Every call has a telephone record of its own; one that is corrected is named by its number. */
function nextCall({ papers }: JobState, form: string): string | undefined {
  if (form !== 'F-16') return undefined;
  return String(Object.values(papers).filter((one) => one.form === form).length + 1);
}

/** Files a paper that needs no signature of its own. A new version never overwrites one that is in circulation. */
export const file: Of<'file'> = {
  by: [
    ...account,
    'CREATIVE_DIRECTOR',
    'ART_DIRECTOR',
    'STRATEGY_DIRECTOR',
    'STRATEGY_PLANNER',
    'PRODUCTION',
    'MEDIA_DIRECTOR',
    'MEDIA_PLANNER',
    'MEDIA_BUYER',
    'CLIENT_LEAD',
    'CLIENT_CONTACT',
  ],
  phases: jobPhases.filter((phase) => phase !== 'ARCHIVED' && phase !== 'CANCELLED'),
  decide(sketch, { act, actor, receivedAt }) {
    const { paper } = act;
    if (!filable.some((form) => form === paper.form))
      return refuse('FIELD_WRONG', { field: 'paper.form', params: { name: 'form', why: 'circulates' } });
    if (paper.form === 'F-54')
      return refuse('FIELD_WRONG', { field: 'paper.form', params: { name: 'form', why: 'evaluate' } });
    // No booking without the client's written word on that very month.
    const month = monthOf(paper.facts);
    if (paper.form === 'F-47' && sketch.state.papers[`F-46:${month}`]?.status !== 'passed')
      return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [`F-46:${month}`] }, rule: 'R-166' });
    if (!paper.facts.complete && ['F-01', 'F-09', 'F-16', 'F-47'].includes(paper.form))
      return refuse('FIELD_MISSING', { field: 'paper', params: { fields: paper.facts.missing } });
    const suffix = paper.form === 'F-47' ? month : (act.suffix ?? nextCall(sketch.state, paper.form));
    const key = suffix ? `${paper.form}:${suffix}` : paper.form;
    const before = sketch.state.papers[key];
    const no = sketch.state.proposals.at(-1)?.no ?? 0;
    const agreeing = family(sketch.state, `internalAgreement:P${no}`).some((one) => one.status === 'running');
    if ((paper.form === 'F-19' || paper.form === 'F-20') && agreeing)
      return refuse('IN_CIRCULATION', { field: 'paper' });
    if (before?.status === 'circulating') return refuse('IN_CIRCULATION', { field: 'paper' });
    // A paper that was signed round is never overwritten by one nobody signed.
    if (before && before.status !== 'filed') return refuse('ALREADY_DECIDED', { field: 'paper' });
    if (before?.hash === paper.hash) return refuse('SAME_VERSION', { field: 'paper' });
    const proposal = currentProposal(sketch.state);
    const shown = paper.form === 'F-19' || paper.form === 'F-20';
    if (shown && proposal?.state === 'AWAITING_COMMENT') return refuse('IN_CIRCULATION', { field: 'paper' });
    const filed: Paper = {
      key,
      form: paper.form,
      version: (before?.version ?? 0) + 1,
      hash: paper.hash,
      facts: paper.facts,
      by: actor.personId,
      at: receivedAt,
      status: 'filed',
    };
    sketch.add({ type: 'paperFiled', paper: filed });
    if (filed.form === 'F-16') reportRecord(sketch, filed);
    // The agency agreed on the package as it was; a changed one is agreed on again before it is shown.
    if (shown && (proposal?.state === 'READY' || proposal?.state === 'SCHEDULED')) backToWork(sketch);
    return undefined;
  },
};

/** Submits a paper at an approval point; the submission is the author's own step, signed by submitting. */
export const submit: Of<'submit'> = {
  by: [],
  phases: jobPhases,
  decide(sketch, command) {
    const { act, actor } = command;
    const point: PointDefinition = points[act.point];
    const { state } = sketch;
    const { receivedAt } = command;
    const submission = { act, paper: act.paper, roles: actor.roles, personId: actor.personId, receivedAt };
    if (point.form !== undefined && act.paper?.form !== point.form) {
      const order = act.paper?.form === 'F-04' || act.paper?.form === 'F-08';
      return refuse(order ? 'WRONG_ORDER_FORM' : 'PAPER_MISSING', {
        field: 'paper',
        params: { papers: [point.form] },
        ...(order ? { rule: 'R-31' } : {}),
      });
    }
    const no = point.check?.(state, submission);
    if (no) return no;
    const suffix = point.suffix?.(state, submission);
    const about =
      point.form === undefined
        ? filedPackage(state)
        : fileForRound(sketch, command.receivedAt, actor.personId, point.form, act, suffix);
    if (!about) return refuse('UNKNOWN_OBJECT', { field: 'point', params: { what: act.point } });
    if ('refused' in about) return about;
    return sendRound(sketch, command, {
      id: suffix ? `${act.point}:${suffix}` : act.point,
      point: act.point,
      route: point.route(state, submission),
      about,
      notApplicable: act.notApplicable ?? [],
      leftOut: point.notApplicable?.(state, submission) ?? [],
      onSubmitted: (circulation) => point.onSubmitted?.(sketch, circulation),
    });
  },
};

/** The package a proposal stands on: its presentation items, else its plan. */
function filedPackage(state: JobState): About | undefined {
  const paper = state.papers['F-20'] ?? state.papers['F-19'];
  return paper && { kind: 'paper', paper: paper.key, form: paper.form, version: paper.version, hash: paper.hash };
}

function fileForRound(
  sketch: Sketch,
  at: string,
  by: string,
  form: string,
  act: Extract<JobAct, { type: 'submit' }>,
  suffix: string | undefined,
): About | ReturnType<typeof refuse> {
  const key = suffix ? `${form}:${suffix}` : form;
  const before = sketch.state.papers[key];
  if (!act.paper) return refuse('PAPER_MISSING', { field: 'paper', params: { papers: [form] } });
  if (before?.status === 'circulating') return refuse('IN_CIRCULATION', { field: 'paper' });
  if (before?.hash === act.paper.hash && before.status !== 'withdrawn')
    return refuse('SAME_VERSION', { field: 'paper', rule: 'R-78' });
  const version = (before?.version ?? 0) + 1;
  const { hash, facts } = act.paper;
  sketch.add({ type: 'paperFiled', paper: { key, form, version, hash, facts, by, at, status: 'circulating' } });
  return { kind: 'paper', paper: key, form, version, hash };
}
