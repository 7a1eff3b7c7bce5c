import type { Request, Response } from 'express';
import { may } from '../../domain/people/may.ts';
import { issueRecord, issueStages } from '../../papers/service/issue-record.ts';
import { formFields } from '../../papers/fields.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { caseKey } from '../../store/cases.ts';
import { jobRow, type JobRow } from '../../store/jobs.ts';
import { peopleOfClient } from '../../store/people.ts';
import { mayRaiseIssue, raiseIssue } from '../cases/raise.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { detailsOfRefusal, Problem, Refused } from '../problems.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { errorsByField, inputOf } from '../staff/inputs.ts';
import { contentOfTyped, instantOfInput, inputOfInstant, oneText, readTyped } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import type { Choice } from '../view/fields.tsx';
import { langOfWords, pick } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Actions, Button, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { issueWords } from './issue-words.ts';
import type { Remark } from './link-page.tsx';
import { meetingWords } from './words.ts';

const purpose = 'issue:new';

/** Fields of the issue record that are asked for when it is raised; the rest follows when it is known. */
const atFirst: ReadonlySet<string> = new Set(['happened', 'jobStage', 'damage']);
const fields = formFields(issueRecord).filter(({ key }) => atFirst.has(key));

/** The page on which an issue of one job is raised. */
interface RaiseDesk {
  readonly staff: Staff;
  readonly job: JobRow;
  /** People of the client who can be told. */
  readonly contacts: readonly Choice[];
}

/** Opens it for whoever may see the job; 404 for what is not there and what is not this person's. */
async function openRaise(deps: ApiDeps, req: Request, jobId: string): Promise<RaiseDesk> {
  const staff = await staffFrame(deps, req, 'board');
  const job = /^[A-Za-z0-9_-]{3,80}$/.test(jobId) ? await jobRow(deps.store, jobId) : null;
  if (job === null || !may(staff.who.viewer, 'job.read', job)) throw new Problem('NOT_FOUND');
  const theirs = await peopleOfClient(deps.store, job.clientId);
  const contacts = theirs.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }));
  return { staff, job, contacts };
}

const hrefOf = (job: JobRow): string => `/jobs/${encodeURIComponent(job.jobNumber ?? job._id)}`;

function show(
  deps: ApiDeps,
  res: Response,
  { staff, job, contacts }: RaiseDesk,
  body: FormFields,
  status: number,
  again: { readonly remark?: Remark; readonly errors?: Readonly<Record<string, string>> } = {},
): void {
  const { lang, who, time } = staff;
  const t = words(lang, issueWords);
  const keeper = { ring: deps.keys.forms, holder: who.holder };
  const typed = readTyped(fields, body, keeper);
  const errors = again.errors ?? {};
  const own = (name: string): { readonly error?: string } => {
    const error = errors[name];
    return error === undefined ? {} : { error };
  };
  const labels: Readonly<Record<string, string>> = {
    title: t('inOneLine'),
    since: t('since'),
    told: t('told'),
    ...Object.fromEntries(fields.map((field) => [field.key, pick(field, lang)])),
  };
  const failed = Object.entries(errors).flatMap(([name, error]) => {
    const label = labels[name];
    return label === undefined ? [] : [{ name, label, error }];
  });
  const stage = issueStages.find((one) => one === job.phase) ?? '';
  const before = { jobStage: stage, ...typed, ...(typed['jobStage'] === '' ? { jobStage: stage } : {}) };
  sendPage(
    res,
    <Page {...staff.frame} title={`${t('raise')} · ${job.title}`}>
      <header class="work-head">
        <p class="muted">
          <a href={hrefOf(job)} lang={langOfWords(job.title, lang)}>
            {[job.jobNumber, job.title].filter(Boolean).join(' ')}
          </a>
        </p>
        <h1>{t('raise')}</h1>
        <p class="work-lead">{t('raiseLead')}</p>
      </header>
      <div class="stack">
        {mayRaiseIssue(who, job) ? null : <Notice kind="refused" title={t('over')} />}
        {again.remark && failed.length === 0 ? <Notice kind={again.remark.kind} title={again.remark.title} /> : null}
        <ErrorList lang={lang} errors={failed} />
        <Sheet>
          <form method="post" action="/issues/new" novalidate data-once>
            <FormValue value={newFormValue(deps, who, purpose)} />
            <input type="hidden" name="job" value={job._id} />
            <Field
              lang={lang}
              name="title"
              label={t('inOneLine')}
              hint={t('inOneLineHint')}
              kind={{ type: 'text' }}
              value={oneText(body['title'])}
              required
              {...own('title')}
            />
            {fields.map((field) => (
              <Field
                {...inputOf(field, before, { people: () => contacts, refs: {}, keeper }, lang, errors[field.key])}
              />
            ))}
            <Field
              lang={lang}
              name="since"
              label={t('since')}
              kind={{ type: 'datetime' }}
              value={oneText(body['since']) || inputOfInstant(time.now, time.calendar.zone)}
              required
              {...own('since')}
            />
            {contacts.length === 0 ? null : (
              <Field
                lang={lang}
                name="told"
                label={t('told')}
                hint={t('toldHint')}
                kind={{ type: 'person', choices: contacts }}
                value={oneText(body['told'])}
                {...own('told')}
              />
            )}
            <Actions>
              <Button kind="ink">{t('raiseDo')}</Button>
            </Actions>
          </form>
        </Sheet>
      </div>
    </Page>,
    status,
  );
}

