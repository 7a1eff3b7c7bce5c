import type { Request, Response } from 'express';
import type { FormId } from '../../domain/wording/papers.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { formFields, type FormField } from '../../papers/fields.ts';
import type { Content, FormDefinition } from '../../papers/form.ts';
import { caseKey } from '../../store/cases.ts';
import { clients } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import { contentIn, movesOf, readCase } from '../cases/read.ts';
import { sendCaseAct } from '../cases/send.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { errorsByField, failedFields, inputOf, type Offers } from '../staff/inputs.ts';
import { contentOfTyped, oneText, readTyped, typedOfContent, type Typed } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import type { Choice } from '../view/fields.tsx';
import { pick, wordingLang } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Actions, Button, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { formOf } from '../view/read/papers.ts';
import { words } from '../view/words/index.ts';
import type { Remark } from './link-page.tsx';
import { casePurpose, openCase, type CaseDesk } from './read.ts';
import { meetingWords } from './words.ts';

/** A paper of a case that is being written: which move brings it, and what its fields offer. */
interface WritingDesk extends CaseDesk {
  readonly move: string;
  readonly form: FormDefinition;
  readonly fields: readonly FormField[];
  readonly offers: Offers;
  readonly zone: string;
  /** The notice of the meeting these minutes are of. */
  readonly notice: Content | undefined;
}

/** Opens the page on which a move's paper is written; 404 for a move that brings none. */
async function openWriting(deps: ApiDeps, req: Request): Promise<WritingDesk> {
  const desk = await openCase(deps, req);
  const move = String(req.params.move);
  const { moves } = desk.state.definition;
  const brings: FormId | undefined = Object.hasOwn(moves, move) ? moves[move]?.brings : undefined;
  const form = brings === undefined ? undefined : formOf(brings);
  // Who reads only the copy would write the confidential paragraph away.
  if (form === undefined || desk.copyOnly) throw new Problem('NOT_FOUND');
  const [everybody, client] = await Promise.all([people.all(deps.store), clients.get(deps.store, desk.state.clientId)]);
  const active = everybody.map(({ value }) => value).filter((person) => person.active);
  const choice = ({ id, name }: { readonly id: string; readonly name: string }): Choice => ({ value: id, label: name });
  const ours = active.filter(({ side }) => side === 'agency').map(choice);
  const theirs = active.filter(({ clientId }) => clientId === desk.state.clientId).map(choice);
  const ofBoth = new Set(['participants', 'copiesTo', 'executor']);
  const offers: Offers = {
    people: (key) => (key === 'clientParticipants' ? theirs : ofBoth.has(key) ? [...theirs, ...ours] : ours),
    refs: client ? { client: [{ value: client.id, label: client.value.name }] } : {},
    keeper: { ring: deps.keys.forms, holder: desk.staff.who.holder },
  };
  const { zone } = desk.staff.time.calendar;
  const { origin } = desk.state;
  const meeting = origin === undefined ? undefined : await readCase(deps, origin);
  const notice = meeting && (await contentIn(deps, meeting.state, 'F-13', { copy: true }));
  return { ...desk, move, form, fields: formFields(form), offers, zone, notice };
}

/** What a new paper begins with: its last version, else what the case knows. */
function begun(deps: ApiDeps, { state, contents, form, staff, notice }: WritingDesk): Content {
  const before = contents[form.id];
  if (before !== undefined) return before;
  const { participants = [], clientPeople = [], team = [], confirmer = [] } = state.parts;
  if (form.id === 'F-13') return { clientParticipants: [...confirmer, ...clientPeople] };
  if (form.id !== 'F-15') return {};
  const came = new Set(participants.length > 0 ? participants : [...confirmer, state.ownerId]);
  return {
    subject: state.title,
    agency: pick(deps.config.agencyName, 'zh-CN'),
    client: state.clientId,
    ...(typeof notice?.['meetingTime'] === 'string'
      ? { meetingTime: notice['meetingTime'] }
      : { meetingTime: state.from }),
    ...(typeof notice?.['meetingPlace'] === 'string' ? { meetingPlace: notice['meetingPlace'] } : {}),
    participants: [...came],
    copiesTo: [...new Set([...confirmer, ...clientPeople, ...team])].filter((id) => !came.has(id)),
    reporter: staff.who.person.id,
    reportedAt: staff.time.now,
  };
}

