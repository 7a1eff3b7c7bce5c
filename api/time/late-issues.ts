import { limitOf } from '../../domain/cases/limit.ts';
import type { BrandScope } from '../../store/board.ts';
import { caseKey, casesLike, pointOf } from '../../store/cases.ts';
import { jobTable } from '../../store/jobs.ts';
import { rowsById } from '../../store/table.ts';
import type { ApiDeps } from '../deps.ts';
import { pick, type Lang } from '../view/lang.ts';
import { namesFor, timeFor } from '../view/read/house.ts';
import { dueInWords, momentInWords } from '../view/time.tsx';
import type { LateIssue } from './late-model.ts';

/** Issues the page carries. */
const issuesShown = 40;

/** Reads the open issues within reach: those whose limit passed longest ago first (S-46). */
export async function readLateIssues(deps: ApiDeps, scope: BrandScope, lang: Lang): Promise<readonly LateIssue[]> {
  const rows = await casesLike(deps.store, {
    kind: 'issue',
    open: true,
    ...(scope === 'all' ? {} : { brandIds: scope }),
    limit: issuesShown,
  });
  if (rows.length === 0) return [];
  const [time, jobs, names] = await Promise.all([
    timeFor(deps),
    rowsById(jobTable, deps.store, [...new Set(rows.flatMap(({ jobId }) => jobId ?? []))]),
    namesFor(deps.store, {
      people: rows.flatMap(({ holders, ownerId }) => [...holders, ownerId]),
      clients: rows.map(({ clientId }) => clientId),
    }),
  ]);
  return rows
    .map((row) => {
      const { state } = pointOf(row);
      return { row, state, job: jobs.get(row.jobId ?? ''), limit: limitOf(state) };
    })
    .sort((a, b) => ((a.limit?.at ?? '9999') < (b.limit?.at ?? '9999') ? -1 : 1))
    .map(({ row, state, job, limit }): LateIssue => {
      const standing = state.definition.states[state.state]?.title;
      return {
        href: `/meetings/${caseKey(row._id)}`,
        title: row.title,
        ...(job?.jobNumber ? { number: job.jobNumber } : {}),
        job: job?.title ?? '',
        jobHref: `/jobs/${encodeURIComponent(job?.jobNumber ?? row.jobId ?? '')}`,
        brand: names.brand(row.brandId),
        late: limit !== undefined && limit.at < time.now,
        holder: row.holders.map(names.person).join(lang === 'en' ? ', ' : '、'),
        standing: standing === undefined ? row.standing : pick(standing, lang),
        since: momentInWords(time, state.from, lang),
        ...(limit === undefined ? {} : { due: dueInWords(time, limit.at, lang, limit.provisional || undefined) }),
      };
    });
}