/** `GET /issues/new?job=`: the form on which anybody who sees the job raises an issue. */
export async function showRaise(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const { job } = req.query;
  show(deps, res, await openRaise(deps, req, typeof job === 'string' ? job : ''), {}, 200);
}

/** `POST /issues/new`. A refused form comes back as it was typed. */
export async function takeRaise(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const body = bodyOf(req.body);
  const desk = await openRaise(deps, req, oneText(body['job']));
  const { who, lang, time } = desk.staff;
  const { zone } = time.calendar;
  const t = words(lang, { ...meetingWords, ...staffWords });
  const again = (status: number, remark: Remark, errors: Readonly<Record<string, string>> = {}): void =>
    show(deps, res, desk, body, status, { remark, errors });
  const wrong = (problems: readonly InputProblem[]): void =>
    again(422, { kind: 'refused', title: t('wrongAbove') }, errorsByField(problems, lang, 'content.'));
  const verdict = checkForm(deps, who, purpose, body);
  if (!verdict.ok) return again(409, { kind: 'refused', title: t('staleForm') });
  const typed = readTyped(fields, body, { ring: deps.keys.forms, holder: who.holder });
  const since = oneText(body['since']).trim();
  try {
    const { processId, sent } = await raiseIssue(deps, who, desk.job, verdict.commandId, {
      title: oneText(body['title']),
      since: since === '' ? '' : instantOfInput(since, zone),
      told: oneText(body['told']).trim(),
      content: contentOfTyped(fields, typed, zone),
    });
    switch (sent.kind) {
      case 'accepted':
        return res.redirect(303, `/meetings/${caseKey(processId)}?done=1`);
      case 'received':
        return res.redirect(303, `${hrefOf(desk.job)}#issues`);
      case 'wrong': {
        const ofJob = sent.problems.find(({ field }) => field === 'jobId');
        if (ofJob) return again(409, { kind: 'refused', title: pick(ofJob, lang) });
        return wrong(sent.problems);
      }
      case 'refused':
        throw new Refused(sent.refusal);
      case 'closed':
      case 'unknown':
        throw new Problem('NOT_FOUND');
      case 'unavailable':
        res.set('Retry-After', String(sent.retryAfterSeconds));
        return again(503, { kind: 'refused', title: t('busyKept') });
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, detail } = detailsOfRefusal(error.refusal, lang);
    const named = error.refusal.params?.fields;
    const keys = Array.isArray(named) ? named.filter((one): one is string => typeof one === 'string') : [];
    again(status, { kind: 'refused', title: detail }, Object.fromEntries(keys.map((key) => [key, detail])));
  }
}
