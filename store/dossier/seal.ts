import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Connection } from 'mongoose';
import { ZipFile } from 'yazl';
import { folders } from '../../papers/folders.ts';
import type { Blobs, StoredBlob } from '../blobs.ts';
import { sha256 } from '../digest.ts';
import { exportLog } from '../export.ts';
import { fold, unfolded } from '../fold.ts';
import { entriesOf } from '../log.ts';
import { manifestsOf } from '../manifests.ts';
import { frozenPapers, paperVersionsOf } from '../papers.ts';
import { foldEntriesOf } from '../recorder.ts';
import { safeFolder } from './safe-folder.ts';
import type { DossierFile } from './plan.ts';
import { DossierGap, planDossier } from './plan.ts';

// One moment for every file, given in local time because the zip format knows no zone: the same bytes on every machine.
const SEALED_AT = new Date(2000, 0, 1, 0, 0, 0);
const entryOptions = { mtime: SEALED_AT, mode: 0o100644, forceDosTimestamp: true, compress: false } as const;

/**
 * Seals the dossier of a job as it was at entry `seq`: one zip in the folder tree of the house, every file listed with
 * its SHA-256. Nothing is compressed and every date is fixed, so sealing again gives the same bytes and the same hash.
 * Throws DossierGap when anything is missing in the store.
 */
export async function sealDossierInto(
  connection: Connection,
  blobs: Blobs,
  processId: string,
  seq: number,
): Promise<StoredBlob> {
  const log = await exportLog(connection, processId, { toSeq: seq });
  if (log?.head.seq !== seq) throw new DossierGap(`entry ${String(seq)} of the log of ${processId}`);
  // Folded from the log itself up to this entry: what happened since must not change a dossier that is sealed again.
  const entries = foldEntriesOf(await entriesOf(connection, processId, { toSeq: seq }));
  const folded = fold(unfolded(processId), entries);
  const { state } = folded;
  // The execution schedule is filed by a log of its own.
  const sealedAt = entries.at(-1)?.stamp.at ?? '';
  const filed = await paperVersionsOf(connection, processId);
  const scheduled = filed.filter(({ form, at }) => form === 'F-11' && at <= sealedAt);
  const versions = [...folded.papers.values(), ...scheduled].sort((a, b) =>
    a.at === b.at ? (a._id < b._id ? -1 : 1) : a.at < b.at ? -1 : 1,
  );
  const [papers, manifests] = await Promise.all([
    frozenPapers(
      connection,
      versions.map((row) => row.hash),
    ),
    manifestsOf(
      connection,
      Object.values(state.pieces).flatMap((piece) => piece.versions.map((version) => version.hash)),
    ),
  ]);
  const files = planDossier({ state, entries, versions, papers, manifests, log });
  const root = `${safeFolder(state.brandCode, '品牌')}/${safeFolder([state.jobNumber, state.title].filter(Boolean).join('-'), '项目')}`;
  return zipInto(blobs, root, files);
}

/** Names, sizes and hashes of a dossier's files: what a reader checks it with. */
function listOf(files: readonly DossierFile[]): { json: string; sums: string } {
  const rows = files.map((file) =>
    file.kind === 'blob'
      ? { path: file.path, size: file.size, sha256: file.sha256 }
      : { path: file.path, size: Buffer.byteLength(file.text), sha256: sha256(file.text) },
  );
  return {
    json: `${JSON.stringify({ format: 'jobbag-dossier-1', files: rows }, null, 1)}\n`,
    sums: rows.map((row) => `${row.sha256}  ${row.path}\n`).join(''),
  };
}

async function zipInto(blobs: Blobs, root: string, files: readonly DossierFile[]): Promise<StoredBlob> {
  for (const file of files) {
    if (file.kind === 'blob' && (await blobs.has(file.sha256)) !== file.size)
      throw new DossierGap(`the file ${file.path} (${file.sha256})`);
  }
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  for (const folder of folders)
    zip.addEmptyDirectory(`${root}/${folder}`, { mtime: SEALED_AT, mode: 0o040755, forceDosTimestamp: true });
  const list = listOf(files);
  const all: DossierFile[] = [
    ...files,
    { path: '归档/清单.json', kind: 'text', text: list.json },
    { path: '归档/SHA256SUMS', kind: 'text', text: list.sums },
  ];
  for (const file of all) addFile(zip, blobs, `${root}/${file.path}`, file);
  zip.end();
  return blobs.put(out);
}

function addFile(zip: ZipFile, blobs: Blobs, path: string, file: DossierFile): void {
  if (file.kind === 'text') {
    zip.addBuffer(Buffer.from(file.text), path, entryOptions);
    return;
  }
  zip.addReadStreamLazy(path, { ...entryOptions, size: file.size }, (give) => {
    blobs.get(file.sha256).then(
      (content) => {
        if (content) give(null, checked(zip, content, file.sha256));
        else zip.emit('error', new DossierGap(`the file ${file.path}`));
      },
      (error: unknown) => zip.emit('error', error),
    );
  });
}

/** Passes a blob on and fails the zip at its end when its bytes are not the ones its name promises. */
function checked(zip: ZipFile, content: Readable, wanted: string): Readable {
  const hash = createHash('sha256');
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === wanted ? null : new DossierGap(`an undamaged copy of the file ${wanted}`));
    },
  });
  // The zip does not look after the streams it is given: whichever end fails first closes the other.
  const out = zip.outputStream as Readable;
  const stop = (): unknown => through.destroy();
  out.once('close', stop);
  pipeline(content, through, (error) => {
    out.off('close', stop);
    if (error && !out.destroyed) zip.emit('error', error);
  });
  return through;
}
