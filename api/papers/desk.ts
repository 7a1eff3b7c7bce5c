import type { Request } from 'express';
import type { JobState, Paper } from '../../domain/job/state.ts';
import { paperStatusWords } from '../../domain/wording/states.ts';
import { paperWords as paperTitle } from '../../domain/wording/papers.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { stepTable as stepTitles } from '../../domain/wording/steps.ts';
import { formFields, type FormField } from '../../papers/fields.ts';
import { checkPaper, type Content, type FormDefinition } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { extensionDraft } from '../../papers/timing/extension.ts';
import { calendars } from '../../store/calendars.ts';
import { draftOf, paperDraftId, type Draft } from '../../store/drafts.ts';
import { frozenPaper } from '../../store/papers.ts';
import { timeCalendars } from '../../store/time-kept.ts';
import { timetableNow } from '../../store/timetables.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { errorsByField, failedFields, inputOf, peopleOffered, type Offers } from '../staff/inputs.ts';
import { openJob, surroundingsOf, type OpenJob, type Surroundings } from '../staff/job.ts';
import { contentOfTyped, typedOfContent, typedOfDraft, type Typed } from '../staff/typed.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { groupOf, groupOrder } from './groups.ts';
import type { Fullness } from './meter.tsx';
import type { EditView } from './page.tsx';
import { prefill } from './prefill.ts';
import { barred, orderRoute, readKey, roadOf, stepsAhead, type PaperKey, type Road } from './road.ts';
import { paperWords } from './words.ts';

/** A paper on somebody's desk: the job, the form, where it will go, and what has been written so far. */
export interface PaperDesk {
  readonly staff: Staff;
  readonly job: OpenJob;
  readonly paper: PaperKey;
  readonly form: FormDefinition;
  readonly fields: readonly FormField[];
  readonly skipFields: readonly FormField[];
  readonly road: Road;
  readonly around: Surroundings;
  readonly draftId: string;
  readonly draft: Draft | null;
  readonly latest: Paper | undefined;
  readonly zone: string;
}

/** Name of the text that holds the reason why a step of the order does not apply. */
export const skipKey = (step: string): string => `skip-${step}`;

/** The optional steps of a work order as texts to write a reason in. */
function skips(form: FormDefinition): readonly FormField[] {
  if (form.id !== 'F-04') return [];
  return orderRoute(true)
    .steps.filter((step) => step.optional)
    .map((step) => {
      const title = Object.hasOwn(stepTitles, step.key)
        ? (stepTitles[step.key] ?? roleFacts[step.role].title)
        : roleFacts[step.role].title;
      const of = (lang: 'zh' | 'en'): string => paperWords.skipReason[lang].replace('{step}', title[lang]);
      return { key: skipKey(step.key), type: 'text', zh: of('zh'), en: of('en'), required: false, max: 200 };
    });
}

/** Opens the paper named in the address. Throws the uniform 404 for a job or paper that is not there. */
export async function openPaper(deps: ApiDeps, req: Request): Promise<PaperDesk> {
  const paper = readKey(String(req.params.key));
  const job = await openJob(deps, req);
  const road = paper && roadOf(job.state, paper);
  if (!paper || !road) throw new Problem('NOT_FOUND');
  const form = forms[paper.form];
  const draftId = paperDraftId(job.row._id, paper.key, job.who.person.id);
  const [staff, around, draft] = await Promise.all([
    staffFrame(deps, req),
    surroundingsOf(deps, job.state),
    draftOf(deps.store, draftId, job.who.person.id),
  ]);
  return {
    staff,
    job,
    paper,
    form,
    fields: formFields(form),
    skipFields: skips(form),
    road,
    around,
    draftId,
    draft,
    latest: job.state.papers[paper.key],
    zone: staff.time.calendar.zone,
  };
}

