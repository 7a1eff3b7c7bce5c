import type { Request, Response } from 'express';
import type { JSX } from 'preact';
import type { Client } from '../../store/clients.ts';
import { standardCases } from '../../domain/cases/standard.ts';
import { may } from '../../domain/people/may.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import { caseKey } from '../../store/cases.ts';
import { jobsOfClient } from '../../store/board.ts';
import { clients } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import { beginCase } from '../cases/begin.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { detailsOfRefusal, Problem, Refused } from '../problems.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { instantOfInput, manyTexts, oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field, type Choice, type FieldKind } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Actions, Button, Empty, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Remark } from './link-page.tsx';
import { capital } from './read.ts';
import { meetingWords } from './words.ts';

const purpose = 'case:new';

/** A brand with its client, as the first page offers it. */
interface Place {
  readonly client: Client;
  readonly brandId: string;
  readonly name: string;
}

async function placesOf(deps: ApiDeps, { who }: Staff): Promise<readonly Place[]> {
  return (await clients.all(deps.store))
    .map(({ value }) => value)
    .filter((client) => client.active)
    .flatMap((client) =>
      client.brands
        .filter((brand) => brand.active && may(who.viewer, 'job.request', { brandId: brand.id, clientId: client.id }))
        .map((brand) => ({ client, brandId: brand.id, name: `${client.name} · ${brand.name}` })),
    );
}

function kindIn(value: unknown): 'meeting' | 'minutes' {
  return value === 'minutes' ? 'minutes' : 'meeting';
}

/** `GET /meetings/new`: first the brand, then the people. */
export async function showBegin(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const staff = await staffFrame(deps, req, 'meetings');
  const kind = kindIn(req.query['kind']);
  const places = await placesOf(deps, staff);
  const place =
    places.find(({ brandId }) => brandId === req.query['brand']) ?? (places.length === 1 ? places[0] : undefined);
  // Whoever comes from the record of a call finds it filled in.
  const known = ['title', 'from', 'jobId', 'parts-confirmer'].flatMap((name) => {
    const value = req.query[name];
    return typeof value === 'string' ? [[name, value.slice(0, 200)] as const] : [];
  });
  if (place) return showPeople(deps, res, staff, kind, place, Object.fromEntries(known), 200);
  const t = words(staff.lang, meetingWords);
  const choices = places.map(({ brandId, name }) => ({ value: brandId, label: name }));
  sendPage(
    res,
    <Page {...staff.frame} title={kind === 'meeting' ? t('plan') : t('planCall')}>
      <Head kind={kind} lang={staff.lang} />
      {places.length === 0 ? (
        <Sheet>
          <Empty title={t('noBrand')} />
        </Sheet>
      ) : (
        <Sheet>
          <form method="get" action="/meetings/new">
            <input type="hidden" name="kind" value={kind} />
            <Field
              lang={staff.lang}
              name="brand"
              label={t('which')}
              kind={{ type: 'person', choices }}
              value=""
              required
            />
            <Actions>
              <Button kind="ink">{t('choosePeople')}</Button>
            </Actions>
          </form>
        </Sheet>
      )}
    </Page>,
  );
}

/** What is begun here and what it leads to; `place` is said once it is known. */
function Head(props: { kind: 'meeting' | 'minutes'; lang: Lang; place?: string }): JSX.Element {
  const { kind, lang, place } = props;
  const t = words(lang, meetingWords);
  return (
    <header class="work-head">
      {place === undefined ? null : <p class="muted">{place}</p>}
      <h1>{kind === 'meeting' ? t('plan') : t('planCall')}</h1>
      <p class="work-lead">{kind === 'meeting' ? t('planLead') : t('planCallLead')}</p>
    </header>
  );
}

