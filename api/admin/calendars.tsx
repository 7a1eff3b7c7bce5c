import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response, Router } from 'express';
import { calendarOwner, personCalendarId } from '../../domain/calendar/desk.ts';
import type { LocalDate, SingleCalendar } from '../../domain/calendar/types.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { calendars } from '../../store/calendars.ts';
import type { Client } from '../../store/clients.ts';
import { noteTelling, tellingOf } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly, type SignedIn } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { sendPage } from '../view/page.tsx';
import { houseNow, timeIn } from '../view/read/house.ts';
import { words } from '../view/words/index.ts';
import { effectOf } from './calendars-effect.tsx';
import { CalendarList, todayIn } from './calendars-list.tsx';
import { CalendarPage, type CalendarDesk } from './calendars-page.tsx';
import { PreviewPage } from './calendars-preview.tsx';
import { changeKinds, readChange, typedChange, type ChangeKind, type TypedChange } from './calendars-read.ts';
import { calendarWords } from './calendars-words.ts';
import { adminFrame, demand, savedNotice, type Told } from './frame.tsx';
import { tellJobs } from './refresh.ts';
import { adminWords } from './words.ts';

/** How long saving waits for the jobs that are told of it, milliseconds. */
const tellWithinMs = 2_000;
/** Longest reason of a change, in characters. */
const whyMax = 400;

/** Clients whose calendars somebody may see, by the brands they serve. */
export function clientsInReach(who: SignedIn, clients: readonly Client[]): readonly Client[] {
  const scope = scopeOf(who.viewer, 'client.read');
  if (scope.kind === 'all') return clients;
  if (scope.kind !== 'brands') return [];
  return clients.filter(({ brands }) => brands.some(({ id }) => scope.brandIds.includes(id)));
}

/** What the form of a calendar is bound to: a page of one calendar saves no other. */
const purposeOf = (id: string): string => `calendar:${id}`;

