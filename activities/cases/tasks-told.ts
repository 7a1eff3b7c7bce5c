import type { Instant } from '../../domain/instant.ts';
import type { CasePoint } from '../../store/cases.ts';
import { areMinutes, isSchedule } from '../../store/cases.ts';
import { nextStepsOf } from '../../papers/meetings/minutes.ts';
import { frozenPaper } from '../../store/papers.ts';
import type { MailDeps } from '../mail/parts.ts';
import { worded } from './schedule-told.ts';

/** A task an entry speaks about: what is to be done, empty where its version is no longer the newest, and by when. */
export interface ToldTask {
  readonly action: string;
  readonly dueAt?: Instant;
}

/** The tasks, of minutes or of a schedule, that the entry of a mail speaks about: reminded, answered, or moved by a calendar. */
export async function tasksIn(
  { connection }: Pick<MailDeps, 'connection'>,
  point: CasePoint,
): Promise<readonly ToldTask[]> {
  const { state, event } = point;
  if (event === undefined) return [];
  if (isSchedule(state)) {
    const told = 'entry' in event ? state.entries.filter(({ id }) => id === event.entry) : [];
    const words = told.length === 0 ? [] : await worded(connection, state, told);
    return words.map(({ entry, row }) => ({ action: row?.task ?? '', dueAt: entry.node }));
  }
  if (!areMinutes(state)) return [];
  const ids =
    event.type === 'taskReminded' || event.type === 'taskSettled'
      ? [event.task]
      : event.type === 'tasksCounted'
        ? (event.moved?.tasks ?? [])
        : [];
  const told = state.tasks.filter(({ id }) => ids.includes(id));
  if (told.length === 0) return [];
  const paper = state.papers['F-15'];
  const content = paper === undefined ? undefined : (await frozenPaper(connection, paper.hash))?.content;
  const steps = nextStepsOf(content);
  return told.map(({ row, version, dueAt }) => ({
    action: version === paper?.version ? (steps[row]?.action ?? '') : '',
    ...(dueAt === undefined ? {} : { dueAt }),
  }));
}
