import type { CirculationEvent } from '../circulation/acts.ts';
import type { Circulation, Decision } from '../circulation/types.ts';
import { moveTo } from './definition.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, OpinionSource, Piece, Revision } from './state.ts';

/** Records what the client said, line by line, and opens the revision that must answer it. */
export function raiseRevision(
  sketch: Sketch,
  born: {
    bornAt: Revision['bornAt'];
    proposal?: number;
    pieceIds: readonly string[];
    words: string;
    from: string;
    cause: Revision['cause'];
    opinionIds?: readonly string[];
    raised?: Revision['raised'];
    source?: OpinionSource;
  },
): void {
  const lines = born.words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const ids: string[] = [...(born.opinionIds ?? [])];
  for (const words of lines) {
    const id = `o${sketch.state.opinions.length + 1}`;
    ids.push(id);
    sketch.add({
      type: 'opinionRecorded',
      opinion: {
        id,
        kind: 'correction',
        words,
        from: born.from,
        at: sketch.command.receivedAt,
        ...(born.proposal ? { proposal: born.proposal } : {}),
        ...(born.source ? { source: born.source } : {}),
        ...(born.pieceIds.length === 1 && born.bornAt !== 'proposal' ? { pieceId: born.pieceIds[0] } : {}),
      },
    });
  }
  const ordinal = sketch.state.revisions.length + 1;
  sketch.add({
    type: 'revisionChanged',
    revision: {
      ordinal,
      bornAt: born.bornAt,
      pieceIds: born.pieceIds,
      opinionIds: ids,
      cause: born.cause,
      state: 'OPINION',
      ...(born.proposal ? { proposal: born.proposal } : {}),
      ...(born.raised ? { raised: born.raised } : {}),
    },
  });
  moveTo(sketch, 'REVISING');
}

/** A revision nobody has acted on: raised last, its direction not yet asked for. */
export function raisedBy(state: JobState, which: (revision: Revision) => boolean): Revision | undefined {
  const revision = state.revisions.findLast((one) => one.state !== 'DROPPED' && which(one));
  if (revision?.state !== 'OPINION') return undefined;
  const asked = `revisionDirection:R${revision.ordinal}`;
  return Object.keys(state.circulations).some((id) => id === asked || id.startsWith(`${asked}/`))
    ? undefined
    : revision;
}

/**
 * Drops a revision whose ground was taken back, with the opinions that came with it. It keeps its number, and the log
 * keeps what was said; other opinions stay open.
 */
export function dropRevision(
  sketch: Sketch,
  revision: Revision,
  said: Pick<Decision, 'personId' | 'at'> | 'all' = 'all',
): void {
  sketch.add({ type: 'revisionChanged', revision: { ...revision, state: 'DROPPED' } });
  for (const opinion of sketch.state.opinions) {
    const theirs = said === 'all' || (opinion.from === said.personId && opinion.at === said.at);
    if (revision.opinionIds.includes(opinion.id) && theirs && !opinion.answer)
      sketch.add({ type: 'opinionWithdrawn', opinionId: opinion.id });
  }
}

/** A revision is released when the drafts of all its pieces are. */
export function releaseRevision(sketch: Sketch, piece: Piece | undefined): Revision | undefined {
  const revision = sketch.state.revisions.find(
    (one) => one.state === 'DRAFT_ATTACHED' && piece && one.pieceIds.includes(piece.id),
  );
  const ready = revision?.pieceIds.every((id) => sketch.state.pieces[id]?.state === 'released');
  if (!revision || !ready) return undefined;
  sketch.add({ type: 'revisionChanged', revision: { ...revision, state: 'RELEASED' } });
  return revision;
}

/** Revisions that nobody may work on yet. */
export const unordered: readonly Revision['state'][] = ['OPINION', 'DIRECTION_CONFIRMED', 'ORDERED', 'REFUSED'];

/** Orders that were accepted and not yet answered to the end. */
export const inWork: readonly Revision['state'][] = ['IN_WORK', 'DRAFT_ATTACHED', 'RELEASED'];

/** The client's signature under the revised piece confirms the revisions that were carried out on it, and no other. */
export function confirmRevision(sketch: Sketch, piece: Piece | undefined): void {
  for (const revision of sketch.state.revisions) {
    if (piece && revision.pieceIds.includes(piece.id) && inWork.includes(revision.state))
      sketch.add({ type: 'revisionChanged', revision: { ...revision, state: 'CONFIRMED' } });
  }
}

/** By whom rounds are closed, and why in their words, where they said so. */
export interface Closing extends Pick<
  Extract<CirculationEvent, { type: 'circulationEnded' }>,
  'moreFollow' | 'alsoEnded'
> {
  readonly by: string;
  readonly words?: string | undefined;
}

/** Ends rounds by one decision: whoever was asked in several of them hears of it once, with the last. */
export function closeRounds(sketch: Sketch, rounds: readonly Circulation[], closing: Closing): void {
  const before = rounds.slice(0, -1);
  for (const one of before) closeRound(sketch, one, { ...closing, moreFollow: true });
  const alsoEnded = before.length === 0 ? {} : { alsoEnded: before.map(({ id }) => id) };
  for (const last of rounds.slice(-1)) closeRound(sketch, last, { ...closing, ...alsoEnded });
}

/** Ends a round that has lost its object; its paper is withdrawn, its piece is with its makers again. */
export function closeRound(sketch: Sketch, { id, round, about }: Circulation, closing: Closing): void {
  const { words = '', ...rest } = closing;
  const why = words.trim() === '' ? {} : { words };
  sketch.add({ type: 'circulationEnded', circulation: id, round, verdict: 'closed', ...rest, ...why });
  if (about.kind === 'paper') {
    const paper = sketch.state.papers[about.paper];
    if (paper?.status === 'circulating') sketch.add({ type: 'paperStatus', key: paper.key, status: 'withdrawn' });
    return;
  }
  const state = about.stage === 'PROOF' ? 'artworkSigned' : 'creating';
  sketch.add({ type: 'pieceMoved', pieceId: about.pieceId, state, verdict: 'superseded' });
}

/** Rounds that run now, of these points or of all. */
export function runningRounds(state: JobState, points?: readonly string[]): readonly Circulation[] {
  return Object.values(state.circulations).filter(
    (one) => one.status === 'running' && (points === undefined || points.includes(one.point)),
  );
}

/** Revisions of which something is still open. */
export function openRevisions(state: JobState): readonly Revision[] {
  return state.revisions.filter((one) => one.state !== 'CONFIRMED' && one.state !== 'DROPPED');
}
