import type { Request, Response, Router } from 'express';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import type { RouteStep } from '../../domain/circulation/types.ts';
import { manRoute } from '../../domain/people/man.ts';
import { may, scopeOf } from '../../domain/people/may.ts';
import { roleFacts, roles, type Role } from '../../domain/people/roles.ts';
import type { BrandTeam, Person, TeamMember } from '../../domain/people/types.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { clients, type Brand, type Client } from '../../store/clients.ts';
import { brandTeams, people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { manyTexts, oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { Field, fieldId } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { Actions, Button, ButtonLink, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage, adminFrame, savedNotice, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

/** Titles no team goes without (S-147). */
const needed: readonly Role[] = ['ACCOUNT_DIRECTOR', 'ACCOUNT_MANAGER', 'ACCOUNT_EXECUTIVE'];

interface TeamDesk {
  readonly staff: Staff;
  readonly brand: Brand;
  readonly client: Client;
  readonly team: BrandTeam | undefined;
  readonly revision: number;
  readonly everybody: readonly Person[];
}

/** What stands against a team: what it lacks itself, and what its client lacks. */
export interface TeamCheck {
  readonly short: readonly string[];
  readonly clientShort: readonly string[];
}

/** Routes that only a team with media people is asked for. */
const mediaRoutes: readonly string[] = ['workOrderMedia', 'mediaPlan', 'mediaSchedule'];

/** Checks a team against every route the client's jobs can take (R-99, S-147); sentences in the reader's language. */
export function checkTeam(team: BrandTeam, client: Client, everybody: readonly Person[], lang: Lang): TeamCheck {
  const t = words(lang, adminWords);
  const join = (list: readonly string[]): string => [...new Set(list)].join(lang === 'en' ? ', ' : '、');
  const named = (steps: readonly RouteStep[]): string => join(steps.map((step) => pick(stepWords(step.key), lang)));
  const lacking = needed.filter((role) => !team.members.some((member) => member.roles.includes(role)));
  const other = client.qcRoute.route === 'qcSeven' ? ['qcSix', 'proofSix'] : ['qcSeven', 'proofSeven'];
  const hasMedia = team.members.some((member) => member.roles.some((role) => roleFacts[role].department === 'media'));
  const found = Object.values(standardRoutes)
    .filter((route) => !other.includes(route.id) && (hasMedia || !mediaRoutes.includes(route.id)))
    .map((route) => ({ route, missing: manRoute(team, route, everybody, client.id).missing }));
  return {
    short: [
      ...(lacking.length > 0
        ? [t('teamNeeds', { titles: join(needed.map((role) => pick(roleFacts[role].title, lang))) })]
        : []),
      ...found.flatMap(({ route, missing }) => {
        const steps = missing.filter((step) => step.side === 'agency');
        return steps.length > 0 ? [t('manShort', { route: pick(route.title, lang), steps: named(steps) })] : [];
      }),
    ],
    clientShort: found.flatMap(({ missing }) =>
      missing.filter((step) => step.side === 'client').map((step) => pick(roleFacts[step.role].title, lang)),
    ),
  };
}

/** Brand teams: who serves a brand, and whether they can sign everything that must be signed. */
export function teamRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/teams', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'teams');
    const scope = scopeOf(staff.who.viewer, 'team.read');
    const [register, teams, everybody] = await Promise.all([
      clients.all(deps.store),
      brandTeams.all(deps.store),
      people.all(deps.store),
    ]);
    const names = new Map(everybody.map(({ value }) => [value.id, value.name]));
    const brands = register
      .flatMap(({ value: client }) => client.brands.map((brand) => ({ client, brand })))
      .filter(({ brand }) => scope.kind === 'all' || (scope.kind === 'brands' && scope.brandIds.includes(brand.id)));
    const t = words(staff.lang, adminWords);
    sendPage(
      res,
      <AdminPage staff={staff} tab="teams" title={t('teams')} {...savedNotice(req, staff)}>
        <Sheet>
          {brands.length === 0 ? <p class="muted">{t('nothingHere')}</p> : null}
          <ul class="entries">
            {brands.map(({ client, brand }) => {
              const team = teams.find(({ value }) => value.brandId === brand.id)?.value;
              return (
                <li class="entry">
                  <a class="entry-name" href={`/admin/teams/${brand.id}`}>
                    {brand.name}
                  </a>
                  <span class="entry-what">
                    {team
                      ? team.members
                          .map((member) => names.get(member.personId) ?? member.personId)
                          .join(staff.lang === 'en' ? ', ' : '、')
                      : t('noTeam')}
                  </span>
                  <span class="entry-side muted small">{client.name}</span>
                </li>
              );
            })}
          </ul>
        </Sheet>
      </AdminPage>,
    );
  });

  const open = async (req: Request): Promise<TeamDesk> => {
    const staff = await adminFrame(deps, req, 'teams');
    const brandId = String(req.params.brand);
    const [[client], [team], everybody] = await Promise.all([
      clients.by(deps.store, `brand:${brandId}`),
      brandTeams.by(deps.store, `brand:${brandId}`),
      people.all(deps.store),
    ]);
    const brand = client?.value.brands.find((one) => one.id === brandId);
    if (!client || !brand || !may(staff.who.viewer, 'team.read', { brandId })) throw new Problem('NOT_FOUND');
    return {
      staff,
      brand,
      client: client.value,
      team: team?.value,
      revision: team?.revision ?? 0,
      everybody: everybody.map(({ value }) => value),
    };
  };
  const show = (res: Response, desk: TeamDesk, team: BrandTeam, revision: number, status: number, told?: Told): void =>
    sendPage(
      res,
      <TeamPage deps={deps} desk={desk} team={team} revision={revision} {...(told ? { told } : {})} />,
      status,
    );
  const emptyTeam = (desk: TeamDesk): BrandTeam => ({
    id: `team-${desk.brand.id}`,
    brandId: desk.brand.id,
    members: [],
    defaults: {},
  });

  routes.get('/admin/teams/:brand', staffOnly, async (req, res) => {
    const desk = await open(req);
    show(res, desk, desk.team ?? emptyTeam(desk), desk.revision, 200);
  });

  routes.post('/admin/teams/:brand', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, brand } = desk;
    if (!may(staff.who.viewer, 'team.write', { brandId: brand.id })) throw new Problem('FORBIDDEN');
    await deps.limiter.demand(limits.change, staff.who.person.id);
    const t = words(staff.lang, { ...adminWords, ...staffWords });
    const body = bodyOf(req.body);
    const revision = /^\d{1,9}$/.test(oneText(body.revision)) ? Number(oneText(body.revision)) : 0;
    const ticked = new Set(manyTexts(body.member));
    const members = desk.everybody.flatMap((person): TeamMember[] => {
      const held =
        person.side === 'agency' && person.active
          ? person.roles.filter((role) => ticked.has(`${person.id}:${role}`))
          : [];
      return held.length > 0 ? [{ personId: person.id, roles: held }] : [];
    });
    const defaults = Object.fromEntries(
      roles.flatMap((role) => {
        const chosen = oneText(body[`default-${role}`]);
        return members.some((member) => member.personId === chosen && member.roles.includes(role))
          ? [[role, chosen]]
          : [];
      }),
    );
    const team: BrandTeam = { ...(desk.team ?? emptyTeam(desk)), members, defaults };
    if (!checkForm(deps, staff.who, `team:${brand.id}`, body).ok)
      return show(res, desk, team, revision, 409, { kind: 'refused', title: t('staleForm') });
    const { short } = checkTeam(team, desk.client, desk.everybody, staff.lang);
    if (short.length > 0)
      return show(res, desk, team, revision, 422, { kind: 'refused', title: t('teamShort'), lines: short });
    const why = oneText(body.why).trim().slice(0, 500);
    const saved = await brandTeams.save(deps.store, team.id, revision, team, {
      by: staff.who.person.id,
      at: deps.clock(),
      ...(why ? { words: why } : {}),
    });
    if (saved.saved) return res.redirect(303, '/admin/teams?saved=1');
    const now = saved.why === 'changed' ? (saved.current?.revision ?? 0) : revision;
    show(res, desk, team, now, 409, { kind: 'refused', title: t('conflict') });
  });
}

