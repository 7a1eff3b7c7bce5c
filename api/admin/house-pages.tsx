import type { Router } from 'express';
import { addMs } from '../../domain/instant.ts';
import { latestAudit, type AuditEntry } from '../../store/audit.ts';
import { clients } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { staffOnly } from '../session/identify.ts';
import { dropToken, makeToken, tokensOf } from '../session/tokens.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { Button, Empty, FormValue, History, Sheet } from '../view/parts.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage, adminFrame, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

const dayMs = 86_400_000;
/** Tokens for programs, and the list of changes. */
export function houseRoutes(routes: Router, deps: ApiDeps): void {
  for (const method of ['get', 'post'] as const) {
    routes[method]('/admin/tokens', staffOnly, async (req, res) => {
      const staff = await adminFrame(deps, req, 'tokens');
      const { lang, who, time } = staff;
      const t = words(lang, { ...adminWords, ...staffWords });
      let told: Told | undefined;
      let made: string | undefined;
      let status = 200;
      const errors: Record<string, string> = {};
      const typed = { name: '', days: '90' };
      if (method === 'post') {
        await deps.limiter.demand(limits.change, who.person.id);
        const body = bodyOf(req.body);
        typed.name = oneText(body.name).trim();
        typed.days = oneText(body.days).trim();
        const dropping = oneText(body.drop);
        if (!checkForm(deps, who, 'tokens', body).ok)
          [told, status] = [{ kind: 'refused', title: t('staleForm') }, 409];
        else if (dropping !== '') {
          await dropToken(deps.store, who.person.id, dropping.slice(0, 100));
          told = { kind: 'accepted', title: t('tokenDropped') };
        } else {
          const days = /^\d{1,3}$/.test(typed.days) ? Number(typed.days) : 0;
          if (typed.name === '' || [...typed.name].length > 60 || /\p{C}/u.test(typed.name))
            errors.name = t('missName', { max: 60 });
          if (days < 1 || days > 365) errors.days = t('badDays');
          if (Object.keys(errors).length > 0) status = 422;
          else
            made = (
              await makeToken(deps.store, {
                personId: who.person.id,
                name: typed.name,
                madeBy: who.person.id,
                at: time.now,
                expiresAt: addMs(time.now, days * dayMs),
              })
            ).token;
        }
      }
      const mine = await tokensOf(deps.store, who.person.id);
      const formValue = newFormValue(deps, who, 'tokens');
      sendPage(
        res,
        <AdminPage staff={staff} tab="tokens" title={t('tokens')} {...(told ? { told } : {})}>
          <p class="work-lead">{t('tokensLead')}</p>
          {made ? (
            <Sheet title={t('tokenMade')} id="made">
              <p class="token">{made}</p>
            </Sheet>
          ) : null}
          <Sheet>
            {mine.length === 0 ? <p class="muted">{t('noTokens')}</p> : null}
            <ul class="entries">
              {mine.map((token) => (
                <li class="entry">
                  <span class="entry-name">{token.name}</span>
                  <span class="entry-what muted small">
                    {t('madeAt', { when: momentInWords(time, token.madeAt, lang) })}
                    {token.expiresAt
                      ? ` · ${t('tokenUntil', { when: momentInWords(time, token.expiresAt, lang) })}`
                      : ''}
                  </span>
                  <form method="post" action="/admin/tokens">
                    <FormValue value={formValue} />
                    <input type="hidden" name="drop" value={token.id} />
                    <Button kind="quiet">{t('dropToken')}</Button>
                  </form>
                </li>
              ))}
            </ul>
          </Sheet>
          <ErrorList
            lang={lang}
            errors={Object.entries(errors).map(([name, error]) => ({
              name,
              label: name === 'name' ? t('tokenName') : t('tokenDays'),
              error,
            }))}
          />
          <Sheet title={t('makeToken')} id="make">
            <form method="post" action="/admin/tokens" novalidate>
              <FormValue value={formValue} />
              <div class="field-row">
                <Field
                  lang={lang}
                  name="name"
                  label={t('tokenName')}
                  kind={{ type: 'text' }}
                  value={made ? '' : typed.name}
                  required
                  maxLength={60}
                  {...(errors.name === undefined ? {} : { error: errors.name })}
                />
                <Field
                  lang={lang}
                  name="days"
                  label={t('tokenDays')}
                  kind={{ type: 'number' }}
                  value={typed.days}
                  required
                  {...(errors.days === undefined ? {} : { error: errors.days })}
                />
              </div>
              <p class="actions-row code-actions">
                <Button kind="ink">{t('makeToken')}</Button>
              </p>
            </form>
          </Sheet>
        </AdminPage>,
        status,
      );
    });
  }

  routes.get('/admin/audit', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'audit');
    const t = words(staff.lang, adminWords);
    const entries = await latestAudit(deps.store, 200);
    const everybody = new Map((await people.all(deps.store)).map(({ value }) => [value.id, value.name]));
    const brands = new Map(
      (await clients.all(deps.store)).flatMap(({ value }) =>
        value.brands.map((brand) => [brand.id, brand.name] as const),
      ),
    );
    sendPage(
      res,
      <AdminPage staff={staff} tab="audit" title={t('audit')}>
        {entries.length === 0 ? <Empty title={t('auditEmpty')} /> : null}
        <History
          entries={entries.map((entry) => ({
            when: momentInWords(staff.time, entry.at, staff.lang),
            instant: entry.at,
            who: everybody.get(entry.by) ?? entry.by,
            what: what(entry, brands, staff.lang),
            ...(entry.words ? { words: entry.words } : {}),
          }))}
        />
      </AdminPage>,
    );
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A name as an entry of a register holds it: one text, or one a language. */
function nameIn(name: unknown, lang: Lang): string | undefined {
  if (typeof name === 'string') return name;
  const said = fieldsOf(name)[wordingLang(lang)];
  return typeof said === 'string' ? said : undefined;
}

/** One change in a line: which register, which entry, which of its fields. Addresses are never shown here. */
function what(entry: AuditEntry, brands: ReadonlyMap<string, string>, lang: Lang): string {
  const t = words(lang, adminWords);
  const key = `register_${entry.register}`;
  const register = Object.hasOwn(adminWords, key)
    ? pick(adminWords[key as keyof typeof adminWords], lang)
    : entry.register;
  const [before, after] = [fieldsOf(entry.before), fieldsOf(entry.after)];
  const name = [nameIn(after.name, lang), brands.get(String(after.brandId))].find(Boolean) ?? entry.entry;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const detail =
    entry.before === null ? t('wasNew') : t('fieldsChanged', { fields: changed.join(lang === 'en' ? ', ' : '、') });
  return `${register} ${name} · ${detail}`;
}
