import type { JSX } from 'preact';
import type { HandOver, HandOverLine, WantedHandOver } from '../../domain/people/hand-over.ts';
import { may } from '../../domain/people/may.ts';
import { roleFacts, type Role } from '../../domain/people/roles.ts';
import type { ApiDeps } from '../deps.ts';
import {
  brandIn,
  giverSignsOf,
  titlesOf,
  type HandOverBook,
  type HandOverEntry,
  type HandOverPlan,
} from '../handover/read.ts';
import { HandOverChoices, HandOverFacts, HandOverList, HandOverProblems } from '../handover/view.tsx';
import type { HandOverSaying } from '../handover/saying.ts';
import { directorNeedWords } from '../handover/signatures.tsx';
import { handOverWords } from '../handover/words.ts';
import { newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Button, ButtonLink, Chip, Facts, FormValue, Sheet } from '../view/parts.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage, type Told } from './frame.tsx';

/** What forms of these pages are bound to. */
export const handOverPurpose = 'handOvers';

/** What the pages of hand-overs are made from. */
export interface HandOverDesk {
  readonly deps: ApiDeps;
  readonly staff: Staff;
  readonly book: HandOverBook;
  /** Those the reader may see, newest first. */
  readonly entries: readonly HandOverEntry[];
}

/** A hand-over as it was typed. */
export interface TypedHandOver extends Readonly<Record<'brandId' | 'from' | 'to' | 'factBookOn' | 'words', string>> {
  readonly roles: readonly Role[];
}

function sayingOf({ staff, book }: HandOverDesk): HandOverSaying {
  const { lang, time } = staff;
  return { lang, time, nameOf: (id) => book.people.get(id)?.name ?? id, linked: true };
}

function Entry({ desk, entry }: { desk: HandOverDesk; entry: HandOverEntry }): JSX.Element {
  const { staff, book } = desk;
  const { lang, time } = staff;
  const t = words(lang, handOverWords);
  const { value } = entry;
  const name = (id: string): string => book.people.get(id)?.name ?? id;
  const at = value.moved?.at ?? value.ended?.at ?? value.startedAt;
  return (
    <li class="entry">
      <a class="entry-name" href={`/admin/hand-overs/${entry.id}`}>
        {brandIn(book, value.brandId)?.brand.name ?? value.brandId}
      </a>
      <span class="entry-what">
        {name(value.from)} → {name(value.to)}{' '}
        <Chip tone={value.state === 'done' ? 'done' : 'plain'}>{t(value.state)}</Chip>
      </span>
      <span class="entry-side muted small num">{momentInWords(time, at, lang)}</span>
    </li>
  );
}

/** Hand-overs that wait, those that were, and the form that starts one. */
export function HandOversPage({
  desk,
  typed,
  errors = {},
  told,
}: {
  desk: HandOverDesk;
  typed: TypedHandOver;
  errors?: Readonly<Record<string, string>>;
  told?: Told;
}): JSX.Element {
  const { staff, entries } = desk;
  const { lang } = staff;
  const t = words(lang, handOverWords);
  const over = (state: HandOver['state']): boolean => state !== 'asked' && state !== 'signed';
  const groups = [
    { title: t('waiting'), list: entries.filter(({ value }) => value.state === 'asked') },
    { title: t('moving'), list: entries.filter(({ value }) => value.state === 'signed') },
    { title: t('history'), list: entries.filter(({ value }) => over(value.state)).slice(0, 100) },
  ].filter(({ list }) => list.length > 0);
  const labels: Readonly<Record<string, string>> = {
    brandId: t('brand'),
    from: t('from'),
    to: t('to'),
    roles: t('roles'),
    factBookOn: t('factBookOn'),
    words: t('words'),
  };
  return (
    <AdminPage staff={staff} tab="handOvers" title={t('handOvers')} {...(told ? { told } : {})}>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, error]) => ({ name, label: labels[name] ?? name, error }))}
      />
      <p class="work-lead">{t('lead')}</p>
      {groups.length === 0 ? <p class="muted">{t('noneYet')}</p> : null}
      {groups.map(({ title, list }) => (
        <Sheet title={title}>
          <ul class="entries">
            {list.map((entry) => (
              <Entry desk={desk} entry={entry} />
            ))}
          </ul>
        </Sheet>
      ))}
      <StartForm desk={desk} typed={typed} errors={errors} />
    </AdminPage>
  );
}

function StartForm({
  desk,
  typed,
  errors,
}: {
  desk: HandOverDesk;
  typed: TypedHandOver;
  errors: Readonly<Record<string, string>>;
}): JSX.Element {
  const { staff, book, deps } = desk;
  const { lang, who } = staff;
  const t = words(lang, handOverWords);
  const ours = [...book.people.values()].filter(({ side }) => side === 'agency');
  const serves = (id: string): boolean => book.teams.some((team) => team.members.some((one) => one.personId === id));
  const choice = (id: string, name: string, held: readonly Role[], left: boolean) => ({
    value: id,
    label: name,
    note: [left ? t('hasLeft') : '', ...held.map((role) => pick(roleFacts[role].title, lang))]
      .filter(Boolean)
      .join(lang === 'en' ? ', ' : '、'),
  });
  const people = (list: typeof ours) =>
    list.map(({ id, name, roles: held, active }) => choice(id, name, held, !active));
  const brands = book.clients.flatMap((client) =>
    client.brands
      .filter(({ id, active }) => active && may(who.viewer, 'team.read', { brandId: id }))
      .map((brand) => ({ value: brand.id, label: brand.name, note: client.name })),
  );
  const common = (name: 'brandId' | 'from' | 'to' | 'factBookOn' | 'words') => ({
    lang,
    name,
    value: typed[name],
    ...(errors[name] === undefined ? {} : { error: errors[name] }),
  });
  return (
    <Sheet title={t('start')} id="start">
      <form method="post" action="/admin/hand-overs" novalidate>
        <FormValue value={newFormValue(deps, who, handOverPurpose)} />
        <Field {...common('brandId')} required label={t('brand')} kind={{ type: 'person', choices: brands }} />
        <div class="field-row">
          <Field
            {...common('from')}
            required
            label={t('from')}
            hint={t('fromHint')}
            kind={{ type: 'person', choices: people(ours.filter(({ id }) => serves(id))) }}
          />
          <Field
            {...common('to')}
            required
            label={t('to')}
            hint={t('toHint')}
            kind={{ type: 'person', choices: people(ours.filter(({ active }) => active)) }}
          />
        </div>
        <Field
          {...common('factBookOn')}
          required
          label={t('factBookOn')}
          hint={t('factBookHint')}
          kind={{ type: 'date' }}
        />
        <Field {...common('words')} label={t('words')} kind={{ type: 'long' }} maxLength={1000} />
        <p class="actions-row code-actions">
          <Button>{t('see')}</Button>
        </p>
      </form>
    </Sheet>
  );
}

