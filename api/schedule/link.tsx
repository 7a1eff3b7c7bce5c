import type { Request, Response, Router } from 'express';
import express from 'express';
import { isSchedule } from '../../store/cases.ts';
import type { PersonActor } from '../../domain/process.ts';
import type { ScheduleState } from '../../domain/schedule/state.ts';
import { checkFormValue, mintFormValue } from '../../store/form-values.ts';
import { contentIn, readCase } from '../cases/read.ts';
import type { ApiDeps } from '../deps.ts';
import { fromOf } from '../door/network.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { deadLink } from '../session/guest.ts';
import { noteUse, proven, whyCode } from '../session/link-code.tsx';
import { codeWords } from '../session/link-code-words.ts';
import { openedLink, type OpenedLink } from '../session/personal-links.tsx';
import { bodyOf } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { ErrorList } from '../view/fields.tsx';
import { formValueName } from '../view/forms.ts';
import { pick } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Empty, Notice, Sheet } from '../view/parts.tsx';
import { namesFor, timeFor } from '../view/read/house.ts';
import { sayingFor } from '../view/read/papers.ts';
import { words } from '../view/words/index.ts';
import { actsOf, notTaken, sendActs, typedOf } from './acts.ts';
import { peopleOf } from './desk.ts';
import { OwnEntries, type EntryForms } from './entries.tsx';
import { wrongFields, type Remark } from './page.tsx';
import { entryViews, isMine } from './read.ts';
import { scheduleWords } from './words.ts';

/** How long a page that was opened may wait before its button must be pressed again; milliseconds. */
const formAgeMs = 30 * 60_000;

/** Purpose of the forms on the pages of these links. */
const purpose = 'schedule';

/** Who came by which link, and the schedule as it stands. */
interface Guest extends OpenedLink {
  readonly actor: PersonActor;
  readonly state: ScheduleState;
}

/**
 * `/e/a/<link>`: the tasks of one executor, without signing in. A link is the person's and no version's: it always shows what
 * is theirs now, each task with the mark of what is shown, and the schedule refuses a mark that no longer holds. GET changes
 * nothing.
 */
export function linkRoutes(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/e/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    const t = words(guest.lang, scheduleWords);
    const done = req.query['done'] === '1';
    await show(deps, res, guest, 200, done ? { remark: { kind: 'accepted', title: t('recorded') } } : {});
  });
  routes.post('/e/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    await deps.limiter.demand(limits.link, guest.grant.id);
    await take(deps, req, res, guest);
  });
  routes.all('/e/a/:link', onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}

async function guestOf(deps: ApiDeps, req: Request): Promise<Guest> {
  const link = openedLink(req);
  const found = await readCase(deps, link.grant.processId);
  if (!found || !isSchedule(found.state)) {
    deadLink(deps, req);
  }
  const { id: personId, roles, side } = link.person;
  return { ...link, actor: { kind: 'person', personId, roles, side, proof: 'link' }, state: found.state };
}

interface Again extends Partial<Pick<EntryForms, 'typed' | 'error'>> {
  readonly remark?: Remark;
}

async function show(deps: ApiDeps, res: Response, guest: Guest, status: number, again: Again = {}): Promise<void> {
  const { state, lang, grant, person, actor, base } = guest;
  const t = words(lang, scheduleWords);
  const [time, content, names] = await Promise.all([
    timeFor(deps),
    contentIn(deps, state, 'F-11', { copy: false }),
    namesFor(deps.store, { people: [], clients: [state.clientId] }),
  ]);
  const { nameOf } = await sayingFor(deps.store, state, [{ who: peopleOf(state) }], { lang, time });
  const entries = entryViews(state, content, { lang, time, nameOf, actor });
  const mine = entries.filter(isMine);
  const asked = mine.some((entry) => entry.state === 'asked');
  // Whoever is going to be asked for a code is told so before they write.
  const why = again.remark === undefined && mine.length > 0 ? await whyCode(deps, guest) : undefined;
  const remark: Remark | undefined = why ? { kind: 'remark', title: words(lang, codeWords)(why) } : again.remark;
  const formValue = (): string => mintFormValue(deps.keys.forms, { holder: grant.id, purpose }, deps.clock());
  const { typed = {}, error } = again;
  const forms: EntryForms = { action: base, formValue, typed, ...(error ? { error } : {}) };
  const failed = wrongFields(forms, lang);
  const head = asked ? t('ask') : mine.length > 0 ? t('yours') : t('title');
  sendPage(
    res,
    <Page
      lang={lang}
      title={`${state.title}${lang === 'en' ? ': ' : '：'}${head}`}
      house={pick(deps.config.agencyName, lang)}
      kind="approve"
      viewer={{ name: person.name, by: 'link' }}
      scripts={['approve']}
    >
      <header class="head">
        <p class="head-job">
          <span>{names.client(state.clientId)}</span>
          <span>{t('title')}</span>
        </p>
        <h1>
          {state.title}
          <span class="head-ask">{head}</span>
        </h1>
      </header>
      {remark && failed.length === 0 ? <Notice kind={remark.kind} title={remark.title} /> : null}
      <ErrorList lang={lang} errors={failed} />
      {mine.length === 0 ? (
        <Sheet>
          <Empty title={t('linkNone')}>
            <p>{t('linkNoneLead')}</p>
          </Empty>
        </Sheet>
      ) : (
        <Sheet title={t('yours')} id="yours">
          <OwnEntries entries={mine} forms={forms} lang={lang} />
        </Sheet>
      )}
    </Page>,
    status,
  );
}

async function take(deps: ApiDeps, req: Request, res: Response, guest: Guest): Promise<void> {
  const { grant, state, lang, actor } = guest;
  const t = words(lang, scheduleWords);
  const body = bodyOf(req.body);
  const typed = typedOf(body);
  const binding = { holder: grant.id, purpose };
  const verdict = checkFormValue(deps.keys.forms, oneText(body[formValueName]), binding, deps.clock(), formAgeMs);
  if (!verdict.ok) return show(deps, res, guest, 409, { typed, remark: { kind: 'refused', title: t('stale') } });
  const { calendar } = await timeFor(deps);
  const acts = actsOf(body, calendar.zone);
  if (acts.length > 0 && !(await proven(deps, req, res, guest))) return;
  const acting = { actor, ...fromOf(req) };
  const sent = await sendActs(deps, acting, state.processId, verdict.commandId, acts);
  if (sent?.kind === 'accepted' || sent?.kind === 'received') await noteUse(deps, guest);
  const no = notTaken(sent, lang);
  if (no === undefined) {
    if (sent?.kind === 'accepted') return res.redirect(303, `${guest.base}?done=1`);
    return show(deps, res, guest, 202, { remark: { kind: 'received', title: t('receivedSoon') } });
  }
  if (no.status === 404) throw new Problem('NOT_FOUND');
  if (sent?.kind === 'unavailable') res.set('Retry-After', String(sent.retryAfterSeconds));
  const error = no.field === undefined ? {} : { error: { field: no.field, text: no.title } };
  // What stands there may have changed since the page was opened: it is read anew.
  await show(deps, res, await guestOf(deps, req), no.status, {
    typed,
    remark: { kind: 'refused', title: no.title },
    ...error,
  });
}
