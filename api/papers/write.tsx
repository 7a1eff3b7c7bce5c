import type { Request, Response } from 'express';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import type { FieldKey } from '../../domain/wording/fields.ts';
import { checkPaper, type Content } from '../../papers/form.ts';
import { dropDraft, saveDraft, type SavedDraft } from '../../store/drafts.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { ReceivedPage } from '../staff/after.tsx';
import { receiveForm, type ArrivedForm } from '../staff/multipart.ts';
import { errorsByField } from '../staff/inputs.ts';
import { sendAct, statusOfSent, type Sent } from '../staff/send.ts';
import { oneText, readTyped, type Typed } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { formValueName } from '../view/forms.ts';
import { wordingLang } from '../view/lang.ts';
import { html, sendPage } from '../view/page.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import {
  contentOf,
  editView,
  fullnessOf,
  purposeOf,
  skipKey,
  wrongFields,
  type Again,
  type PaperDesk,
} from './desk.ts';
import { Meter } from './meter.tsx';
import { EditPage } from './page.tsx';
import { barred, orderRoute } from './road.ts';
import { paperWords } from './words.ts';

/** Shows the page of a paper with these words in it. */
export function showPaper(
  deps: ApiDeps,
  res: Response,
  desk: PaperDesk,
  typed: Typed,
  status: number,
  again: Again = {},
): void {
  sendPage(res, <EditPage staff={desk.staff} view={editView(deps, desk, typed, again)} />, status);
}

function typedOf(deps: ApiDeps, desk: PaperDesk, body: FormFields): Typed {
  return readTyped([...desk.fields, ...desk.skipFields], body, { ring: deps.keys.forms, holder: desk.job.who.holder });
}

/** Files that came with the form join those it holds. */
function withFiles(desk: PaperDesk, typed: Typed, arrived: ArrivedForm): Typed {
  const added: Record<string, Typed[string]> = {};
  for (const field of desk.fields.filter((one) => one.type === 'files')) {
    const came = arrived.files
      .filter((file) => file.field === field.key)
      .map((file) => ({ name: file.name, size: String(file.size), hash: file.sha256 }));
    const held = typed[field.key];
    const rows = Array.isArray(held)
      ? held.filter((row): row is Record<string, string> => typeof row === 'object' && row !== null)
      : [];
    added[field.key] = [...rows.filter((row) => !came.some((file) => file.hash === row.hash)), ...came];
  }
  return { ...typed, ...added };
}

function keepDraft(deps: ApiDeps, desk: PaperDesk, typed: Typed, revision: number): Promise<SavedDraft> {
  const { job, form, draftId } = desk;
  return saveDraft(deps.store, {
    id: draftId,
    ownerId: job.who.person.id,
    form: form.id,
    processId: job.row._id,
    revision,
    content: { typed },
    updatedAt: deps.clock(),
  });
}

function revisionIn(body: FormFields): number {
  const typed = oneText(body.revision);
  return /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
}

/** Saves what the page sends by itself every few seconds; answers the script in JSON. */
export async function autosave(deps: ApiDeps, req: Request, res: Response, desk: PaperDesk): Promise<void> {
  const body = bodyOf(req.body);
  const typed = typedOf(deps, desk, body);
  // The script sends no files; those of the draft that the page still holds came with their ids.
  const saved = await keepDraft(deps, desk, typed, revisionIn(body));
  if (!saved.saved) {
    res.status(409).json({ conflict: true });
    return;
  }
  const fullness = fullnessOf(desk, contentOf(desk, typed));
  res.json({
    revision: saved.revision,
    fullness: html(<Meter fullness={fullness} lang={desk.staff.lang} />, { fragment: true }),
  });
}

