import type { Request, Response, Router } from 'express';
import { may } from '../../domain/people/may.ts';
import { roleFacts, roles, type Role } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import { clients, type Client } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import { closeSessionsOf } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly, type SignedIn } from '../session/identify.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { manyTexts, oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { Actions, Button, ButtonLink, Chip, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage, adminFrame, has, savedNotice, type Told } from './frame.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { nameMax, personOf, type TypedPerson } from './person-typed.ts';
import { adminWords } from './words.ts';

/** Whether somebody may change this person: keepers everybody, account service the people of their clients. */
function mayChange(who: SignedIn, person: Pick<Person, 'side' | 'clientId'>, all: readonly Client[]): boolean {
  if (may(who.viewer, 'people.write', {})) return true;
  const client = person.side === 'client' ? all.find((one) => one.id === person.clientId) : undefined;
  return client?.brands.some((brand) => may(who.viewer, 'contact.write', { brandId: brand.id })) ?? false;
}

/** Whether somebody may see a person's address: keepers, and for people of a client its brand teams (S-144). */
function maySee(who: SignedIn, person: Person, all: readonly Client[]): boolean {
  const client = person.side === 'client' ? all.find((one) => one.id === person.clientId) : undefined;
  return person.side === 'client'
    ? mayChange(who, person, all) ||
        (client?.brands.some((brand) => may(who.viewer, 'contact.read', { brandId: brand.id })) ?? false)
    : true;
}

/** People: the list, adding, editing, switching off. */
export function peopleRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/people', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'people');
    const [all, register] = await Promise.all([people.all(deps.store), clients.all(deps.store)]);
    const list = register.map(({ value }) => value);
    const seen = all
      .map(({ value }) => value)
      .filter((person) => person.side !== 'client' || maySee(staff.who, person, list));
    sendPage(res, <PeoplePage staff={staff} people={seen} clients={list} {...savedNotice(req, staff)} />);
  });

  const open = async (
    req: Request,
  ): Promise<{ staff: Staff; all: Client[]; id: string; person?: Person; revision: number }> => {
    const staff = await adminFrame(deps, req, 'people');
    const all = (await clients.all(deps.store)).map(({ value }) => value);
    const id = String(req.params.person);
    const entry = id === 'new' ? null : await people.get(deps.store, id);
    if (id !== 'new' && (entry === null || !maySee(staff.who, entry.value, all))) throw new Problem('NOT_FOUND');
    return { staff, all, id, revision: entry?.revision ?? 0, ...(entry ? { person: entry.value } : {}) };
  };
  const show = (
    res: Response,
    at: Awaited<ReturnType<typeof open>>,
    typed: TypedPerson,
    status: number,
    errors: Readonly<Record<string, string>> = {},
    told?: Told,
  ): void => {
    const writable = at.person
      ? mayChange(at.staff.who, at.person, at.all)
      : has(at.staff.who, 'people.write') || has(at.staff.who, 'contact.write');
    sendPage(
      res,
      <PersonPage deps={deps} at={at} typed={typed} errors={errors} writable={writable} {...(told ? { told } : {})} />,
      status,
    );
  };

  routes.get('/admin/people/:person', staffOnly, async (req, res) => {
    const at = await open(req);
    const asked = typeof req.query.client === 'string' ? req.query.client : '';
    const { person } = at;
    if (!person && !has(at.staff.who, 'people.write') && !has(at.staff.who, 'contact.write'))
      throw new Problem('FORBIDDEN');
    const typed: TypedPerson = person
      ? { ...person, clientId: person.clientId ?? '', address: person.mail.address, revision: at.revision }
      : {
          name: '',
          side: asked === '' ? 'agency' : 'client',
          clientId: asked,
          roles: asked === '' ? [] : ['CLIENT_CONTACT'],
          language: 'zh-CN',
          address: '',
          active: true,
          revision: 0,
        };
    show(res, at, typed, 200);
  });

  routes.post('/admin/people/:person', staffOnly, async (req, res) => {
    const at = await open(req);
    const { staff, person } = at;
    await deps.limiter.demand(limits.change, staff.who.person.id);
    const body = bodyOf(req.body);
    const t = words(staff.lang, { ...adminWords, ...staffWords });
    const typed: TypedPerson = {
      name: oneText(body.name).trim().normalize('NFC'),
      side: oneText(body.side),
      clientId: oneText(body.clientId),
      roles: manyTexts(body.roles),
      language: oneText(body.language),
      address: oneText(body.address).trim(),
      active: oneText(body.active) === 'true',
      revision: /^\d{1,9}$/.test(oneText(body.revision)) ? Number(oneText(body.revision)) : 0,
    };
    if (person && !mayChange(staff.who, person, at.all)) throw new Problem('FORBIDDEN');
    const value = checkForm(deps, staff.who, `person:${at.id}`, body);
    if (!value.ok) return show(res, at, typed, 409, {}, { kind: 'refused', title: t('staleForm') });
    const id = at.id === 'new' ? `p-${value.commandId.slice(0, 12)}` : at.id;
    const now = deps.clock();
    const made = personOf(typed, id, person, staff, at.all, now);
    if (!('value' in made)) return show(res, at, typed, 422, made.errors);
    if (!mayChange(staff.who, made.value, at.all)) throw new Problem('FORBIDDEN');
    const why = oneText(body.why).trim().slice(0, 500);
    const saved = await people.save(deps.store, made.value.id, typed.revision, made.value, {
      by: staff.who.person.id,
      at: now,
      ...(why ? { words: why } : {}),
    });
    if (saved.saved) {
      // Whoever read the mails of the old address may have signed in by one of them.
      const moved = person !== undefined && person.mail.revision !== made.value.mail.revision;
      if (!made.value.active || (moved && made.value.id !== staff.who.person.id))
        await closeSessionsOf(deps.store, made.value.id);
      return res.redirect(
        303,
        made.value.side === 'client' && made.value.clientId
          ? `/admin/clients/${made.value.clientId}?saved=1`
          : '/admin/people?saved=1',
      );
    }
    // The same form sent twice has made the person the first time.
    if (saved.why === 'changed' && at.id === 'new' && saved.current !== null)
      return res.redirect(303, '/admin/people?saved=1');
    if (saved.why === 'taken') return show(res, at, typed, 409, { address: t('mailTaken') });
    return show(
      res,
      at,
      { ...typed, revision: saved.current?.revision ?? 0 },
      409,
      {},
      { kind: 'refused', title: t('conflict') },
    );
  });
}

