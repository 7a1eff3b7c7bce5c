import type { Request, Response, Router } from 'express';
import { may, scopeOf } from '../../domain/people/may.ts';
import type { Person } from '../../domain/people/types.ts';
import { clients, type Client, type ProductLine } from '../../store/clients.ts';
import { people, peopleOfClient } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly, type SignedIn } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { sendPage } from '../view/page.tsx';
import { ButtonLink, Chip, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import {
  blankForm,
  ClientPage,
  mayWrite,
  nameMax,
  purposeOf,
  type ClientDesk,
  type TypedClient,
} from './client-page.tsx';
import { type CodeFormView } from './code-form.tsx';
import { codeErrors, freeCode, readingsFor, registerOf, type Coded } from './codes.ts';
import { AdminPage, adminFrame, has, savedNotice, type Told } from './frame.tsx';
import { toldOfMail } from './status-link.ts';
import { adminWords } from './words.ts';

/** Whether somebody sees a client: by its brands, or because they keep the codes of the house. */
function inReach(who: SignedIn, client: Client): boolean {
  const scope = scopeOf(who.viewer, 'client.read');
  if (scope.kind === 'all' || scopeOf(who.viewer, 'code.write').kind === 'all') return true;
  return scope.kind === 'brands' && client.brands.some((brand) => scope.brandIds.includes(brand.id));
}

/** Clients with contacts, chain of finals, brands, product lines and codes. */
export function clientRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/clients', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'clients');
    const seen = (await clients.all(deps.store))
      .map(({ value }) => value)
      .filter((client) => inReach(staff.who, client));
    const t = words(staff.lang, adminWords);
    sendPage(
      res,
      <AdminPage staff={staff} tab="clients" title={t('clientsTab')} {...savedNotice(req, staff)}>
        {mayWrite(staff.who, undefined) ? (
          <p class="page-act">
            <ButtonLink href="/admin/clients/new" kind="ink">
              {t('newClient')}
            </ButtonLink>
          </p>
        ) : null}
        <Sheet>
          {seen.length === 0 ? <p class="muted">{t('nothingHere')}</p> : null}
          <ul class="entries">
            {seen.map((client) => (
              <li class="entry">
                <a class="entry-name" href={`/admin/clients/${client.id}`}>
                  {client.name}
                </a>
                <span class="entry-what">
                  {client.brands.map((brand) => `${brand.name} ${brand.code}`).join(staff.lang === 'en' ? ', ' : '、')}
                </span>
                <span class="entry-side muted small">{t(client.kind)}</span>
                {client.active ? null : <Chip>{t('inactive')}</Chip>}
              </li>
            ))}
          </ul>
        </Sheet>
      </AdminPage>,
    );
  });

  const open = async (req: Request): Promise<ClientDesk> => {
    const staff = await adminFrame(deps, req, 'clients');
    const id = String(req.params.client);
    if (id === 'new') {
      if (!mayWrite(staff.who, undefined)) throw new Problem('FORBIDDEN');
      return { staff, id, revision: 0, contacts: [] };
    }
    const entry = await clients.get(deps.store, id);
    if (entry === null || !inReach(staff.who, entry.value)) throw new Problem('NOT_FOUND');
    const { value: client, revision } = entry;
    const contacts =
      client.brands.some((brand) => may(staff.who.viewer, 'contact.read', { brandId: brand.id })) ||
      has(staff.who, 'people.write')
        ? inOrder(await peopleOfClient(deps.store, id), client.contacts)
        : [];
    const chosenBy = (await people.get(deps.store, client.qcRoute.chosenBy))?.value.name;
    return { staff, id, client, revision, contacts, ...(chosenBy === undefined ? {} : { chosenBy }) };
  };
  const show = (
    res: Response,
    desk: ClientDesk,
    typed: TypedClient,
    status: number,
    more: { errors?: Readonly<Record<string, string>>; told?: Told; code?: CodeFormView } = {},
  ): void =>
    sendPage(
      res,
      <ClientPage
        deps={deps}
        desk={desk}
        typed={typed}
        errors={more.errors ?? {}}
        {...(more.told ? { told: more.told } : {})}
        {...(more.code ? { code: more.code } : {})}
      />,
      status,
    );
  const asIs = ({ client, revision }: ClientDesk): TypedClient =>
    client
      ? { name: client.name, kind: client.kind, qcRoute: client.qcRoute.route, active: client.active, revision }
      : { name: '', kind: 'fullService', qcRoute: 'qcSeven', active: true, revision: 0 };

  routes.get('/admin/clients/:client', staffOnly, async (req, res) => {
    const desk = await open(req);
    const told = toldOfMail(req, desk.staff.lang, desk.contacts) ?? savedNotice(req, desk.staff).told;
    show(res, desk, asIs(desk), 200, told ? { told } : {});
  });

  const keep = async (desk: ClientDesk, revision: number, value: Client, why: string) =>
    clients.save(deps.store, value.id, revision, value, {
      by: desk.staff.who.person.id,
      at: deps.clock(),
      ...(why ? { words: why } : {}),
    });

  routes.post('/admin/clients/:client', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, client } = desk;
    if (!mayWrite(staff.who, client)) throw new Problem('FORBIDDEN');
    await deps.limiter.demand(limits.change, staff.who.person.id);
    const t = words(staff.lang, { ...adminWords, ...staffWords });
    const body = bodyOf(req.body);
    const director = staff.who.person.roles.includes('ACCOUNT_DIRECTOR');
    const before = client?.qcRoute;
    const asked = oneText(body.qcRoute) === 'qcSix' ? 'qcSix' : 'qcSeven';
    const route = director ? asked : (before?.route ?? 'qcSeven');
    const typed: TypedClient = {
      name: oneText(body.name).trim().normalize('NFC'),
      kind: oneText(body.kind),
      qcRoute: route,
      active: client === undefined || oneText(body.active) === 'true',
      revision: revisionIn(body),
    };
    const value = checkForm(deps, staff.who, `client:${desk.id}`, body);
    if (!value.ok) return show(res, desk, typed, 409, { told: { kind: 'refused', title: t('staleForm') } });
    if (typed.name === '' || [...typed.name].length > nameMax || /\p{C}/u.test(typed.name))
      return show(res, desk, typed, 422, { errors: { name: t('missName', { max: nameMax }) } });
    const id = client?.id ?? `c-${value.commandId.slice(0, 12)}`;
    const next: Client = {
      ...(client ?? { brands: [], contacts: [] }),
      id,
      name: typed.name,
      kind: typed.kind === 'singleProject' ? 'singleProject' : 'fullService',
      active: typed.active,
      contacts: client
        ? [
            ...client.contacts,
            ...desk.contacts.map((person) => person.id).filter((one) => !client.contacts.includes(one)),
          ]
        : [],
      qcRoute: before?.route === route ? before : { route, chosenBy: staff.who.person.id },
    };
    const saved = await keep(desk, typed.revision, next, oneText(body.why).trim().slice(0, 500));
    if (saved.saved || (saved.why === 'changed' && client === undefined && saved.current !== null))
      return res.redirect(303, `/admin/clients/${id}?saved=1`);
    show(
      res,
      desk,
      { ...typed, revision: saved.why === 'changed' ? (saved.current?.revision ?? 0) : typed.revision },
      409,
      { told: { kind: 'refused', title: t('conflict') } },
    );
  });

  for (const where of ['brands', 'brands/:brand/lines'] as const) {
    routes.post(`/admin/clients/:client/${where}`, staffOnly, async (req, res) => {
      const desk = await open(req);
      const { staff, client } = desk;
      if (!client) throw new Problem('NOT_FOUND');
      if (scopeOf(staff.who.viewer, 'code.write').kind === 'none') throw new Problem('FORBIDDEN');
      await deps.limiter.demand(limits.change, staff.who.person.id);
      const t = words(staff.lang, { ...adminWords, ...staffWords });
      const body = bodyOf(req.body);
      const brand = where === 'brands' ? undefined : client.brands.find((one) => one.id === String(req.params.brand));
      if (where !== 'brands' && !brand) throw new Problem('NOT_FOUND');
      const purpose = purposeOf(client, brand);
      const value = checkForm(deps, staff.who, purpose, body);
      const fresh = value.ok ? value.commandId.slice(0, 12) : 'x';
      const coded: Coded = brand
        ? { kind: 'line', brandId: brand.id, lineId: `l-${fresh}` }
        : { kind: 'brand', brandId: `b-${fresh}` };
      const register = registerOf((await clients.all(deps.store)).map((entry) => entry.value));
      const name = oneText(body.name).trim().normalize('NFC');
      const readings = readingsFor(
        name,
        Array.from({ length: 40 }, (_, index) => oneText(body[`reading[${index}]`])),
      );
      const suggesting = oneText(body.do) !== 'save';
      const typedCode = oneText(body.code).trim().toUpperCase();
      const code =
        suggesting || typedCode === ''
          ? readings.initials === undefined
            ? typedCode
            : (freeCode(register, coded, readings.initials) ?? '')
          : typedCode;
      const codeReason = oneText(body.codeReason).trim().slice(0, 200);
      const form: CodeFormView = {
        ...blankForm(deps, desk, client, brand),
        name,
        code,
        codeReason,
        revision: revisionIn(body),
        ...(name === '' ? {} : { readings }),
      };
      const again = (errors: Readonly<Record<string, string>>, status: number, told?: Told): void =>
        show(res, desk, asIs(desk), status, { code: { ...form, errors }, ...(told ? { told } : {}) });
      if (!value.ok) return again({}, 409, { kind: 'refused', title: t('staleForm') });
      if (name === '' || [...name].length > nameMax || /\p{C}/u.test(name))
        return again({ name: t('missName', { max: nameMax }) }, 422);
      const strange = readings.suggested.characters.find((character) => character.kind === 'unreadable');
      if (suggesting)
        return again(strange && code === '' ? { code: t('unreadable', { char: strange.char }) } : {}, 200);
      const errors = codeErrors(
        register,
        coded,
        { code, initials: readings.initials, reason: codeReason, roles: staff.who.person.roles },
        staff.lang,
      );
      if (Object.keys(errors).length > 0) return again(errors, 422);
      const saved = await keep(
        desk,
        form.revision,
        withCode(client, coded, {
          name,
          code,
          ...(code === readings.initials || codeReason === '' ? {} : { codeReason }),
        }),
        '',
      );
      if (saved.saved) return res.redirect(303, `/admin/clients/${client.id}?saved=1`);
      const free = freeCode(register, coded, readings.initials ?? code) ?? '…';
      if (saved.why === 'taken') return again({ code: t('codeTaken', { code, free }) }, 409);
      // The same form sent twice: the first one has made it.
      if (
        saved.current?.value.brands.some(
          (one) =>
            one.id === coded.brandId && (coded.kind === 'brand' || one.lines.some((line) => line.id === coded.lineId)),
        )
      )
        return res.redirect(303, `/admin/clients/${client.id}?saved=1`);
      again({}, 409, { kind: 'refused', title: t('conflict') });
    });
    routes.get(`/admin/clients/:client/${where}`, staffOnly, (req, res) =>
      res.redirect(303, `/admin/clients/${String(req.params.client)}`),
    );
  }
}

/** People in the client's own order; whoever is not in it comes last. */
function inOrder(list: readonly Person[], order: readonly string[]): Person[] {
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...list].sort((a, b) => place(a.id) - place(b.id));
}

function revisionIn(body: FormFields): number {
  const typed = oneText(body.revision);
  return /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
}

/** The client with a new brand, or with a new line of one of its brands. A brand begins with the line for jobs of the whole brand (P-16). */
function withCode(
  client: Client,
  coded: Coded,
  given: { readonly name: string; readonly code: string; readonly codeReason?: string },
): Client {
  if (coded.kind === 'brand')
    return { ...client, brands: [...client.brands, { id: coded.brandId, ...given, lines: [], active: true }] };
  const line: ProductLine = { id: coded.lineId, name: given.name, code: given.code, active: true };
  return {
    ...client,
    brands: client.brands.map((brand) =>
      brand.id === coded.brandId ? { ...brand, lines: [...brand.lines, line] } : brand,
    ),
  };
}
