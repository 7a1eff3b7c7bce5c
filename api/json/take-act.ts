import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { freezeAct, parseAct, type OutsideAct } from '../../papers/acts.ts';
import { manifestOf } from '../../store/manifests.ts';
import { freezePapers } from '../../store/freeze.ts';
import type { ApiDeps } from '../deps.ts';
import { ownerProblems } from '../door/owner.ts';
import { inLanguage, invalid, Problem, problemOfDoor } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { languageOf } from '../session/language.ts';
import type { Answer } from './route.ts';

/** Takes one act of a person on a job to the door and says what became of it: 200 accepted, 202 received, else a problem. */
export async function takeAct(
  deps: ApiDeps,
  req: Request,
  who: SignedIn,
  processId: string,
  body: { readonly act: unknown; readonly id?: string | undefined },
): Promise<Answer> {
  const language = languageOf(req);
  const parsed = parseAct(body.act);
  if (!parsed.ok) throw invalid(inLanguage(parsed.problems, language, 'act'));
  if (parsed.act.type === 'request')
    throw invalid([{ field: 'act.type', code: 'NOT_ONE_OF', detail: 'POST /api/v1/jobs' }]);
  const unfit = await ownerProblems(deps.store, parsed.act);
  if (unfit.length > 0) throw invalid(inLanguage(unfit, language, 'act'));
  await demandFiles(deps, parsed.act);
  const frozen = freezeAct(parsed.act);
  if (!frozen.ok) throw invalid(inLanguage(frozen.problems, language, 'act'));
  await freezePapers(deps.store, deps.blobs, frozen.papers);
  const answer = await deps.door.send(processId, {
    actor: who.actor,
    act: frozen.act,
    id: body.id ?? randomUUID(),
    ...(who.from === undefined ? {} : { from: who.from }),
  });
  switch (answer.kind) {
    case 'accepted':
      return {
        status: 200,
        body: {
          commandId: answer.commandId,
          receivedAt: answer.receivedAt,
          outcome: 'accepted',
          seq: answer.seq,
          repeated: answer.repeated,
        },
      };
    case 'received':
      return {
        status: 202,
        body: { commandId: answer.commandId, receivedAt: answer.receivedAt, outcome: 'received' },
        headers: { Location: `/api/v1/jobs/${processId}/commands/${answer.commandId}` },
      };
    case 'refused':
    case 'closed':
    case 'unknown':
    case 'unavailable':
      throw problemOfDoor(answer) ?? new Problem('INTERNAL');
  }
}

/** A version is its manifest: it must lie here, and its names must be those the command speaks of. */
async function demandFiles(deps: ApiDeps, act: OutsideAct): Promise<void> {
  if (act.type !== 'submitVersion') return;
  const manifest = await manifestOf(deps.store, act.hash);
  if (manifest === null)
    throw invalid([
      {
        field: 'act.hash',
        code: 'UNKNOWN',
        detail: '没有这个文件清单，请先上传 / there is no such manifest; upload the files first',
      },
    ]);
  const kept = manifest.files.map((file) => file.name).sort();
  const named = [...act.fileNames].sort();
  if (kept.length !== named.length || kept.some((name, place) => name !== named[place])) {
    throw invalid([{ field: 'act.fileNames', code: 'RULE', detail: '与文件清单不一致 / differs from the manifest' }]);
  }
}
