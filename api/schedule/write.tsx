import type { Request, Response } from 'express';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { formFields } from '../../papers/fields.ts';
import { executionSchedule } from '../../papers/timing/schedule.ts';
import { people } from '../../store/people.ts';
import { layDown, nextSchedule } from '../cases/schedule.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { errorsByField, failedFields, inputOf, personChoice, type Offers } from '../staff/inputs.ts';
import { surroundingsOf } from '../staff/job.ts';
import { contentOfTyped, oneText, readTyped, typedOfContent, type Typed } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { wordingLang } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Actions, Button, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { openSchedule, schedulePurpose, type ScheduleDesk } from './desk.ts';
import { pageOf, type Remark } from './page.tsx';
import { scheduleWords } from './words.ts';

const fields = formFields(executionSchedule);

interface WritingDesk extends ScheduleDesk {
  readonly job: NonNullable<ScheduleDesk['job']>;
  readonly offers: Offers;
  readonly zone: string;
}

/** Opens the form on which the next version is written; the uniform 404 for whoever does not lay the schedule down. */
async function openWriting(deps: ApiDeps, req: Request): Promise<WritingDesk> {
  const desk = await openSchedule(deps, req);
  const { job, laying, staff } = desk;
  if (job === undefined || (!laying.may && laying.why === undefined)) throw new Problem('NOT_FOUND');
  const [around, everybody] = await Promise.all([surroundingsOf(deps, job.whole.state), people.all(deps.store)]);
  const team = new Set(around.members.map(({ id }) => id));
  const others = everybody
    .map(({ value }) => value)
    .filter((one) => one.active && one.side === 'agency' && !team.has(one.id));
  // The brand's team first: it is who executes; but media and production may sit elsewhere in the house.
  const choices = [...around.members, ...others].map((one) => personChoice(one, around, staff.lang));
  return {
    ...desk,
    job,
    offers: { people: () => choices, refs: {}, keeper: { ring: deps.keys.forms, holder: staff.who.holder } },
    zone: staff.time.calendar.zone,
  };
}

interface Again {
  readonly errors?: Readonly<Record<string, string>>;
  readonly remark?: Remark;
  readonly addRow?: string;
}

function show(res: Response, desk: WritingDesk, typed: Typed, status: number, again: Again = {}): void {
  const { staff, processId, title, state, laying } = desk;
  const { lang } = staff;
  const t = words(lang, scheduleWords);
  const errors = again.errors ?? {};
  const offers: Offers = again.addRow === undefined ? desk.offers : { ...desk.offers, addRow: again.addRow };
  const failed = failedFields(fields, errors, lang);
  const head = t(state?.papers['F-11'] === undefined ? 'layDown' : 'change');
  sendPage(
    res,
    <Page {...staff.frame} title={`${head} · ${title}`} kind="wide" scripts={['form']}>
      <header class="work-head">
        <p class="muted">
          <a href={pageOf(processId)}>{title}</a>
        </p>
        <h1>{head}</h1>
        <p class="work-lead">{t(state?.papers['F-11'] === undefined ? 'noneLead' : 'changeLead')}</p>
      </header>
      <div class="stack schedule-form">
        {laying.why === undefined ? null : <Notice kind="remark" title={laying.why} />}
        {again.remark && failed.length === 0 ? <Notice kind={again.remark.kind} title={again.remark.title} /> : null}
        <ErrorList lang={lang} errors={failed} />
        <Sheet>
          <form method="post" action={`${pageOf(processId)}/write`} novalidate>
            <FormValue value={desk.formValue()} />
            {fields.map((field) => (
              <Field {...inputOf(field, typed, offers, lang, errors[field.key])} />
            ))}
            <Actions fixed>
              <Button kind="ink" name="do" value="layDown">
                {t('send')}
              </Button>
            </Actions>
          </form>
        </Sheet>
      </div>
    </Page>,
    status,
  );
}

/** `GET /schedules/:key/write`: the last version with whoever answers for each entry now, or an empty form. */
export async function showWriting(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openWriting(deps, req);
  const { state, content, zone } = desk;
  const begun = state && content ? nextSchedule(state, content) : {};
  show(res, desk, typedOfContent(fields, begun, zone), 200);
}

/** `POST /schedules/:key/write`: another row, or the version itself. A refused form comes back as it was typed. */
export async function takeWriting(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openWriting(deps, req);
  const { staff, processId, job, zone } = desk;
  const { lang, who } = staff;
  const t = words(lang, { ...scheduleWords, ...staffWords });
  const body = bodyOf(req.body);
  const typed = readTyped(fields, body, desk.offers.keeper);
  if (body['addRow'] !== undefined) return show(res, desk, typed, 200, { addRow: oneText(body['addRow']) });
  const verdict = checkForm(deps, who, schedulePurpose(processId), body);
  if (!verdict.ok) return show(res, desk, typed, 409, { remark: { kind: 'refused', title: t('staleForm') } });
  const content = contentOfTyped(fields, typed, zone);
  const { sent } = await layDown(deps, who, job.whole, verdict.commandId, content);
  switch (sent.kind) {
    case 'accepted':
      return res.redirect(303, `${pageOf(processId)}?asked=1`);
    case 'received':
      return res.redirect(303, `${pageOf(processId)}?received=1`);
    case 'wrong': {
      const errors = errorsByField(sent.problems, lang, 'paper.content.');
      return show(res, desk, typed, 422, { errors, remark: { kind: 'refused', title: t('wrongAbove') } });
    }
    case 'refused': {
      const { refusal, status } = sent;
      const said = sayRefusal(refusal, wordingLang(lang));
      const row = /^paper\.content\.entries\.(\d+)\./.exec(refusal.field ?? '')?.[1];
      const why = row === undefined ? said : t('inRow', { n: Number(row) + 1, why: said });
      const errors: Record<string, string> = refusal.field?.startsWith('paper') === true ? { entries: why } : {};
      return show(res, desk, typed, status, { errors, remark: { kind: 'refused', title: why } });
    }
    case 'closed':
    case 'unknown':
      throw new Problem('NOT_FOUND');
    case 'unavailable':
      res.set('Retry-After', String(sent.retryAfterSeconds));
      return show(res, desk, typed, 503, { remark: { kind: 'refused', title: t('busyKept') } });
  }
}
