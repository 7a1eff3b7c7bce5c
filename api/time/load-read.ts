import type { Request } from 'express';
import { weekdayNumberOf } from '../../domain/calendar/dates.ts';
import { publishedThroughAll } from '../../domain/calendar/day.ts';
import { loadNow } from '../../store/load.ts';
import { timeCalendars } from '../../store/time-kept.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../session/language.ts';
import type { Lang } from '../view/lang.ts';
import { paged } from '../view/paged.ts';
import { roleTitleOf } from '../view/read/cards.ts';
import { houseNow, namesOf, timeIn } from '../view/read/house.ts';
import { dateInWords } from '../view/time.tsx';
import { zoneNamed } from '../view/zone.ts';
import type { LoadView } from './load-model.ts';
import { brandsIn, scopeAsked } from './reach.ts';

const weekdays: Readonly<Record<Lang, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** Desks on one page: as many as the picture draws. */
const perPage = 40;

/** Reads the load of the desks in reach, a page of them. */
export async function readLoad(deps: ApiDeps, req: Request): Promise<LoadView> {
  const lang = languageOf(req);
  const { scope, narrowed, brand } = scopeAsked(req);
  const house = await houseNow(deps.store);
  const time = timeIn(house.calendars, deps);
  const calendars = timeCalendars(house.calendars.byId, time.calendar, zoneNamed);
  const published = publishedThroughAll(time.calendar);
  const load = await loadNow(deps.store, { scope: narrowed, now: time.now }, calendars);
  const { rows, page, pages } = paged(load.desks, req.query.page, perPage);
  const names = await namesOf(deps.store, house, { people: rows.map(({ personId }) => personId), clients: [] });
  return {
    lang,
    days: load.dates.map(
      (date) => `${weekdays[lang][weekdayNumberOf(date) - 1] ?? ''} ${String(Number(date.slice(8)))}`,
    ),
    page,
    pages,
    lines: rows.map(({ personId, roles, side, now, late, later, days }) => ({
      name: names.person(personId),
      titles: roles.map((role) => roleTitleOf(role, lang) ?? role).join(lang === 'en' ? ', ' : '、'),
      side,
      now,
      late,
      later,
      days,
    })),
    nobody: load.nobody,
    ...(load.dates.some((date) => date > published) ? { published: dateInWords(published, lang) } : {}),
    jobs: load.jobs,
    reckoned: load.reckoned,
    brands: brandsIn(house.clients.all, scope),
    brand,
  };
}
