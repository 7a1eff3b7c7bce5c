import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { addMs } from '../../domain/instant.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import { genesis } from '../../domain/log/entry.ts';
import type { FoldEntry } from '../../store/fold.ts';
import { fold, jobRowOf, stateRowOf, unfolded } from '../../store/fold.ts';
import type { JobRow, JobStateRow } from '../../store/jobs.ts';
import { columnOf, jobStateTable, jobTable } from '../../store/jobs.ts';
import type { JobNamesRow } from '../../store/names.ts';
import { jobNamesTable } from '../../store/names.ts';
import { grams } from '../../store/search.ts';
import type { StepRow } from '../../store/steps.ts';
import { stepId, stepTable } from '../../store/steps.ts';
import { stamped, story } from '../store/story.ts';
import { brandNo, personAt } from './agency.ts';

/** How many jobs lie in the store. */
export interface Shelf {
  readonly jobs: number;
  readonly open: number;
  readonly brands: number;
}

const openPhases = [
  'BRIEFED',
  'ORDER_SIGNOFF',
  'CREATING',
  'PROPOSED',
  'ARTWORK_QC',
  'TRACKING',
] as const satisfies readonly JobPhase[];
const deskNames = ['copywriter', 'artDirector', 'creativeDirector', 'director', 'designer', 'executive'] as const;
const seasons = [
  '春茶上市',
  '夏季主视觉',
  '中秋礼盒',
  '双十一预热',
  '年货节',
  '端午限定',
  '品牌周年',
  '新品试饮',
] as const;
const things = [
  '灯箱海报',
  '包装改版',
  '电视广告脚本',
  '公交车身',
  '画册',
  '店头陈列',
  '社交媒体长图',
  '广播稿',
] as const;

/** One folded job, as the recorder would have left it; the shelf is made of its rows with other names and dates. */
function template(): { job: JobRow; state: JobStateRow; step: StepRow } {
  const entries: FoldEntry[] = stamped(story())
    .flat()
    .map((draft, place) => ({ ...draft, hash: String(place).padStart(64, 'f') }));
  const folded = fold({ ...unfolded('template'), head: genesis }, entries);
  const lastAt = entries.at(-1)?.stamp.at ?? '';
  const step = [...folded.steps.values()].find((row) => row.open);
  if (!step) throw new Error('the story ends without an open desk');
  return { job: jobRowOf(folded, lastAt), state: stateRowOf(folded, lastAt), step };
}

/** Fills the read models with jobs that differ in title, brand, people, phase and dates. `say` hears how far it is. */
export async function fillShelf(store: Connection, shelf: Shelf, say: (line: string) => void): Promise<void> {
  const base = template();
  const now = new Date().toISOString();
  const batch = 1_000;
  for (let from = 0; from < shelf.jobs; from += batch) {
    const rows = Array.from({ length: Math.min(batch, shelf.jobs - from) }, (_, place) =>
      rowsOf(base, from + place, shelf, now),
    );
    await Promise.all([
      insert(
        store,
        jobTable,
        rows.map((row) => row.job),
      ),
      insert(
        store,
        jobNamesTable,
        rows.map((row) => row.names),
      ),
      insert(
        store,
        jobStateTable,
        rows.map((row) => row.state),
      ),
      insert(
        store,
        stepTable,
        rows.flatMap((row) => row.steps),
      ),
    ]);
    if ((from + batch) % 20_000 === 0) say(`${from + batch} jobs on the shelf`);
  }
}

async function insert<Row extends object>(
  store: Connection,
  table: (store: Connection) => { collection: { insertMany(rows: never[], options: object): Promise<unknown> } },
  rows: readonly Row[],
): Promise<void> {
  if (rows.length > 0) await table(store).collection.insertMany([...rows] as never[], { ordered: false });
}

function rowsOf(
  base: ReturnType<typeof template>,
  no: number,
  shelf: Shelf,
  now: string,
): { job: JobRow; names: JobNamesRow; state: JobStateRow; steps: StepRow[] } {
  const open = no < shelf.open;
  const { clientId, brandId, lineId, brandCode } = brandNo(no % shelf.brands);
  const person = (desk: (typeof deskNames)[number]): string => personAt(no % shelf.brands, desk);
  const _id = `shelf-${randomBytes(9).toString('hex')}-${no}`;
  const season = seasons[no % seasons.length] ?? '';
  const title = `${season} ${things[Math.floor(no / 8) % things.length] ?? ''} ${no}`;
  const phase: JobPhase = open ? (openPhases[no % openPhases.length] ?? 'CREATING') : 'ARCHIVED';
  const desk = deskNames[Math.floor(no / 7) % deskNames.length] ?? 'copywriter';
  // Due dates two weeks around now: half of what is open is late, the worst case for counting.
  const dueAt = addMs(now, ((no * 7919) % 1_209_600) * 1000 - 604_800_000);
  const since = addMs(now, -((no * 104_729) % 31_536_000) * 1000);
  const withClient = open && no % 5 === 0;
  const common = {
    title,
    clientId,
    brandId,
    ownerId: person('executive'),
    jobNumber: `${brandCode}LC${2020 + (no % 7)}${String(no).padStart(6, '0')}`,
  };
  const waiting = base.job.waiting.map((one) => ({
    ...one,
    holders: [person(desk)],
    dueAt,
    side: withClient ? ('client' as const) : ('agency' as const),
  }));
  const { dueAt: _due, currentPoint: _point, currentStep: _step, ...rest } = base.job;
  const job: JobRow = {
    ...rest,
    ...common,
    _id,
    phase,
    column: columnOf[phase],
    open,
    lineId,
    holders: open ? [person(desk)] : [],
    waiting: open ? waiting : [],
    ...(open ? { dueAt, currentPoint: 'workOrder', currentStep: 'copywriter' } : { archivedAt: since }),
    dueSort: open ? dueAt : '9999-12-31T23:59:59.999Z',
    withClient,
    since,
    updatedAt: since,
  };
  const stay = (step: string, isOpen: boolean): StepRow => ({
    ...base.step,
    ...common,
    _id: stepId({ processId: _id, circulation: base.step.circulation, round: 1, step }),
    processId: _id,
    round: 1,
    step,
    state: isOpen ? 'open' : 'passed',
    open: isOpen,
    holders: [person(desk)],
    openedAt: since,
    dueAt,
    dueSort: dueAt,
    ...(isOpen ? {} : { closedAt: since, verdict: 'sign' }),
    decidedBy: isOpen ? [] : [person(desk)],
  });
  return {
    job,
    names: {
      _id,
      seq: base.job.seq,
      at: since,
      grams: grams(`${title} ${common.jobNumber}`).sort(),
      clientId,
      brandId,
      lineId,
    },
    state: { ...base.state, _id },
    steps: [stay('artDirector', false), stay('designer', false), ...(open ? [stay('copywriter', true)] : [])],
  };
}
