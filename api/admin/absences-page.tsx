import type { JSX } from 'preact';
import { compareInstants } from '../../domain/instant.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import type { Absence, Person } from '../../domain/people/types.ts';
import { leaveKinds } from '../../domain/people/types.ts';
import type { Registered } from '../../store/registers.ts';
import type { ApiDeps } from '../deps.ts';
import { newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { paged } from '../view/paged.ts';
import { Button, ButtonLink, FormValue, Pagination, Sheet } from '../view/parts.tsx';
import { dateInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { MovedDesk } from '../leave/effect.ts';
import { LeaveEffectView } from './absences-effect.tsx';
import { daysOf, mayAgree, mayAnnounceSick, mayEnd, type TypedLeave } from '../leave/read.ts';
import type { LeaveBook } from '../leave/take.ts';
import { absenceWords } from '../leave/words.ts';
import { AdminPage, type Told } from './frame.tsx';

/** What the page of leave is made from. */
export interface LeaveDesk extends LeaveBook {
  readonly deps: ApiDeps;
  readonly staff: Staff;
}

/** What forms of this page are bound to. */
export const leavePurpose = 'absences';

const pageOf = (id: string): string => `/admin/absences/${encodeURIComponent(id)}`;

/** The days of leave; one day is said once. */
function daysInWords(first: string, last: string, lang: Lang): string {
  const span = { from: dateInWords(first, lang), to: dateInWords(last, lang) };
  return first === last ? span.from : words(lang, absenceWords)('span', span);
}

function Entry({ desk, entry }: { desk: LeaveDesk; entry: Registered<Absence> }): JSX.Element {
  const { staff, people, teams, deps, now } = desk;
  const { lang, who, time } = staff;
  const t = words(lang, absenceWords);
  const { personId, standInId, kind, asked, from } = entry.value;
  const name = (id: string | undefined): string => people.get(id ?? '')?.name ?? t('nobody');
  const { first, last } = daysOf(entry.value, time.calendar.zone);
  const begun = compareInstants(from, now) <= 0;
  const acts = [
    ...(asked && mayAgree(who, personId, teams) ? (['agree'] as const) : []),
    ...(mayEnd(who, entry.value, teams) ? [begun && !asked ? ('end' as const) : ('withdraw' as const)] : []),
  ];
  return (
    <li class="entry">
      <span class="entry-name">{name(personId)}</span>
      <span class="entry-what num">
        {daysInWords(first, last, lang)}{' '}
        <span class="muted small">
          {[kind === undefined ? '' : t(kind), t('standsIn', { name: name(standInId) })].filter(Boolean).join(' · ')}
        </span>
      </span>
      {acts.map((act) => (
        <form method="post" action={pageOf(entry.id)} class="take-out">
          <FormValue value={newFormValue(deps, who, leavePurpose)} />
          <input type="hidden" name="revision" value={entry.revision} />
          <Button kind={act === 'agree' ? 'plain' : 'quiet'} name="do" value={act}>
            {t(act === 'withdraw' && asked && mayAgree(who, personId, teams) ? 'decline' : act)}
            <span class="hidden"> {name(personId)}</span>
          </Button>
        </form>
      ))}
    </li>
  );
}

function fieldsOf(desk: LeaveDesk, typed: TypedLeave, errors: Readonly<Record<string, string>>): JSX.Element {
  const { staff, people, teams } = desk;
  const { lang, who } = staff;
  const t = words(lang, absenceWords);
  const ours = [...people.values()].filter(({ side, active }) => side === 'agency' && active);
  const choice = ({ id, name, roles }: Person) => ({
    value: id,
    label: name,
    note: roles.map((role) => pick(roleFacts[role].title, lang)).join(lang === 'en' ? ', ' : '、'),
  });
  const common = (name: keyof TypedLeave) => ({
    lang,
    name,
    value: typed[name],
    required: true,
    ...(errors[name] === undefined ? {} : { error: errors[name] }),
  });
  return (
    <>
      <Field
        {...common('personId')}
        label={t('who')}
        hint={t('whoHint')}
        kind={{ type: 'person', choices: ours.filter(({ id }) => mayAnnounceSick(who, id, teams)).map(choice) }}
      />
      <Field
        {...common('kind')}
        label={t('kind')}
        kind={{ type: 'enum', choices: leaveKinds.map((kind) => ({ value: kind, label: t(kind) })) }}
      />
      <div class="field-row">
        <Field {...common('from')} label={t('from')} kind={{ type: 'date' }} />
        <Field {...common('to')} label={t('to')} kind={{ type: 'date' }} />
      </div>
      <Field
        {...common('standInId')}
        label={t('standIn')}
        hint={t('standInHint')}
        kind={{ type: 'person', choices: ours.map(choice) }}
      />
    </>
  );
}

/** Entries of one page. */
const perPage = 50;

/** Who is away or will be, what waits for agreement, and the form that announces leave. */
export function LeavePage({
  desk,
  typed,
  errors = {},
  told,
  page: asked,
}: {
  desk: LeaveDesk;
  typed: TypedLeave;
  errors?: Readonly<Record<string, string>>;
  told?: Told;
  /** The page of the list that was asked for. */
  page?: unknown;
}): JSX.Element {
  const { staff, deps, leave, now } = desk;
  const { lang, who } = staff;
  const t = words(lang, absenceWords);
  const groupOf = ({ value }: Registered<Absence>): number =>
    value.asked === true ? 0 : compareInstants(value.from, now) <= 0 ? 1 : 2;
  const sorted = [...leave].sort(
    (a, b) => groupOf(a) - groupOf(b) || compareInstants(a.value.from, b.value.from) || (a.id < b.id ? -1 : 1),
  );
  // Before a long holiday a whole house announces leave.
  const { rows, page, pages } = paged(sorted, asked, perPage);
  const groups = (['waiting', 'away', 'coming'] as const)
    .map((title, place) => ({ title: t(title), list: rows.filter((entry) => groupOf(entry) === place) }))
    .filter(({ list }) => list.length > 0);
  const labels: Readonly<Record<string, string>> = {
    personId: t('who'),
    kind: t('kind'),
    from: t('from'),
    to: t('to'),
    standInId: t('standIn'),
  };
  return (
    <AdminPage staff={staff} tab="absences" title={t('leave')} {...(told ? { told } : {})}>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, error]) => ({ name, label: labels[name] ?? name, error }))}
      />
      <p class="work-lead">{t('lead')}</p>
      {groups.length === 0 ? <p class="muted">{t('nobodyAway')}</p> : null}
      {groups.map(({ title, list }) => (
        <Sheet title={title}>
          <ul class="entries">
            {list.map((entry) => (
              <Entry desk={desk} entry={entry} />
            ))}
          </ul>
        </Sheet>
      ))}
      <Pagination
        page={page}
        pages={pages}
        hrefOf={(no) => (no === 1 ? '/admin/absences' : `/admin/absences?page=${String(no)}`)}
        lang={lang}
      />
      <Sheet title={t('announce')} id="announce">
        <form method="post" action="/admin/absences" novalidate>
          <FormValue value={newFormValue(deps, who, leavePurpose)} />
          {fieldsOf(desk, typed, errors)}
          <p class="actions-row code-actions">
            <Button>{t('see')}</Button>
          </p>
        </form>
      </Sheet>
    </AdminPage>
  );
}

