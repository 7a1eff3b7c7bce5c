import { answersOf } from '../../../domain/job/answers.ts';
import { isClosed } from '../../../domain/job/decide.ts';
import type { Agency } from './agency.ts';

function must(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

/** The five answers, asked at any time of a job that is not over; and whoever answers for it. */
export function answered({ state }: Agency): void {
  if (state.seq === 0 || isClosed(state)) return;
  const { phase, since, holders, next, due, dueAt } = answersOf(state);
  const at = due && ('at' in due ? due.at : due.date);
  const where = `${phase}${state.onHold ? ' on hold' : ''}`;
  must(since !== '', `S-38: since when, at ${where}`);
  must(holders.length > 0 && holders.every(({ personId }) => personId !== ''), `S-38: its holder, at ${where}`);
  must(next.length > 0, `S-38: the next action, at ${where}`);
  must(at !== undefined && at !== '' && (dueAt === undefined || dueAt === at), `S-38: until when, at ${where}`);
  must(state.ownerId !== '', `S-47: who answers for it, at ${where}`);
}
