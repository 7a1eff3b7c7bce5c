import type { Piece, PieceVersion } from '../../domain/job/state.ts';
import type { ManifestFile } from '../../store/manifests.ts';
import { manifestsOf } from '../../store/manifests.ts';
import type { ApiDeps } from '../deps.ts';
import type { ArtworkView } from '../view/artwork.tsx';
import { fileViews } from '../view/read/artwork.ts';
import type { Approval } from './read.ts';

/** Points at which a paper speaks about the artwork itself, so that nobody signs it without seeing the pieces. */
const aboutArtwork: ReadonlySet<string> = new Set([
  'internalAgreement',
  'proposalComment',
  'revisionDirection',
  'revisionOrder',
  'quotationConsent',
  'confirmation',
  'clearance',
]);

/** A version the agency has let out: released at the draft gate, signed in a QC, or received by the client. */
function letOut({ verdict }: PieceVersion): boolean {
  return verdict === 'released' || verdict === 'signed' || verdict === 'received';
}

/** One piece and its newest version that was let out. */
export interface Work {
  readonly piece: Piece;
  readonly version: PieceVersion;
}

/**
 * The pieces that are shown beside the paper of this page: of each the newest version that was let out, never one that
 * is still being looked at inside. A paper about one revision shows its pieces only.
 */
export function worksOf(approval: Approval): readonly Work[] {
  const { circulation } = approval.found;
  if (circulation.about.kind !== 'paper' || !aboutArtwork.has(circulation.point)) return [];
  const [, suffix] = circulation.about.paper.split(':');
  const revision = approval.state.revisions.find(({ ordinal }) => suffix === `R${ordinal}`);
  return Object.values(approval.state.pieces).flatMap((piece) => {
    if (revision && revision.pieceIds.length > 0 && !revision.pieceIds.includes(piece.id)) return [];
    const version = piece.versions.findLast(letOut);
    return version ? [{ piece, version }] : [];
  });
}

/** The file of a work at this address; a client gets what people look at, never a native file (S-85). */
export function fileOfWork(
  approval: Approval,
  hash: string,
  files: readonly ManifestFile[],
  place: number,
): ManifestFile | undefined {
  const file = worksOf(approval).some(({ version }) => version.hash === hash) ? files[place] : undefined;
  return file && (file.use === 'view' || approval.road.person.side === 'agency') ? file : undefined;
}

/** The works as the page shows them. */
export async function worksView(deps: Pick<ApiDeps, 'store'>, approval: Approval): Promise<ArtworkView[]> {
  const works = worksOf(approval);
  if (works.length === 0) return [];
  const manifests = await manifestsOf(
    deps.store,
    works.map(({ version }) => version.hash),
  );
  return works.map(({ piece, version }) => ({
    title: piece.name,
    version: version.version,
    // Beside a paper the pictures are what matters; native files stay on the job page.
    files: fileViews(manifests.get(version.hash)?.files ?? [], `${approval.road.base}/files/${version.hash}`, false),
  }));
}