/** What leave would move, before it is announced; the same form saves it. */
export function LeavePreview({
  desk,
  typed,
  moved,
  unseen,
  agreed,
}: {
  desk: LeaveDesk;
  typed: TypedLeave;
  moved: readonly MovedDesk[];
  /** Desks of brands that the reader does not serve. */
  unseen: number;
  agreed: boolean;
}): JSX.Element {
  const { staff, deps, people } = desk;
  const { lang, who } = staff;
  const t = words(lang, absenceWords);
  const name = (id: string): string => people.get(id)?.name ?? id;
  const kind = leaveKinds.find((one) => one === typed.kind);
  return (
    <AdminPage staff={staff} tab="absences" title={t('leave')} told={{ kind: 'remark', title: t('nothingSaved') }}>
      <p class="leave-typed">
        <b>{name(typed.personId)}</b> <span class="num">{daysInWords(typed.from, typed.to, lang)}</span>{' '}
        <span class="muted small">
          {[kind === undefined ? '' : t(kind), t('standsIn', { name: name(typed.standInId) })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <Sheet title={t('effect')} id="effect">
        <LeaveEffectView moved={moved} unseen={unseen} nameOf={name} lang={lang} />
        <p class="muted small">{agreed ? t('agreedAtOnce') : t('asksFirst')}</p>
      </Sheet>
      <form method="post" action="/admin/absences" novalidate>
        <FormValue value={newFormValue(deps, who, leavePurpose)} />
        {Object.entries(typed).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="actions-row code-actions">
          <Button kind="ink" name="do" value="save">
            {t('save')}
          </Button>
          <ButtonLink href="/admin/absences" kind="quiet">
            {t('back')}
          </ButtonLink>
        </p>
      </form>
    </AdminPage>
  );
}
