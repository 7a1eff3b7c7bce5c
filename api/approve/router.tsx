import type { Request, Response, Router } from 'express';
import express from 'express';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { may } from '../../domain/people/may.ts';
import { checkFormValue, commandIdOf } from '../../store/form-values.ts';
import { jobAtLeast, wholeJob } from '../../store/jobs.ts';
import type { ApiDeps } from '../deps.ts';
import type { DoorAnswer } from '../door/answer.ts';
import { outcomeOf } from '../door/records.ts';
import { fromOf } from '../door/network.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { signedIn, staffOnly } from '../session/identify.ts';
import { noteUse, proven, whyCode } from '../session/link-code.tsx';
import { codeWords } from '../session/link-code-words.ts';
import { openedLink } from '../session/personal-links.tsx';
import { wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { afterView, receivedView, type Telling } from './after-view.ts';
import { decideView, formPurpose, type Again } from './decide-view.ts';
import { filesRouter } from './files.ts';
import { makeAct, readPosted, typedWords, type Posted, type Pressed } from './form.ts';
import { AfterPage, DecidePage } from './page.tsx';
import type { Approval, Road } from './read.ts';
import { actorOf, comerOf, readApproval } from './read.ts';

/** How long a page that was opened may wait before it must be looked at again; milliseconds. */
export const formAgeMs = 30 * 60_000;
/** How long a page waits for the read models to show the reader's own decision; milliseconds. */
const ownDecisionMs = 1_500;

/** The two roads to the approver's page: a personal link, and a session with the same page under `/desk`. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const answer = answers(deps);

  const byLink = async (req: Request): Promise<Road> => {
    const { grant, person, base, proved } = openedLink(req);
    const { processId, circulation, round, step, personId } = grant;
    const place = { processId, circulation, round, step, personId };
    return { place, person, by: 'link', grant, proved, holder: grant.id, base };
  };
  const bySession = async (req: Request): Promise<Road> => {
    const who = signedIn(req);
    const processId = String(req.params.process);
    const circulation = String(req.params.circulation);
    const step = String(req.params.step);
    const job = await wholeJob(deps.store, processId);
    const running = job?.state.circulations[circulation];
    if (!job || !running || !may(who.viewer, 'job.read', job.row)) throw new Problem('NOT_FOUND');
    return {
      place: { processId: job.state.processId, circulation, round: running.round, step, personId: who.person.id },
      person: who.person,
      by: 'session',
      holder: who.holder,
      base: `/desk/${encodeURIComponent(processId)}/${encodeURIComponent(circulation)}/${encodeURIComponent(step)}`,
    };
  };

  for (const [path, road, guard] of [
    ['/a/:link', byLink, undefined],
    ['/desk/:process/:circulation/:step', bySession, staffOnly],
  ] as const) {
    if (guard) routes.use(path, guard);
    routes.use(path, filesRouter(deps, road));
    routes.get(path, async (req, res) => answer.get(req, res, await road(req)));
    routes.post(path, async (req, res) => answer.post(req, res, await road(req)));
    routes.all(path, onlyMethods('GET', 'HEAD', 'POST'));
  }
  return routes;
}

function answers(deps: ApiDeps) {
  const read = async (road: Road, req: Request): Promise<Approval> => {
    const approval = await readApproval(deps, road, languageOf(req));
    if (!approval) throw new Problem('NOT_FOUND');
    return approval;
  };
  const after = async (res: Response, approval: Approval, status: number, telling: Telling = {}): Promise<void> => {
    sendPage(res, <AfterPage view={await afterView(deps, approval, telling)} />, status);
  };
  const decide = async (res: Response, approval: Approval, status: number, again: Again = {}): Promise<void> => {
    sendPage(res, <DecidePage view={await decideView(deps, approval, again)} />, status);
  };

  const get = async (req: Request, res: Response, road: Road): Promise<void> => {
    const command = typeof req.query.command === 'string' ? req.query.command : undefined;
    const seq =
      typeof req.query.seq === 'string' && /^\d{1,9}$/.test(req.query.seq) ? Number(req.query.seq) : undefined;
    if (seq !== undefined) await jobAtLeast(deps.store, road.place.processId, seq, ownDecisionMs);
    let approval = await read(road, req);
    const takenBack = req.query.done === 'takeBack';
    // Whoever took back decides again at once; finding the desk's holder and limits takes the engine a moment.
    if (takenBack && approval.found.stay.state === 'opening') {
      await jobAtLeast(deps.store, road.place.processId, approval.seq + 1, ownDecisionMs);
      approval = await read(road, req);
    }
    if (command !== undefined && /^[A-Za-z0-9_-]{22}$/.test(command)) {
      const outcome = await outcomeOf(deps.store, road.place.processId, command);
      if (!outcome) return sendPage(res, <AfterPage view={receivedView(approval, deps.clock(), command)} />, 202);
      if (!outcome.accepted) {
        const sentence = sayRefusal(outcome.refusal, wordingLang(approval.lang));
        return after(res, approval, 200, { sentence, remark: sentence });
      }
    }
    if (approval.situation.kind !== 'open')
      return after(res, approval, 200, { fresh: seq !== undefined && !takenBack, takenBack });
    const why = await whyCode(deps, comerOf(approval));
    return decide(res, approval, 200, {
      ...(why ? { remark: words(approval.lang, codeWords)(why) } : {}),
      ...remarkOf(approval, req.query.done),
    });
  };

  const post = async (req: Request, res: Response, road: Road): Promise<void> => {
    await deps.limiter.demand(limits.link, road.holder);
    const posted = readPosted(req.body);
    const approval = await read(road, req);
    const t = words(approval.lang, approveWords);
    const { pressed } = posted;
    if (pressed === undefined)
      return approval.situation.kind === 'open'
        ? decide(res, approval, 422, { typed: posted.typed })
        : after(res, approval, 200);
    const value = checkFormValue(
      deps.keys.forms,
      posted.formValue,
      { holder: road.holder, purpose: purposeOf(pressed) },
      deps.clock(),
      formAgeMs,
    );
    const open = approval.situation.kind === 'open';
    if (!value.ok) {
      if (
        value.why === 'stale' &&
        approval.situation.kind === 'decided' &&
        approval.situation.decision.id === commandIdOf(posted.formValue)
      )
        return after(res, approval, 200);
      const again = { typed: posted.typed, remark: t('staleForm'), backOpen: pressed === 'back' };
      return open
        ? decide(res, approval, 409, again)
        : after(res, approval, 409, { ...unused(posted), ...takeBackAgain(posted, { remark: t('staleForm') }) });
    }
    // A new link goes into the mailbox it is meant for: no code could prove more.
    if (pressed === 'resend') {
      return resend(req, res, road, approval, value.commandId);
    }
    // A page drawn before the round moved on: nothing may be decided that was not looked at.
    if (
      open &&
      (posted.round !== approval.found.circulation.round || posted.hash !== approval.found.circulation.about.hash)
    ) {
      return decide(res, approval, 409, { typed: posted.typed, remark: t('newRound'), backOpen: pressed === 'back' });
    }
    const made = makeAct(approval, posted);
    if ('errors' in made)
      return open && pressed !== 'takeBack'
        ? decide(res, approval, 422, {
            typed: posted.typed,
            errors: made.errors,
            backOpen: pressed === 'back',
            keep: keep(pressed, posted),
          })
        : pressed === 'takeBack'
          ? after(res, approval, 422, takeBackAgain(posted, { error: made.errors.takeBackWords, keep: true }))
          : after(res, approval, 409, unused(posted));
    if (!(await proven(deps, req, res, comerOf(approval)))) return;
    const answer = await deps.door.send(road.place.processId, {
      actor: actorOf(approval),
      act: made.act,
      id: value.commandId,
      ...fromOf(req),
    });
    if (answer.kind === 'accepted' || answer.kind === 'received') await noteUse(deps, comerOf(approval));
    return settle(req, res, road, approval, posted, answer, made.act.type);
  };

  /** The new link goes to the address on file, by the process itself; a page never shows a link (design §6). */
  const resend = async (req: Request, res: Response, road: Road, approval: Approval, wishId: string): Promise<void> => {
    const { situation } = approval;
    if (situation.kind !== 'oldRound' || situation.mine === undefined) return after(res, approval, 200);
    const { processId, circulation, personId } = road.place;
    const act = { type: 'askAgain', circulation, round: situation.now, step: situation.mine, personId } as const;
    const door = await deps.door.send(processId, { actor: actorOf(approval), act, id: wishId, ...fromOf(req) });
    switch (door.kind) {
      case 'accepted':
      case 'received':
        return after(res, approval, 200, { sentence: words(approval.lang, approveWords)('sentNew'), sent: true });
      case 'refused':
        return after(res, approval, door.status, { sentence: sayRefusal(door.refusal, wordingLang(approval.lang)) });
      case 'closed':
        return after(res, { ...approval, situation: { kind: 'closed' } }, 409);
      case 'unknown':
        throw new Problem('NOT_FOUND');
      case 'unavailable': {
        res.set('Retry-After', String(door.retryAfterSeconds));
        const said = words(approval.lang);
        return after(res, approval, 503, { sentence: `${said('busyTitle')} · ${said('busyText')}` });
      }
    }
  };

  const settle = async (
    req: Request,
    res: Response,
    road: Road,
    approval: Approval,
    posted: Posted,
    door: DoorAnswer,
    act: string,
  ): Promise<void> => {
    const again: Again = {
      typed: posted.typed,
      backOpen: posted.pressed === 'back',
      keep: keep(posted.pressed, posted),
    };
    switch (door.kind) {
      case 'accepted': {
        await jobAtLeast(deps.store, road.place.processId, door.seq, ownDecisionMs);
        res.redirect(303, `${road.base}?seq=${door.seq}${doneOf(act)}`);
        return;
      }
      case 'received':
        return sendPage(res, <AfterPage view={receivedView(approval, door.receivedAt, door.commandId)} />, 202);
      case 'refused': {
        const sentence = sayRefusal(door.refusal, wordingLang(approval.lang));
        const now = await read(road, req);
        if (now.situation.kind === 'open') return decide(res, now, door.status, { ...again, remark: sentence });
        if (posted.pressed === 'takeBack')
          return after(res, now, door.status, { sentence, remark: sentence, keeps: true });
        const same =
          now.situation.kind === 'decided' &&
          now.situation.mine &&
          now.situation.decision.verdict === (posted.pressed === 'sign' ? 'sign' : (posted.typed.backKind ?? 'return'));
        return after(res, now, same ? 200 : door.status, { sentence, ...(same ? {} : unused(posted)) });
      }
      case 'closed':
        return after(
          res,
          {
            ...approval,
            situation:
              approval.situation.kind === 'open' || posted.pressed === 'takeBack'
                ? { kind: 'closed' }
                : approval.situation,
          },
          409,
          unused(posted),
        );
      case 'unknown':
        throw new Problem('NOT_FOUND');
      case 'unavailable': {
        res.set('Retry-After', String(door.retryAfterSeconds));
        const t = words(approval.lang);
        const remark = `${t('busyTitle')} · ${t('busyText')}`;
        return approval.situation.kind === 'open'
          ? decide(res, approval, 503, { ...again, remark })
          : after(res, approval, 503, {
              sentence: remark,
              ...unused(posted),
              ...takeBackAgain(posted, { remark, keep: true }),
            });
      }
    }
  };

  return { get, post };
}

