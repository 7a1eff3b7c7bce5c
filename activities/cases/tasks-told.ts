import type { Instant } from '../../domain/instant.ts';
import type { CasePoint } from '../../store/cases.ts';
import { areMinutes } from '../../store/cases.ts';
import { nextStepsOf } from '../../papers/meetings/minutes.ts';
import { frozenPaper } from '../../store/papers.ts';
import type { MailDeps } from '../mail/parts.ts';

/** A task an entry speaks about: what is to be done, empty where its version is no longer the newest, and by when. */
export interface ToldTask {
  readonly action: string;
  readonly dueAt?: Instant;
}

/** The tasks that the entry of a mail speaks about: reminded, settled, or moved by a calendar. */
export async function tasksIn(
  { connection }: Pick<MailDeps, 'connection'>,
  point: CasePoint,
): Promise<readonly ToldTask[]> {
  const { state, event } = point;
  if (!areMinutes(state) || event === undefined) return [];
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