function TeamPage({
  deps,
  desk,
  team,
  revision,
  told,
}: {
  deps: ApiDeps;
  desk: TeamDesk;
  team: BrandTeam;
  revision: number;
  told?: Told;
}) {
  const { staff, brand, client, everybody } = desk;
  const { lang } = staff;
  const t = words(lang, adminWords);
  const writable = may(staff.who.viewer, 'team.write', { brandId: brand.id });
  const agency = everybody.filter(
    (person) =>
      person.side === 'agency' &&
      person.active &&
      !person.roles.every((role) => ['ADMIN', 'MANAGEMENT', 'RECEPTION', 'FINANCE'].includes(role)),
  );
  const check = checkTeam(team, client, everybody, lang);
  const rank = (person: Person): number => Math.min(...person.roles.map((role) => roles.indexOf(role)));
  const held = (role: Role): readonly Person[] =>
    agency.filter((person) =>
      team.members.some((member) => member.personId === person.id && member.roles.includes(role)),
    );
  const several = roles.filter((role) => held(role).length > 1);
  return (
    <AdminPage staff={staff} tab="teams" title={t('teamOf', { brand: brand.name })} {...(told ? { told } : {})}>
      {told === undefined ? (
        check.short.length === 0 ? (
          <Notice kind="accepted" title={t('manGood')} />
        ) : (
          <Notice kind="remark" title={t('manCheck')}>
            <ul>
              {check.short.map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          </Notice>
        )
      ) : null}
      {check.clientShort.length > 0 ? (
        <Notice
          kind="remark"
          title={t('manClient', { steps: [...new Set(check.clientShort)].join(lang === 'en' ? ', ' : '、') })}
        >
          <p>
            <a href={`/admin/clients/${client.id}`}>{client.name}</a>
          </p>
        </Notice>
      ) : null}
      <form method="post" action={`/admin/teams/${brand.id}`} novalidate>
        <FormValue value={newFormValue(deps, staff.who, `team:${brand.id}`)} />
        <input type="hidden" name="revision" value={String(revision)} />
        <Sheet title={t('members')} id="members">
          <p class="muted small" id={fieldId('member')}>
            {t('membersHint')}
          </p>
          {[...agency]
            .sort((a, b) => rank(a) - rank(b))
            .map((person) => (
              <fieldset class="member">
                <legend class="hidden">{person.name}</legend>
                <b aria-hidden="true">{person.name}</b>
                <span class="choices">
                  {person.roles.map((role) => (
                    <label class="choice">
                      <input
                        type="checkbox"
                        name="member"
                        value={`${person.id}:${role}`}
                        checked={team.members.some(
                          (member) => member.personId === person.id && member.roles.includes(role),
                        )}
                        disabled={!writable}
                      />
                      <span>{pick(roleFacts[role].title, lang)}</span>
                    </label>
                  ))}
                </span>
              </fieldset>
            ))}
        </Sheet>
        {several.length > 0 ? (
          <Sheet title={t('defaults')} id="defaults">
            <div class="field-row">
              {several.map((role) => (
                <Field
                  lang={lang}
                  name={`default-${role}`}
                  label={pick(roleFacts[role].title, lang)}
                  kind={{
                    type: 'person',
                    choices: held(role).map((person) => ({ value: person.id, label: person.name })),
                  }}
                  value={team.defaults[role] ?? ''}
                />
              ))}
            </div>
          </Sheet>
        ) : null}
        {writable ? (
          <Sheet>
            <Field lang={lang} name="why" label={t('why')} kind={{ type: 'text' }} maxLength={500} />
          </Sheet>
        ) : null}
        <Actions>
          {writable ? <Button kind="ink">{t('save')}</Button> : null}
          <ButtonLink href="/admin/teams" kind="quiet">
            {t('back')}
          </ButtonLink>
        </Actions>
      </form>
    </AdminPage>
  );
}
