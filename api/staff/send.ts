import type { Response } from 'express';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { freezeAct, parseAct } from '../../papers/acts.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { jobAtLeast } from '../../store/jobs.ts';
import { freezePapers } from '../../store/freeze.ts';
import type { ApiDeps } from '../deps.ts';
import { ownerProblems } from '../door/owner.ts';
import { Problem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { wordingLang, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';

/** How long a page waits for the read models to show the reader's own act; milliseconds. */
const ownActMs = 2_000;

/**
 * What became of an act that a staff page sent. `wrong`: the form itself is not right, nothing was sent. `refused`: the core
 * or the process said no, with its sentence, its field and the status to answer with. `unavailable`: nothing was accepted.
 */
export type Sent =
  | { readonly kind: 'done'; readonly seq: number }
  | { readonly kind: 'received' }
  | { readonly kind: 'wrong'; readonly problems: readonly InputProblem[] }
  | {
      readonly kind: 'refused';
      readonly sentence: string;
      readonly field?: string;
      readonly fields?: readonly string[];
      readonly status: number;
    }
  | { readonly kind: 'unavailable'; readonly sentence: string; readonly retryAfterSeconds: number };

/** Reads an act as from outside, freezes its paper, and takes it to the door under the id of the form. */
export async function sendAct(
  deps: ApiDeps,
  who: SignedIn,
  processId: string,
  commandId: string,
  act: unknown,
  lang: Lang,
): Promise<Sent> {
  const parsed = parseAct(act);
  if (!parsed.ok) return { kind: 'wrong', problems: parsed.problems };
  const unfit = await ownerProblems(deps.store, parsed.act);
  if (unfit.length > 0) return { kind: 'wrong', problems: unfit };
  const frozen = freezeAct(parsed.act);
  if (!frozen.ok) return { kind: 'wrong', problems: frozen.problems };
  await freezePapers(deps.store, deps.blobs, frozen.papers);
  const answer = await deps.door.send(processId, {
    actor: who.actor,
    act: frozen.act,
    id: commandId,
    ...(who.from === undefined ? {} : { from: who.from }),
  });
  switch (answer.kind) {
    case 'accepted':
      await jobAtLeast(deps.store, processId, answer.seq, ownActMs);
      return { kind: 'done', seq: answer.seq };
    case 'received':
      return { kind: 'received' };
    case 'refused': {
      const { refusal, status } = answer;
      const fields = refusal.params?.fields;
      return {
        kind: 'refused',
        sentence: sayRefusal(refusal, wordingLang(lang)),
        status,
        ...(refusal.field === undefined ? {} : { field: refusal.field }),
        ...(Array.isArray(fields) ? { fields: fields.filter((one): one is string => typeof one === 'string') } : {}),
      };
    }
    case 'closed':
      return {
        kind: 'refused',
        sentence: sayRefusal(
          { refused: true, code: 'CLOSED', params: { phase: answer.closed.phase } },
          wordingLang(lang),
        ),
        status: 409,
      };
    case 'unknown':
      throw new Problem('NOT_FOUND');
    case 'unavailable':
      return { kind: 'unavailable', sentence: words(lang)('busyTitle'), retryAfterSeconds: answer.retryAfterSeconds };
  }
}

/** Status and headers of a form that comes back with what was typed. */
export function statusOfSent(res: Response, sent: Exclude<Sent, { kind: 'done' | 'received' }>): number {
  if (sent.kind === 'wrong') return 422;
  if (sent.kind === 'refused') return sent.status;
  res.set('Retry-After', String(sent.retryAfterSeconds));
  return 503;
}