/** Takes the posted page of a paper: save, throw away, another row, or send it on its way. */
export async function takePaper(deps: ApiDeps, req: Request, res: Response, desk: PaperDesk): Promise<void> {
  const { lang } = desk.staff;
  const t = words(lang, { ...paperWords, ...staffWords });
  const arrived = await receiveForm(deps, req, res, lang);
  const { body } = arrived;
  const typed = withFiles(desk, typedOf(deps, desk, body), arrived);
  const refusedFiles = Object.fromEntries(arrived.refused.map(({ field, sentence }) => [field, sentence]));
  const value = checkForm(deps, desk.job.who, purposeOf(desk), body);
  const revision = revisionIn(body);
  const pressed = oneText(body.do);

  if (!value.ok)
    return showPaper(deps, res, desk, typed, 409, {
      revision,
      errors: refusedFiles,
      notices: [{ kind: 'refused', title: t('staleForm') }],
    });
  if (pressed === 'throw') {
    await dropDraft(deps.store, desk.draftId, desk.job.who.person.id);
    return res.redirect(303, `${desk.job.base}/papers/${encodeURIComponent(desk.paper.key)}/edit`);
  }
  if (pressed !== 'submit' || arrived.refused.length > 0) {
    const saved = await keepDraft(deps, desk, typed, revision);
    const current = saved.saved ? saved.revision : (saved.current?.revision ?? 0);
    const there = saved.saved ? undefined : saved.current;
    const conflict = there
      ? [
          {
            kind: 'refused' as const,
            title: t('conflict', { when: momentInWords(desk.staff.time, there.updatedAt, lang) }),
          },
        ]
      : [];
    const done =
      saved.saved && arrived.refused.length === 0 && body.addRow === undefined
        ? [{ kind: 'accepted' as const, title: t('draftSaved') }]
        : [];
    const status = conflict.length > 0 ? 409 : arrived.refused.length > 0 ? 422 : 200;
    return showPaper(
      deps,
      res,
      { ...desk, draft: desk.draft ?? there ?? draftJustSaved(desk, typed, current, deps.clock()) },
      typed,
      status,
      {
        revision: current,
        errors: refusedFiles,
        notices: [...conflict, ...done],
        ...(body.addRow === undefined ? {} : { addRow: oneText(body.addRow) }),
      },
    );
  }

  const content = contentOf(desk, typed);
  const wrong = wrongFields(desk, content);
  const refusal = barred(desk.job.state, desk.road, desk.job.who.actor);
  if (Object.keys(wrong).length > 0 || refusal) {
    const saved = await keepDraft(deps, desk, typed, revision);
    const notices = refusal ? [{ kind: 'refused' as const, title: sayRefusal(refusal, wordingLang(lang)) }] : [];
    return showPaper(deps, res, desk, typed, refusal && Object.keys(wrong).length === 0 ? 409 : 422, {
      revision: saved.saved ? saved.revision : revision,
      errors: wrong,
      notices,
    });
  }
  const sent = await sendAct(deps, desk.job.who, desk.job.row._id, value.commandId, actOf(desk, content, typed), lang);
  if (sent.kind === 'done' || sent.kind === 'received') {
    await dropDraft(deps.store, desk.draftId, desk.job.who.person.id);
    if (sent.kind === 'done') return res.redirect(303, `${desk.job.base}?seq=${sent.seq}`);
    const title = editView(deps, desk, typed).title;
    return sendPage(res, <ReceivedPage staff={desk.staff} title={title} back={desk.job.base} />, 202);
  }
  await keepDraft(deps, desk, typed, revision);
  showPaper(deps, res, desk, typed, statusOfSent(res, sent), {
    ...saying(desk, sent, t('busyKept')),
    revision: revision + 1,
    ...(sent.kind === 'unavailable' ? { formValue: oneText(body[formValueName]) } : {}),
  });
}

function draftJustSaved(desk: PaperDesk, typed: Typed, revision: number, at: string): PaperDesk['draft'] {
  return {
    id: desk.draftId,
    ownerId: desk.job.who.person.id,
    form: desk.form.id,
    processId: desk.job.row._id,
    revision,
    content: { typed },
    updatedAt: at,
  };
}

/** What the page says after a no: the sentence above, and beside the fields it is about. */
function saying(desk: PaperDesk, sent: Exclude<Sent, { kind: 'done' | 'received' }>, busy: string): Again {
  switch (sent.kind) {
    case 'wrong':
      return { errors: errorsByField(sent.problems, desk.staff.lang, 'paper.content.') };
    case 'unavailable':
      return { notices: [{ kind: 'refused', title: sent.sentence, text: busy }] };
    case 'refused': {
      const named = [sent.field ?? '', ...(sent.fields ?? [])].map((path) =>
        path.startsWith('notApplicable') ? '' : (path.split('.')[0] ?? ''),
      );
      const errors = Object.fromEntries(
        named.filter((key) => desk.fields.some((field) => field.key === key)).map((key) => [key, sent.sentence]),
      );
      return { errors, notices: [{ kind: 'refused', title: sent.sentence }] };
    }
  }
}

/** The act that sends the paper on its way. */
function actOf(desk: PaperDesk, content: Content, typed: Typed): unknown {
  const { road, form, paper } = desk;
  const brought = { form: form.id, content };
  switch (road.kind) {
    case 'submit': {
      const marks = skipped(desk, content, typed);
      return {
        type: 'submit',
        point: road.point,
        paper: brought,
        ...(road.revision === undefined ? {} : { revision: road.revision }),
        ...(marks.length > 0 ? { notApplicable: marks } : {}),
      };
    }
    case 'evaluate':
      return evaluation(desk, content);
    case 'file':
    case 'none':
      return { type: 'file', paper: brought, ...(paper.suffix === undefined ? {} : { suffix: paper.suffix }) };
  }
}

/** Steps the author marks not applicable; a step this order does not have needs no mark. */
function skipped(desk: PaperDesk, content: Content, typed: Typed): { step: string; reason: string }[] {
  if (desk.form.id !== 'F-04') return [];
  const checked = checkPaper(desk.form, content);
  const hasMedia = checked.ok && desk.form.facts(checked.content)['hasMedia'] === true;
  return orderRoute(hasMedia).steps.flatMap((step) => {
    const reason = typed[skipKey(step.key)];
    return step.optional && typeof reason === 'string' && reason.trim() !== ''
      ? [{ step: step.key, reason: reason.trim() }]
      : [];
  });
}

/** The review in the words of the act; what the form asks beyond the two corrections is kept under its own heading. */
function evaluation(desk: PaperDesk, content: Content): unknown {
  const said = (key: FieldKey): string => {
    const value = content[key];
    const field = desk.fields.find((one) => one.key === key);
    return typeof value === 'string' && value.trim() !== '' && field ? `\n\n【${field.zh}】${value.trim()}` : '';
  };
  const plain = (key: string): string => (typeof content[key] === 'string' ? content[key] : '');
  return {
    type: 'evaluate',
    strategy: `${plain('strategyCorrection')}${said('result')}${said('lessons')}`,
    execution: `${plain('executionCorrection')}${said('wentWell')}${said('wentWrong')}`,
  };
}
