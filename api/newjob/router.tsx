import express, { type Request, type Response, type Router } from 'express';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import { workTypeFacts, workTypes } from '../../domain/job/worktypes.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { isRefusal, type Command } from '../../domain/process.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { freezeAct, parseAct } from '../../papers/acts.ts';
import { checkPaper } from '../../papers/form.ts';
import { codePoints, lineMax } from '../../papers/text.ts';
import { draftOf, dropDraft } from '../../store/drafts.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { ReceivedPage } from '../staff/after.tsx';
import { checkForm, newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { errorsByField, inputOf } from '../staff/inputs.ts';
import { receiveForm } from '../staff/multipart.ts';
import { sendAct, statusOfSent } from '../staff/send.ts';
import { contentOfTyped, manyTexts, oneText, readTyped, typedOfContent } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { formValueName } from '../view/forms.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { keepNewJob, sheetFields, sheetForm, typedOfKept, type TypedJob } from './draft.ts';
import { NewJobPage, NoJobPage, type NewJobView } from './page.tsx';
import { offersFor, peopleChoices, type NewJobOffers } from './offers.ts';
import { newJobWords } from './words.ts';

const purpose = 'newJob';
/** What the id of a draft looks like, whoever made it. */
const draftShape = /^[A-Za-z0-9_.:-]{1,64}$/;

/** `/jobs/new`: the client's task sheet and who takes it on; one form is one job, however often it is sent. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  const show = (
    res: Response,
    staff: Staff,
    offers: NewJobOffers,
    typed: TypedJob,
    status: number,
    again: { errors?: Readonly<Record<string, string>>; notice?: NewJobView['notice']; formValue?: string } = {},
  ): void => {
    sendPage(res, <NewJobPage staff={staff} view={viewOf(deps, staff, offers, typed, again)} />, status);
  };
  const closed = (res: Response, staff: Staff): void =>
    sendPage(res, <NoJobPage staff={staff} mayBegin={scopeOf(staff.who.viewer, 'job.request').kind !== 'none'} />, 200);

  routes.get('/jobs/new', staffOnly, async (req, res) => {
    const staff = await staffFrame(deps, req, 'newJob');
    const offers = await offersFor(deps, staff.who);
    if (offers.lines.length === 0) return closed(res, staff);
    const only = offers.lines.length === 1 ? offers.lines[0]?.line.id : undefined;
    const me = offers.owners.some((person) => person.id === staff.who.person.id) ? staff.who.person.id : '';
    const blank: TypedJob = {
      lineId: only ?? asText(req.query.line),
      title: '',
      owner: me,
      campaign: '',
      important: false,
      workTypes: [],
      sheet: typedOfContent(sheetFields, { orderedAt: staff.time.now }, staff.time.calendar.zone),
      draft: '',
      revision: 0,
    };
    const found = await draftOf(deps.store, asText(req.query.draft), staff.who.person.id);
    const kept = found?.form === sheetForm.id && found.processId === undefined ? found : undefined;
    if (kept === undefined) return show(res, staff, offers, blank, 200);
    const t = words(staff.lang, newJobWords);
    const from = t('draftFrom', { when: momentInWords(staff.time, kept.updatedAt, staff.lang) });
    const notice: NewJobView['notice'] =
      req.query.saved === '1' ? { kind: 'accepted', title: t('draftSaved') } : { kind: 'remark', title: from };
    show(res, staff, offers, typedOfKept(kept, blank, staff.time.calendar.zone), 200, { notice });
  });

  /** Keeps the page as a draft; `fresh` is the id of a new one, where the one it began from is not this person's any more. */
  const keep = async (
    res: Response,
    staff: Staff,
    offers: NewJobOffers,
    typed: TypedJob,
    { fresh, refused }: { readonly fresh: string; readonly refused: Readonly<Record<string, string>> },
  ): Promise<void> => {
    const first = await keepNewJob(deps, staff, offers, typed);
    const lost = !first.saved && first.current === null;
    const mine: TypedJob = lost ? { ...typed, draft: fresh, revision: 0 } : typed;
    const saved = lost ? await keepNewJob(deps, staff, offers, mine) : first;
    const wrong = Object.keys(refused).length > 0;
    if (saved.saved && !wrong) return res.redirect(303, `/jobs/new?draft=${encodeURIComponent(mine.draft)}&saved=1`);
    const t = words(staff.lang, newJobWords);
    if (saved.saved)
      return show(res, staff, offers, { ...mine, revision: saved.revision }, 422, {
        errors: refused,
        notice: { kind: 'accepted', title: t('draftSaved') },
      });
    const when = momentInWords(staff.time, saved.current?.updatedAt ?? staff.time.now, staff.lang);
    show(res, staff, offers, { ...mine, revision: saved.current?.revision ?? 0 }, 409, {
      errors: refused,
      notice: { kind: 'refused', title: t('conflict', { when }) },
    });
  };

  const take = async (req: Request, res: Response): Promise<void> => {
    const staff = await staffFrame(deps, req, 'newJob');
    const { who, lang } = staff;
    await deps.limiter.demand(limits.change, who.person.id);
    const offers = await offersFor(deps, who);
    if (offers.lines.length === 0) throw new Problem('FORBIDDEN');
    const arrived = await receiveForm(deps, req, res, lang);
    const t = words(lang, { ...newJobWords, ...staffWords });
    const written = typedJob(deps, staff, arrived.body, arrived.files);
    const refused = Object.fromEntries(arrived.refused.map(({ field, sentence }) => [field, sentence]));
    const value = checkForm(deps, who, purpose, arrived.body);
    if (!value.ok)
      return show(res, staff, offers, written, 409, {
        errors: refused,
        notice: { kind: 'refused', title: t('staleForm') },
      });
    // One page is one draft, however often its button is pressed.
    const fresh = `new-${value.commandId}`;
    const typed: TypedJob = { ...written, draft: draftShape.test(written.draft) ? written.draft : fresh };
    const pressed = oneText(arrived.body.do);
    if (pressed === 'throw') {
      await dropDraft(deps.store, typed.draft, who.person.id);
      return res.redirect(303, '/jobs/new');
    }
    if (pressed === 'save') return keep(res, staff, offers, typed, { fresh, refused });

    const made = actOf(staff, offers, typed);
    const errors = { ...made.errors, ...refused };
    if (Object.keys(errors).length > 0 || made.act === undefined)
      return show(res, staff, offers, typed, 422, { errors });

    const processId = jobWorkflowId(value.commandId);
    // Asked of the pure core first: a start that is refused would leave an empty process behind.
    const no = coreRefusal(deps, staff, processId, value.commandId, made.act);
    if (no !== undefined) return show(res, staff, offers, typed, 422, { notice: { kind: 'refused', title: no } });
    const sent = await sendAct(deps, who, processId, value.commandId, made.act, lang);
    switch (sent.kind) {
      case 'done':
        await dropDraft(deps.store, typed.draft, who.person.id);
        return res.redirect(303, `/jobs/${processId}?seq=${sent.seq}`);
      case 'received':
        await dropDraft(deps.store, typed.draft, who.person.id);
        return sendPage(res, <ReceivedPage staff={staff} title={t('received')} back="/" />, 202);
      case 'wrong':
        return show(res, staff, offers, typed, 422, { errors: errorsByField(sent.problems, lang, 'paper.content.') });
      case 'refused':
        return show(res, staff, offers, typed, sent.status, {
          notice: { kind: 'refused', title: sent.sentence },
        });
      case 'unavailable':
        return show(res, staff, offers, typed, statusOfSent(res, sent), {
          notice: { kind: 'refused', title: sent.sentence, text: t('busyKept') },
          formValue: oneText(arrived.body[formValueName]),
        });
    }
  };
  routes.post('/jobs/new', staffOnly, take);
  routes.post('/jobs/new/upload', staffOnly, take);
  routes.get('/jobs/new/upload', staffOnly, (_req, res) => res.redirect(303, '/jobs/new'));
  routes.all('/jobs/new', staffOnly, onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function typedJob(
  deps: ApiDeps,
  staff: Staff,
  body: FormFields,
  files: readonly { field: string; name: string; size: number; sha256: string }[],
): TypedJob {
  const sheet = readTyped(sheetFields, body, { ring: deps.keys.forms, holder: staff.who.holder });
  const held = Array.isArray(sheet.material)
    ? sheet.material.filter((row): row is Record<string, string> => typeof row === 'object' && row !== null)
    : [];
  const came = files
    .filter((file) => file.field === 'material')
    .map((file) => ({ name: file.name, size: String(file.size), hash: file.sha256 }));
  return {
    lineId: oneText(body.lineId),
    title: oneText(body.title),
    owner: oneText(body.owner),
    campaign: oneText(body.campaign),
    important: oneText(body.important) === 'true',
    workTypes: manyTexts(body.workTypes),
    sheet: { ...sheet, material: [...held, ...came] },
    draft: oneText(body.draft),
    revision: /^\d{1,9}$/.test(oneText(body.revision)) ? Number(oneText(body.revision)) : 0,
  };
}

/** The act of what was typed, or what is wrong with it field by field. */
function actOf(
  staff: Staff,
  offers: NewJobOffers,
  typed: TypedJob,
): { readonly act?: unknown; readonly errors: Readonly<Record<string, string>> } {
  const t = words(staff.lang, newJobWords);
  const errors: Record<string, string> = {};
  const chosen = offers.lines.find(({ line }) => line.id === typed.lineId);
  const title = typed.title.trim();
  const types = typed.workTypes.filter((type) => workTypes.some((known) => known === type));
  if (!chosen) errors.lineId = t('chooseLine');
  if (title === '') errors.title = t('missing');
  for (const [name, value] of [
    ['title', title],
    ['campaign', typed.campaign.trim()],
  ] as const)
    if (codePoints(value) > lineMax) errors[name] = t('tooLong', { max: lineMax });
  if (!offers.owners.some((person) => person.id === typed.owner)) errors.owner = t('chooseOwner');
  if (types.length === 0) errors.workTypes = t('chooseTypes');
  const where = { clientId: chosen?.client.id, brandId: chosen?.brand.id, lineId: chosen?.line.id };
  const content: Record<string, unknown> = {
    ...where,
    ...contentOfTyped(sheetFields, typed.sheet, staff.time.calendar.zone),
  };
  const checked = checkPaper(sheetForm, content);
  if (!checked.ok)
    Object.assign(errors, omit(errorsByField(checked.problems, staff.lang), ['clientId', 'brandId', 'lineId']));
  const orderer = offers.orderers.find((person) => person.id === content.orderedBy);
  if (chosen && errors.orderedBy === undefined && orderer?.clientId !== chosen.client.id)
    errors.orderedBy = t('notTheirs');
  if (!chosen || Object.keys(errors).length > 0) return { errors };
  const act = {
    type: 'request',
    title,
    ...where,
    brandCode: chosen.brand.code,
    lineCode: chosen.line.code,
    ownerId: typed.owner,
    workTypes: types,
    important: typed.important,
    qcRoute: chosen.client.qcRoute.route,
    campaign: typed.campaign.trim(),
    wantedDate: content.wantedDate,
    budgetFen: content.budgetLimit,
    paper: { form: sheetForm.id, content },
  };
  const parsed = parseAct(act);
  return parsed.ok ? { act, errors } : { errors: errorsByField(parsed.problems, staff.lang) };
}

function omit(record: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function coreRefusal(deps: ApiDeps, staff: Staff, processId: string, id: string, act: unknown): string | undefined {
  const parsed = parseAct(act);
  const frozen = parsed.ok ? freezeAct(parsed.act) : undefined;
  if (!frozen?.ok) return undefined;
  const now = deps.clock();
  const command: Command<AnyJobAct> = { id, actor: staff.who.actor, act: frozen.act, receivedAt: now, at: now };
  const verdict = jobProcess.decide(initialJobState(processId), command);
  return isRefusal(verdict) ? sayRefusal(verdict, wordingLang(staff.lang)) : undefined;
}

function viewOf(
  deps: ApiDeps,
  staff: Staff,
  offers: NewJobOffers,
  typed: TypedJob,
  again: { errors?: Readonly<Record<string, string>>; notice?: NewJobView['notice']; formValue?: string },
): NewJobView {
  const { lang } = staff;
  const t = words(lang, newJobWords);
  const errors = again.errors ?? {};
  const at = (name: string): { error?: string } => (errors[name] === undefined ? {} : { error: errors[name] });
  const clientName = (id: string): string | undefined =>
    offers.lines.find(({ client }) => client.id === id)?.client.name;
  const orderers = peopleChoices(offers.orderers, lang, clientName);
  const fieldOffers = { people: () => orderers, refs: {}, keeper: { ring: deps.keys.forms, holder: staff.who.holder } };
  return {
    lines: offers.lines,
    lineId: typed.lineId,
    fields: {
      title: {
        lang,
        name: 'title',
        label: t('title'),
        hint: t('titleHint'),
        kind: { type: 'text' },
        value: typed.title,
        required: true,
        maxLength: lineMax,
        ...at('title'),
      },
      owner: {
        lang,
        name: 'owner',
        label: t('owner'),
        hint: t('ownerHint'),
        kind: { type: 'person', choices: peopleChoices(offers.owners, lang) },
        value: typed.owner,
        required: true,
        ...at('owner'),
      },
      workTypes: {
        lang,
        name: 'workTypes',
        label: t('workTypes'),
        kind: {
          type: 'persons',
          choices: workTypes.map((value) => ({ value, label: pick(workTypeFacts[value].title, lang) })),
        },
        value: typed.workTypes,
        required: true,
        ...at('workTypes'),
      },
      important: {
        lang,
        name: 'important',
        label: t('important'),
        hint: t('importantHint'),
        kind: { type: 'bool' },
        value: typed.important,
        ...at('important'),
      },
      campaign: {
        lang,
        name: 'campaign',
        label: t('campaign'),
        hint: t('campaignHint'),
        kind: { type: 'text' },
        value: typed.campaign,
        maxLength: lineMax,
        ...at('campaign'),
      },
    },
    sheet: sheetFields.map((field) => inputOf(field, typed.sheet, fieldOffers, lang, errors[field.key])),
    errors,
    ...(again.notice ? { notice: again.notice } : {}),
    draft: typed.draft,
    revision: typed.revision,
    formValue: again.formValue ?? newFormValue(deps, staff.who, purpose),
    maxMegabytes: Math.floor(deps.config.uploadMaxBytes / 1_048_576),
  };
}
