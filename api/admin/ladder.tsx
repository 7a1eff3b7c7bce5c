import type { Router } from 'express';
import { calendarOwner } from '../../domain/calendar/desk.ts';
import { describeDue } from '../../domain/calendar/due.ts';
import { ladderInstants, type LadderInstant } from '../../domain/calendar/ladder-instants.ts';
import type { Ladder, LadderRecipient } from '../../domain/calendar/ladders.ts';
import { deadline } from '../../domain/calendar/deadline.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { sayAfter } from '../../domain/calendar/say-due.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import { ladders } from '../../domain/circulation/step-times.ts';
import { timeOfMinutes } from '../../domain/calendar/dates.ts';
import type { Route, RouteStep } from '../../domain/circulation/types.ts';
import type { Instant } from '../../domain/instant.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { newestRoute } from '../../store/routes.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { Button, ButtonLink, Notice, Sheet } from '../view/parts.tsx';
import { houseNow } from '../view/read/house.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { clientsInReach } from './calendars.tsx';
import { AdminPage, adminFrame } from './frame.tsx';
import { LadderPicture, type PictureMoment } from './ladder-picture.tsx';
import { ladderInFields, momentOf, mostRungs, readLadder, recipients, type TypedLadder } from './ladder-read.ts';
import { ladderWords } from './ladder-words.ts';

interface Desk {
  readonly key: string;
  readonly route: Route;
  readonly step: RouteStep;
}

/** Every desk of every route as the house runs it; the author's own step waits for nobody. */
async function desksOf(deps: ApiDeps): Promise<readonly Desk[]> {
  const all = await Promise.all(
    Object.values(standardRoutes).map(async (route: Route) => (await newestRoute(deps.store, route.id)) ?? route),
  );
  return all.flatMap((route) =>
    route.steps.filter(({ act }) => act !== 'submit').map((step) => ({ key: `${route.id}/${step.key}`, route, step })),
  );
}

/** One thing that would happen, in words. */
interface Told {
  readonly what: string;
  readonly short: string;
  readonly when: string;
  readonly at: Instant;
  readonly whom: string;
  readonly how: string;
  readonly kind: PictureMoment['kind'];
}

