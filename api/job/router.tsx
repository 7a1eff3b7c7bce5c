import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import { may } from '../../domain/people/may.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import { paperStatusWords } from '../../domain/wording/states.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { checkFormValue, mintFormValue } from '../../store/form-values.ts';
import { jobAtLeast, type WholeJob } from '../../store/jobs.ts';
import { mailsOfJob } from '../../store/outbox.ts';
import { manifestOf } from '../../store/manifests.ts';
import { frozenPapers, paperVersionsOf } from '../../store/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { staffOnly, type SignedIn } from '../session/identify.ts';
import { jobActPurpose as formPurpose } from '../staff/form-value.ts';
import { openJob } from '../staff/job.ts';
import { sendAct, type Sent } from '../staff/send.ts';
import { Artwork } from '../view/artwork.tsx';
import { pick, wordingLang } from '../view/lang.ts';
import { Page, sendPage, staffNav } from '../view/page.tsx';
import { Sheet } from '../view/parts.tsx';
import { shortHash } from '../view/forms.ts';
import { fileViews } from '../view/read/artwork.ts';
import { namesFor, timeFor } from '../view/read/house.ts';
import { contentOf, formOf, paperChanges, paperLines, sayingFor } from '../view/read/papers.ts';
import { staffFrame, type Frame } from '../view/read/staff.ts';
import { sendPicture, sendRaw } from '../view/serve-file.ts';
import { momentInWords } from '../view/time.tsx';
import { approveWords } from '../view/words/approve.ts';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { actsHere, callMinutesHref, jobHref } from './addresses.ts';
import { moveDateAct, typedDate, type TypedDate } from './dates.tsx';
import { historyKindOf, type HistoryKind } from './history.ts';
import { askAgainAct } from './mails.ts';
import type { JobView } from './model.ts';
import { nudgeAct } from './nudges.tsx';
import { JobPage, PaperPage } from './page.tsx';
import { readJob } from './read.ts';

/** How old the page of a small form may be; milliseconds. */
const formAgeMs = 4 * 3_600_000;