/** What a hand-over would move and what stands against it, before both are asked; the same form starts it. */
export function HandOverPreview({
  desk,
  wanted,
  plan,
  problems,
}: {
  desk: HandOverDesk;
  wanted: WantedHandOver;
  plan: HandOverPlan;
  problems: readonly string[];
}): JSX.Element {
  const { staff, deps, book } = desk;
  const { lang, who } = staff;
  const t = words(lang, handOverWords);
  const held = titlesOf(book, wanted.brandId, wanted.from);
  const { brandId, from, to, factBookOn, words: said } = wanted;
  const saying = sayingOf(desk);
  const brand = brandIn(book, brandId)?.brand.name ?? brandId;
  return (
    <AdminPage
      staff={staff}
      tab="handOvers"
      title={t('handOverOf', { brand })}
      told={{ kind: 'remark', title: t('nothingSaved') }}
    >
      <p class="work-lead">
        {saying.nameOf(from)} → {saying.nameOf(to)}
      </p>
      <HandOverProblems lines={problems} lang={lang} />
      <HandOverList lines={plan.lines} saying={saying} />
      <Sheet title={t('signatures')} id="signatures">
        <Facts
          facts={[
            { label: t('giver'), value: saying.nameOf(giverSignsOf(book, from, who.person)) },
            { label: t('taker'), value: saying.nameOf(to) },
            { label: t('accountDirector'), value: directorNeedWords(plan.director, saying) },
          ]}
        />
      </Sheet>
      <form method="post" action="/admin/hand-overs" novalidate>
        <FormValue value={newFormValue(deps, who, handOverPurpose)} />
        {Object.entries({ brandId, from, to, factBookOn, words: said, chosen: '1' }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {held.length > 1 ? (
          <Sheet title={t('roles')} id="roles">
            <Field
              lang={lang}
              name="roles"
              label={t('roles')}
              value={wanted.roles}
              kind={{
                type: 'persons',
                choices: held.map((role) => ({ value: role, label: pick(roleFacts[role].title, lang) })),
              }}
            />
          </Sheet>
        ) : (
          wanted.roles.map((role) => <input type="hidden" name="roles" value={role} />)
        )}
        <p class="actions-row code-actions">
          {problems.length === 0 ? (
            <Button kind="ink" name="do" value="ask">
              {t('ask')}
            </Button>
          ) : null}
          {held.length > 1 ? (
            <Button name="do" value="see">
              {t('seeAgain')}
            </Button>
          ) : null}
          <ButtonLink href={`/admin/hand-overs?brand=${brandId}&from=${from}`} kind="quiet">
            {t('back')}
          </ButtonLink>
        </p>
      </form>
    </AdminPage>
  );
}

/** One hand-over: what it says, who has signed, what moves or moved, and the reader's own buttons. */
export function HandOverPage({
  desk,
  entry,
  lines,
  problems,
  director,
  mayEnd,
  told,
  typed,
}: {
  desk: HandOverDesk;
  entry: HandOverEntry;
  lines: readonly HandOverLine[];
  problems: readonly string[];
  director: HandOverPlan['director'];
  mayEnd: boolean;
  told?: Told;
  typed: { readonly words?: string; readonly error?: string };
}): JSX.Element {
  const { staff, deps, book } = desk;
  const { lang, who, time } = staff;
  const t = words(lang, handOverWords);
  const { value, id } = entry;
  const brand = brandIn(book, value.brandId)?.brand.name ?? value.brandId;
  const saying = sayingOf(desk);
  const waits = value.state === 'asked';
  return (
    <AdminPage staff={staff} tab="handOvers" title={t('handOverOf', { brand })} {...(told ? { told } : {})}>
      <div class="stack">
        <HandOverProblems lines={problems} lang={lang} />
        <HandOverFacts value={value} director={director} saying={saying} />
        <HandOverList
          lines={lines}
          saying={saying}
          value={value}
          {...(waits ? { remark: t('listAt', { when: momentInWords(time, book.now, lang) }) } : {})}
        />
        <HandOverChoices
          value={value}
          reader={who.person.id}
          saying={saying}
          action={`/admin/hand-overs/${id}`}
          formValue={() => newFormValue(deps, who, `${handOverPurpose}:${id}`)}
          blocked={problems.length > 0}
          maySayNo={mayEnd}
          typed={typed.words ?? ''}
          {...(typed.error === undefined ? {} : { error: typed.error })}
        />
        <p>
          <ButtonLink href="/admin/hand-overs" kind="quiet">
            {t('back')}
          </ButtonLink>
        </p>
      </div>
    </AdminPage>
  );
}
