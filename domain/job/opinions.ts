import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition } from './definition.ts';
import { account } from './definition.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, Opinion, Paper } from './state.ts';
import { jobPhases } from './state.ts';

/** The client's opinions that may still be reported as important: not reported before, and not taken back. */
export function unreported(state: Pick<JobState, 'opinions'>): readonly Opinion[] {
  return state.opinions.filter(({ important, withdrawn }) => !important && !withdrawn);
}

/**
 * Reports an opinion to the account director. It goes out at once, whatever the hour: a mail waits for its reader
 * without waking anybody, and the digest of the next morning would not be the same day (S-44).
 */
export function report(sketch: Sketch, { id, from, words }: Opinion, by: string): void {
  // What was said at a proposal stands under whoever wrote it down; that one is named as the reporter already.
  sketch.add({ type: 'opinionReported', opinionId: id, ...(from === by ? {} : { from }), words, by });
}

/** A telephone record that says the client's opinion in it is important (F-16) is reported as it is filed. */
export function reportRecord(sketch: Sketch, { key, facts, by }: Paper): void {
  const words = facts['opinion'];
  if (facts['important'] !== true || typeof words !== 'string') return;
  const from = facts['clientPerson'];
  sketch.add({ type: 'opinionReported', paper: key, ...(typeof from === 'string' ? { from } : {}), words, by });
}

/**
 * Marks an opinion that is recorded already as important, wherever it came from: a comment on a proposal, a send-back, a
 * meeting. Once is enough; the director has it.
 */
export const reportOpinion: ActDefinition<Extract<JobAct, { type: 'reportOpinion' }>> = {
  by: account,
  phases: jobPhases.filter((phase) => phase !== 'ARCHIVED' && phase !== 'CANCELLED'),
  guard: (state) => (unreported(state).length > 0 ? undefined : refuse('NO_OPINION_TO_REPORT', { rule: 'R-60' })),
  decide(sketch, { act, actor }) {
    const opinion = sketch.state.opinions.find(({ id }) => id === act.opinionId);
    if (!opinion) return refuse('UNKNOWN_OBJECT', { field: 'opinionId', params: { what: 'opinion' } });
    if (opinion.important || opinion.withdrawn) return refuse('OPINION_REPORTED', { field: 'opinionId', rule: 'R-60' });
    report(sketch, opinion, actor.personId);
    return undefined;
  },
};