function purposeOf(pressed: Pressed): string {
  switch (pressed) {
    case 'sign':
    case 'back':
      return formPurpose.decide;
    case 'note':
      return formPurpose.note;
    case 'handOver':
      return formPurpose.handOver;
    case 'resend':
      return formPurpose.resend;
    case 'takeBack':
      return formPurpose.takeBack;
  }
}

/** Keeps the form value of the form that was pressed, so that pressing again is the same decision and not a second one. */
function keep(pressed: Pressed | undefined, posted: Posted): Again['keep'] {
  if (pressed === 'sign' || pressed === 'back') return { decide: posted.formValue };
  if (pressed === 'note' || pressed === 'handOver') return { [pressed]: posted.formValue };
  return {};
}

/** What the page says after its own act: a decision shows itself, the rest is named in the address. */
function doneOf(act: string): string {
  if (act === 'withdraw') return '&done=takeBack';
  return act === 'note' || act === 'handOver' ? `&done=${act}` : '';
}

/** The form that takes back comes back as it was; `keep` where pressing again must be the same wish. */
function takeBackAgain(
  posted: Posted,
  { remark, error, keep: same }: { remark?: string; error?: string; keep?: boolean },
): Telling {
  if (posted.pressed !== 'takeBack') return {};
  return {
    ...(remark ? { remark } : {}),
    takeBack: {
      words: posted.typed.takeBackWords,
      ...(error ? { error } : {}),
      ...(same ? { keep: posted.formValue } : {}),
    },
  };
}

/** Words that found no use, so that nobody has to type them again. */
function unused(posted: Posted): Telling {
  const said = typedWords(posted.typed);
  return said === '' ? {} : { unused: said };
}

function remarkOf(approval: Approval, done: unknown): Again {
  const t = words(approval.lang, approveWords);
  if (done === 'takeBack') return { remark: t('doneTakeBack') };
  if (done === 'note') return { remark: t('doneNote') };
  if (done === 'handOver')
    return { remark: approval.found.step.side === 'client' ? t('doneHandOverAsk') : t('doneHandOver') };
  return {};
}
