import { standardCases } from '../../domain/cases/standard.ts';
import { initialMinutes } from '../../domain/minutes/state.ts';
import { newCase } from '../../domain/cases/process.ts';
import { may } from '../../domain/people/may.ts';
import { freezeCaseAct, parseCaseAct, type OutsideCaseAct } from '../../papers/acts-case.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { clients } from '../../store/clients.ts';
import { jobRow } from '../../store/jobs.ts';
import { peopleById } from '../../store/people.ts';
import { meetingWorkflowId, minutesWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem, Refused } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { partProblems } from './parts.ts';
import { whyNotAct } from './read.ts';
import { sendCaseAct, type CaseSent } from './send.ts';

type BeginAct = Extract<OutsideCaseAct, { readonly type: 'begin' }>;

/** A case that was begun, or why not. */
export interface Begun {
  readonly processId: string;
  readonly sent: CaseSent;
}

/**
 * Begins a meeting, or minutes of what was decided without one. The same request id (`[A-Za-z0-9_-]{8,40}`) is the same
 * case, however often it is sent. Throws 403 for a brand that is not this person's, Refused where the core says no.
 */
export async function beginCase(
  deps: ApiDeps,
  who: SignedIn,
  kind: 'meeting' | 'minutes',
  requestId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Begun> {
  const processId = kind === 'minutes' ? minutesWorkflowId(requestId) : meetingWorkflowId(requestId);
  return sendBeginning(deps, who, { kind, processId, requestId, right: 'job.request' }, input);
}

/** A case that is to begin: of which kind, under which names, and what one must be allowed to for it. */
export interface Beginning {
  readonly kind: 'meeting' | 'minutes' | 'issue' | 'schedule';
  readonly processId: string;
  readonly requestId: string;
  readonly right: 'job.request' | 'job.read';
}

/** Begins a case of any kind. Throws 403 for a brand that is not this person's, Refused where the core says no. */
export async function sendBeginning(
  deps: ApiDeps,
  who: SignedIn,
  { kind, processId, requestId, right }: Beginning,
  input: Readonly<Record<string, unknown>>,
): Promise<Begun> {
  const asked = { ...input, type: 'begin' };
  const parsed = parseCaseAct(asked);
  if (!parsed.ok) return { processId, sent: { kind: 'wrong', problems: parsed.problems } };
  if (parsed.act.type !== 'begin') throw new Problem('INTERNAL');
  const { act } = parsed;
  const frozen = freezeCaseAct(act);
  if (!frozen.ok) return { processId, sent: { kind: 'wrong', problems: frozen.problems } };
  const problems = await untruths(deps, who, kind, act);
  if (problems.length > 0) return { processId, sent: { kind: 'wrong', problems } };
  if (!may(who.viewer, right, { brandId: act.brandId, clientId: act.clientId })) throw new Problem('FORBIDDEN');
  // Asked of the pure core first: a beginning that is refused would leave an empty process behind.
  const definition = standardCases[kind];
  const empty =
    kind === 'minutes' || definition === undefined ? initialMinutes(processId) : newCase(processId, definition);
  const refusal = whyNotAct(empty, { id: requestId, actor: who.actor, at: deps.clock(), act: frozen.act });
  if (refusal) throw new Refused(refusal);
  return { processId, sent: await sendCaseAct(deps, who, processId, requestId, asked) };
}

/** What the core cannot know because it lies in registers: that client, brand, job and people are those on file. */
async function untruths(
  deps: ApiDeps,
  who: SignedIn,
  kind: Beginning['kind'],
  act: BeginAct,
): Promise<readonly InputProblem[]> {
  const { clientId, brandId, ownerId, jobId, parts } = act;
  const [client, found, job] = await Promise.all([
    clients.get(deps.store, clientId),
    peopleById(deps.store, [ownerId, ...Object.values(parts).flat()]),
    jobId === undefined ? undefined : jobRow(deps.store, jobId),
  ]);
  const problems: InputProblem[] = [];
  const wrong = (field: string, zh: string, en: string): void => {
    problems.push({ field, code: 'RULE', zh, en });
  };
  if (!client?.value.active) wrong('clientId', '没有这个客户。', 'There is no such client.');
  else if (!client.value.brands.some((brand) => brand.id === brandId && brand.active))
    wrong('brandId', '这个客户没有这个品牌。', 'This client has no such brand.');
  if (found.get(ownerId)?.side !== 'agency' || found.get(ownerId)?.active !== true)
    wrong('ownerId', '负责人应是公司在职人员。', 'The owner is an active person of the agency.');
  if (jobId !== undefined && (job?.clientId !== clientId || !may(who.viewer, 'job.read', job)))
    wrong('jobId', '这个客户没有这项工作。', 'This client has no such job.');
  return [...problems, ...partProblems(standardCases[kind], parts, found, clientId)];
}
