import type { CirculationEvent } from '../circulation/acts.ts';
import type { Circulation, Decision } from '../circulation/types.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import { closeCorrection, openCorrection } from './correction.ts';
import type { PointDefinition } from './definition.ts';
import { points } from './points.ts';
import { rejectionReview, reviewPoint } from './rejection.ts';
import { family } from './rounds.ts';
import type { Sketch } from './sketch.ts';

/** The definition behind the point of a circulation; a point of another kind has none. */
function pointOf(name: string): PointDefinition | undefined {
  const table: Readonly<Record<string, PointDefinition>> = { ...points, [reviewPoint]: rejectionReview };
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * Adds a circulation's events; where it ended, what that means for the job follows at once. A round that is closed with
 * its job leaves the same things behind as one that was taken back, so that a reopened job can go on.
 */
export function addWithConsequences(sketch: Sketch, events: readonly CirculationEvent[]): void {
  for (const event of events) {
    sketch.add(event);
    if (event.type !== 'circulationEnded') continue;
    const circulation = sketch.state.circulations[event.circulation];
    const point = circulation && pointOf(circulation.point);
    if (!circulation || !point) continue;
    if (point.form !== undefined && circulation.about.kind === 'paper') {
      const status = (
        {
          passed: 'passed',
          return: 'returned',
          object: 'returned',
          refuse: 'refused',
          withdrawn: 'withdrawn',
          closed: 'withdrawn',
        } as const
      )[event.verdict];
      sketch.add({ type: 'paperStatus', key: circulation.about.paper, status });
    }
    if (event.verdict === 'passed') point.onPassed(sketch, circulation);
    else if (event.verdict === 'withdrawn' || event.verdict === 'closed') point.onWithdrawn?.(sketch, circulation);
    else {
      const decision = circulation.stays.flatMap((stay) => stay.decisions).find((one) => one.verdict !== 'sign');
      if (decision) point.onNo?.(sketch, { circulation, decision });
      if (event.verdict === 'refuse') openCorrection(sketch, circulation);
    }
  }
}

/**
 * What taking back a no means for the job: everything the no had caused is undone, or a refusal, because somebody has
 * acted on it since. `ended` is the circulation as the no had left it.
 */
export function takeBackNo(sketch: Sketch, ended: Circulation, decision: Decision): Refusal | undefined {
  const point = pointOf(ended.point);
  const { state } = sketch;
  const since = ended.endedAt ?? '';
  const acted = refuse('ACTED_UPON', { field: 'step' });
  const base = ended.id.split('/')[0] ?? ended.id;
  if (!point || family(state, base).some((one) => one.id !== ended.id && one.startedAt >= since)) return acted;
  if (point.form !== undefined && ended.about.kind === 'paper') {
    const paper = state.papers[ended.about.paper];
    const asLeft =
      paper?.version === ended.about.version && (paper.status === 'returned' || paper.status === 'refused');
    if (!asLeft) return acted;
    sketch.add({ type: 'paperStatus', key: paper.key, status: 'circulating' });
  }
  const no = point.onTakenBack
    ? point.onTakenBack(sketch, { circulation: ended, decision })
    : point.phases.includes(state.phase)
      ? point.guard?.(state)
      : acted;
  if (no) return no;
  if (ended.about.kind === 'paper') closeCorrection(sketch, ended.about.paper, decision.personId);
  return undefined;
}
