import { lawHits } from '../../domain/wording/lawwords.ts';
import type { JobState, Piece, PieceStage } from '../../domain/job/state.ts';
import { fileName, fileNamePattern, isFileName } from '../../papers/filename.ts';
import type { ManifestFile } from '../../store/manifests.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { agreedType, sniffBytes } from '../gate/sniff.ts';
import { heldId, readHeld, type HeldKeeper } from '../staff/held.ts';
import type { KeptFile as ArrivedFile } from '../gate/files.ts';
import { oneText } from '../staff/typed.ts';
import { needsSample, fileTypeOf } from './stages.ts';

/** A file that lies with the form: as it was called, as it shall be called, and what for. */
export interface KeptFile {
  readonly id: string;
  readonly sent: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly use: 'view' | 'master';
}

/** The form as typed. */
export interface TypedVersion {
  readonly stage: PieceStage | undefined;
  readonly files: readonly KeptFile[];
  readonly sampleSize: string;
  readonly sampleMade: string;
  readonly copyText: string;
  readonly lawSeen: boolean;
}

const stages: readonly PieceStage[] = ['DRAFT', 'FINAL_DESIGN', 'FINISHED_ARTWORK', 'PROOF'];

/** The name the house would give a file; numbered where several files would get the same one. */
export function proposedName(
  state: JobState,
  piece: Piece,
  stage: PieceStage | undefined,
  sent: string,
  today: string,
  place: number,
): string {
  const ext = /\.([A-Za-z0-9]{1,8})$/.exec(sent)?.[1] ?? 'bin';
  const pieces = Object.keys(state.pieces).length;
  const project = pieces > 1 ? `${state.title}-${piece.name}` : state.title;
  const type = fileTypeOf[stage ?? 'DRAFT'];
  return fileName({
    date: today,
    project: project.replaceAll('_', '-'),
    type: place === 0 ? type : `${type}${place + 1}`,
    version: piece.versions.length + 1,
    ext,
  });
}

/** Gives every file the house's name, those of the same ending numbered. */
export function withProposedNames(
  files: readonly KeptFile[],
  propose: (sent: string, place: number) => string,
): KeptFile[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const ext = /\.([A-Za-z0-9]{1,8})$/.exec(file.sent)?.[1]?.toLowerCase() ?? 'bin';
    const place = seen.get(ext) ?? 0;
    seen.set(ext, place + 1);
    return { ...file, name: propose(file.sent, place) };
  });
}

/** Reads the posted form: files it held before, with the names typed for them, and those that came now. */
export function readVersion(body: FormFields, arrived: readonly ArrivedFile[], keeper: HeldKeeper): TypedVersion {
  const held = Object.keys(body)
    .flatMap((key) => /^file\[(\d{1,2})\]\[id\]$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((index): KeptFile[] => {
      const [row] = readHeld(keeper, [oneText(body[`file[${index}][id]`])]);
      const use = oneText(body[`file[${index}][use]`]);
      if (!row || use === 'drop') return [];
      return [
        {
          id: heldId(keeper, row),
          sent: row.name,
          size: Number(row.size),
          sha256: row.hash,
          name: oneText(body[`file[${index}][name]`]).trim().slice(0, 255),
          use: use === 'master' ? 'master' : 'view',
        },
      ];
    });
  const came = arrived.map((file): KeptFile => ({
    id: heldId(keeper, { name: file.name, size: String(file.size), hash: file.sha256 }),
    sent: file.name,
    name: '',
    size: file.size,
    sha256: file.sha256,
    use: file.field === 'master' ? 'master' : 'view',
  }));
  return {
    stage: stages.find((stage) => stage === oneText(body.stage)),
    files: [...held.filter((file) => !came.some((one) => one.sha256 === file.sha256)), ...came],
    sampleSize: oneText(body.sampleSize),
    sampleMade: oneText(body.sampleMade),
    copyText: oneText(body.copyText).slice(0, 20_000),
    lawSeen: oneText(body.lawSeen) === 'true',
  };
}

/** The different words the law's list finds in the copy, each once. */
export function lawWordsIn(copyText: string): readonly string[] {
  return [...new Set(lawHits(copyText).map((hit) => hit.word))].slice(0, 50);
}

/** What is wrong with the files and the rest of the form, by field. */
export type VersionErrors = Readonly<Record<string, string>>;

/** What the sentences of this form need; the page's words fill them. */
export interface VersionSaying {
  (key: 'missFiles' | 'missView' | 'sameName' | 'missStage' | 'missSample' | 'lawMissing'): string;
}

/** The media type of a kept file, from its bytes once more: its name may be another now. Undefined when the two do not agree. */
async function typeOf(deps: Pick<ApiDeps, 'blobs'>, file: KeptFile, name: string): Promise<string | undefined> {
  // Held, because the form may have lain open for long and a version is about to name the file.
  if ((await deps.blobs.hold(file.sha256)) === undefined) return undefined;
  const stream = await deps.blobs.get(file.sha256, { start: 0, end: sniffBytes - 1 });
  if (!stream) return undefined;
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return agreedType(name, Buffer.concat(parts));
}

/** Makes the manifest's files of what was typed, or says what is wrong beside each field. */
export async function filesOf(
  deps: Pick<ApiDeps, 'blobs'>,
  typed: TypedVersion,
  say: { simple: VersionSaying; viewKind: (name: string) => string; badName: (pattern: string) => string },
): Promise<{ readonly files: readonly ManifestFile[]; readonly errors: VersionErrors }> {
  const errors: Record<string, string> = {};
  const files: ManifestFile[] = [];
  if (typed.files.length === 0) errors.view = say.simple('missFiles');
  if (typed.stage === undefined) errors.stage = say.simple('missStage');
  if (needsSample(typed.stage) && (!/^A[0-4]$/.test(typed.sampleSize) || typed.sampleMade === ''))
    errors.sampleSize = say.simple('missSample');
  for (const [place, file] of typed.files.entries()) {
    const field = `file[${place}][name]`;
    const mime = await typeOf(deps, file, file.name);
    if (!isFileName(file.name)) errors[field] = say.badName(fileNamePattern);
    else if (typed.files.some((other, at) => at < place && other.name === file.name))
      errors[field] = say.simple('sameName');
    else if (mime === undefined)
      errors[field] = say.badName(`….${/\.([A-Za-z0-9]{1,8})$/.exec(file.sent)?.[1] ?? 'pdf'}`);
    else if (file.use === 'view' && mime === 'application/octet-stream') errors[field] = say.viewKind(file.sent);
    else files.push({ name: file.name, size: file.size, sha256: file.sha256, mime, use: file.use });
  }
  if (typed.files.length > 0 && !typed.files.some((file) => file.use === 'view')) errors.view = say.simple('missView');
  if (lawWordsIn(typed.copyText).length > 0 && !typed.lawSeen) errors.lawSeen = say.simple('lawMissing');
  return { files, errors };
}
