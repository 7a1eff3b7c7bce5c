import type { AnyJobAct } from '../../domain/job/acts.ts';
import { jobProcess } from '../../domain/job/process.ts';
import type { JobState, Piece, PieceStage } from '../../domain/job/state.ts';
import { points } from '../../domain/job/points.ts';
import { isRefusal, type Command, type PersonActor, type Refusal } from '../../domain/process.ts';
import type { RouteStep } from '../../domain/circulation/types.ts';

/** Whether a version of a stage may be submitted now, asked of the core itself. */
export interface StageOffered {
  readonly stage: PieceStage;
  readonly refusal?: Refusal;
  readonly steps: readonly RouteStep[];
}

const stagesOf = (piece: Piece): readonly PieceStage[] =>
  piece.needsProof ? ['DRAFT', piece.final, 'PROOF'] : ['DRAFT', piece.final];

/** What a file type is called in a file name, by stage (§8.1). */
export const fileTypeOf: Readonly<Record<PieceStage, string>> = {
  DRAFT: '过程稿',
  FINAL_DESIGN: '最终设计稿',
  FINISHED_ARTWORK: '完稿',
  PROOF: '打样',
};

/** Whether a stage is checked on a printed sample. */
export function needsSample(stage: PieceStage | undefined): boolean {
  return stage === 'FINISHED_ARTWORK' || stage === 'PROOF';
}

/**
 * The stages a piece can have, each with what the core would say to it now. Asked with a version that fulfils the form's
 * own conditions, so what comes back is about the job and the person, never about the files.
 */
export function stagesOffered(state: JobState, piece: Piece, actor: PersonActor, now: string): readonly StageOffered[] {
  return stagesOf(piece).map((stage) => {
    const act: AnyJobAct = {
      type: 'submitVersion',
      pieceId: piece.id,
      stage,
      hash: '0'.repeat(64),
      fileNames: ['20260101_a_b.pdf'],
      printedSample: { size: 'A4', madeAt: now },
    };
    const command: Command<AnyJobAct> = { id: 'asked-only', actor, receivedAt: now, at: now, act };
    const verdict = jobProcess.decide(state, command);
    const point = stage === 'DRAFT' ? points.draftGate : stage === 'PROOF' ? points.proofQc : points.artworkQc;
    return {
      stage,
      ...(isRefusal(verdict) ? { refusal: verdict } : {}),
      steps: point.route(state, undefined).steps.filter((step) => step.act !== 'submit'),
    };
  });
}
