import type { CasePersonAct } from '../../papers/acts-case.ts';
import { copyOf } from '../../papers/meetings/minutes.ts';
import type { Content } from '../../papers/form.ts';
import { caseProcess } from '../../domain/cases/process.ts';
import { possibleMoves, type PossibleMove } from '../../domain/cases/decide.ts';
import { possibleOnMinutes } from '../../domain/minutes/decide.ts';
import { minutesProcess } from '../../domain/minutes/process.ts';
import { may } from '../../domain/people/may.ts';
import { scheduleProcess } from '../../domain/schedule/process.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Instant } from '../../domain/instant.ts';
import { isRefusal, refuse, type PersonActor, type Refusal } from '../../domain/process.ts';
import type { FormId } from '../../domain/wording/papers.ts';
import {
  areMinutes,
  isSchedule,
  caseIdOf,
  caseRow,
  pointOf,
  type CaseRow,
  type FoldedCase,
} from '../../store/cases.ts';
import { frozenPaper } from '../../store/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';

/** A case as a reader of the API has it: the row that finds it and the whole state. */
export interface ReadCase {
  readonly row: CaseRow;
  readonly state: FoldedCase;
}

/** A case by its process id; undefined where there is none. */
export async function readCase(deps: Pick<ApiDeps, 'store'>, processId: string): Promise<ReadCase | undefined> {
  const row = await caseRow(deps.store, processId);
  return row && { row, state: pointOf(row).state };
}

/**
 * A case this person may see, by the key in its address: whoever sees the brand's jobs, and whoever has a part or a task
 * in it. What is out of reach and what does not exist are one and the same 404.
 */
export async function reachableCase(deps: ApiDeps, who: SignedIn, key: string): Promise<ReadCase> {
  const processId = caseIdOf(key);
  const found = processId === undefined ? undefined : await readCase(deps, processId);
  if (!found) throw new Problem('NOT_FOUND');
  const { brandId, clientId, people, executors } = found.row;
  const takesPart = [...people, ...executors].includes(who.person.id);
  if (!takesPart && !may(who.viewer, 'job.read', { brandId, clientId })) throw new Problem('NOT_FOUND');
  return found;
}

/** What people may do with a case now, each with why it cannot be done; for one person where an actor is given. */
export function movesOf(state: FoldedCase, actor?: PersonActor): readonly PossibleMove[] {
  return areMinutes(state) ? possibleOnMinutes(state, actor) : possibleMoves(state, actor);
}

/** Why the core would say no to this act now; undefined when it would not. */
export function whyNotAct(
  state: FoldedCase,
  command: { readonly id: string; readonly actor: PersonActor; readonly at: Instant; readonly act: CasePersonAct },
): Refusal | undefined {
  const { act } = command;
  const sent = { ...command, receivedAt: command.at };
  // Tasks are the minutes' own and entries a schedule's; no other kind of case has any.
  if (act.type === 'confirmEntry' || act.type === 'declineEntry' || act.type === 'reportEntry')
    return isSchedule(state)
      ? refusalIn(scheduleProcess.decide(state, { ...sent, act }))
      : refuse('UNKNOWN_OBJECT', { field: 'entry', params: { what: 'entry' } });
  if (areMinutes(state)) return refusalIn(minutesProcess.decide(state, { ...sent, act }));
  if (act.type === 'settleTask') return refuse('UNKNOWN_OBJECT', { field: 'task', params: { what: 'task' } });
  if (isSchedule(state)) return refusalIn(scheduleProcess.decide(state, { ...sent, act }));
  return refusalIn(caseProcess.decide(state, { ...sent, act }));
}

function refusalIn(answer: readonly unknown[] | Refusal): Refusal | undefined {
  return isRefusal(answer) ? answer : undefined;
}

const keepers: ReadonlySet<Role> = new Set<Role>([
  'ACCOUNT_EXECUTIVE',
  'ACCOUNT_MANAGER',
  'ACCOUNT_DIRECTOR',
  'MANAGEMENT',
]);

/** Whether this person reads the confidential paragraph of minutes: the account people and who reviews them. */
export function readsRestricted(state: FoldedCase, who: Pick<SignedIn, 'person'>): boolean {
  const { id, roles, side } = who.person;
  if (side !== 'agency') return false;
  return (
    id === state.ownerId || (state.parts['reviewer'] ?? []).includes(id) || roles.some((role) => keepers.has(role))
  );
}

/** What a paper of the case says; `copy` leaves the confidential paragraph of minutes out. Undefined where it is not there. */
export async function contentIn(
  deps: Pick<ApiDeps, 'store'>,
  state: FoldedCase,
  form: FormId,
  { copy }: { readonly copy: boolean },
): Promise<Content | undefined> {
  const hash = state.papers[form]?.hash;
  const paper = hash === undefined ? null : await frozenPaper(deps.store, hash);
  if (typeof paper?.content !== 'object' || paper.content === null) return undefined;
  const content: Content = { ...paper.content };
  return copy && form === 'F-15' ? copyOf(content) : content;
}