interface Again {
  readonly errors?: Readonly<Record<string, string>>;
  readonly remark?: Remark;
  readonly addRow?: string;
}

function show(res: Response, desk: WritingDesk, typed: Typed, status: number, again: Again = {}): void {
  const { staff, form, fields, state, move } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const errors = again.errors ?? {};
  const offers: Offers = again.addRow === undefined ? desk.offers : { ...desk.offers, addRow: again.addRow };
  const drafts =
    form.id === 'F-15' && movesOf(state, staff.who.actor).some((one) => one.move === 'draft' && !one.refusal);
  const title = pick(form.title, lang);
  const failed = failedFields(fields, errors, lang);
  sendPage(
    res,
    <Page {...staff.frame} title={`${title} · ${state.title}`} scripts={['form']}>
      <header class="work-head">
        <p class="muted">
          <a href={`/meetings/${caseKey(state.processId)}`}>{state.title}</a>
        </p>
        <h1>{title}</h1>
      </header>
      <div class="stack">
        {again.remark && failed.length === 0 ? <Notice kind={again.remark.kind} title={again.remark.title} /> : null}
        <ErrorList lang={lang} errors={failed} />
        <Sheet>
          <form method="post" action={`/meetings/${caseKey(state.processId)}/write/${move}`} novalidate>
            <FormValue value={desk.formValue()} />
            {fields.map((field) => (
              <Field {...inputOf(field, typed, offers, lang, errors[field.key])} />
            ))}
            <Actions fixed>
              <Button kind="ink" name="do" value={move === 'draft' ? 'submit' : move}>
                {pick(state.definition.moves[move === 'draft' ? 'submit' : move]?.title ?? form.title, lang)}
              </Button>
              {drafts ? (
                <Button kind="plain" name="do" value="draft">
                  {t('keepDraft')}
                </Button>
              ) : null}
            </Actions>
          </form>
        </Sheet>
      </div>
    </Page>,
    status,
  );
}

/** `GET /meetings/:key/write/:move`. */
export async function showWriting(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openWriting(deps, req);
  show(res, desk, typedOfContent(desk.fields, begun(deps, desk), desk.zone), 200);
}

/** `POST /meetings/:key/write/:move`: another row, or the move with its paper. A refused form comes back as it was typed. */
export async function takeWriting(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openWriting(deps, req);
  const { lang, who } = desk.staff;
  const t = words(lang, { ...meetingWords, ...staffWords });
  const body = bodyOf(req.body);
  const typed = readTyped(desk.fields, body, desk.offers.keeper);
  if (body['addRow'] !== undefined) return show(res, desk, typed, 200, { addRow: oneText(body['addRow']) });
  const verdict = checkForm(deps, who, casePurpose(desk.state.processId), body);
  if (!verdict.ok) return show(res, desk, typed, 409, { remark: { kind: 'refused', title: t('staleForm') } });
  const content = contentOfTyped(desk.fields, typed, desk.zone);
  const act = { type: 'move', move: oneText(body['do']) || desk.move, paper: { form: desk.form.id, content } };
  const sent = await sendCaseAct(deps, who, desk.state.processId, verdict.commandId, act);
  const back = `/meetings/${caseKey(desk.state.processId)}`;
  switch (sent.kind) {
    case 'accepted':
      return res.redirect(303, `${back}?done=1`);
    case 'received':
      return res.redirect(303, `${back}?received=1`);
    case 'wrong': {
      const errors = errorsByField(sent.problems, lang, 'paper.content.');
      return show(res, desk, typed, 422, { errors, remark: { kind: 'refused', title: t('wrongAbove') } });
    }
    case 'refused': {
      const title = sayRefusal(sent.refusal, wordingLang(lang));
      const fields = sent.refusal.params?.fields;
      const named = Array.isArray(fields) ? fields.filter((one): one is string => typeof one === 'string') : [];
      const errors = Object.fromEntries(named.map((key) => [key, title]));
      return show(res, desk, typed, sent.status, { errors, remark: { kind: 'refused', title } });
    }
    case 'closed':
    case 'unknown':
      throw new Problem('NOT_FOUND');
    case 'unavailable':
      res.set('Retry-After', String(sent.retryAfterSeconds));
      return show(res, desk, typed, 503, { remark: { kind: 'refused', title: t('busyKept') } });
  }
}
