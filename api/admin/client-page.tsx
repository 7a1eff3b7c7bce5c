import { may, scopeOf } from '../../domain/people/may.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import { type Brand, type Client } from '../../store/clients.ts';
import type { ApiDeps } from '../deps.ts';
import { type SignedIn } from '../session/identify.ts';
import { newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Actions, Button, ButtonLink, Chip, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { CodeForm, type CodeFormView } from './code-form.tsx';
import { AdminPage, has, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

/** Longest name of a client, brand or line. */
export const nameMax = 60;

/** A client as its page needs it. */
export interface ClientDesk {
  readonly staff: Staff;
  readonly client?: Client;
  readonly id: string;
  readonly revision: number;
  readonly contacts: readonly Person[];
  readonly chosenBy?: string;
}

/** What somebody typed into the client's form. */
export interface TypedClient {
  readonly name: string;
  readonly kind: string;
  readonly qcRoute: string;
  readonly active: boolean;
  readonly revision: number;
}

/** Whether somebody may change a client, or make one. */
export function mayWrite(who: SignedIn, client: Client | undefined): boolean {
  const scope = scopeOf(who.viewer, 'client.write');
  if (scope.kind === 'all') return true;
  if (scope.kind !== 'brands') return false;
  return (
    client === undefined ||
    client.brands.length === 0 ||
    client.brands.some((brand) => scope.brandIds.includes(brand.id))
  );
}

/** What a form value of the code forms is bound to. */
export function purposeOf(client: Client, brand: Brand | undefined): string {
  return brand ? `line:${client.id}:${brand.id}` : `brand:${client.id}`;
}

/** The code form before anything was typed. */
export function blankForm(
  deps: ApiDeps,
  { staff, revision }: ClientDesk,
  client: Client,
  brand: Brand | undefined,
): CodeFormView {
  return {
    what: brand ? 'line' : 'brand',
    action: brand ? `/admin/clients/${client.id}/brands/${brand.id}/lines` : `/admin/clients/${client.id}/brands`,
    formValue: newFormValue(deps, staff.who, purposeOf(client, brand)),
    revision,
    name: '',
    code: '',
    codeReason: '',
    errors: {},
  };
}

/** One client: facts, contacts, brands, lines and codes. */
export function ClientPage({
  deps,
  desk,
  typed,
  errors,
  told,
  code,
}: {
  deps: ApiDeps;
  desk: ClientDesk;
  typed: TypedClient;
  errors: Readonly<Record<string, string>>;
  told?: Told;
  code?: CodeFormView;
}) {
  const { staff, client, contacts } = desk;
  const { lang, who } = staff;
  const t = words(lang, adminWords);
  const writable = mayWrite(who, client);
  const coding = scopeOf(who.viewer, 'code.write').kind !== 'none';
  const director = who.person.roles.includes('ACCOUNT_DIRECTOR');
  const touch = client?.brands.some((brand) => may(who.viewer, 'contact.write', { brandId: brand.id })) ?? false;
  const separator = lang === 'en' ? ', ' : '、';
  return (
    <AdminPage staff={staff} tab="clients" title={client?.name ?? t('newClient')} {...(told ? { told } : {})}>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, error]) => ({ name, label: t('clientName'), error }))}
      />
      {client ? (
        <Sheet title={t('brands')} id="brands">
          {client.brands.map((brand) => (
            <BrandBlock
              clientId={client.id}
              brand={brand}
              lang={lang}
              coding={coding}
              {...(code?.action.endsWith(`/brands/${brand.id}/lines`) ? { open: code } : {})}
              form={blankForm(deps, desk, client, brand)}
              year={staff.time.now.slice(0, 4)}
            />
          ))}
          {coding ? (
            <details class="fold brand-block" open={code?.what === 'brand' || client.brands.length === 0}>
              <summary>{t('addBrand')}</summary>
              <CodeForm view={code?.what === 'brand' ? code : blankForm(deps, desk, client, undefined)} lang={lang} />
            </details>
          ) : null}
        </Sheet>
      ) : null}
      {client && (contacts.length > 0 || touch) ? (
        <Sheet title={t('contacts')} id="contacts">
          <ul class="entries">
            {contacts.map((person) => (
              <li class="entry">
                <a class="entry-name" href={`/admin/people/${person.id}`}>
                  {person.name}
                </a>
                <span class="entry-what">
                  {person.roles.map((role) => pick(roleFacts[role].title, lang)).join(separator)}{' '}
                  <span class="muted small">{person.mail.address}</span>
                </span>
                {touch && person.active ? (
                  <form method="post" action={`/admin/clients/${client.id}/status-link`}>
                    <FormValue value={newFormValue(deps, who, `status:${client.id}:${person.id}`)} />
                    <input type="hidden" name="person" value={person.id} />
                    <Button kind="plain">{t('statusLink')}</Button>
                  </form>
                ) : person.active ? null : (
                  <Chip>{t('inactive')}</Chip>
                )}
              </li>
            ))}
          </ul>
          {touch ? <p class="muted small">{t('statusLinkHint')}</p> : null}
          {touch || has(who, 'people.write') ? (
            <p>
              <ButtonLink href={`/admin/people/new?client=${client.id}`} kind="quiet">
                {t('addContact')}
              </ButtonLink>
            </p>
          ) : null}
        </Sheet>
      ) : null}
      {writable ? (
        <form method="post" action={`/admin/clients/${desk.id}`} class="paper-form" novalidate>
          <FormValue value={newFormValue(deps, who, `client:${desk.id}`)} />
          <input type="hidden" name="revision" value={String(typed.revision)} />
          <Sheet>
            <Field
              lang={lang}
              name="name"
              label={t('clientName')}
              kind={{ type: 'text' }}
              value={typed.name}
              required
              maxLength={nameMax}
              {...(errors.name === undefined ? {} : { error: errors.name })}
            />
            <Field
              lang={lang}
              name="kind"
              label={t('kind')}
              kind={{
                type: 'enum',
                choices: (['fullService', 'singleProject'] as const).map((value) => ({ value, label: t(value) })),
              }}
              value={typed.kind}
              required
            />
            {director ? (
              <Field
                lang={lang}
                name="qcRoute"
                label={t('qcRoute')}
                hint={t('qcOnly')}
                kind={{
                  type: 'enum',
                  choices: (['qcSeven', 'qcSix'] as const).map((value) => ({ value, label: t(value) })),
                }}
                value={typed.qcRoute}
                required
              />
            ) : (
              <p class="field">
                <b>{t('qcRoute')}</b>
                <br />
                {t(typed.qcRoute === 'qcSix' ? 'qcSix' : 'qcSeven')} <span class="muted small">{t('qcOnly')}</span>
              </p>
            )}
            {client ? (
              <Field lang={lang} name="active" label={t('clientActive')} kind={{ type: 'bool' }} value={typed.active} />
            ) : null}
            {client ? <Field lang={lang} name="why" label={t('why')} kind={{ type: 'text' }} maxLength={500} /> : null}
          </Sheet>
          <Actions>
            <Button kind="ink">{t('save')}</Button>
            <ButtonLink href="/admin/clients" kind="quiet">
              {t('back')}
            </ButtonLink>
          </Actions>
        </form>
      ) : (
        <p class="muted">
          {t(client?.qcRoute.route === 'qcSix' ? 'qcSix' : 'qcSeven')}{' '}
          {desk.chosenBy ? t('qcWho', { name: desk.chosenBy }) : ''}
        </p>
      )}
    </AdminPage>
  );
}

