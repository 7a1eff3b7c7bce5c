import type { Request, Response, Router } from 'express';
import { mostMeetingDays } from '../../domain/calendar/meeting-period.ts';
import { checkBrandCode, checkCodeChange, checkLineCode, checkOtherCode } from '../../domain/number/codes.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { clients, type Brand, type Client } from '../../store/clients.ts';
import { hasIssuedNumbers } from '../../store/numbers.ts';
import { suggestReadings } from '../../store/pinyin.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { sendPage } from '../view/page.tsx';
import { Actions, Button, ButtonLink, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { registerOf } from './codes.ts';
import { AdminPage, adminFrame, demand, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

const nameMax = 60;

interface BrandDesk {
  readonly staff: Staff;
  readonly client: Client;
  readonly brand: Brand;
  readonly revision: number;
  readonly all: readonly Client[];
  /** Ids of the brand and of those lines whose codes job numbers were issued with. */
  readonly frozen: ReadonlySet<string>;
}

/** `/admin/clients/:client/brands/:brand`: names, codes and whether a brand and its lines are in use. Issued codes are frozen. */
export function brandRoutes(routes: Router, deps: ApiDeps): void {
  const open = async (req: Request): Promise<BrandDesk> => {
    const staff = await adminFrame(deps, req, 'clients');
    demand(staff.who, 'code.write');
    const register = await clients.all(deps.store);
    const entry = register.find(({ id }) => id === String(req.params.client));
    const brand = entry?.value.brands.find((one) => one.id === String(req.params.brand));
    if (!entry || !brand || scopeOf(staff.who.viewer, 'code.write').kind !== 'all') throw new Problem('NOT_FOUND');
    const used = await Promise.all([
      hasIssuedNumbers(deps.store, { brandCode: brand.code }).then((yes) => (yes ? [brand.id] : [])),
      ...brand.lines.map(async (line) =>
        (await hasIssuedNumbers(deps.store, { brandCode: brand.code, lineCode: line.code })) ? [line.id] : [],
      ),
    ]);
    return {
      staff,
      client: entry.value,
      brand,
      revision: entry.revision,
      all: register.map(({ value }) => value),
      frozen: new Set(used.flat()),
    };
  };
  const show = (
    res: Response,
    desk: BrandDesk,
    typed: Brand,
    revision: number,
    status: number,
    errors: Readonly<Record<string, string>> = {},
    told?: Told,
  ): void =>
    sendPage(
      res,
      <BrandPage
        deps={deps}
        desk={desk}
        typed={typed}
        revision={revision}
        errors={errors}
        {...(told ? { told } : {})}
      />,
      status,
    );

  routes.get('/admin/clients/:client/brands/:brand', staffOnly, async (req, res) => {
    const desk = await open(req);
    show(res, desk, desk.brand, desk.revision, 200);
  });

  routes.post('/admin/clients/:client/brands/:brand', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, client, brand } = desk;
    await deps.limiter.demand(limits.change, staff.who.person.id);
    const t = words(staff.lang, { ...adminWords, ...staffWords });
    const body = bodyOf(req.body);
    const text = (name: string): string => oneText(body[name]).trim().normalize('NFC');
    const code = (name: string, before: string): string =>
      body[name] === undefined ? before : text(name).toUpperCase();
    const reason = text('codeReason').slice(0, 200);
    const days = text('meetingDays');
    const { codeReason: _before, meetingDays: _days, ...rest } = brand;
    const typed: Brand = {
      ...rest,
      name: text('name'),
      code: code('code', brand.code),
      ...(reason === '' ? {} : { codeReason: reason }),
      ...(days === '' ? {} : { meetingDays: /^\d{1,3}$/.test(days) ? Number(days) : 0 }),
      active: text('active') === 'true',
      lines: brand.lines.map((line) => ({
        ...line,
        name: text(`line[${line.id}][name]`),
        code: code(`line[${line.id}][code]`, line.code),
        active: text(`line[${line.id}][active]`) === 'true',
      })),
    };
    const revision = /^\d{1,9}$/.test(text('revision')) ? Number(text('revision')) : 0;
    if (!checkForm(deps, staff.who, `edit-brand:${brand.id}`, body).ok)
      return show(res, desk, typed, revision, 409, {}, { kind: 'refused', title: t('staleForm') });
    const errors = errorsOf(desk, typed);
    if (Object.keys(errors).length > 0) return show(res, desk, typed, revision, 422, errors);
    const value: Client = { ...client, brands: client.brands.map((one) => (one.id === brand.id ? typed : one)) };
    const why = text('why').slice(0, 500);
    const saved = await clients.save(deps.store, client.id, revision, value, {
      by: staff.who.person.id,
      at: deps.clock(),
      ...(why ? { words: why } : {}),
    });
    if (saved.saved) return res.redirect(303, `/admin/clients/${client.id}?saved=1`);
    if (saved.why === 'taken')
      return show(res, desk, typed, revision, 409, { code: t('codeTaken', { code: typed.code, free: '…' }) });
    show(res, desk, typed, saved.current?.revision ?? 0, 409, {}, { kind: 'refused', title: t('conflict') });
  });
}

