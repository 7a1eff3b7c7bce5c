import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { whyNot } from '../../../domain/job/decide.ts';
import { possible } from '../../../domain/job/answers.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { ActDefinition, ByWhom } from '../../../domain/job/definition.ts';
import { points } from '../../../domain/job/points.ts';
import { acts } from '../../../domain/job/table.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { Refusal } from '../../../domain/process.ts';
import { actWords } from '../../../domain/wording/acts.ts';
import { phaseWords } from '../../../domain/wording/phases.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { thingWords } from '../../../domain/wording/states.ts';
import { casesLike, type CaseRow } from '../../../store/cases.ts';
import type { ApiDeps } from '../../deps.ts';
import { onlyMethods, Problem } from '../../problems.ts';
import { staffOnly } from '../../session/identify.ts';
import { ReceivedPage } from '../../staff/after.tsx';
import { bodyOf, checkForm, newFormValue } from '../../staff/form-value.ts';
import { staffFrame, type Staff } from '../../staff/frame.tsx';
import { errorsByField, failedFields, inputOf, peopleOffered, personChoice } from '../../staff/inputs.ts';
import { openJob, surroundingsOf, type OpenJob } from '../../staff/job.ts';
import { sendAct, statusOfSent } from '../../staff/send.ts';
import { contentOfTyped, oneText, readTyped, typedOfContent, type Typed } from '../../staff/typed.ts';
import { staffWords } from '../../staff/words.ts';
import { formValueName } from '../../view/forms.ts';
import { pick, wordingLang, type Lang } from '../../view/lang.ts';
import { sendPage } from '../../view/page.tsx';
import type { Fact } from '../../view/parts.tsx';
import { words } from '../../view/words/index.ts';
import { aboveAct } from './above.tsx';
import { ActPage, type ActView } from './page.tsx';
import { actSpecs, isActHere, type ActContext, type ActHere, type ActSpec } from './specs.ts';
import { actPageWords } from './words.ts';

/** Everything the page of one act needs. */
interface ActDesk {
  readonly staff: Staff;
  readonly job: OpenJob;
  readonly act: ActHere | 'internalAgreement';
  readonly spec: ActSpec;
  readonly context: ActContext;
  readonly by: readonly ByWhom[];
  readonly refusal: Refusal | undefined;
  /** Meetings, minutes, issues and the schedule of the job that are still open, where the act ends the job. */
  readonly beside: readonly CaseRow[];
}

/** Cases beside a job that are named at most. */
const mostBeside = 20;

/** Papers that an approval point in the address stands for; the rest of the points are made elsewhere. */
const paperOfPoint: Readonly<Record<string, string>> = {
  requirementBrief: 'F-03',
  strategyAgreement: 'F-24',
  creativeBrief: 'F-05',
  timetable: 'F-10',
  workOrder: 'F-04',
  quotationConsent: 'F-35',
  confirmation: 'F-22',
  estimate: 'F-36',
  mediaPlan: 'F-45',
  mediaSchedule: 'F-46',
  researchReport: 'F-51',
  clearance: 'F-22:trio',
};

/** Where an act is written that has no small form: a paper, a piece. Undefined when it has one, or does not exist. */
function elsewhere(job: OpenJob, act: string, point: string): string | undefined {
  const paper = (key: string): string => `${job.base}/papers/${encodeURIComponent(key)}/edit`;
  if (act === 'evaluate') return paper('F-54');
  if (act === 'file') return paper('F-19');
  if (act === 'submitVersion') return job.base;
  if (act !== 'submit') return undefined;
  const last = job.state.revisions.at(-1)?.ordinal ?? 1;
  if (point === 'revisionDirection') return paper(`F-18:R${last}`);
  if (point === 'revisionOrder') return paper(`F-08:R${last}`);
  if (point === 'internalAgreement') return `${job.base}/acts/internalAgreement`;
  const form = Object.hasOwn(paperOfPoint, point) ? paperOfPoint[point] : undefined;
  return form === undefined ? undefined : paper(form);
}