/** What stands in the form when nobody typed anything yet: the draft, else the last version, else what the job knows. */
export async function begin(
  deps: ApiDeps,
  desk: PaperDesk,
): Promise<{ readonly typed: Typed; readonly origin: string }> {
  const { job, fields, skipFields, zone, staff } = desk;
  const t = words(staff.lang, paperWords);
  if (desk.draft) {
    const all = [...fields, ...skipFields];
    return {
      typed: typedOfDraft(all, desk.draft.content, zone),
      origin: t('draftFrom', { when: momentInWords(staff.time, desk.draft.updatedAt, staff.lang) }),
    };
  }
  const extension = desk.form.id === 'F-10' ? await extensionOf(deps, desk) : undefined;
  if (extension) return { typed: typedOfContent(fields, { ...extension }, zone), origin: t('extensionDrafted') };
  const before = desk.latest && (await frozenPaper(deps.store, desk.latest.hash));
  if (desk.latest && before && typeof before.content === 'object' && before.content !== null) {
    const status = pick(paperStatusWords[desk.latest.status], staff.lang);
    return {
      typed: typedOfContent(fields, { ...before.content }, zone),
      origin: t('laterVersion', { n: desk.latest.version, status }),
    };
  }
  const known = await prefill(desk.paper, {
    store: deps.store,
    state: job.state,
    around: desk.around,
    personId: job.who.person.id,
    now: staff.time.now,
    office: staff.time.calendar,
  });
  return { typed: typedOfContent(fields, known, zone), origin: Object.keys(known).length > 0 ? t('prefilled') : '' };
}

/** The timetable that asks for a later date, while the client's delay moves the delivery. */
async function extensionOf(deps: ApiDeps, { job, around, staff }: PaperDesk) {
  const kept = await calendars.now(deps.store);
  const house = timeCalendars(kept.byId, staff.time.calendar, zoneNamed);
  const found = await timetableNow(deps.store, { processId: job.row._id, state: job.state }, house, staff.time.now);
  if (!found?.forecast) return undefined;
  const asked = around.contacts.find(({ id }) => id === found.baseline.acceptedBy) ?? around.contacts[0];
  return extensionDraft(found.content, found.forecast, { agreedBy: asked?.name ?? '', lang: wordingLang(staff.lang) });
}

/** The content of what was typed. */
export function contentOf(desk: PaperDesk, typed: Typed): Content {
  return contentOfTyped(desk.fields, typed, desk.zone);
}

/** What a content still lacks and what of it is wrong. */
export function fullnessOf(desk: PaperDesk, content: Content): Fullness {
  const { lang } = desk.staff;
  const checked = checkPaper(desk.form, content);
  const problems = checked.ok ? [] : checked.problems;
  const keyOf = (path: string): string => path.split('.')[0] ?? '';
  const rest = new Set(
    problems
      .filter((problem) => problem.code !== 'MISSING' || problem.field.includes('.'))
      .map((problem) => keyOf(problem.field)),
  );
  const missing = new Set(problems.map((problem) => keyOf(problem.field)).filter((key) => !rest.has(key)));
  const named = (keys: ReadonlySet<string>) =>
    desk.fields.filter((field) => keys.has(field.key)).map((field) => ({ key: field.key, label: pick(field, lang) }));
  const needed = desk.fields.filter((field) => field.required || missing.has(field.key)).length;
  return { needed, missing: named(missing), wrong: named(rest) };
}

/** What may be chosen in this paper's fields. */
export function offersOf(deps: ApiDeps, desk: PaperDesk): Offers {
  const { around, staff, job } = desk;
  return {
    people: peopleOffered(around, staff.lang),
    refs: refsOf(around, job.state),
    keeper: { ring: deps.keys.forms, holder: job.who.holder },
  };
}

function refsOf(around: Surroundings, state: JobState): Offers['refs'] {
  const client = around.client ? [{ value: around.client.id, label: around.client.name }] : [];
  return {
    clientId: client,
    // The minutes call the client by this name (F-15).
    client,
    brandId: around.brand ? [{ value: around.brand.id, label: around.brand.name, note: around.brand.code }] : [],
    lineId: (around.brand?.lines ?? []).map((line) => ({ value: line.id, label: line.name, note: line.code })),
    piece: Object.values(state.pieces).map((piece) => ({
      value: piece.id,
      label: piece.name,
      note: piece.specification,
    })),
  };
}

