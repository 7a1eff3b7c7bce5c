import { standardRoutes } from '../circulation/routes.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, PointDefinition, PointSubmission } from './definition.ts';
import { account, lacking, listFact, moveTo, passed, sinceOpening } from './definition.ts';
import { shortFormOf } from './short-forms.ts';
import type { JobState } from './state.ts';
import { whyNoMediaRoom } from './media-room.ts';
import { acceptBaseline, datesAgree, namesItsExtension } from './timetable.ts';
import type { WorkType } from './worktypes.ts';
import { workTypeFacts } from './worktypes.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

const creativeSteps = ['artDirector', 'copywriter', 'designer'] as const;

function isWorkType(value: string): value is WorkType {
  return value in workTypeFacts;
}

/** Whether the kinds of work named need a creative brief. */
export function needsCreativeBrief(workTypes: readonly string[]): boolean {
  return workTypes.some((type) => isWorkType(type) && workTypeFacts[type].creativeBrief);
}

/** The creative brief: worked out with strategy and creative, written by the one its level asks for. */
export const creativeBrief: PointDefinition = {
  by: account,
  phases: ['OPENED'],
  form: 'F-05',
  route: () => standardRoutes.creativeBrief,
  check(state, submission) {
    const missing = lacking(submission.paper, 'R-33');
    if (missing) return missing;
    const facts = submission.paper?.facts;
    if (facts?.['strategyParticipants'] === 0)
      return refuse('FIELD_MISSING', {
        field: 'strategyParticipants',
        params: { fields: ['strategyParticipants'] },
        rule: 'R-33',
      });
    if (facts?.['creativeParticipants'] === 0)
      return refuse('FIELD_MISSING', {
        field: 'creativeParticipants',
        params: { fields: ['creativeParticipants'] },
        rule: 'R-33',
      });
    // Who needs guidance does not excuse himself from it.
    if ((submission.act.notApplicable ?? []).length > 0)
      return refuse('SKIP_NOT_ALLOWED', { field: 'notApplicable', params: { step: 'guidance' }, rule: 'R-34' });
    return rightAuthor(state, submission);
  },
  notApplicable: (_state, { roles }) =>
    roles.includes('ACCOUNT_DIRECTOR') ? [{ step: 'guidance', reason: 'R-34' }] : [],
  onPassed: () => undefined,
};

function rightAuthor(state: JobState, { paper, roles }: PointSubmission): Refusal | undefined {
  const level = state.important ? 'important' : paper?.facts['level'];
  const writers =
    level === 'important'
      ? (['ACCOUNT_DIRECTOR'] as const)
      : level === 'normal'
        ? (['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'] as const)
        : undefined;
  if (!writers || writers.some((role) => roles.includes(role))) return undefined;
  return refuse('WRONG_AUTHOR', { field: 'level', params: { who: writers[0] }, rule: 'R-34' });
}

/** The timetable, accepted by the client before it is the baseline. */
export const timetable: PointDefinition = {
  by: account,
  phases: sinceOpening,
  form: 'F-10',
  route: () => standardRoutes.timetable,
  check: (state, submission) =>
    lacking(submission.paper, 'R-44') ?? datesAgree(submission) ?? namesItsExtension(state, submission),
  onPassed: acceptBaseline,
};

/** The talk with the creative group before the signature round. */
export const huddle: Of<'huddle'> = {
  by: account,
  phases: ['OPENED'],
  decide(sketch, { act, receivedAt }) {
    if (act.people.length === 0)
      return refuse('FIELD_MISSING', { field: 'people', params: { fields: ['people'] }, rule: 'R-35' });
    if (act.heldAt > receivedAt)
      return refuse('FIELD_WRONG', { field: 'heldAt', params: { name: 'heldAt', why: 'future' } });
    sketch.add({ type: 'huddleHeld', heldAt: act.heldAt, people: act.people, objections: act.objections });
    return undefined;
  },
};

/** The work order: everything filled, talked over, material in, brief where required. */
export const workOrder: PointDefinition = {
  by: account,
  phases: ['OPENED'],
  form: 'F-04',
  route: (state, submission) =>
    (submission?.paper ?? state.papers['F-04'])?.facts['hasMedia'] === true
      ? standardRoutes.workOrderMedia
      : standardRoutes.workOrder,
  guard(state) {
    if (!state.jobNumber)
      return refuse('FIELD_MISSING', { field: 'jobNumber', params: { fields: ['jobNumber'] }, rule: 'R-29' });
    if (!state.huddle) return refuse('HUDDLE_MISSING', { rule: 'R-35' });
    if (state.huddle.objections.length > 0)
      return refuse('OBJECTION_OPEN', { params: { what: state.huddle.objections }, rule: 'R-35' });
    if (!state.papers['F-10']) return refuse('PAPER_MISSING', { params: { papers: ['F-10'] }, rule: 'R-44' });
    return undefined;
  },
  check(state, submission) {
    const { paper, act } = submission;
    const missing = lacking(paper, 'R-29');
    if (missing || !paper) return missing;
    const { facts } = paper;
    if (facts['needsSpecification'] === true && facts['hasSpecification'] !== true) {
      return refuse('FIELD_MISSING', {
        field: 'specification',
        params: { fields: ['specification', 'budget'] },
        rule: 'R-30',
      });
    }
    const absent = listFact(facts['materialMissing']);
    if (absent.length > 0)
      return refuse('MATERIAL_MISSING', { field: 'material', params: { items: absent }, rule: 'R-48' });
    if (needsCreativeBrief([...listFact(facts['workTypes']), ...state.workTypes]) && !passed(state, 'F-05')) {
      return refuse('CREATIVE_BRIEF_MISSING', { rule: 'R-32' });
    }
    const short = whyNoMediaRoom(state, submission);
    if (short) return short;
    const before = state.papers['F-04'];
    const changed = before !== undefined && facts['projectHash'] !== before.facts['projectHash'];
    if (changed && state.huddle && state.huddle.heldAt < before.at) return refuse('HUDDLE_MISSING', { rule: 'R-35' });
    const marked = (act.notApplicable ?? []).map((one) => one.step);
    if (marked.includes('creativeDirector') && creativeSteps.some((step) => !marked.includes(step))) {
      return refuse('SKIP_NOT_ALLOWED', { field: 'notApplicable', params: { step: 'creativeDirector' }, rule: 'R-41' });
    }
    return undefined;
  },
  onSubmitted: (sketch) => moveTo(sketch, 'ORDER_SIGNOFF'),
  // Media alone and research skip what is made: their own stations follow at once (§4.2).
  onPassed: (sketch) => moveTo(sketch, shortFormOf(sketch.state)?.during ?? 'CREATING'),
  onNo: (sketch) => moveTo(sketch, 'OPENED'),
  onTakenBack(sketch) {
    const no =
      sketch.state.phase === 'OPENED' ? workOrder.guard?.(sketch.state) : refuse('ACTED_UPON', { field: 'step' });
    if (!no) moveTo(sketch, 'ORDER_SIGNOFF');
    return no;
  },
  onWithdrawn: (sketch) => moveTo(sketch, 'OPENED'),
};
