import { soundLadders } from '../circulation/own-ladders.ts';
import { standardRoutes } from '../circulation/routes.ts';
import { refuse } from '../process.ts';
import { isAccountService } from '../people/roles.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, PointDefinition } from './definition.ts';
import { account, lacking, moveTo } from './definition.ts';
import { exists } from './evolve.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

/** A job enters with the client's written task sheet and nothing else. */
export const request: Of<'request'> = {
  by: [...account, 'CLIENT_LEAD', 'CLIENT_CONTACT'],
  phases: ['REQUESTED'],
  decide(sketch, { act, actor, receivedAt, ladders = {} }) {
    if (exists(sketch.state)) return refuse('IN_CIRCULATION', { field: 'requestId' });
    if (act.paper.form !== 'F-01') return refuse('TASK_SHEET_MISSING', { field: 'paper', rule: 'R-13' });
    const missing = lacking(act.paper, 'R-13');
    if (missing) return missing;
    if (act.ownerId === '')
      return refuse('FIELD_MISSING', { field: 'ownerId', params: { fields: ['ownerId'] }, rule: 'R-65' });
    const { type: _type, paper, ...facts } = act;
    const own = soundLadders(ladders);
    sketch.add(
      { type: 'requested', by: actor.personId, ...facts, ...(Object.keys(own).length > 0 ? { ladders: own } : {}) },
      {
        type: 'paperFiled',
        paper: {
          key: 'F-01',
          form: 'F-01',
          version: 1,
          hash: paper.hash,
          facts: paper.facts,
          by: actor.personId,
          at: receivedAt,
          status: 'filed',
        },
      },
    );
    return undefined;
  },
};

/** The briefing meeting: at least one of the client's, of account service and of planning or creative. */
export const holdBriefing: Of<'holdBriefing'> = {
  by: account,
  phases: ['REQUESTED'],
  decide(sketch, { act, receivedAt }) {
    const empty = (['client', 'account', 'creative'] as const).filter((group) => act[group].length === 0);
    if (empty.length > 0)
      return refuse('FIELD_MISSING', { field: empty[0] ?? 'client', params: { fields: empty }, rule: 'R-14' });
    if (act.heldAt > receivedAt)
      return refuse('FIELD_WRONG', { field: 'heldAt', params: { name: 'heldAt', why: 'future' } });
    const { heldAt, client, account: ours, creative } = act;
    sketch.add({ type: 'briefingHeld', heldAt, client, account: ours, creative });
    moveTo(sketch, 'BRIEFED');
    return undefined;
  },
};

/** The requirement brief, confirmed again by the client before strategy starts. */
export const requirementBrief: PointDefinition = {
  by: account,
  phases: ['BRIEFED'],
  form: 'F-03',
  route: () => standardRoutes.requirementBrief,
  check: (_state, { paper }) => lacking(paper, 'R-16'),
  onPassed: (sketch) => moveTo(sketch, 'ASSESSING'),
};

/** Evaluate, discuss, study, recommend; a different view must be settled with the client first. */
export const assess: Of<'assess'> = {
  by: [...account, 'STRATEGY_DIRECTOR', 'STRATEGY_PLANNER'],
  phases: ['ASSESSING', 'ALIGNING'],
  guard(state) {
    if (state.circulations['strategyAgreement']?.status === 'running')
      return refuse('IN_CIRCULATION', { field: 'point', rule: 'R-20' });
    return state.effects.some((effect) => effect.kind === 'number')
      ? refuse('WRONG_PHASE', { params: { phase: 'OPENED' } })
      : undefined;
  },
  decide(sketch, { act }) {
    const empty = (['evaluation', 'discussion', 'study', 'recommendation'] as const).filter(
      (key) => act[key].trim() === '',
    );
    if (empty.length > 0)
      return refuse('FIELD_MISSING', { field: empty[0] ?? 'evaluation', params: { fields: empty }, rule: 'R-19' });
    const { type: _type, ...record } = act;
    sketch.add({ type: 'assessed', ...record });
    moveTo(sketch, act.differs ? 'ALIGNING' : 'ASSESSING');
    return undefined;
  },
};

/** Agreement with the client on a strategy that differs from the instruction. */
export const strategyAgreement: PointDefinition = {
  by: account,
  phases: ['ALIGNING'],
  form: 'F-24',
  route: () => standardRoutes.strategyAgreement,
  check: (_state, { paper }) => lacking(paper, 'R-20'),
  onPassed: (sketch) => sketch.add({ type: 'strategyAgreed' }),
  onTakenBack({ state }, { circulation }) {
    // A view recorded anew is not the one this paper sets out.
    const later = (state.assessment?.at ?? '') > (circulation.endedAt ?? '');
    return state.phase !== 'ALIGNING' || later ? refuse('ACTED_UPON', { field: 'step', rule: 'R-20' }) : undefined;
  },
};

/** Opening the job number is account service's; one job, one number. The number itself comes from the counter. */
export const openNumber: Of<'openNumber'> = {
  by: account,
  phases: ['ASSESSING', 'ALIGNING'],
  guard(state) {
    if (state.jobNumber) return refuse('NUMBER_EXISTS', { params: { number: state.jobNumber }, rule: 'R-01' });
    if (state.papers['F-01']?.status !== 'filed') return refuse('TASK_SHEET_MISSING', { rule: 'R-13' });
    if (state.papers['F-03']?.status !== 'passed') return refuse('BRIEF_UNCONFIRMED', { rule: 'R-17' });
    if (!state.assessment)
      return refuse('FIELD_MISSING', { field: 'assessment', params: { fields: ['assessment'] }, rule: 'R-19' });
    if (!state.assessment.agreed) return refuse('STRATEGY_OPEN', { rule: 'R-20' });
    return undefined;
  },
  decide(sketch, { actor }) {
    if (!isAccountService(actor.roles))
      return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_EXECUTIVE' }, rule: 'R-06' });
    if (sketch.state.effects.some((effect) => effect.kind === 'number')) return undefined;
    sketch.add({ type: 'numberAsked' });
    return undefined;
  },
};