/** What stands against the changed names and codes, by field. */
function errorsOf({ staff, brand, all, frozen }: BrandDesk, typed: Brand): Readonly<Record<string, string>> {
  const t = words(staff.lang, adminWords);
  const errors: Record<string, string> = {};
  const bad = (name: string): boolean => name === '' || [...name].length > nameMax || /\p{C}/u.test(name);
  // Collisions are judged in the register as it would be, so two codes may change at once.
  const register = registerOf(
    all.map((client) => ({ ...client, brands: client.brands.map((one) => (one.id === brand.id ? typed : one)) })),
  );
  const { meetingDays } = typed;
  if (meetingDays !== undefined && (meetingDays < 1 || meetingDays > mostMeetingDays))
    errors.meetingDays = t('meetingDaysWrong', { max: mostMeetingDays });
  if (bad(typed.name)) errors.name = t('missName', { max: nameMax });
  if (
    checkCodeChange({ field: 'brandCode', from: brand.code, to: typed.code, numbersIssued: frozen.has(brand.id) })
      .length > 0
  )
    errors.code = t('frozen');
  else if (typed.code !== brand.code) {
    const problem = checkBrandCode(register, { brandId: brand.id, code: typed.code })[0];
    if (problem)
      errors.code =
        problem.code === 'brandCodeTaken'
          ? t('codeTaken', { code: typed.code, free: '…' })
          : problem.code === 'prefixTaken'
            ? t('prefixTaken', { free: '…' })
            : t('codeLetters');
    for (const other of checkOtherCode({
      field: 'brandCode',
      initials: suggestReadings(typed.name).code,
      code: typed.code,
      reason: typed.codeReason ?? '',
      roles: staff.who.person.roles,
    })) {
      errors[other.code === 'otherCodeReasonMissing' ? 'codeReason' : 'code'] ??=
        other.code === 'otherCodeReasonMissing' ? t('reasonMissing') : t('otherRole');
    }
  }
  for (const line of typed.lines) {
    const before = brand.lines.find((one) => one.id === line.id);
    if (bad(line.name)) errors[`line[${line.id}][name]`] = t('missName', { max: nameMax });
    if (line.code === before?.code) continue;
    const field = `line[${line.id}][code]`;
    const problem = checkLineCode(register, { brandId: brand.id, lineId: line.id, code: line.code })[0];
    if (frozen.has(line.id)) errors[field] = t('frozen');
    else if (problem)
      errors[field] =
        problem.code === 'lineCodeTaken'
          ? t('lineTaken', { code: line.code, free: '…' })
          : problem.code === 'prefixTaken'
            ? t('prefixTaken', { free: '…' })
            : t('codeLetters');
  }
  return errors;
}

