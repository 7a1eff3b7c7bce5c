import type { Router } from 'express';
import { z } from 'zod';
import { checkRoute, type RouteProblem } from '../../domain/circulation/check.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import type { Route } from '../../domain/circulation/types.ts';
import { roleFacts, roles } from '../../domain/people/roles.ts';
import type { Words } from '../../domain/process.ts';
import { noWords } from '../../domain/wording/acts.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { brandTeams, people } from '../../store/people.ts';
import { clients } from '../../store/clients.ts';
import { manRoute } from '../../domain/people/man.ts';
import { newestRoute, routes as routeRegister } from '../../store/routes.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { Chain } from '../view/chain.tsx';
import { Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { Button, ButtonLink, Chip, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { calendarWords } from './calendars-words.ts';
import { AdminPage, adminFrame, demand, has, savedNotice, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

const bothWords = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
const key = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
const routeShape = z.strictObject({
  id: key,
  version: z.int().min(1).max(9999),
  title: bothWords,
  steps: z
    .array(
      z.strictObject({
        key,
        role: z.enum(roles),
        alsoRoles: z.array(z.enum(roles)).max(10),
        side: z.enum(['agency', 'client']),
        after: z.array(key).max(20),
        act: z.enum(['submit', 'view', 'review', 'accept', 'confirm', 'receipt']),
        meaning: bothWords,
        rule: z.union([
          z.strictObject({ kind: z.literal('one') }),
          z.strictObject({ kind: z.literal('all') }),
          z.strictObject({ kind: z.literal('some'), n: z.int().min(1).max(20) }),
        ]),
        noes: z.array(z.enum(['return', 'refuse', 'object'])).max(3),
        optional: z.boolean(),
        checklist: z.array(z.string().regex(/^C-\d{2}$/)).max(60),
        ladder: z.enum(['internalSignature', 'clientSignature', 'clientComment', 'refusedOrder']),
      }),
    )
    .max(20),
});

const w = (zh: string, en: string): Words => ({ zh, en });
const problemWords: Readonly<Record<RouteProblem['code'], Words>> = {
  NO_STEPS: w('流程没有步骤', 'the route has no steps'),
  STEP_TWICE: w('步骤“{step}”出现两次', 'step “{step}” is there twice'),
  UNKNOWN_STEP: w('步骤“{step}”等的步骤不存在', 'step “{step}” waits for a step that does not exist'),
  CYCLE: w('步骤“{step}”等来等去等到自己', 'step “{step}” waits for itself in the end'),
  NO_SUBMISSION: w('要有且只有一个提交步骤', 'there must be exactly one submission'),
  SUBMISSION_NOT_FIRST: w('提交必须是唯一的第一步', 'the submission must be the one first step'),
  CLIENT_BEFORE_AGENCY: w(
    '公司签齐之前，“{step}”不能到客户',
    '“{step}” would reach the client before the agency’s signatures',
  ),
  SIDE_AND_ROLE: w('步骤“{step}”的职务与所属方不符', 'the title of step “{step}” is not on its side'),
  BAD_RULE: w('步骤“{step}”的人数不对', 'the number of signers of step “{step}” is not right'),
  NO_WITHOUT_WAY_BACK: w('提交步骤“{step}”不能退回', 'the submission “{step}” cannot send anything back'),
  OPTIONAL_SUBMISSION: w('提交步骤“{step}”不能标不适用', 'the submission “{step}” cannot be marked not applicable'),
  OPTIONAL_CLIENT: w('客户的步骤“{step}”不能标不适用', 'the client’s step “{step}” cannot be marked not applicable'),
};

const standard: Readonly<Record<string, Route>> = standardRoutes;
const entryId = (route: Route): string => `${route.id}@${route.version}`;

/** Why a text is no route that holds together, in sentences; or the route. */
export function readRoute(
  text: string,
  id: string,
  lang: Lang,
): { readonly route: Route } | { readonly sentences: readonly string[] } {
  const t = words(lang, adminWords);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { sentences: [t('routeBadJson')] };
  }
  const shaped = routeShape.safeParse(parsed);
  if (!shaped.success)
    return {
      sentences: shaped.error.issues
        .slice(0, 12)
        .map((issue) => `${issue.path.join('.') || 'route'}: ${issue.message}`),
    };
  if (shaped.data.id !== id) return { sentences: [t('routeOtherId', { id })] };
  const problems = checkRoute(shaped.data);
  if (problems.length === 0) return { route: shaped.data };
  return {
    sentences: problems.map((problem) =>
      pick(problemWords[problem.code], lang).replace(
        '{step}',
        problem.step === undefined ? '' : pick(stepWords(problem.step), lang),
      ),
    ),
  };
}

function RoutePicture({ route, lang }: { route: Route; lang: Lang }) {
  return (
    <Chain
      lang={lang}
      seals={route.steps.map((step) => ({
        seal: roleFacts[step.role].seal,
        title: pick(roleFacts[step.role].title, lang),
        state: 'waiting' as const,
      }))}
    />
  );
}

/** Routes: what each looks like, and a changed one brought in when it holds. */
export function routeRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/routes', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'routes');
    const t = words(staff.lang, adminWords);
    const all = await Promise.all(
      Object.values(standard).map(async (route) => (await newestRoute(deps.store, route.id)) ?? route),
    );
    sendPage(
      res,
      <AdminPage staff={staff} tab="routes" title={t('routes')} {...savedNotice(req, staff)}>
        <p class="work-lead">{t('routesLead')}</p>
        <p class="page-act">
          <ButtonLink href="/admin/ladder">{words(staff.lang, calendarWords)('tryLadder')}</ButtonLink>
        </p>
        <Sheet>
          {all.map((route) => (
            <div class="route-card">
              <p class="sheet-head">
                <a class="entry-name" href={`/admin/routes/${route.id}`}>
                  {pick(route.title, staff.lang)}
                </a>
                <span class="sheet-aside">
                  {route.version === 1 ? t('standard') : `${t('ours')} · ${t('version', { n: route.version })}`}
                </span>
              </p>
              <RoutePicture route={route} lang={staff.lang} />
            </div>
          ))}
        </Sheet>
      </AdminPage>,
    );
  });

  for (const method of ['get', 'post'] as const) {
    routes[method]('/admin/routes/:route', staffOnly, async (req, res) => {
      const staff = await adminFrame(deps, req, 'routes');
      const { lang, who } = staff;
      const t = words(lang, { ...adminWords, ...staffWords });
      const id = String(req.params.route);
      const known = Object.hasOwn(standard, id) ? standard[id] : undefined;
      if (!known) throw new Problem('NOT_FOUND');
      const now = (await newestRoute(deps.store, id)) ?? known;
      let told: Told | undefined;
      let status = 200;
      let typed = JSON.stringify(now, null, 2);
      if (method === 'post') {
        demand(who, 'route.write');
        await deps.limiter.demand(limits.change, who.person.id);
        const body = bodyOf(req.body);
        typed = oneText(body.route);
        const read = readRoute(typed, id, lang);
        if (!checkForm(deps, who, `route:${id}`, body).ok)
          [told, status] = [{ kind: 'refused', title: t('staleForm') }, 409];
        else if ('sentences' in read)
          [told, status] = [{ kind: 'refused', title: t('teamShort'), lines: read.sentences }, 422];
        else {
          const next: Route = { ...read.route, version: now.version + 1 };
          const short = await teamsShort(deps, next, lang);
          const saved =
            short.length > 0
              ? undefined
              : await routeRegister.save(deps.store, entryId(next), 0, next, { by: who.person.id, at: deps.clock() });
          if (saved?.saved) return res.redirect(303, '/admin/routes?saved=1');
          [told, status] =
            short.length > 0
              ? [{ kind: 'refused', title: t('teamShort'), lines: short }, 422]
              : [{ kind: 'refused', title: t('conflict') }, 409];
        }
      }
      sendPage(
        res,
        <AdminPage staff={staff} tab="routes" title={pick(now.title, lang)} {...(told ? { told } : {})}>
          <Sheet title={t('steps')} id="steps" aside={<Chip>{t('version', { n: now.version })}</Chip>}>
            <RoutePicture route={now} lang={lang} />
            <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('steps')}>
              <table class="rows steps-table">
                <thead>
                  <tr>
                    <th scope="col">{t('stepRole')}</th>
                    <th scope="col">{t('stepMeaning')}</th>
                    <th scope="col">{t('stepAfter')}</th>
                    <th scope="col">{t('stepNoes')}</th>
                  </tr>
                </thead>
                <tbody>
                  {now.steps.map((step) => (
                    <tr>
                      <td>
                        {[step.role, ...step.alsoRoles].map((role) => pick(roleFacts[role].title, lang)).join(' / ')}
                      </td>
                      <td>
                        {pick(step.meaning, lang)}
                        {step.optional ? <span class="muted small"> {t('stepOptional')}</span> : null}
                      </td>
                      <td>{step.after.map((after) => pick(stepWords(after), lang)).join(' + ')}</td>
                      <td>{step.noes.map((no) => pick(noWords[no], lang)).join(' / ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Sheet>
          {has(who, 'route.write') ? (
            <Sheet title={t('routeUpload')} id="upload">
              <p class="muted small">{t('routeUploadLead')}</p>
              <form method="post" action={`/admin/routes/${id}`} class="route-form" novalidate>
                <FormValue value={newFormValue(deps, who, `route:${id}`)} />
                <Field
                  lang={lang}
                  name="route"
                  label={t('routeJson')}
                  kind={{ type: 'long', rows: 18 }}
                  value={typed}
                />
                <p class="actions-row code-actions">
                  <Button kind="ink">{t('routeSave')}</Button>
                </p>
              </form>
            </Sheet>
          ) : null}
          <ButtonLink href="/admin/routes" kind="quiet">
            {t('back')}
          </ButtonLink>
        </AdminPage>,
        status,
      );
    });
  }
}

/** Brand teams that could not run a route, with the steps nobody is left for. */
async function teamsShort(deps: ApiDeps, route: Route, lang: Lang): Promise<string[]> {
  const t = words(lang, adminWords);
  const [teams, everybody, register] = await Promise.all([
    brandTeams.all(deps.store),
    people.all(deps.store),
    clients.all(deps.store),
  ]);
  const persons = everybody.map(({ value }) => value);
  return teams.flatMap(({ value: team }) => {
    const client = register.find(({ value }) => value.brands.some((brand) => brand.id === team.brandId))?.value;
    const missing = manRoute(team, route, persons, client?.id ?? '').missing.filter((step) => step.side === 'agency');
    const brand = client?.brands.find((one) => one.id === team.brandId)?.name ?? team.brandId;
    return missing.length > 0
      ? [
          t('manShort', {
            route: brand,
            steps: missing.map((step) => pick(stepWords(step.key), lang)).join(lang === 'en' ? ', ' : '、'),
          }),
        ]
      : [];
  });
}