/** The job page at `/jobs/:id` with its papers, versions and files, and the acts that need only a line of words. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  // "new" is a page of its own, somebody else's.
  const notNew = (req: Request, _res: Response, next: NextFunction): void =>
    next(req.params.id === 'new' ? 'route' : undefined);

  const show = async (
    res: Response,
    frame: Frame,
    job: WholeJob,
    status: number,
    more: {
      remark?: JobView['remark'];
      beforeSeq?: number;
      historyKind?: HistoryKind;
      typedDate?: TypedDate;
    } = {},
  ): Promise<void> => {
    const mint = (): string =>
      mintFormValue(deps.keys.forms, { holder: frame.who.holder, purpose: formPurpose }, deps.clock());
    const view = await readJob(deps, job, frame.who, { lang: frame.lang, formValue: mint(), mint, ...more });
    sendPage(res, <JobPage frame={frame} view={view} />, status);
  };

  routes.get('/jobs/:id', notNew, staffOnly, async (req, res) => {
    const seq = numberIn(req.query.seq);
    const [frame, first] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    if (seq !== undefined) await jobAtLeast(deps.store, first.row._id, seq, 1_500);
    const job = seq === undefined ? first : await openJob(deps, req);
    const t = words(frame.lang, boardWords);
    const remark: JobView['remark'] =
      seq === undefined ? undefined : { kind: 'accepted', text: t(doneWords(req.query.done)) };
    const beforeSeq = numberIn(req.query.before);
    await show(res, frame, job, 200, {
      historyKind: historyKindOf(req.query.history),
      ...(remark ? { remark } : {}),
      ...(beforeSeq === undefined ? {} : { beforeSeq }),
    });
  });

  /** What a form of the job page carries so that it counts once, or why it does not count any more. */
  const formValueOf = (frame: Frame, text: (name: string) => string): ReturnType<typeof checkFormValue> =>
    checkFormValue(
      deps.keys.forms,
      text('formValue'),
      { holder: frame.who.holder, purpose: formPurpose },
      deps.clock(),
      formAgeMs,
    );

  const showStale = (
    res: Response,
    frame: Frame,
    job: WholeJob,
    status: 409 | 422,
    typed: { typedDate?: TypedDate } = {},
  ): Promise<void> =>
    show(res, frame, job, status, {
      ...typed,
      remark: { kind: 'refused', text: words(frame.lang, approveWords)('staleForm') },
    });

  routes.post('/jobs/:id/acts', notNew, staffOnly, async (req, res) => {
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    const text = postedText(req);
    const value = formValueOf(frame, text);
    const fields = Object.hasOwn(actsHere, text('act')) ? actsHere[text('act')] : undefined;
    if (!value.ok || !fields) return showStale(res, frame, job, value.ok ? 422 : 409);
    const act = {
      type: text('act'),
      ...(fields.includes('words') ? { words: text('words') } : {}),
      ...(fields.includes('owner') ? { to: text('to') } : {}),
    };
    await answer(res, frame, job, await sendAct(deps, frame.who, job.row._id, value.commandId, act, frame.lang));
  });

  const answer = async (
    res: Response,
    frame: Frame,
    job: WholeJob,
    sent: Sent,
    done = '',
    typed: { typedDate?: TypedDate } = {},
  ): Promise<void> => {
    const t = words(frame.lang, boardWords);
    switch (sent.kind) {
      case 'done':
        return res.redirect(303, `${jobHref(job.state)}?seq=${sent.seq}${done}`);
      case 'received':
        return show(res, frame, job, 202, { remark: { kind: 'received', text: t('taken') } });
      case 'wrong':
        return show(res, frame, job, 422, {
          ...typed,
          remark: { kind: 'refused', text: sent.problems.map((problem) => pick(problem, frame.lang)).join(' ') },
        });
      case 'refused':
        return show(res, frame, job, sent.status, { ...typed, remark: { kind: 'refused', text: sent.sentence } });
      case 'unavailable':
        res.set('Retry-After', String(sent.retryAfterSeconds));
        return show(res, frame, job, 503, { ...typed, remark: { kind: 'refused', text: sent.sentence } });
    }
  };

  routes.post('/jobs/:id/mails', notNew, staffOnly, async (req, res) => {
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req, 'job.resendMail')]);
    const text = postedText(req);
    const value = formValueOf(frame, text);
    if (!value.ok) return showStale(res, frame, job, 409);
    const mail = (await mailsOfJob(deps.store, job.row._id)).find(({ mailId }) => mailId === text('mail'));
    if (!mail)
      return show(res, frame, job, 422, {
        remark: { kind: 'refused', text: words(frame.lang, boardWords)('mailUnknown') },
      });
    const act = askAgainAct(mail, job);
    if (!act)
      return show(res, frame, job, 409, {
        remark: {
          kind: 'refused',
          text: sayRefusal({ refused: true, code: 'NOT_WITH_THEM' }, wordingLang(frame.lang)),
        },
      });
    await answer(
      res,
      frame,
      job,
      await sendAct(deps, frame.who, job.row._id, value.commandId, act, frame.lang),
      '&done=mail',
    );
  });

  routes.post('/jobs/:id/nudges', notNew, staffOnly, async (req, res) => {
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    const text = postedText(req);
    const value = formValueOf(frame, text);
    if (!value.ok) return showStale(res, frame, job, 409);
    const sent = await sendAct(deps, frame.who, job.row._id, value.commandId, nudgeAct(text), frame.lang);
    if (sent.kind === 'done' && text('back') === 'desk') return res.redirect(303, '/desk?nudged=1');
    await answer(res, frame, job, sent, '&done=nudge');
  });

  routes.post('/jobs/:id/dates', notNew, staffOnly, async (req, res) => {
    const [frame, job, time] = await Promise.all([staffFrame(deps, req), openJob(deps, req), timeFor(deps)]);
    const text = postedText(req);
    const value = formValueOf(frame, text);
    const typed = { typedDate: typedDate(text) };
    if (!value.ok) return showStale(res, frame, job, 409, typed);
    const act = moveDateAct(text, time.calendar.zone);
    const sent = await sendAct(deps, frame.who, job.row._id, value.commandId, act, frame.lang);
    await answer(res, frame, job, sent, '&done=date', typed);
  });

  routes.get('/jobs/:id/papers/:key/:version', notNew, staffOnly, async (req, res, next) => {
    const version = numberIn(req.params.version);
    if (version === undefined) return next('route');
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    await showPaper(deps, res, frame, job, String(req.params.key), version);
  });

  routes.get('/jobs/:id/pieces/:piece/versions/:version', notNew, staffOnly, async (req, res, next) => {
    const number = numberIn(req.params.version);
    if (number === undefined) return next('route');
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    await showVersion(deps, res, frame, job, String(req.params.piece), number);
  });

  routes.get('/jobs/:id/files/:hash/:place/:how', notNew, staffOnly, async (req, res) => {
    const job = await openJob(deps, req);
    const { hash, place, how } = req.params;
    const known = Object.values(job.state.pieces).some(({ versions }) =>
      versions.some((version) => version.hash === hash),
    );
    const file =
      known && numberIn(place) !== undefined
        ? (await manifestOf(deps.store, String(hash)))?.files[Number(place)]
        : undefined;
    if (!file) throw new Problem('NOT_FOUND');
    if (how === 'raw') return sendRaw(req, res, deps.blobs, file);
    if (how === 'picture' || how === 'thumb') return sendPicture(req, res, deps.blobs, file, how);
    throw new Problem('NOT_FOUND');
  });

  return routes;
}

