import { isInstant } from '../../domain/instant.ts';
import type { PointId } from '../../domain/job/acts.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Content } from '../../papers/form.ts';
import { inputOfInstant } from '../staff/typed.ts';

/** The address of a job: its number once it has one, else its process id. */
export function jobHref(job: { readonly processId: string; readonly jobNumber?: string | undefined }): string {
  return `/jobs/${encodeURIComponent(job.jobNumber ?? job.processId)}`;
}

/** The page that writes an act which needs more than a line of words. */
export function actHref(base: string, act: string, point?: PointId): string {
  return point === undefined ? `${base}/acts/${act}` : `${base}/acts/${act}?point=${point}`;
}

/** The page on which a paper of a job is written, by its key, e.g. `F-08:R1`. */
export function writeHref(base: string, key: string): string {
  return `${base}/papers/${encodeURIComponent(key)}/edit`;
}

/** Acts that are done on the job page itself, and what each asks for. */
export const actsHere: Readonly<Record<string, readonly ('words' | 'owner')[]>> = {
  openNumber: [],
  startProduction: [],
  track: [],
  archive: [],
  resume: [],
  hold: ['words'],
  cancel: ['words'],
  reopen: ['words'],
  changeOwner: ['owner', 'words'],
};

/** The page on which a new version of a piece is uploaded. */
export function uploadHref(base: string, pieceId: string): string {
  return `${base}/pieces/${encodeURIComponent(pieceId)}/upload`;
}

/**
 * The page on which minutes of a call are begun, filled in from its record: what was decided on the telephone is written
 * down within the same 24 hours, counted from the call.
 */
export function callMinutesHref(
  { brandId, processId }: Pick<JobState, 'brandId' | 'processId'>,
  record: Content,
  zone: string,
): string {
  const said = (key: string): string => (typeof record[key] === 'string' ? record[key] : '');
  const at = said('talkedAt');
  const known = {
    kind: 'minutes',
    brand: brandId,
    jobId: processId,
    title: said('topic'),
    from: isInstant(at) ? inputOfInstant(at, zone) : '',
    'parts-confirmer': said('clientPerson'),
  };
  return `/meetings/new?${new URLSearchParams(known).toString()}`;
}