function BrandPage({
  deps,
  desk,
  typed,
  revision,
  errors,
  told,
}: {
  deps: ApiDeps;
  desk: BrandDesk;
  typed: Brand;
  revision: number;
  errors: Readonly<Record<string, string>>;
  told?: Told;
}) {
  const { staff, client, brand, frozen } = desk;
  const { lang } = staff;
  const t = words(lang, adminWords);
  const at = (name: string): { error?: string } => (errors[name] === undefined ? {} : { error: errors[name] });
  const labelOf = (name: string): string => {
    if (name === 'name') return t('brandName');
    if (name === 'codeReason') return t('otherReason');
    if (name === 'meetingDays') return t('meetingDays');
    // Several lines have the same fields: each is called by the name it is registered under, whatever was typed over it.
    const line = brand.lines.find(({ id }) => name.startsWith(`line[${id}]`));
    const label = name.endsWith('[name]') ? t('lineName') : t('code');
    return line ? `${line.name} · ${label}` : label;
  };
  const codeField = (name: string, value: string, isFrozen: boolean) =>
    isFrozen ? (
      <p class="field">
        <b>{t('code')}</b>
        <br />
        <span class="code">{value}</span> <span class="muted small">{t('frozen')}</span>
      </p>
    ) : (
      <Field
        lang={lang}
        name={name}
        label={t('code')}
        kind={{ type: 'text' }}
        value={value}
        maxLength={12}
        required
        {...at(name)}
      />
    );
  return (
    <AdminPage staff={staff} tab="clients" title={`${client.name} › ${brand.name}`} {...(told ? { told } : {})}>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, error]) => ({ name, label: labelOf(name), error }))}
      />
      <form method="post" action={`/admin/clients/${client.id}/brands/${brand.id}`} class="paper-form" novalidate>
        <FormValue value={newFormValue(deps, staff.who, `edit-brand:${brand.id}`)} />
        <input type="hidden" name="revision" value={String(revision)} />
        <Sheet title={t('brand')} id="brand">
          <div class="field-row">
            <Field
              lang={lang}
              name="name"
              label={t('brandName')}
              kind={{ type: 'text' }}
              value={typed.name}
              maxLength={nameMax}
              required
              {...at('name')}
            />
            {codeField('code', typed.code, frozen.has(brand.id))}
          </div>
          <Field
            lang={lang}
            name="codeReason"
            label={t('otherReason')}
            kind={{ type: 'text' }}
            value={typed.codeReason ?? ''}
            maxLength={200}
            {...at('codeReason')}
          />
          <Field
            lang={lang}
            name="meetingDays"
            label={t('meetingDays')}
            hint={t('meetingDaysHint', { n: deps.config.internalMeetingDays })}
            unit={t('workingDays')}
            kind={{ type: 'number' }}
            value={typed.meetingDays === undefined ? '' : String(typed.meetingDays)}
            {...at('meetingDays')}
          />
          <Field lang={lang} name="active" label={t('clientActive')} kind={{ type: 'bool' }} value={typed.active} />
        </Sheet>
        {typed.lines.map((line) => (
          <Sheet title={brand.lines.find(({ id }) => id === line.id)?.name ?? line.name} id={`line-${line.id}`}>
            <div class="field-row">
              <Field
                lang={lang}
                name={`line[${line.id}][name]`}
                label={t('lineName')}
                kind={{ type: 'text' }}
                value={line.name}
                maxLength={nameMax}
                required
                {...at(`line[${line.id}][name]`)}
              />
              {codeField(`line[${line.id}][code]`, line.code, frozen.has(line.id))}
            </div>
            <Field
              lang={lang}
              name={`line[${line.id}][active]`}
              label={t('clientActive')}
              kind={{ type: 'bool' }}
              value={line.active}
            />
          </Sheet>
        ))}
        <Sheet>
          <Field lang={lang} name="why" label={t('why')} kind={{ type: 'text' }} maxLength={500} />
        </Sheet>
        <Actions>
          <Button kind="ink">{t('save')}</Button>
          <ButtonLink href={`/admin/clients/${client.id}`} kind="quiet">
            {t('back')}
          </ButtonLink>
        </Actions>
      </form>
    </AdminPage>
  );
}