/** What the page says of the act that led back to it. */
function doneWords(done: unknown): 'done' | 'askedAgain' | 'nudged' | 'dateMoved' {
  switch (done) {
    case 'mail':
      return 'askedAgain';
    case 'nudge':
      return 'nudged';
    case 'date':
      return 'dateMoved';
    default:
      return 'done';
  }
}

/** Reads posted fields as text; whatever is no text counts as empty. */
function postedText(req: Request): (name: string) => string {
  const posted: unknown = req.body;
  const body: Readonly<Record<string, unknown>> = typeof posted === 'object' && posted !== null ? { ...posted } : {};
  return (name) => (typeof body[name] === 'string' ? body[name] : '');
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

async function showPaper(
  deps: ApiDeps,
  res: Response,
  frame: Frame,
  job: WholeJob & { readonly who: SignedIn },
  key: string,
  version: number,
): Promise<void> {
  const { lang } = frame;
  const t = words(lang, boardWords);
  const all = (await paperVersionsOf(deps.store, job.row._id)).filter((one) => one.key === key);
  const now = all.find((one) => one.version === version);
  const before = all.filter((one) => one.version < version).at(-1);
  const form = now ? formOf(now.form) : undefined;
  if (!now || !form || !may(job.who.viewer, 'job.read', job.row)) throw new Problem('NOT_FOUND');
  const [time, frozen, names] = await Promise.all([
    timeFor(deps),
    frozenPapers(deps.store, [now.hash, ...(before ? [before.hash] : [])]),
    namesFor(deps.store, {
      people: [now.by, ...Object.values(job.state.papers).map(({ by }) => by), job.state.ownerId],
      clients: [job.state.clientId],
    }),
  ]);
  const content = contentOf(frozen.get(now.hash)?.content);
  const old = before ? frozen.get(before.hash) : undefined;
  const saying = await sayingFor(deps.store, job.state, [content, contentOf(old?.content)], { lang, time });
  const base = `${jobHref(job.state)}/papers/${encodeURIComponent(key)}`;
  sendPage(
    res,
    <PaperPage
      frame={frame}
      view={{
        lang,
        jobHref: jobHref(job.state),
        ...(job.state.jobNumber ? { number: job.state.jobNumber } : {}),
        jobTitle: job.state.title,
        title: `${pick(paperWords(key), lang)} v${version}`,
        facts: [
          { label: t('state'), value: pick(paperStatusWords[now.status], lang) },
          {
            label: t('version'),
            value: (
              <>
                v{version} <span class="hash muted">{shortHash(now.hash)}</span>
              </>
            ),
          },
          {
            label: t('evidence'),
            value: t('by', { who: names.person(now.by), when: momentInWords(time, now.at, lang) }),
          },
          {
            label: t('callDecided'),
            value:
              now.form === 'F-16' && content['decided'] === true ? (
                <a href={callMinutesHref(job.state, content, time.calendar.zone)}>{t('callMinutes')}</a>
              ) : undefined,
          },
        ],
        lines: paperLines(form, content, saying),
        ...(old && before
          ? {
              changes: {
                title: words(lang, approveWords)('changes'),
                lines: paperChanges(form, contentOf(old.content), content, saying),
              },
            }
          : {}),
        versions: all.map((one) => ({
          href: `${base}/${one.version}`,
          label: `v${one.version}`,
          current: one.version === version,
        })),
      }}
    />,
  );
}

async function showVersion(
  deps: ApiDeps,
  res: Response,
  frame: Frame,
  job: WholeJob,
  pieceId: string,
  number: number,
): Promise<void> {
  const { lang } = frame;
  const piece = job.state.pieces[pieceId];
  const version = piece?.versions.find((one) => one.version === number);
  const before = piece?.versions.filter((one) => one.version < number).at(-1);
  if (!piece || !version) throw new Problem('NOT_FOUND');
  const files = async (hash: string) =>
    fileViews((await manifestOf(deps.store, hash))?.files ?? [], `${jobHref(job.state)}/files/${hash}`, true);
  const [now, old] = await Promise.all([files(version.hash), before ? files(before.hash) : undefined]);
  const title = `${piece.name} v${number}`;
  sendPage(
    res,
    <Page
      lang={lang}
      title={title}
      nav={staffNav(lang, frame.deskCount)}
      viewer={frame.viewer}
      search=""
      signOutValue={frame.signOutValue}
      scripts={['artwork']}
    >
      <header class="job-head">
        <p class="head-job">
          {job.state.jobNumber ? <span class="code">{job.state.jobNumber}</span> : null}
          <a href={jobHref(job.state)}>{job.state.title}</a>
        </p>
        <h1>
          {title} <span class="hash muted">{shortHash(version.hash)}</span>
        </h1>
      </header>
      <Sheet>
        <Artwork
          lang={lang}
          art={{
            title: piece.name,
            version: number,
            files: now,
            ...(before && old ? { previous: { version: before.version, files: old } } : {}),
          }}
        />
      </Sheet>
    </Page>,
  );
}
