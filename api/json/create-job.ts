import type { Request } from 'express';
import { isRefusal, type Command } from '../../domain/process.ts';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import { isAccountService } from '../../domain/people/roles.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import { freezeAct, parseAct, type OutsideAct } from '../../papers/acts.ts';
import { canonical } from '../../papers/form.ts';
import { clients } from '../../store/clients.ts';
import { sha256, shortDigest } from '../../store/digest.ts';
import { answerKey, releaseKey, takeKey } from '../../store/idempotency.ts';
import { jobAtLeast } from '../../store/jobs.ts';
import { freezePapers } from '../../store/freeze.ts';
import { people } from '../../store/people.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { inLanguage, invalid, Problem, problemOfDoor, Refused, type FieldProblem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import type { SignedIn } from '../session/identify.ts';
import { demandRight } from './reach.ts';
import { tagOf } from './revisions.ts';
import type { Answer } from './route.ts';

type RequestAct = Extract<OutsideAct, { type: 'request' }>;

/** How long a new job may take to show in the read models before its id is given out all the same; milliseconds. */
const readBackMs = 3_000;

const keyShape = /^[\x21-\x7e]{8,200}$/;

/**
 * Creates a job under the sender's Idempotency-Key: the same key and the same body give the same answer, whatever
 * happened in between, and the same key with another body is refused. Process and command ids come from the key, so even
 * a retry after a crash of ours reaches the same job.
 */
export async function createJob(deps: ApiDeps, req: Request, who: SignedIn, body: unknown): Promise<Answer> {
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string') throw new Problem('PRECONDITION_NEEDED', { params: { header: 'Idempotency-Key' } });
  if (!keyShape.test(key))
    throw invalid([
      {
        field: 'header.Idempotency-Key',
        code: 'FORMAT',
        detail: '8–200 个可见 ASCII 字符 / 8 to 200 visible ASCII characters',
      },
    ]);
  const act = requestIn(body, req);
  await demandTruth(deps, who, act);

  const seen = await takeKey(deps.store, who.person.id, key, sha256(canonical({ path: '/jobs', body: act })));
  if (seen.kind === 'mismatch') throw new Problem('KEY_REUSED');
  if (seen.kind === 'answered') return { ...readAnswer(seen.body), status: seen.status };
  // "Running" may also be a request of ours that died; the ids below make going on safe.
  const requestId = shortDigest(JSON.stringify(['create', who.person.id, key]));
  try {
    const answer = await ask(deps, who, requestId, act, req);
    if (answer.status === 201)
      await answerKey(deps.store, who.person.id, key, {
        status: 201,
        body: JSON.stringify({ body: answer.body, headers: answer.headers }),
      });
    else await releaseKey(deps.store, who.person.id, key);
    return answer;
  } catch (error) {
    await releaseKey(deps.store, who.person.id, key);
    throw error;
  }
}

function requestIn(body: unknown, req: Request): RequestAct {
  const parsed = parseAct(body);
  if (!parsed.ok) throw invalid(inLanguage(parsed.problems, languageOf(req)));
  if (parsed.act.type !== 'request') throw invalid([{ field: 'type', code: 'NOT_ONE_OF', detail: 'request' }]);
  return parsed.act;
}

/** What the core cannot know because it lies in registers: that client, brand, line, codes and owner are those on file. */
async function demandTruth(deps: ApiDeps, who: SignedIn, act: RequestAct): Promise<void> {
  const [client, owner] = await Promise.all([
    clients.get(deps.store, act.clientId),
    people.get(deps.store, act.ownerId),
  ]);
  const brand = client?.value.brands.find((one) => one.id === act.brandId && one.active);
  const line = brand?.lines.find((one) => one.id === act.lineId && one.active);
  const errors: FieldProblem[] = [];
  const wrong = (field: string, detail: string): number => errors.push({ field, code: 'UNKNOWN', detail });
  if (client === null || !client.value.active) wrong('clientId', '没有这个客户 / there is no such client');
  else if (brand === undefined) wrong('brandId', '这个客户没有这个品牌 / this client has no such brand');
  else if (brand.code !== act.brandCode)
    wrong('brandCode', `登记的代码是 ${brand.code} / the registered code is ${brand.code}`);
  else if (line === undefined) wrong('lineId', '这个品牌没有这条产品线 / this brand has no such line');
  else if (line.code !== act.lineCode)
    wrong('lineCode', `登记的代码是 ${line.code} / the registered code is ${line.code}`);
  if (owner === null || !owner.value.active || owner.value.side !== 'agency')
    wrong('ownerId', '没有这个人 / there is no such person');
  else if (!isAccountService(owner.value.roles))
    wrong('ownerId', '负责人应是客户部人员（R-65） / whoever answers for a job is of account service (R-65)');
  if (errors.length > 0) throw invalid(errors);
  demandRight(who, 'job.request', { brandId: act.brandId, clientId: act.clientId });
}

async function ask(
  deps: ApiDeps,
  who: SignedIn,
  requestId: string,
  outside: RequestAct,
  req: Request,
): Promise<Answer> {
  const processId = jobWorkflowId(requestId);
  const frozen = freezeAct(outside);
  if (!frozen.ok) throw invalid(inLanguage(frozen.problems, languageOf(req)));
  const wish = { actor: who.actor, act: frozen.act, id: requestId };
  // Asked of the pure core first: a start that is refused would leave an empty process behind.
  const now = deps.clock();
  const asked: Command<AnyJobAct> = { ...wish, receivedAt: now, at: now };
  const verdict = jobProcess.decide(initialJobState(processId), asked);
  if (isRefusal(verdict)) throw new Refused(verdict);
  await freezePapers(deps.store, deps.blobs, frozen.papers);
  const answer = await deps.door.send(processId, { ...wish, ...(who.from === undefined ? {} : { from: who.from }) });
  const location = `/api/v1/jobs/${processId}`;
  switch (answer.kind) {
    case 'accepted':
      // Whoever is told that the job exists may ask for it in the next breath.
      await jobAtLeast(deps.store, processId, answer.seq, readBackMs);
      return {
        status: 201,
        body: { id: processId, commandId: answer.commandId, seq: answer.seq },
        headers: { Location: location, ETag: tagOf(answer.seq) },
      };
    case 'received':
      return {
        status: 202,
        body: { id: processId, commandId: answer.commandId, outcome: 'received' },
        headers: { Location: location },
      };
    case 'refused':
    case 'closed':
    case 'unknown':
    case 'unavailable':
      throw problemOfDoor(answer) ?? new Problem('INTERNAL');
  }
}

function readAnswer(kept: string): Omit<Answer, 'status'> {
  // Only answerKey above writes this text.
  return JSON.parse(kept) as Omit<Answer, 'status'>;
}