async function showPeople(
  deps: ApiDeps,
  res: Response,
  staff: Staff,
  kind: 'meeting' | 'minutes',
  place: Place,
  body: FormFields,
  status: number,
  again: { readonly remark?: Remark; readonly problems?: readonly InputProblem[] } = {},
): Promise<void> {
  const { lang, who } = staff;
  const t = words(lang, meetingWords);
  const [everybody, theirJobs] = await Promise.all([people.all(deps.store), jobsOfClient(deps.store, place.client.id)]);
  const active = everybody.map(({ value }) => value).filter((person) => person.active);
  const jobs = theirJobs
    .filter(({ open }) => open)
    .map(({ _id, jobNumber, title }) => ({ value: _id, label: [jobNumber, title].filter(Boolean).join(' ') }));
  const choice = ({ id, name }: { readonly id: string; readonly name: string }): Choice => ({ value: id, label: name });
  const ours = active.filter(({ side }) => side === 'agency').map(choice);
  const theirs = active.filter(({ clientId }) => clientId === place.client.id).map(choice);
  const offered = { agency: ours, client: theirs, both: [...theirs, ...ours] } as const;
  const labels: Readonly<Record<string, string>> = {
    title: t('caseTitle'),
    from: t('callAt'),
    jobId: t('jobId'),
    ...Object.fromEntries(
      Object.entries(standardCases[kind]?.parts ?? {}).map(([part, { title }]) => [
        `parts.${part}`,
        capital(pick(title, lang)),
      ]),
    ),
  };
  const failed = (again.problems ?? []).flatMap((problem) => {
    const label = labels[problem.field];
    return label === undefined
      ? []
      : [{ name: problem.field.replace('parts.', 'parts-'), label, error: pick(problem, lang) }];
  });
  const errorOf = (field: string) => {
    const found = again.problems?.find((problem) => problem.field === field);
    return found === undefined ? {} : { error: pick(found, lang) };
  };
  sendPage(
    res,
    <Page {...staff.frame} title={kind === 'meeting' ? t('plan') : t('planCall')}>
      <Head kind={kind} lang={lang} place={place.name} />
      <ErrorList lang={lang} errors={failed} />
      {again.remark && failed.length === 0 ? <Notice kind={again.remark.kind} title={again.remark.title} /> : null}
      <Sheet>
        <form method="post" action="/meetings/new">
          <FormValue value={newFormValue(deps, who, purpose)} />
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="brand" value={place.brandId} />
          <Field
            lang={lang}
            name="title"
            label={t('caseTitle')}
            hint={t('titleHint')}
            kind={{ type: 'text' }}
            value={oneText(body['title'])}
            required
            {...errorOf('title')}
          />
          {kind === 'minutes' ? (
            <Field
              lang={lang}
              name="from"
              label={t('callAt')}
              kind={{ type: 'datetime' }}
              value={oneText(body['from'])}
              {...errorOf('from')}
            />
          ) : null}
          {Object.entries(standardCases[kind]?.parts ?? {}).map(([part, { title, side, most, optional }]) => {
            const one = most === 1;
            const fieldKind: FieldKind = { type: one ? 'person' : 'persons', choices: offered[side] };
            return (
              <Field
                lang={lang}
                name={`parts-${part}`}
                label={capital(pick(title, lang))}
                {...(offered[side].length === 0 ? { hint: t('nobodyThere') } : {})}
                kind={fieldKind}
                value={one ? oneText(body[`parts-${part}`]) : manyTexts(body[`parts-${part}`])}
                required={optional !== true}
                {...errorOf(`parts.${part}`)}
              />
            );
          })}
          {jobs.length === 0 ? null : (
            <Field
              lang={lang}
              name="jobId"
              label={t('jobId')}
              hint={t('jobHint')}
              kind={{ type: 'person', choices: jobs }}
              value={oneText(body['jobId'])}
              {...errorOf('jobId')}
            />
          )}
          <Actions>
            <Button kind="ink">{kind === 'meeting' ? t('begin') : t('beginCall')}</Button>
          </Actions>
        </form>
      </Sheet>
    </Page>,
    status,
  );
}

/** `POST /meetings/new`. A refused form comes back as it was typed. */
export async function takeBegin(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const staff = await staffFrame(deps, req, 'meetings');
  const { who, lang, time } = staff;
  const t = words(lang, { ...meetingWords, ...staffWords });
  const body = bodyOf(req.body);
  const kind = kindIn(oneText(body['kind']));
  const place = (await placesOf(deps, staff)).find(({ brandId }) => brandId === oneText(body['brand']));
  if (!place) throw new Problem('NOT_FOUND');
  const again = (status: number, remark: Remark, problems: readonly InputProblem[] = []): Promise<void> =>
    showPeople(deps, res, staff, kind, place, body, status, { remark, problems });
  const verdict = checkForm(deps, who, purpose, body);
  if (!verdict.ok) return again(409, { kind: 'refused', title: t('staleForm') });
  const parts = Object.fromEntries(
    Object.keys(standardCases[kind]?.parts ?? {}).map((part) => [
      part,
      manyTexts(body[`parts-${part}`]).filter((id) => id !== ''),
    ]),
  );
  const from = oneText(body['from']).trim();
  const jobId = oneText(body['jobId']).trim();
  try {
    const { processId, sent } = await beginCase(deps, who, kind, verdict.commandId, {
      title: oneText(body['title']),
      clientId: place.client.id,
      brandId: place.brandId,
      ownerId: who.person.id,
      parts,
      ...(from === '' ? {} : { from: instantOfInput(from, time.calendar.zone) }),
      ...(jobId === '' ? {} : { jobId }),
    });
    switch (sent.kind) {
      case 'accepted':
        return res.redirect(303, `/meetings/${caseKey(processId)}`);
      case 'received':
        return res.redirect(303, '/meetings?received=1');
      case 'wrong':
        return await again(422, { kind: 'refused', title: t('wrongAbove') }, sent.problems);
      case 'refused':
        throw new Refused(sent.refusal);
      case 'closed':
      case 'unknown':
        throw new Problem('NOT_FOUND');
      case 'unavailable':
        res.set('Retry-After', String(sent.retryAfterSeconds));
        return await again(503, { kind: 'refused', title: t('busyKept') });
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, detail } = detailsOfRefusal(error.refusal, lang);
    const field = error.refusal.field;
    const problems: InputProblem[] = field === undefined ? [] : [{ field, code: 'RULE', zh: detail, en: detail }];
    return again(status, { kind: 'refused', title: detail }, problems);
  }
}