/** More that a page says after a post. */
export interface Again {
  readonly errors?: Readonly<Record<string, string>>;
  readonly notices?: EditView['notices'];
  readonly revision?: number;
  readonly origin?: string;
  /** A form value to be shown again: after "unavailable" the same press must stay the same act. */
  readonly formValue?: string;
  readonly addRow?: string;
}

/** Purpose of the form values of a paper's page. */
export function purposeOf(desk: PaperDesk): string {
  return `paper:${desk.job.row._id}:${desk.paper.key}`;
}

/** The page of a paper as it stands. */
export function editView(deps: ApiDeps, desk: PaperDesk, typed: Typed, again: Again = {}): EditView {
  const { staff, job, form, fields, skipFields, road, paper, latest } = desk;
  const { lang } = staff;
  const t = words(lang, paperWords);
  const offers: Offers = { ...offersOf(deps, desk), ...(again.addRow === undefined ? {} : { addRow: again.addRow }) };
  const errors = again.errors ?? {};
  const props = (field: FormField) => inputOf(field, typed, offers, lang, errors[field.key]);
  const refusal = barred(job.state, road, job.who.actor);
  const base = `${job.base}/papers/${encodeURIComponent(paper.key)}`;
  const hasFiles = fields.some((field) => field.type === 'files');
  const why = refusal && sayRefusal(refusal, wordingLang(lang));
  return {
    title: pick(paperTitle(paper.key === 'F-22:trio' ? 'F-22' : paper.key), lang),
    formId: form.id,
    job: { href: job.base, title: job.state.title, ...(job.state.jobNumber ? { number: job.state.jobNumber } : {}) },
    action: hasFiles ? `${base}/upload` : `${base}/edit`,
    draftAction: `${base}/draft`,
    multipart: hasFiles,
    maxMegabytes: Math.floor(deps.config.uploadMaxBytes / 1_048_576),
    groups: groupOrder
      .map((group) => ({ group, fields: fields.filter((field) => groupOf(field) === group).map(props) }))
      .filter((one) => one.fields.length > 0),
    skips: skipFields.map(props),
    fullness: fullnessOf(desk, contentOf(desk, typed)),
    revision: again.revision ?? desk.draft?.revision ?? 0,
    formValue: again.formValue ?? newFormValue(deps, job.who, purposeOf(desk)),
    errors: failedFields([...fields, ...skipFields], errors, lang),
    notices: [...(why ? [{ kind: 'remark' as const, title: t('notYet'), text: why }] : []), ...(again.notices ?? [])],
    ...(again.origin ? { origin: again.origin } : {}),
    chips: [t('newVersion', { n: (latest?.version ?? 0) + 1 }), ...(paper.key === 'F-22:trio' ? [t('trio')] : [])],
    submit: { ...submitWords(desk), ...(why ? { barred: `${t('notYet')}${lang === 'en' ? ': ' : '：'}${why}` } : {}) },
    hasDraft: desk.draft !== null,
    ...(latest ? { versionHref: `${base}/${latest.version}` } : {}),
  };
}

function submitWords(desk: PaperDesk): Omit<EditView['submit'], 'barred'> {
  const { lang } = desk.staff;
  const t = words(lang, paperWords);
  if (desk.road.kind === 'submit') {
    const ahead = stepsAhead(desk.job.state, desk.road.point).map((step) => pick(roleFacts[step.role].title, lang));
    return { label: t('submitTo'), meaning: t('submitMeaning', { who: ahead.join(' → ') }), seal: true };
  }
  return desk.road.kind === 'evaluate'
    ? { label: t('evaluateNow'), meaning: t('evaluateMeaning'), seal: false }
    : { label: t('filePaper'), meaning: t('fileMeaning'), seal: false };
}

/** What is wrong with a content, field by field, for a paper that was to be sent. */
export function wrongFields(desk: PaperDesk, content: Content): Readonly<Record<string, string>> {
  const checked = checkPaper(desk.form, content);
  return checked.ok ? {} : errorsByField(checked.problems, desk.staff.lang);
}
