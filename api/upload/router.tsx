import express, { type Request, type Response, type Router } from 'express';
import type { Piece } from '../../domain/job/state.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { lawHits } from '../../domain/wording/lawwords.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { pieceStateWords, stageWords } from '../../domain/wording/states.ts';
import { keepManifest } from '../../store/manifests.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { ReceivedPage } from '../staff/after.tsx';
import { checkForm, newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { openJob, type OpenJob } from '../staff/job.ts';
import { receiveForm } from '../staff/multipart.ts';
import { sendAct, statusOfSent } from '../staff/send.ts';
import { inputOfInstant, instantOfInput, oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { formValueName } from '../view/forms.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { UploadPage, type UploadView } from './page.tsx';
import { needsSample, stagesOffered } from './stages.ts';
import {
  filesOf,
  lawWordsIn,
  proposedName,
  readVersion,
  withProposedNames,
  type KeptFile,
  type TypedVersion,
  type VersionErrors,
} from './typed.ts';
import { uploadWords } from './words.ts';

interface UploadDesk {
  readonly staff: Staff;
  readonly job: OpenJob;
  readonly piece: Piece;
  readonly zone: string;
}

interface Again {
  readonly errors?: VersionErrors;
  readonly notice?: UploadView['notice'];
  readonly formValue?: string;
}

/** `/jobs/:id/pieces/:pieceId/upload`: a new version of a piece, from the files to the signature of its maker. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  const open = async (req: Request): Promise<UploadDesk> => {
    const job = await openJob(deps, req);
    const pieceId = String(req.params.piece);
    const piece = Object.hasOwn(job.state.pieces, pieceId) ? job.state.pieces[pieceId] : undefined;
    if (!piece) throw new Problem('NOT_FOUND');
    const staff = await staffFrame(deps, req);
    return { staff, job, piece, zone: staff.time.calendar.zone };
  };
  const show = (res: Response, desk: UploadDesk, typed: TypedVersion, status: number, again: Again = {}): void =>
    sendPage(res, <UploadPage staff={desk.staff} view={viewOf(deps, desk, typed, again)} />, status);

  routes.get('/jobs/:id/pieces/:piece/versions/new', staffOnly, async (req, res) => {
    const { job, piece } = await open(req);
    res.redirect(303, `${job.base}/pieces/${encodeURIComponent(piece.id)}/upload`);
  });

  routes.get('/jobs/:id/pieces/:piece/upload', staffOnly, async (req, res) => {
    const desk = await open(req);
    const first = stagesOffered(desk.job.state, desk.piece, desk.job.who.actor, desk.staff.time.now).filter(
      (one) => !one.refusal,
    );
    const only = first.length === 1 ? first[0]?.stage : undefined;
    const sampleMade = inputOfInstant(desk.staff.time.now, desk.zone);
    show(
      res,
      desk,
      {
        stage: only,
        files: [],
        sampleSize: needsSample(only) ? 'A4' : '',
        sampleMade: needsSample(only) ? sampleMade : '',
        copyText: '',
        lawSeen: false,
      },
      200,
    );
  });

  routes.post('/jobs/:id/pieces/:piece/upload', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, job, piece } = desk;
    await deps.limiter.demand(limits.change, job.who.person.id);
    const t = words(staff.lang, { ...uploadWords, ...staffWords });
    const arrived = await receiveForm(deps, req, res, staff.lang);
    const read = readVersion(arrived.body, arrived.files, { ring: deps.keys.forms, holder: job.who.holder });
    const pressed = oneText(arrived.body.do);
    const typed = { ...read, files: named(desk, read, pressed === 'rename') };
    const refused = Object.fromEntries(
      arrived.refused.map(({ field, sentence }) => [field === 'master' ? 'master' : 'view', sentence]),
    );
    const value = checkForm(deps, job.who, purposeOf(desk), arrived.body);
    if (!value.ok)
      return show(res, desk, typed, 409, { errors: refused, notice: { kind: 'refused', title: t('staleForm') } });
    if (pressed !== 'submit' || Object.keys(refused).length > 0) {
      const kept = typed.files.length > 0 && pressed === 'keep' && Object.keys(refused).length === 0;
      return show(res, desk, typed, Object.keys(refused).length > 0 ? 422 : 200, {
        errors: refused,
        ...(kept ? { notice: { kind: 'accepted', title: t('kept') } } : {}),
      });
    }
    const { files, errors } = await filesOf(deps, typed, {
      simple: t,
      viewKind: (name) => t('viewKind', { name }),
      badName: (pattern) => t('badName', { pattern }),
    });
    if (Object.keys(errors).length > 0) return show(res, desk, typed, 422, { errors });

    const hash = await keepManifest(deps.store, files);
    const hits = lawWordsIn(typed.copyText);
    const act = {
      type: 'submitVersion',
      pieceId: piece.id,
      stage: typed.stage,
      hash,
      fileNames: files.map((file) => file.name),
      ...(needsSample(typed.stage)
        ? { printedSample: { size: typed.sampleSize, madeAt: instantOfInput(typed.sampleMade, desk.zone) } }
        : {}),
      ...(hits.length > 0 ? { lawHits: hits } : {}),
    };
    const sent = await sendAct(deps, job.who, job.row._id, value.commandId, act, staff.lang);
    switch (sent.kind) {
      case 'done':
        return res.redirect(303, `${job.base}?seq=${sent.seq}`);
      case 'received':
        return sendPage(res, <ReceivedPage staff={staff} title={piece.name} back={job.base} />, 202);
      case 'wrong':
        return show(res, desk, typed, 422, {
          notice: { kind: 'refused', title: sent.problems.map((problem) => pick(problem, staff.lang)).join(' ') },
        });
      case 'refused':
        return show(res, desk, typed, sent.status, { notice: { kind: 'refused', title: sent.sentence } });
      case 'unavailable':
        return show(res, desk, typed, statusOfSent(res, sent), {
          notice: { kind: 'refused', title: sent.sentence, text: t('busyKept') },
          formValue: oneText(arrived.body[formValueName]),
        });
    }
  });
  routes.all('/jobs/:id/pieces/:piece/upload', staffOnly, onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}

function purposeOf({ job, piece }: UploadDesk): string {
  return `upload:${job.row._id}:${piece.id}`;
}

function today(desk: UploadDesk): string {
  return inputOfInstant(desk.staff.time.now, desk.zone).slice(0, 10);
}

/** Files with their names; a file that has none yet gets the house's, all of them when somebody asked for it. */
function named(desk: UploadDesk, typed: TypedVersion, all: boolean): readonly KeptFile[] {
  const proposals = withProposedNames(typed.files, (sent, place) =>
    proposedName(desk.job.state, desk.piece, typed.stage, sent, today(desk), place),
  );
  return typed.files.map((file, index) => (all || file.name === '' ? (proposals[index] ?? file) : file));
}

function viewOf(deps: ApiDeps, desk: UploadDesk, typed: TypedVersion, again: Again): UploadView {
  const { staff, job, piece } = desk;
  const { lang } = staff;
  const t = words(lang, uploadWords);
  const offered = stagesOffered(job.state, piece, job.who.actor, staff.time.now);
  const first = offered.find((one) => one.refusal)?.refusal;
  const revision = job.state.revisions.find((one) => one.state === 'IN_WORK' && one.pieceIds.includes(piece.id));
  const proposed = withProposedNames(typed.files, (sent, place) =>
    proposedName(job.state, piece, typed.stage, sent, today(desk), place),
  );
  return {
    job: { href: job.base, title: job.state.title, ...(job.state.jobNumber ? { number: job.state.jobNumber } : {}) },
    piece: piece.name,
    version: piece.versions.length + 1,
    facts: [
      { label: t('piece'), value: piece.specification },
      { label: t('now'), value: pick(pieceStateWords[piece.state], lang) },
      ...(revision ? [{ label: '', value: t('answers', { r: `R${revision.ordinal}` }) }] : []),
    ],
    stages: offered.map(({ stage, refusal, steps }) => ({
      value: stage,
      label: pick(stageWords[stage], lang),
      ...(refusal ? { why: sayRefusal(refusal, wordingLang(lang)) } : {}),
      goesTo: t('goesTo', { who: steps.map((step) => pick(roleFacts[step.role].title, lang)).join(' → ') }),
    })),
    typed,
    proposed: proposed.map((file) => file.name),
    law: lawHits(typed.copyText).map(({ word, around }) => ({ word, around })),
    errors: again.errors ?? {},
    ...(again.notice ? { notice: again.notice } : {}),
    formValue: again.formValue ?? newFormValue(deps, job.who, purposeOf(desk)),
    action: `${job.base}/pieces/${encodeURIComponent(piece.id)}/upload`,
    maxMegabytes: Math.floor(deps.config.uploadMaxBytes / 1_048_576),
    maxFiles: deps.config.uploadMaxFiles,
    possible: offered.some((one) => !one.refusal),
    ...(first ? { why: sayRefusal(first, wordingLang(lang)) } : {}),
  };
}