async function openAct(deps: ApiDeps, req: Request, job: OpenJob, act: string): Promise<ActDesk> {
  if (act !== 'internalAgreement' && !isActHere(act)) throw new Problem('NOT_FOUND');
  const [staff, around, beside] = await Promise.all([
    staffFrame(deps, req),
    surroundingsOf(deps, job.state),
    act === 'archive' ? casesLike(deps.store, { jobId: job.row._id, open: true, limit: mostBeside }) : [],
  ]);
  const opinion = typeof req.query.opinion === 'string' ? req.query.opinion : undefined;
  const context: ActContext = {
    state: job.state,
    around,
    now: staff.time.now,
    ...(opinion === undefined ? {} : { opinion }),
  };
  if (act === 'internalAgreement') {
    const point = points.internalAgreement;
    return {
      staff,
      job,
      act,
      spec: { fields: () => [] },
      context,
      by: point.by,
      refusal: whyNot(job.state, point.by, point, job.who.actor, 'submit'),
      beside,
    };
  }
  const definition = acts[act] as ActDefinition<JobAct>;
  const refusal = possible(job.state, job.who.actor).find((one) => one.act === act && one.point === undefined)?.refusal;
  return { staff, job, act, spec: actSpecs[act], context, by: definition.by, refusal, beside };
}

function whoMay(by: readonly ByWhom[], lang: Lang): string {
  if (by.length === 0) return words(lang, staffWords)('anybodyHere');
  const names = by.map((one) =>
    one === 'owner' ? pick(thingWords.owner ?? { zh: one, en: one }, lang) : pick(roleFacts[one].title, lang),
  );
  return names.join(lang === 'en' ? ', ' : '、');
}

interface Again {
  readonly errors?: Readonly<Record<string, string>>;
  readonly notice?: ActView['notice'];
  readonly formValue?: string;
  readonly addRow?: string;
}

function purposeOf({ job, act }: ActDesk): string {
  return `act:${job.row._id}:${act}`;
}

function viewOf(deps: ApiDeps, desk: ActDesk, typed: Typed, again: Again = {}): ActView {
  const { staff, job, act, spec, context, refusal } = desk;
  const { lang } = staff;
  const t = words(lang, actPageWords);
  const errors = again.errors ?? {};
  const fields = spec.fields(context);
  const everybody = peopleOffered(context.around, lang);
  const offers = {
    people: (key: string) =>
      spec.people?.(context, key).map((person) => personChoice(person, context.around, lang)) ?? everybody(key),
    refs: {},
    keeper: { ring: deps.keys.forms, holder: job.who.holder },
    ...(again.addRow === undefined ? {} : { addRow: again.addRow }),
  };
  const known = act === 'internalAgreement' ? undefined : actWords[act];
  const facts: Fact[] =
    act === 'openNumber'
      ? [
          {
            label: t('nextNumber'),
            value: t('nextNumberIs', {
              prefix: `${job.state.brandCode}${job.state.lineCode}${staff.time.now.slice(0, 4)}`,
            }),
          },
        ]
      : [];
  const above = aboveAct(act, job.state, job.base, lang, desk.beside);
  return {
    title: known ? pick(known, lang) : t('internalAgreement'),
    does: known ? pick(known.description, lang) : t('internalAgreementDoes'),
    who: whoMay(desk.by, lang),
    phase: pick(phaseWords[job.state.phase], lang),
    job: { href: job.base, title: job.state.title, ...(job.state.jobNumber ? { number: job.state.jobNumber } : {}) },
    action: `${job.base}/acts/${act}`,
    formValue: again.formValue ?? newFormValue(deps, job.who, purposeOf(desk)),
    fields: fields.map((field) => inputOf(field, typed, offers, lang, errors[field.key])),
    facts,
    ...(above ? { above } : {}),
    button: known ? pick(known, lang) : t('internalAgreement'),
    seal: act === 'internalAgreement',
    ...(refusal ? { refusal: sayRefusal(refusal, wordingLang(lang)) } : {}),
    nothing: fields.some(({ type, required, options }) => type === 'enum' && required && options?.length === 0),
    ...(again.notice ? { notice: again.notice } : {}),
    errors: failedFields(fields, errors, lang),
  };
}