/** The working calendars of the office, of clients and of people: a year each, changes, and what a change would move. */
export function calendarRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/calendar', staffOnly, (_req, res) => res.redirect(303, '/admin/calendars/office'));

  routes.get('/admin/calendars', staffOnly, async (req, res) => {
    const person = asText(req.query.person);
    if (person !== '') return res.redirect(303, `/admin/calendars/${encodeURIComponent(personCalendarId(person))}`);
    const staff = await adminFrame(deps, req, 'calendar');
    const house = await houseNow(deps.store);
    const seen = clientsInReach(staff.who, house.clients.all);
    sendPage(res, <CalendarList staff={staff} house={house} clients={seen} />);
  });

  const open = async (req: Request): Promise<CalendarDesk> => {
    const staff = await adminFrame(deps, req, 'calendar');
    const house = await houseNow(deps.store);
    const id = String(req.params.calendar);
    const owner = calendarOwner(id);
    const office = timeIn(house.calendars, deps).calendar;
    let name: SingleCalendar['name'];
    if (owner.kind === 'office') name = office.name;
    else if (owner.kind === 'person') {
      const person = house.people.byId.get(owner.personId);
      if (person?.side !== 'agency') throw new Problem('NOT_FOUND');
      name = { zh: person.name, en: person.name };
    } else {
      const client = clientsInReach(staff.who, house.clients.all).find((one) => one.id === owner.clientId);
      if (client === undefined) throw new Problem('NOT_FOUND');
      name = { zh: client.name, en: client.name };
    }
    const { revision, entry, dropped } = await calendars.standing(deps.store, id);
    const { absences: _away, ...hours } = office;
    const calendar = entry?.value ?? { ...hours, id, name };
    const telling = revision === 0 ? null : await tellingOf(deps.store, { kind: 'calendar', calendarId: id, revision });
    const year = yearOf(req, todayIn(calendar, deps.clock()));
    const left = dropped === undefined ? {} : { dropped };
    const purpose = purposeOf(id);
    return { deps, staff, id, name, entry, revision, ...left, calendar, office, house, year, purpose, telling };
  };

  routes.get('/admin/calendars/:calendar', staffOnly, async (req, res) => {
    const desk = await open(req);
    sendPage(res, <CalendarPage desk={desk} {...savedNotice(req, desk.staff)} />);
  });

  routes.post('/admin/calendars/:calendar', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, calendar, entry } = desk;
    const { lang, who } = staff;
    demand(who, 'calendar.write');
    await deps.limiter.demand(limits.change, who.person.id);
    const t = words(lang, { ...adminWords, ...staffWords, ...calendarWords });
    const body = bodyOf(req.body);
    if (oneText(body.change) === 'drop') return drop(res, desk, body);
    const kind = changeKinds.find((one) => one === oneText(body.change));
    if (kind === undefined) throw new Problem('BAD_REQUEST');
    const typed = typedChange(kind, body);
    const again = (status: number, told: Told, errors: Readonly<Record<string, string>> = {}): void =>
      sendPage(res, <CalendarPage desk={desk} told={told} change={{ kind, typed, errors }} />, status);

    if (!checkForm(deps, who, desk.purpose, body).ok) return again(409, { kind: 'refused', title: t('staleForm') });
    if (oneText(body.revision) !== '' && oneText(body.revision) !== String(desk.revision))
      return again(409, { kind: 'refused', title: t('conflict') });
    const read = readChange(calendar, kind, typed, lang);
    if ('errors' in read) return again(422, { kind: 'refused', title: t('refused') }, read.errors);
    if (entry !== null && JSON.stringify(read.next) === JSON.stringify(calendar))
      return again(422, { kind: 'remark', title: t('noChange') });
    if (oneText(body.do) === 'save') return save(res, desk, { kind, typed, next: read.next, body });
    await preview(res, desk, { kind, typed, next: read.next });
  });

  interface Change {
    readonly kind: ChangeKind | 'drop';
    readonly typed: TypedChange;
    /** Absent: its owner counts by the office's calendar again. */
    readonly next?: SingleCalendar;
  }

  /** An own calendar that is given up again; like any change it is shown first, and saved with its reason. */
  async function drop(res: Response, desk: CalendarDesk, body: FormFields): Promise<void> {
    const { staff, entry, id } = desk;
    const t = words(staff.lang, { ...adminWords, ...staffWords, ...calendarWords });
    const again = (status: number, told: Told): void => sendPage(res, <CalendarPage desk={desk} told={told} />, status);
    if (!checkForm(deps, staff.who, desk.purpose, body).ok)
      return again(409, { kind: 'refused', title: t('staleForm') });
    if (calendarOwner(id).kind === 'office') return again(422, { kind: 'refused', title: t('dropOffice') });
    if (oneText(body.revision) !== String(desk.revision)) return again(409, { kind: 'refused', title: t('conflict') });
    if (entry === null) return again(422, { kind: 'remark', title: t('noChange') });
    const change: Change = { kind: 'drop', typed: {} };
    return oneText(body.do) === 'save' ? save(res, desk, { ...change, body }) : preview(res, desk, change);
  }

  async function preview(res: Response, desk: CalendarDesk, change: Change, why = '', error?: string): Promise<void> {
    const effect = await effectOf(deps, desk.id, change.next, desk.office);
    const status = error === undefined ? 200 : 422;
    sendPage(
      res,
      <PreviewPage desk={desk} {...change} effect={effect} why={why} {...(error ? { error } : {})} />,
      status,
    );
  }

  async function save(res: Response, desk: CalendarDesk, change: Change & { body: object }): Promise<void> {
    const { staff, id } = desk;
    const t = words(staff.lang, { ...adminWords, ...calendarWords });
    const why = oneText(bodyOf(change.body).why).trim();
    if (why === '' || [...why].length > whyMax)
      return preview(res, desk, change, why.slice(0, whyMax), t('whyMissing'));
    const by = { by: staff.who.person.id, at: deps.clock(), words: why };
    const seen = desk.revision;
    await noteTelling(deps.store, { kind: 'calendar', calendarId: id, revision: seen + 1 }, by.at);
    const saved = await (change.next === undefined
      ? calendars.drop(deps.store, id, seen, by)
      : calendars.save(deps.store, id, seen, change.next, by));
    if (saved.saved) {
      // Few jobs are told before the page comes back, many while it is looked at.
      await Promise.race([tellJobs(deps), pause(tellWithinMs)]);
      const year = yearTouched(change.typed) ?? String(desk.year);
      return res.redirect(303, `/admin/calendars/${encodeURIComponent(id)}?year=${year}&saved=1`);
    }
    const { kind, typed } = change;
    const told: Told = { kind: 'refused', title: t('conflict') };
    const now = await fresh(desk);
    const open = kind === 'drop' ? {} : { change: { kind, typed, errors: {} } };
    sendPage(res, <CalendarPage desk={now} told={told} {...open} />, 409);
  }

  async function fresh(desk: CalendarDesk): Promise<CalendarDesk> {
    const { revision, entry } = await calendars.standing(deps.store, desk.id);
    return { ...desk, revision, entry, calendar: entry?.value ?? desk.calendar };
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The year a page shows: asked for, else the one it is on the wall of the calendar. */
function yearOf(req: Request, today: LocalDate): number {
  const asked = asText(req.query.year);
  return /^20[2-9]\d$/.test(asked) ? Number(asked) : Number(today.slice(0, 4));
}

function yearTouched({ from, year }: TypedChange): string | undefined {
  return /^20[2-9]\d/.exec(from ?? year ?? '')?.[0];
}
