import type { Request, Response, Router } from 'express';
import type { JSX } from 'preact';
import { isLocalDate } from '../../domain/calendar/dates.ts';
import { signersOfHandOver, type HandOverProblem, type WantedHandOver } from '../../domain/people/hand-over.ts';
import { may } from '../../domain/people/may.ts';
import { roles } from '../../domain/people/roles.ts';
import { handOvers, handOversOf } from '../../store/hand-overs.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import {
  brandIn,
  handOverBook,
  mayRead,
  mayStart,
  planHandOver,
  titlesOf,
  type HandOverPlan,
} from '../handover/read.ts';
import { sayHandOver } from '../handover/say.ts';
import { endHandOver, signHandOver, startHandOver } from '../handover/take.ts';
import { workName } from '../handover/view.tsx';
import { handOverWords } from '../handover/words.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { manyTexts, oneText } from '../staff/typed.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { adminFrame, type Told } from './frame.tsx';
import {
  HandOverPage,
  HandOverPreview,
  HandOversPage,
  handOverPurpose,
  type HandOverDesk,
  type TypedHandOver,
} from './hand-overs-page.tsx';

/** `/admin/hand-overs`: a brand goes from one person to another; everybody who has to signs, then it moves at once (S-133, F-57). */
export function handOverRoutes(routes: Router, deps: ApiDeps): void {
  const open = async (req: Request): Promise<HandOverDesk> => {
    const staff = await adminFrame(deps, req, 'handOvers');
    const [book, entries] = await Promise.all([handOverBook(deps), handOversOf(deps.store)]);
    return { deps, staff, book, entries: entries.filter(({ value }) => mayRead(staff.who, value)) };
  };
  const show = (res: Response, status: number, page: JSX.Element): void => sendPage(res, page, status);

  routes.get('/admin/hand-overs', staffOnly, async (req, res) => {
    const desk = await open(req);
    const typed = { ...blank(desk), brandId: oneText(asText(req.query.brand)), from: oneText(asText(req.query.from)) };
    show(res, 200, <HandOversPage desk={desk} typed={typed} />);
  });

  routes.post('/admin/hand-overs', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { who, lang } = desk.staff;
    await deps.limiter.demand(limits.change, who.person.id);
    const t = words(lang, handOverWords);
    const body = bodyOf(req.body);
    const typed: TypedHandOver = {
      brandId: oneText(body.brandId),
      from: oneText(body.from),
      to: oneText(body.to),
      factBookOn: oneText(body.factBookOn).trim(),
      words: oneText(body.words).trim(),
      roles: roles.filter((role) => manyTexts(body.roles).includes(role)),
    };
    const again = (status: number, title: string, errors: Readonly<Record<string, string>> = {}): void =>
      show(res, status, <HandOversPage desk={desk} typed={typed} errors={errors} told={{ kind: 'refused', title }} />);
    const form = checkForm(deps, who, handOverPurpose, body);
    if (!form.ok) return again(409, t('staleForm'));
    if (!brandIn(desk.book, typed.brandId) || !may(who.viewer, 'team.read', { brandId: typed.brandId }))
      return again(422, t('notPossible'), { brandId: t('unknownBrand') });
    if (!isLocalDate(typed.factBookOn)) return again(422, t('notPossible'), { factBookOn: t('badDate') });
    if (!mayStart(who, typed)) throw new Problem('FORBIDDEN');
    // Nothing ticked on the first page means everything the giver does for the brand.
    const all = body.chosen === undefined ? titlesOf(desk.book, typed.brandId, typed.from) : typed.roles;
    const wanted: WantedHandOver = { ...typed, roles: all };
    const plan = await planHandOver(deps, desk.book, wanted, who.person);
    if (oneText(body.do) === 'ask') {
      const id = `ho-${form.commandId.slice(0, 16)}`;
      const taken = await startHandOver(deps, who.person, desk.book, id, wanted);
      if (taken.kind === 'saved') return res.redirect(303, `/admin/hand-overs/${taken.entry.id}`);
      return show(res, 422, preview(desk, wanted, plan, taken.kind === 'wrong' ? taken.problems : plan.problems));
    }
    const errors = errorsOf(desk, wanted, plan);
    if (Object.keys(errors).length > 0 && body.chosen === undefined && plan.lines.length === 0)
      return again(422, t('notPossible'), errors);
    show(res, plan.problems.length > 0 ? 422 : 200, preview(desk, wanted, plan, plan.problems));
  });

  routes.get('/admin/hand-overs/:id', staffOnly, async (req, res) => {
    const desk = await open(req);
    await showOne(deps, req, res, desk, 200);
  });

  routes.post('/admin/hand-overs/:id', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { who, lang } = desk.staff;
    const { person } = who;
    await deps.limiter.demand(limits.change, person.id);
    const t = words(lang, handOverWords);
    const entry = await handOvers.get(deps.store, String(req.params.id));
    if (!entry || !mayRead(who, entry.value)) throw new Problem('NOT_FOUND');
    const body = bodyOf(req.body);
    const act = oneText(body.do);
    const said = oneText(body.words).trim();
    if (act !== 'sign' && act !== 'end') throw new Problem('BAD_REQUEST');
    const refuse = (status: number, title: string, error?: string): Promise<void> =>
      showOne(deps, req, res, desk, status, { kind: 'refused', title }, { words: said, ...(error ? { error } : {}) });
    if (!checkForm(deps, who, `${handOverPurpose}:${entry.id}`, body).ok) return refuse(409, t('staleForm'));
    const asked = signersOfHandOver(entry.value).includes(person.id);
    if (act === 'end' ? !asked && !mayStart(who, entry.value) : !asked) throw new Problem('FORBIDDEN');
    if (act === 'end' && said === '') return refuse(422, t('whyMissing'), t('whyMissing'));
    const taken = await (act === 'sign'
      ? signHandOver(deps, { person, proof: who.actor.proof }, desk.book, entry.id)
      : endHandOver(deps, person, entry, said));
    if (taken.kind === 'saved')
      return res.redirect(303, `/admin/hand-overs/${entry.id}${act === 'sign' ? '?signed=1' : ''}`);
    return refuse(taken.kind === 'wrong' ? 422 : 409, taken.kind === 'wrong' ? t('notPossible') : t('gone'));
  });
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function blank(desk: HandOverDesk): TypedHandOver {
  return { brandId: '', from: '', to: '', factBookOn: desk.book.today, words: '', roles: [] };
}