async function takeAct(deps: ApiDeps, req: Request, res: Response, desk: ActDesk): Promise<void> {
  const { staff, job, spec, context, act } = desk;
  const { lang } = staff;
  const zone = staff.time.calendar.zone;
  const t = words(lang, staffWords);
  const body = bodyOf(req.body);
  const fields = spec.fields(context);
  const typed = readTyped(fields, body, { ring: deps.keys.forms, holder: job.who.holder });
  const show = (status: number, again: Again): void =>
    sendPage(res, <ActPage staff={staff} view={viewOf(deps, desk, typed, again)} />, status);
  if (body.addRow !== undefined) return show(200, { addRow: oneText(body.addRow) });
  const value = checkForm(deps, job.who, purposeOf(desk), body);
  if (!value.ok) return show(409, { notice: { title: t('staleForm') } });
  const content = contentOfTyped(fields, typed, zone);
  const wish =
    act === 'internalAgreement'
      ? { type: 'submit', point: 'internalAgreement' }
      : { type: act, ...lists(fields, content), ...spec.complete?.(content), ...spec.more?.(context) };
  const sent = await sendAct(deps, job.who, job.row._id, value.commandId, wish, lang);
  switch (sent.kind) {
    case 'done':
      return res.redirect(303, `${job.base}?seq=${sent.seq}`);
    case 'received':
      return sendPage(res, <ReceivedPage staff={staff} title={viewOf(deps, desk, typed).title} back={job.base} />, 202);
    case 'wrong':
      return show(statusOfSent(res, sent), { errors: errorsByField(sent.problems, lang) });
    case 'refused': {
      const named = [sent.field ?? '', ...(sent.fields ?? [])].filter((key) =>
        fields.some((field) => field.key === key),
      );
      return show(statusOfSent(res, sent), {
        notice: { title: sent.sentence },
        errors: Object.fromEntries(named.map((key) => [key, sent.sentence])),
      });
    }
    case 'unavailable':
      return show(statusOfSent(res, sent), {
        notice: { title: sent.sentence, text: t('busyKept') },
        formValue: oneText(body[formValueName]),
      });
  }
}

/** An act's lists are never absent, only empty; optional words that were not typed are an empty text. */
function lists(
  fields: ReturnType<ActSpec['fields']>,
  content: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [
      field.key,
      content[field.key] ??
        (field.type === 'table' || field.type === 'list' || field.type === 'persons' ? [] : undefined),
    ]),
  );
}

/** `/jobs/:id/acts/:act`: each act that brings no paper on a page of its own. */
export function actRoutes(deps: ApiDeps, counted: RequestHandler): Router {
  const routes = express.Router();
  routes.get('/jobs/:id/acts/:act', staffOnly, async (req, res) => {
    const job = await openJob(deps, req);
    const act = String(req.params.act);
    const there = elsewhere(job, act, typeof req.query.point === 'string' ? req.query.point : '');
    if (there !== undefined) return res.redirect(303, there);
    const desk = await openAct(deps, req, job, act);
    const initial = typedOfContent(
      desk.spec.fields(desk.context),
      desk.spec.initial?.(desk.context) ?? {},
      desk.staff.time.calendar.zone,
    );
    sendPage(res, <ActPage staff={desk.staff} view={viewOf(deps, desk, initial)} />);
  });
  routes.post('/jobs/:id/acts/:act', staffOnly, counted, async (req, res) => {
    const job = await openJob(deps, req);
    await takeAct(deps, req, res, await openAct(deps, req, job, String(req.params.act)));
  });
  routes.all('/jobs/:id/acts/:act', staffOnly, onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}
