import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../../../domain/instant.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { goOn } from './desk.ts';

/** What a project is told with. */
export interface Project {
  readonly openedAt: Instant;
  readonly title?: string;
  readonly brandId?: string;
  readonly then?: readonly JobEvent[];
}

/** A job in creation, opened at a moment, in the store as its process would have recorded it. */
export async function project(
  connection: Connection,
  { openedAt, title = '春季海报', brandId = 'b1', then = [] }: Project,
): Promise<string> {
  const processId = `job-${randomUUID().slice(0, 12)}`;
  await goOn(
    connection,
    processId,
    openedAt,
    {
      type: 'requested',
      by: 'executive',
      title,
      clientId: 'c1',
      brandId,
      lineId: 'l1',
      brandCode: 'YF',
      lineCode: 'LC',
      ownerId: 'executive',
      workTypes: ['print'],
      important: false,
      qcRoute: 'qcSeven',
    },
    { type: 'numberIssued', jobNumber: `YFLC${processId.slice(4, 8)}` },
    { type: 'phaseChanged', from: 'REQUESTED', to: 'CREATING' },
    ...then,
  );
  return processId;
}

/** A meeting that was held. */
export const met = (heldAt: Instant): JobEvent => ({
  type: 'meetingRecorded',
  heldAt,
  people: ['executive'],
  by: 'executive',
  progress: [{ module: 'work-print', standing: 'onTrack' }],
});
