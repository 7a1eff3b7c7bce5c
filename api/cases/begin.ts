import { standardCases } from '../../domain/cases/standard.ts';
import { initialMinutes } from '../../domain/minutes/state.ts';
import { newCase } from '../../domain/cases/process.ts';
import { may } from '../../domain/people/may.ts';
import type { Person } from '../../domain/people/types.ts';
import { parseCaseAct, type OutsideCaseAct } from '../../papers/acts-case.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { clients } from '../../store/clients.ts';
import { jobRow } from '../../store/jobs.ts';
import { peopleById } from '../../store/people.ts';
import { meetingWorkflowId, minutesWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem, Refused } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
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
  const asked = { ...input, type: 'begin' };
  const parsed = parseCaseAct(asked);
  if (!parsed.ok) return { processId, sent: { kind: 'wrong', problems: parsed.problems } };
  if (parsed.act.type !== 'begin') throw new Problem('INTERNAL');
  const { act } = parsed;
  const problems = await untruths(deps, who, kind, act);
  if (problems.length > 0) return { processId, sent: { kind: 'wrong', problems } };
  if (!may(who.viewer, 'job.request', { brandId: act.brandId, clientId: act.clientId })) throw new Problem('FORBIDDEN');
  // Asked of the pure core first: a beginning that is refused would leave an empty process behind.
  const definition = standardCases[kind];
  const empty =
    kind === 'minutes' || definition === undefined ? initialMinutes(processId) : newCase(processId, definition);
  const refusal = whyNotAct(empty, { id: requestId, actor: who.actor, at: deps.clock(), act });
  if (refusal) throw new Refused(refusal);
  return { processId, sent: await sendCaseAct(deps, who, processId, requestId, asked) };
}

/** What the core cannot know because it lies in registers: that client, brand, job and people are those on file. */
async function untruths(
  deps: ApiDeps,
  who: SignedIn,
  kind: 'meeting' | 'minutes',
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
  const known = standardCases[kind]?.parts ?? {};
  for (const [part, ids] of Object.entries(parts)) {
    const definition = Object.hasOwn(known, part) ? known[part] : undefined;
    if (!definition) wrong(`parts.${part}`, '没有这个角色。', 'There is no such part.');
    else if (!ids.every((id) => sits(found.get(id), definition.side, clientId)))
      wrong(
        `parts.${part}`,
        `“${definition.title.zh}”只能选${sideWords[definition.side].zh}。`,
        `“${definition.title.en}” takes ${sideWords[definition.side].en} only.`,
      );
  }
  return problems;
}

const sideWords = {
  agency: { zh: '公司在职人员', en: 'active people of the agency' },
  client: { zh: '这个客户的人员', en: 'people of this client' },
  both: { zh: '公司和这个客户的人员', en: 'people of the agency and of this client' },
} as const;

function sits(person: Person | undefined, side: keyof typeof sideWords, clientId: string): boolean {
  if (!person?.active) return false;
  const theirs = person.side === 'client' && person.clientId === clientId;
  const ours = person.side === 'agency';
  return side === 'both' ? theirs || ours : side === 'client' ? theirs : ours;
}