function PeoplePage({
  staff,
  people: list,
  clients: all,
  told,
}: {
  staff: Staff;
  people: readonly Person[];
  clients: readonly Client[];
  told?: Told;
}) {
  const t = words(staff.lang, adminWords);
  const groups = [
    { title: t('agency'), list: list.filter((person) => person.side === 'agency') },
    ...all.map((client) => ({
      title: client.name,
      list: list.filter((person) => person.side === 'client' && person.clientId === client.id),
    })),
    { title: t('outside'), list: list.filter((person) => person.side === 'outside') },
  ].filter((group) => group.list.length > 0);
  const rank = (person: Person): number => Math.min(...person.roles.map((role) => roles.indexOf(role)), roles.length);
  return (
    <AdminPage staff={staff} tab="people" title={t('persons')} {...(told ? { told } : {})}>
      {has(staff.who, 'people.write') ? (
        <p class="page-act">
          <ButtonLink href="/admin/people/new" kind="ink">
            {t('newPerson')}
          </ButtonLink>
        </p>
      ) : null}
      {groups.map((group) => (
        <Sheet title={group.title}>
          <ul class="entries">
            {[...group.list]
              .sort((a, b) => rank(a) - rank(b))
              .map((person) => (
                <li class="entry">
                  <a class="entry-name" href={`/admin/people/${person.id}`}>
                    {person.name}
                  </a>
                  <span class="entry-what">
                    {person.roles
                      .map((role) => pick(roleFacts[role].title, staff.lang))
                      .join(staff.lang === 'en' ? ', ' : '、')}
                  </span>
                  <span class="entry-side muted small">
                    {maySee(staff.who, person, all) ? person.mail.address : ''}
                  </span>
                  {person.active ? null : <Chip>{t('inactive')}</Chip>}
                </li>
              ))}
          </ul>
        </Sheet>
      ))}
    </AdminPage>
  );
}

