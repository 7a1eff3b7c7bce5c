import type { PersonActor, Refusal } from '../../domain/process.ts';
import { freezeCaseAct, parseCaseAct } from '../../papers/acts-case.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { caseAtLeast } from '../../store/cases.ts';
import { peopleById } from '../../store/people.ts';
import { freezePapers } from '../../store/freeze.ts';
import type { ApiDeps } from '../deps.ts';
import { statusOfRefusal, type DoorAnswer } from '../door/answer.ts';
import { outcomeOf } from '../door/records.ts';
import { partProblems } from './parts.ts';
import { readCase, whyNotAct } from './read.ts';
import { inPaper, scheduleProblems, whyNotNow } from './schedule-checks.ts';

/** What became of an act on a case: the input was wrong and nothing was sent, or what the door said. */
export type CaseSent = { readonly kind: 'wrong'; readonly problems: readonly InputProblem[] } | DoorAnswer;

/** Who acts, and from where. */
export interface Acting {
  readonly actor: PersonActor;
  readonly from?: string;
}

/** How long an answer waits for the read model to show the reader's own act; milliseconds. */
const ownActMs = 2_000;

/** Reads an act on a case as from outside, freezes its paper, and takes it to the door under this id. */
export async function sendCaseAct(
  deps: ApiDeps,
  { actor, from }: Acting,
  processId: string,
  id: string,
  input: unknown,
): Promise<CaseSent> {
  const parsed = parseCaseAct(input);
  if (!parsed.ok) return { kind: 'wrong', problems: parsed.problems };
  const frozen = freezeCaseAct(parsed.act);
  if (!frozen.ok) return { kind: 'wrong', problems: frozen.problems };
  const found = await readCase(deps, processId);
  if (found && frozen.act.type === 'move' && frozen.act.parts) {
    const { parts } = frozen.act;
    const { definition, clientId } = found.state;
    const people = await peopleById(deps.store, Object.values(parts).flat());
    const problems = partProblems(definition, parts, people, clientId);
    if (problems.length > 0) return { kind: 'wrong', problems };
  }
  const at = deps.clock();
  if (parsed.act.type === 'move' && parsed.act.paper?.form === 'F-11') {
    const problems = (await scheduleProblems(deps, parsed.act.paper.content)).map(inPaper);
    if (problems.length > 0) return { kind: 'wrong', problems };
    const refusal =
      found &&
      ((await whyNotNow(deps, found.state)) ?? wrongField(whyNotAct(found.state, { id, actor, at, act: frozen.act })));
    if (refusal) return { kind: 'refused', commandId: id, receivedAt: at, refusal, status: statusOfRefusal(refusal) };
  }
  if (found && !found.row.open) {
    // An ended case would be started for nothing: what the core says no to is told from the store.
    const stamp = { commandId: id, receivedAt: at };
    const known = await outcomeOf(deps.store, processId, id);
    if (known?.accepted) return { kind: 'accepted', ...stamp, seq: known.seq, repeated: true };
    const refusal = whyNotAct(found.state, { id, actor, at, act: frozen.act });
    if (refusal) return { kind: 'refused', ...stamp, refusal, status: statusOfRefusal(refusal) };
  }
  await freezePapers(deps.store, deps.blobs, frozen.papers);
  const answer = await deps.door.send(processId, {
    actor,
    act: frozen.act,
    id,
    ...(from === undefined ? {} : { from }),
  });
  if (answer.kind === 'accepted') await caseAtLeast(deps.store, processId, answer.seq, ownActMs);
  return answer;
}

/** What is wrong with the input itself, whatever else has happened meanwhile: no process need be woken to say so. */
function wrongField(refusal: Refusal | undefined): Refusal | undefined {
  return refusal?.code === 'FIELD_WRONG' || refusal?.code === 'FIELD_MISSING' ? refusal : undefined;
}
