import { standardRoutes } from '../circulation/routes.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { FrozenPaper } from './acts.ts';
import type { PointDefinition } from './definition.ts';
import { account, lacking, listFact, passed, working } from './definition.ts';
import type { JobPhase, JobState, Paper } from './state.ts';
import type { WorkType } from './worktypes.ts';

/** A paper that a short form must hold before it goes on; a key that ends in `:` stands for one of several. */
interface Needed {
  readonly key: string;
  readonly status: Paper['status'];
  readonly rule: string;
}

/**
 * A kind of work that skips stations of M-01 (§4.2). From the accepted order it goes to one station of its own and from
 * there, when its papers are there, straight on; no piece, no proposal and no production order is asked of it.
 */
export interface ShortForm {
  readonly workType: WorkType;
  /** Where the job stands while M-11 or M-12 runs. */
  readonly during: JobPhase;
  /** The station behind it. */
  readonly next: JobPhase;
  readonly needs: readonly Needed[];
}

/** The short forms: media only 1–6, M-11, 16–18; research 1–6, M-12, 17, 18. */
export const shortForms: readonly ShortForm[] = [
  {
    workType: 'media',
    during: 'IN_PRODUCTION',
    next: 'TRACKING',
    needs: [
      { key: 'F-45', status: 'passed', rule: 'R-167' },
      { key: 'F-46:', status: 'passed', rule: 'R-166' },
      { key: 'F-47:', status: 'filed', rule: 'R-166' },
    ],
  },
  {
    workType: 'research',
    during: 'IN_PRODUCTION',
    next: 'CLOSING',
    needs: [
      { key: 'F-36', status: 'passed', rule: 'R-178' },
      { key: 'F-51', status: 'passed', rule: 'R-181' },
    ],
  },
];

/** Every kind of work the request, the order and the pieces name. */
function kindsOf(state: JobState): ReadonlySet<string> {
  return new Set([
    ...state.workTypes,
    ...listFact(state.papers['F-04']?.facts['workTypes']),
    ...Object.values(state.pieces).map((piece) => piece.workType),
  ]);
}

/** The short form of a job all of whose work is of one such kind; any other piece or order makes it a whole job. */
export function shortFormOf(state: JobState): ShortForm | undefined {
  const kinds = kindsOf(state);
  return state.proposals.length > 0 || kinds.size !== 1
    ? undefined
    : shortForms.find((form) => kinds.has(form.workType));
}

/** Whether a job goes its short form now: it stands at the station of it, or has left it. */
export function onShortForm(state: JobState): boolean {
  const form = shortFormOf(state);
  return form !== undefined && Object.keys(state.pieces).length === 0 && state.phase !== 'CREATING';
}

/** Papers a short form still lacks for the way on. */
export function shortFormGaps(state: JobState, form: ShortForm): readonly string[] {
  const papers = Object.values(state.papers);
  return form.needs
    .filter(({ key, status }) =>
      papers.every(
        (paper) => paper.status !== status || !(key.endsWith(':') ? paper.key.startsWith(key) : paper.key === key),
      ),
    )
    .map(({ key }) => key.replace(/:$/, ''));
}

/** Why a job does not leave production for this station by a short form; undefined when it may. */
export function notOnTo(state: JobState, to: JobPhase): Refusal | undefined {
  const form = shortFormOf(state);
  if (form?.next !== to || form.during !== state.phase)
    return refuse('WRONG_PHASE', { params: { phase: state.phase } });
  const papers = shortFormGaps(state, form);
  return papers.length > 0 ? refuse('PAPER_MISSING', { params: { papers } }) : undefined;
}

function figures(paper: FrozenPaper | undefined): Refusal | undefined {
  return paper?.facts['sumsRight'] === false
    ? refuse('FIELD_WRONG', { field: 'totalFen', params: { name: 'totalFen', why: 'sum' }, rule: 'R-170' })
    : undefined;
}

/** Work nobody ordered is not begun: the accepted order must hold work of this kind. */
function ordered(state: JobState, kind: WorkType): Refusal | undefined {
  const facts = passed(state, 'F-04') ? state.papers['F-04']?.facts : undefined;
  const held = kindsOf(state).has(kind) || (kind === 'media' && facts?.['hasMedia'] === true);
  return facts && held ? undefined : refuse('ORDER_MISSING', { rule: 'R-47' });
}

/** The master plan of the media (M-11). */
export const mediaPlan: PointDefinition = {
  by: [...account, 'MEDIA_DIRECTOR', 'MEDIA_PLANNER'],
  phases: working,
  form: 'F-45',
  route: () => standardRoutes.mediaPlan,
  guard: (state) => ordered(state, 'media'),
  check: (_state, { paper }) => lacking(paper, 'R-167') ?? figures(paper),
  onPassed: () => undefined,
};

/** One month of it; not before the master plan is confirmed. */
export const mediaSchedule: PointDefinition = {
  ...mediaPlan,
  form: 'F-46',
  route: () => standardRoutes.mediaSchedule,
  suffix: (_state, { paper }) => monthOf(paper?.facts),
  guard: (state) =>
    ordered(state, 'media') ??
    (passed(state, 'F-45') ? undefined : refuse('PAPER_MISSING', { params: { papers: ['F-45'] }, rule: 'R-167' })),
};

/** The month a plan or a booking is about, as it stands in the paper's key. */
export function monthOf(facts: Paper['facts'] | undefined): string {
  const month = facts?.['month'];
  return typeof month === 'string' && month !== '' ? month : 'month';
}

/** The research summary, once its quote was approved and the first findings told. */
export const researchReport: PointDefinition = {
  by: [...account, 'RESEARCHER'],
  phases: working,
  form: 'F-51',
  route: () => standardRoutes.researchReport,
  guard: (state) =>
    ordered(state, 'research') ??
    (passed(state, 'F-36') ? undefined : refuse('PAPER_MISSING', { params: { papers: ['F-36'] }, rule: 'R-178' })),
  check: (_state, { paper }) => lacking(paper, 'R-181'),
  onPassed: () => undefined,
};
