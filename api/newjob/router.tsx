import express, { type Request, type Response, type Router } from 'express';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import { workTypeFacts, workTypes } from '../../domain/job/worktypes.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { isRefusal, type Command } from '../../domain/process.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { freezeAct, parseAct } from '../../papers/acts.ts';
import { formFields } from '../../papers/fields.ts';
import { checkPaper } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
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
import { contentOfTyped, manyTexts, oneText, readTyped, typedOfContent, type Typed } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { formValueName } from '../view/forms.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { contentOf } from '../view/read/papers.ts';
import { words } from '../view/words/index.ts';
import { NewJobPage, NoJobPage, type NewJobView } from './page.tsx';
import { offersFor, peopleChoices, type NewJobOffers } from './offers.ts';
import { newJobWords } from './words.ts';

const form = forms['F-01'];
/** Client, brand and line are one choice on this page; the rest is asked as the form says. */
const sheetFields = formFields(form).filter((field) => !['clientId', 'brandId', 'lineId'].includes(field.key));
const purpose = 'newJob';

/** What somebody typed on the page. */
interface TypedJob {
  readonly lineId: string;
  readonly title: string;
  readonly owner: string;
  readonly campaign: string;
  readonly important: boolean;
  readonly workTypes: readonly string[];
  readonly sheet: Typed;
  /** The draft it began from, else empty. */
  readonly draft: string;
}

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
    const asked = asText(req.query.line);
    const draft = await draftOf(deps.store, asText(req.query.draft), staff.who.person.id);
    const begun = draft?.form === form.id ? contentOf(draft.content) : {};
    const sheet = typedOfContent(sheetFields, { orderedAt: staff.time.now, ...begun }, staff.time.calendar.zone);
    const lineId = typeof begun.lineId === 'string' ? begun.lineId : (only ?? asked);
    show(
      res,
      staff,
      offers,
      {
        lineId,
        title: '',
        owner: me,
        campaign: '',
        important: false,
        workTypes: [],
        sheet,
        draft: draft?.form === form.id ? draft.id : '',
      },
      200,
    );
  });

  const take = async (req: Request, res: Response): Promise<void> => {
    const staff = await staffFrame(deps, req, 'newJob');
    const { who, lang } = staff;
    await deps.limiter.demand(limits.change, who.person.id);
    const offers = await offersFor(deps, who);
    if (offers.lines.length === 0) throw new Problem('FORBIDDEN');
    const arrived = await receiveForm(deps, req, res, lang);
    const t = words(lang, { ...newJobWords, ...staffWords });
    const typed = typedJob(deps, staff, arrived.body, arrived.files);
    const refused = Object.fromEntries(arrived.refused.map(({ field, sentence }) => [field, sentence]));
    const value = checkForm(deps, who, purpose, arrived.body);
    if (!value.ok) return show(res, staff, offers, typed, 409, { errors: refused, notice: { title: t('staleForm') } });

    const made = actOf(staff, offers, typed);
    const errors = { ...made.errors, ...refused };
    if (Object.keys(errors).length > 0 || made.act === undefined)
      return show(res, staff, offers, typed, 422, { errors });

    const processId = jobWorkflowId(value.commandId);
    // Asked of the pure core first: a start that is refused would leave an empty process behind.
    const no = coreRefusal(deps, staff, processId, value.commandId, made.act);
    if (no !== undefined) return show(res, staff, offers, typed, 422, { notice: { title: no } });
    const sent = await sendAct(deps, who, processId, value.commandId, made.act, lang);
    switch (sent.kind) {
      case 'done':
        if (typed.draft !== '') await dropDraft(deps.store, typed.draft, who.person.id);
        return res.redirect(303, `/jobs/${processId}?seq=${sent.seq}`);
      case 'received':
        return sendPage(res, <ReceivedPage staff={staff} title={t('received')} back="/" />, 202);
      case 'wrong':
        return show(res, staff, offers, typed, 422, { errors: errorsByField(sent.problems, lang, 'paper.content.') });
      case 'refused':
        return show(res, staff, offers, typed, sent.status, { notice: { title: sent.sentence } });
      case 'unavailable':
        return show(res, staff, offers, typed, statusOfSent(res, sent), {
          notice: { title: sent.sentence, text: t('busyKept') },
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
  const checked = checkPaper(form, content);
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
    paper: { form: 'F-01', content },
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
    formValue: again.formValue ?? newFormValue(deps, staff.who, purpose),
    maxMegabytes: Math.floor(deps.config.uploadMaxBytes / 1_048_576),
  };
}