function preview(
  desk: HandOverDesk,
  wanted: WantedHandOver,
  plan: HandOverPlan,
  problems: readonly HandOverProblem[],
): JSX.Element {
  const { lang } = desk.staff;
  const lines = problems.map((one) => sayHandOver(one, wanted, desk.book, lang, workName(plan.lines)));
  return <HandOverPreview desk={desk} wanted={wanted} plan={plan} problems={lines} />;
}

/** The sentence under each field that is wrong. */
function errorsOf(
  { book, staff }: HandOverDesk,
  wanted: WantedHandOver,
  plan: HandOverPlan,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const one of plan.problems)
    errors[one.field] ??= sayHandOver(one, wanted, book, staff.lang, workName(plan.lines));
  return errors;
}

async function showOne(
  deps: ApiDeps,
  req: Request,
  res: Response,
  desk: HandOverDesk,
  status: number,
  told?: Told,
  typed: { readonly words?: string; readonly error?: string } = {},
): Promise<void> {
  const { who, lang } = desk.staff;
  const t = words(lang, handOverWords);
  const entry = await handOvers.get(deps.store, String(req.params.id));
  if (!entry || !mayRead(who, entry.value)) throw new Problem('NOT_FOUND');
  const starter = desk.book.people.get(entry.value.startedBy);
  const waits = entry.value.state === 'asked' && starter !== undefined;
  const plan = waits ? await planHandOver(deps, desk.book, entry.value, starter, entry.id) : undefined;
  const problems = (plan?.problems ?? []).map((one) =>
    sayHandOver(one, entry.value, desk.book, lang, workName(plan?.lines ?? [])),
  );
  const said: Told | undefined =
    told ?? (req.query.signed === '1' ? { kind: 'accepted', title: t('doneSign') } : undefined);
  sendPage(
    res,
    <HandOverPage
      desk={desk}
      entry={entry}
      lines={plan?.lines ?? entry.value.list}
      problems={problems}
      director={plan?.director}
      mayEnd={mayStart(who, entry.value)}
      typed={typed}
      {...(said ? { told: said } : {})}
    />,
    status,
  );
}