function toldOf(ladder: Ladder, calendar: Calendar, from: Instant, lang: Lang): readonly Told[] {
  const t = words(lang, ladderWords);
  const say = (at: Instant, provisional: boolean): string =>
    sayAfter(describeDue(calendar, zoneNamed, { dueAt: at, now: from, provisional }), lang);
  const who = (one: LadderRecipient): string => t(one);
  const due = deadline(calendar, zoneNamed, from, ladder.limit);
  const what = ({ n, kind, key }: LadderInstant): string =>
    n === 0 ? t('warn', { percent: key.replace('warn', '') }) : t(kind === 'remind' ? 'remind' : 'escalate', { n });
  const rungs = ladderInstants(calendar, zoneNamed, from, ladder).map((one): Told => ({
    what: what(one),
    short: one.n === 0 ? one.key.replace('warn', '') + '%' : one.key,
    when: say(one.at, one.provisional),
    at: one.at,
    whom: who(one.whom),
    how:
      one.copy.length > 0 ? t('byMailCopy', { who: one.copy.map(who).join(lang === 'en' ? ', ' : '、') }) : t('byMail'),
    kind: one.n === 0 ? 'warn' : 'rung',
  }));
  const opened: Told = {
    what: t('opened'),
    short: t('opened'),
    when: say(from, false),
    at: from,
    whom: who('holder'),
    how: t('askMail'),
    kind: 'open',
  };
  const over: Told = {
    ...opened,
    what: t('due'),
    short: t('due'),
    when: say(due.at, due.provisional),
    at: due.at,
    how: '–',
    whom: '–',
    kind: 'due',
  };
  const alone = rungs.some(({ at, kind }) => kind === 'rung' && at === due.at);
  return [opened, ...rungs, ...(alone ? [] : [over])].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');

/** `/admin/ladder`: choose a step and a moment, and see each rung with its instant before it can surprise anybody. */
export function ladderRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/ladder', staffOnly, async (req, res) => {
    const staff = await adminFrame(deps, req, 'routes');
    const { lang, time } = staff;
    const t = words(lang, ladderWords);
    const [desks, house] = await Promise.all([desksOf(deps), houseNow(deps.store)]);
    const asked = asText(req.query.step);
    const desk = desks.find(({ key }) => key === asked) ?? desks[0];
    if (desk === undefined) return;
    const clients = new Set(clientsInReach(staff.who, house.clients.all).map(({ id }) => id));
    const offered = house.calendars.all.filter(({ id }) => calendarOwner(id).kind !== 'client' || clients.has(id));
    const calendar = offered.find(({ id }) => id === asText(req.query.calendar)) ?? time.calendar;
    const zone = zoneNamed(calendar.zone);
    const local = zone.toLocal(time.now);
    const at = asText(req.query.at) || `${local.date}T${timeOfMinutes(local.minutes)}`;
    const own = ladders[desk.step.ladder];
    // What was typed over another step's ladder does not belong to this one.
    const typedHere = asText(req.query.of) === desk.step.ladder;
    const names = [
      'unit',
      'limit',
      'warns',
      ...Array.from({ length: mostRungs }, (_, n) => [`after${String(n + 1)}`, `whom${String(n + 1)}`]).flat(),
    ];
    const typed: TypedLadder = typedHere
      ? Object.fromEntries(names.map((name) => [name, asText(req.query[name])]))
      : ladderInFields(own);

    const errors: Record<string, string> = {};
    const from = momentOf(at, zone);
    if (from === undefined) errors.at = t('atBad');
    const read = readLadder(typed, own, lang);
    if ('errors' in read) Object.assign(errors, read.errors);
    let told: readonly Told[] = [];
    let refusal: string | undefined;
    if ('ladder' in read && from !== undefined) {
      try {
        told = toldOf(read.ladder, calendar, from, lang);
      } catch (error) {
        if (!(error instanceof CalendarRefusal)) throw error;
        refusal = t('noTime');
      }
    }
    const bad = Object.keys(errors).length > 0 || refusal !== undefined;
    const label = (field: string): string =>
      field === 'at' || field === 'limit' || field === 'warns'
        ? t(field)
        : t('rungN', { n: field.replace('after', '') });
    const calendarName = (id: string, fallback: string): string => {
      const owner = calendarOwner(id);
      if (owner.kind === 'person') return house.people.byId.get(owner.personId)?.name ?? fallback;
      return owner.kind === 'client' ? (house.clients.byId.get(owner.clientId)?.name ?? fallback) : fallback;
    };
    const wrong = (field: string): { error?: string } => (errors[field] === undefined ? {} : { error: errors[field] });
    sendPage(
      res,
      <AdminPage staff={staff} tab="routes" title={t('ladder')}>
        <p class="work-lead">{t('ladderLead')}</p>
        <ErrorList
          lang={lang}
          errors={Object.entries(errors).map(([name, error]) => ({ name, label: label(name), error }))}
        />
        {refusal ? <Notice kind="refused" title={refusal} /> : null}
        {told.length > 0 ? <Result told={told} calendar={calendar} lang={lang} /> : null}
        <Sheet>
          <form method="get" action="/admin/ladder" class="ladder-form" novalidate>
            <input type="hidden" name="of" value={desk.step.ladder} />
            <Field
              lang={lang}
              name="step"
              label={t('step')}
              kind={{
                type: 'person',
                choices: desks.map(({ key, route, step }) => ({
                  value: key,
                  label: `${pick(route.title, lang)} · ${pick(stepWords(step.key), lang)}`,
                  note: pick(roleFacts[step.role].title, lang),
                })),
              }}
              value={desk.key}
              required
            />
            <div class="field-row">
              <Field
                lang={lang}
                name="calendar"
                label={t('calendar')}
                kind={{
                  type: 'person',
                  choices: offered.map(({ id, name, zone: zoneName }) => ({
                    value: id,
                    label: calendarName(id, pick(name, lang)),
                    note: zoneName,
                  })),
                }}
                value={calendar.id}
              />
              <Field
                lang={lang}
                name="at"
                label={t('at')}
                kind={{ type: 'datetime' }}
                hint={t('atHint', { zone: calendar.zone })}
                value={at.replace(' ', 'T')}
                required
                {...wrong('at')}
              />
            </div>
            <details
              open={typedHere && JSON.stringify(typed) !== JSON.stringify(ladderInFields(own)) ? true : undefined}
            >
              <summary>{t('own')}</summary>
              <p class="muted small">{t('ownLead')}</p>
              <div class="field-row">
                <Field
                  lang={lang}
                  name="limit"
                  label={t('limit')}
                  kind={{ type: 'number' }}
                  value={typed.limit}
                  {...wrong('limit')}
                />
                <Field
                  lang={lang}
                  name="unit"
                  label={t('unit')}
                  kind={{
                    type: 'person',
                    choices: [
                      { value: 'hours', label: t('hours') },
                      { value: 'days', label: t('days') },
                    ],
                  }}
                  value={typed.unit}
                />
              </div>
              <Field
                lang={lang}
                name="warns"
                label={t('warns')}
                kind={{ type: 'text' }}
                hint={t('warnsHint')}
                value={typed.warns}
                {...wrong('warns')}
              />
              {Array.from({ length: mostRungs }, (_, index) => index + 1).map((n) => (
                <div class="field-row">
                  <Field
                    lang={lang}
                    name={`after${n}`}
                    label={t('rungN', { n })}
                    kind={{ type: 'number' }}
                    value={typed[`after${n}`]}
                    {...wrong(`after${n}`)}
                  />
                  <Field
                    lang={lang}
                    name={`whom${n}`}
                    label={t('rungWhom', { n })}
                    kind={{ type: 'person', choices: recipients.map((one) => ({ value: one, label: t(one) })) }}
                    value={typed[`whom${n}`]}
                  />
                </div>
              ))}
            </details>
            <p class="actions-row code-actions">
              <Button kind="ink">{t('try')}</Button>
              <ButtonLink href="/admin/routes" kind="quiet">
                {words(lang)('back')}
              </ButtonLink>
            </p>
          </form>
        </Sheet>
      </AdminPage>,
      bad ? 422 : 200,
    );
  });
}

function Result({ told, calendar, lang }: { told: readonly Told[]; calendar: Calendar; lang: Lang }) {
  const t = words(lang, ladderWords);
  return (
    <Sheet title={t('result')} id="result">
      <LadderPicture
        calendar={calendar}
        moments={told.map(({ at, short, kind }) => ({ at, short, kind }))}
        lang={lang}
      />
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('result')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              {(['what', 'when', 'whom', 'channel'] as const).map((key) => (
                <th scope="col">{t(key)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.map(({ what, when, at, whom, how }) => (
              <tr>
                <td data-label={t('what')}>{what}</td>
                <td data-label={t('when')}>
                  <time datetime={at}>{when}</time>
                </td>
                <td data-label={t('whom')}>{whom}</td>
                <td data-label={t('channel')}>{how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{t('never')}</p>
    </Sheet>
  );
}
