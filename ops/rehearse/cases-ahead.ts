import type { Connection } from 'mongoose';
import type { Instant } from '../../domain/instant.ts';
import { openTasks } from '../../domain/minutes/state.ts';
import { nextMark } from '../../domain/minutes/task-ladder.ts';
import type { Words } from '../../domain/process.ts';
import { nextRung } from '../../domain/schedule/ladder.ts';
import { openEntries } from '../../domain/schedule/state.ts';
import { areMinutes, caseTable, isSchedule, pointOf } from '../../store/cases.ts';
import type { CaseRow, FoldedCase } from '../../store/cases.ts';
import { peopleById } from '../../store/people.ts';
import type { Ahead } from './ahead.ts';

/** An open meeting, or open minutes, as a person at the handle sees it. */
export interface OpenCase {
  readonly processId: string;
  readonly title: string;
  /** What it is and where it stands, in both languages. */
  readonly standing: string;
  /** Whose turn it is. */
  readonly holders: readonly string[];
  /** What the clock still brings to it, the nearest first. */
  readonly ahead: readonly Ahead[];
}

const both = (words: Words | undefined, key: string): string => (words === undefined ? key : `${words.zh} ${words.en}`);

/** Every meeting and all minutes that are not over, with what the clock brings to them after `now`. */
export async function openCases(store: Connection, now: Instant): Promise<readonly OpenCase[]> {
  const rows = await caseTable(store).find({ open: true }).sort({ dueSort: 1, _id: 1 }).lean<CaseRow[]>();
  const known = await peopleById(
    store,
    rows.flatMap(({ holders }) => holders),
  );
  return rows.map((row): OpenCase => {
    const { state } = pointOf(row);
    const kind = both(state.definition.title, row.kind);
    return {
      processId: row._id,
      title: row.title,
      standing: `${kind} · ${both(state.definition.states[state.state]?.title, state.state)}`,
      holders: row.holders.map((id) => known.get(id)?.name ?? id),
      ahead: aheadOf(state).filter(({ at }) => at > now),
    };
  });
}

/** Marks of running clocks that were not reached, and the next mark of every open action and scheduled task. */
function aheadOf(state: FoldedCase): readonly Ahead[] {
  const marks = Object.entries(state.clocks).flatMap(([clock, { rungs }]) =>
    rungs.flatMap(({ at, rangAt }): Ahead[] =>
      at === undefined || rangAt !== undefined
        ? []
        : [{ at, what: both(state.definition.clocks[clock]?.title, clock) }],
    ),
  );
  const tasks = areMinutes(state) ? openTasks(state) : [];
  const due = tasks.flatMap((task): Ahead[] => {
    const next = nextMark(task);
    return next === undefined ? [] : [{ at: next.at, what: '任务提醒 a task is remembered' }];
  });
  const entries = isSchedule(state) ? openEntries(state) : [];
  const climbed = entries.flatMap((entry): Ahead[] => {
    const next = nextRung(entry);
    return next === undefined ? [] : [{ at: next.at, what: '排期任务提醒 a task of the schedule is remembered' }];
  });
  return [...marks, ...due, ...climbed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