function BrandBlock({
  clientId,
  brand,
  lang,
  coding,
  open,
  form,
  year,
}: {
  clientId: string;
  brand: Brand;
  lang: Staff['lang'];
  coding: boolean;
  open?: CodeFormView;
  form: CodeFormView;
  year: string;
}) {
  const t = words(lang, adminWords);
  return (
    <div class="brand-block">
      <p class="sheet-head">
        <span>
          <b>{brand.name}</b> <span class="code">{brand.code}</span>
        </span>
        <span class="sheet-aside">
          {coding ? (
            <>
              <a href={`/admin/clients/${clientId}/brands/${brand.id}`}>{t('edit')}</a> ·{' '}
            </>
          ) : null}
          <a href={`/admin/teams/${brand.id}`}>{t('teams')}</a>
        </span>
      </p>
      {brand.codeReason ? (
        <p class="muted small">
          {t('otherReason')}
          {lang === 'en' ? ': ' : '：'}
          {brand.codeReason}
        </p>
      ) : null}
      <ul class="entries">
        {brand.lines.map((line) => (
          <li class="entry">
            <span class="entry-name">{line.name}</span>
            <span class="entry-what code">{line.code}</span>
            <span class="entry-side muted small code">{`${brand.code}${line.code}${year}001`}</span>
            {line.active ? null : <Chip>{t('inactive')}</Chip>}
          </li>
        ))}
      </ul>
      {coding ? (
        <details class="fold" open={open !== undefined || brand.lines.length === 0}>
          <summary>{t('addLine')}</summary>
          <CodeForm view={open ?? form} lang={lang} />
        </details>
      ) : null}
    </div>
  );
}
