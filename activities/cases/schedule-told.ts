import type { Connection } from 'mongoose';
import type { Entry, ScheduleState } from '../../domain/schedule/state.ts';
import { openEntries } from '../../domain/schedule/state.ts';
import { scheduleRowsOf, type ScheduleRow } from '../../papers/timing/schedule.ts';
import type { CasePoint } from '../../store/cases.ts';
import { isSchedule } from '../../store/cases.ts';
import { jobRow } from '../../store/jobs.ts';
import { frozenPaper } from '../../store/papers.ts';
import type { Telling } from './paper-text.ts';
import type { NoticeTold } from './contract.ts';

/** An entry of a schedule with the words its paper has for it. */
export interface WordedEntry {
  readonly entry: Entry;
  readonly row: ScheduleRow | undefined;
}

/** Entries with their words, out of the newest version of the paper. */
export async function worded(
  connection: Connection,
  state: ScheduleState,
  entries: readonly Entry[],
): Promise<readonly WordedEntry[]> {
  const hash = state.papers['F-11']?.hash;
  const rows = scheduleRowsOf(hash === undefined ? undefined : (await frozenPaper(connection, hash))?.content);
  return entries.map((entry) => ({ entry, row: rows[entry.row] }));
}

/** What an executor is asked about, a line a task: what, by when, to which standard; undefined for any other mail. */
export async function askedText(
  connection: Connection,
  { state }: CasePoint,
  about: { readonly notice: string; readonly personId: string },
  { say, when }: Pick<Telling, 'say' | 'when'>,
): Promise<string | undefined> {
  if (!isSchedule(state) || about.notice !== 'confirmEntries') return undefined;
  const open = openEntries(state).filter(({ owner }) => owner === about.personId);
  const asked = open.filter((entry) => entry.state === 'asked');
  const told = await worded(connection, state, asked.length > 0 ? asked : open);
  const standard = say({ zh: '交付标准：', en: 'Standard: ' });
  return told
    .map(({ entry, row }, n) =>
      [`${n + 1}. ${row?.task ?? entry.id} · ${when(entry.node)}`, `   ${standard}${row?.standard ?? ''}`].join('\n'),
    )
    .join('\n');
}

/**
 * What becomes of a reminder where the job itself says no: one that has ended takes its schedule with it, and on hold
 * nobody is pressed. Undefined where the reminder is to be sent.
 */
export async function notForNow(
  connection: Connection,
  { state, event }: CasePoint,
): Promise<NoticeTold | null | undefined> {
  if (!isSchedule(state) || event?.type !== 'entryReminded' || state.jobId === undefined) return undefined;
  const job = await jobRow(connection, state.jobId);
  if (job === null) return undefined;
  if (!job.open) return { type: 'told', move: 'endWithJob' };
  return job.onHold ? null : undefined;
}
