import type { Request, Response, Router } from 'express';
import express from 'express';
import { signsAs } from '../../domain/people/hand-over.ts';
import { checkFormValue, mintFormValue } from '../../store/form-values.ts';
import { handOvers } from '../../store/hand-overs.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { deadLink } from '../session/guest.ts';
import { noteUse, proven, whyCode } from '../session/link-code.tsx';
import { codeWords } from '../session/link-code-words.ts';
import { openedLink, type OpenedLink } from '../session/personal-links.tsx';
import { bodyOf } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { formValueName } from '../view/forms.ts';
import { pick } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Notice } from '../view/parts.tsx';
import { timeFor } from '../view/read/house.ts';
import { words } from '../view/words/index.ts';
import { brandIn, handOverBook, planHandOver, type HandOverBook, type HandOverEntry } from './read.ts';
import { sayHandOver } from './say.ts';
import { endHandOver, signHandOver } from './take.ts';
import { HandOverChoices, HandOverFacts, HandOverList, HandOverProblems, workName } from './view.tsx';
import { handOverWords } from './words.ts';

/** How long a page that was opened may wait before its button must be pressed again; milliseconds. */
const formAgeMs = 30 * 60_000;
const linkPurpose = 'handOver';

/** Who came by which link, and the hand-over as it stands. */
interface Guest extends OpenedLink {
  readonly entry: HandOverEntry;
  readonly book: HandOverBook;
}

/** What the page says about what was just done. */
interface Remark {
  readonly kind: 'accepted' | 'refused' | 'remark';
  readonly title: string;
}

/**
 * `/h/a/<link>`: a hand-over for one of those who sign it. GET changes nothing; the buttons post. A link that did nothing for
 * 30 days asks for a mailed code before it acts.
 */
export function handOverLinks(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/h/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    const t = words(guest.lang, handOverWords);
    await show(deps, res, guest, 200, req.query.done === '1' ? { kind: 'accepted', title: t('doneSign') } : undefined);
  });
  routes.post('/h/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    await deps.limiter.demand(limits.link, guest.grant.id);
    await take(deps, req, res, guest);
  });
  routes.all('/h/a/:link', onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}

async function guestOf(deps: ApiDeps, req: Request): Promise<Guest> {
  const link = openedLink(req);
  const { grant, person, proved } = link;
  const entry = await handOvers.get(deps.store, grant.processId.replace(/^handOver:/, ''));
  // Bound to one address, unless its reader proved that they read the one of today.
  if (!entry || (grant.round !== person.mail.revision && !proved)) {
    deadLink(deps, req);
  }
  return { ...link, entry, book: await handOverBook(deps) };
}

const bindingOf = ({ grant }: Guest) => ({ holder: grant.id, purpose: linkPurpose });

async function show(
  deps: ApiDeps,
  res: Response,
  guest: Guest,
  status: number,
  remark?: Remark,
  typed: { readonly words?: string; readonly error?: string } = {},
): Promise<void> {
  const { entry, book, lang, person, base } = guest;
  const { value } = entry;
  const t = words(lang, handOverWords);
  const waits = signsAs(value, person.id) !== undefined;
  const starter = book.people.get(value.startedBy);
  const [time, plan, why] = await Promise.all([
    timeFor(deps),
    value.state === 'asked' && starter ? planHandOver(deps, book, value, starter, entry.id) : undefined,
    // Whoever is going to be asked for a code is told so before they press.
    waits && remark === undefined ? whyCode(deps, guest) : undefined,
  ]);
  const told: Remark | undefined = why ? { kind: 'remark', title: words(lang, codeWords)(why) } : remark;
  const saying = { lang, time, nameOf: (id: string) => book.people.get(id)?.name ?? id, linked: false };
  const lines = plan?.lines ?? value.list;
  // What stands against it is for whoever would sign now.
  const problems = (waits ? (plan?.problems ?? []) : []).map((one) =>
    sayHandOver(one, value, book, lang, workName(lines)),
  );
  const brand = brandIn(book, value.brandId)?.brand.name ?? value.brandId;
  sendPage(
    res,
    <Page
      lang={lang}
      title={t('handOverOf', { brand })}
      house={pick(deps.config.agencyName, lang)}
      viewer={{ name: person.name, by: 'link' }}
      kind="reading"
    >
      <header class="work-head">
        <h1>{t('handOverOf', { brand })}</h1>
        <p class="work-lead">{t('lead')}</p>
      </header>
      <div class="stack">
        {told ? <Notice kind={told.kind} title={told.title} /> : null}
        <HandOverProblems lines={problems} lang={lang} />
        <HandOverFacts value={value} director={plan?.director} saying={saying} />
        <HandOverList lines={lines} saying={saying} value={value} />
        {waits ? (
          <HandOverChoices
            value={value}
            reader={person.id}
            saying={saying}
            action={base}
            formValue={() => mintFormValue(deps.keys.forms, bindingOf(guest), deps.clock())}
            blocked={problems.length > 0}
            maySayNo={false}
            typed={typed.words ?? ''}
            {...(typed.error === undefined ? {} : { error: typed.error })}
          />
        ) : null}
      </div>
    </Page>,
    status,
  );
}

async function take(deps: ApiDeps, req: Request, res: Response, guest: Guest): Promise<void> {
  const { lang, person, entry, book, base } = guest;
  const t = words(lang, handOverWords);
  const body = bodyOf(req.body);
  const said = oneText(body['words']).trim();
  const act = oneText(body['do']);
  const refuse = (status: number, title: string, error?: string): Promise<void> =>
    show(deps, res, guest, status, { kind: 'refused', title }, { words: said, ...(error ? { error } : {}) });
  if (act !== 'sign' && act !== 'end') throw new Problem('BAD_REQUEST');
  if (signsAs(entry.value, person.id) === undefined) return refuse(409, t('gone'));
  const value = oneText(body[formValueName]);
  if (!checkFormValue(deps.keys.forms, value, bindingOf(guest), deps.clock(), formAgeMs).ok)
    return refuse(409, t('staleForm'));
  if (act === 'end' && said === '') return refuse(422, t('whyMissing'), t('whyMissing'));
  if (!(await proven(deps, req, res, guest))) return;
  const taken = await (act === 'sign'
    ? signHandOver(deps, { person, proof: 'link' }, book, entry.id)
    : endHandOver(deps, person, entry, said));
  if (taken.kind === 'saved') {
    await noteUse(deps, guest);
    return res.redirect(303, act === 'sign' ? `${base}?done=1` : base);
  }
  return refuse(taken.kind === 'wrong' ? 422 : 409, taken.kind === 'wrong' ? t('notPossible') : t('gone'));
}
