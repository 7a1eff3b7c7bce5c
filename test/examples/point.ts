import type { PointDefinition } from '../../domain/job/definition.ts';
import { account, lacking } from '../../domain/job/definition.ts';
import { refuse } from '../../domain/process.ts';
import { pressRelease } from './route.ts';

/** An approval point: who submits, when, which form, which route, what must hold, what a yes causes. */
export const pressReleasePoint: PointDefinition = {
  by: account,
  phases: ['DELIVERED', 'TRACKING'],
  form: 'F-19',
  suffix: () => 'press',
  route: () => pressRelease,
  // A rule has one home and its number: nothing is announced before the work is delivered whole.
  guard: (state) =>
    Object.values(state.pieces).every((piece) => piece.state === 'done') ? undefined : refuse('WRONG_PHASE', { params: { phase: state.phase }, rule: 'R-71' }),
  check: (_state, { paper }) => lacking(paper, 'R-71'),
  onPassed: () => undefined,
};