function PersonPage({
  deps,
  at,
  typed,
  errors,
  writable,
  told,
}: {
  deps: ApiDeps;
  at: { staff: Staff; all: readonly Client[]; id: string; person?: Person };
  typed: TypedPerson;
  errors: Readonly<Record<string, string>>;
  writable: boolean;
  told?: Told;
}) {
  const { staff, person } = at;
  const { lang } = staff;
  const t = words(lang, adminWords);
  if (!writable && person) return <PersonSheet staff={staff} person={person} all={at.all} />;
  const error = (name: string): { error?: string } => (errors[name] === undefined ? {} : { error: errors[name] });
  const labels: Readonly<Record<string, string>> = {
    name: t('name'),
    side: t('side'),
    clientId: t('ofClient'),
    roles: t('titles'),
    address: t('mail'),
    active: t('active'),
  };
  const keeper = may(staff.who.viewer, 'people.write', {});
  const sides = (['agency', 'client', 'outside'] as const).filter((side) => keeper || side === 'client');
  const offered = at.all.filter(
    (client) => keeper || client.brands.some((brand) => may(staff.who.viewer, 'contact.write', { brandId: brand.id })),
  );
  const byRoles = roles
    .filter((role: Role) => keeper || roleFacts[role].side === 'client')
    .map((value) => ({ value, label: pick(roleFacts[value].title, lang) }));
  return (
    <AdminPage staff={staff} tab="people" title={person?.name ?? t('newPerson')} {...(told ? { told } : {})}>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, text]) => ({ name, label: labels[name] ?? name, error: text }))}
      />
      <form method="post" action={`/admin/people/${at.id}`} novalidate>
        <FormValue value={newFormValue(deps, staff.who, `person:${at.id}`)} />
        <input type="hidden" name="revision" value={String(typed.revision)} />
        <Sheet>
          <Field
            lang={lang}
            name="name"
            label={t('name')}
            kind={{ type: 'text' }}
            value={typed.name}
            required
            maxLength={nameMax}
            {...error('name')}
          />
          <Field
            lang={lang}
            name="address"
            label={t('mail')}
            hint={`${t('mailHint')}${person ? ` · ${t('mailRevision', { n: person.mail.revision })}` : ''}`}
            kind={{ type: 'text' }}
            value={typed.address}
            required
            maxLength={254}
            {...error('address')}
          />
          <div class="field-row">
            <Field
              lang={lang}
              name="side"
              label={t('side')}
              kind={{ type: 'enum', choices: sides.map((value) => ({ value, label: t(value) })) }}
              value={typed.side}
              required
              {...error('side')}
            />
            <Field
              lang={lang}
              name="language"
              label={t('language')}
              kind={{
                type: 'enum',
                choices: [
                  { value: 'zh-CN', label: '中文' },
                  { value: 'en', label: 'English' },
                ],
              }}
              value={typed.language}
              required
            />
          </div>
          <Field
            lang={lang}
            name="clientId"
            label={t('ofClient')}
            kind={{ type: 'person', choices: offered.map((client) => ({ value: client.id, label: client.name })) }}
            value={typed.clientId}
            {...error('clientId')}
          />
          <Field
            lang={lang}
            name="roles"
            label={t('titles')}
            hint={t('titlesHint')}
            kind={{ type: 'persons', choices: byRoles }}
            value={typed.roles}
            required
            {...error('roles')}
          />
          <Field
            lang={lang}
            name="active"
            label={t('active')}
            kind={{ type: 'bool' }}
            value={typed.active}
            {...error('active')}
          />
          <Field lang={lang} name="why" label={t('why')} kind={{ type: 'text' }} maxLength={500} />
        </Sheet>
        <Actions>
          <Button kind="ink">{t('save')}</Button>
          <ButtonLink href="/admin/people" kind="quiet">
            {t('back')}
          </ButtonLink>
        </Actions>
      </form>
    </AdminPage>
  );
}
