import type { Instant } from '../../domain/instant.ts';
import type { JobRow } from '../../store/jobs.ts';

/** What every row of a job needs to be told from others. */
type Known = Pick<JobRow, '_id' | 'title' | 'clientId' | 'brandId' | 'lineId' | 'ownerId'>;

/** The row of a job in creation on nobody's desk, last touched at `at`, without the job behind it; for pages that read rows alone. */
export function rowInCreation(at: Instant, row: Known & Partial<JobRow>): JobRow {
  return {
    seq: 1,
    headHash: 'x',
    phase: 'CREATING',
    column: 'creative',
    open: true,
    onHold: false,
    important: false,
    workTypes: [],
    pieces: 0,
    holders: [],
    waiting: [],
    dueSort: at,
    withClient: false,
    since: at,
    updatedAt: at,
    ...row,
  };
}
