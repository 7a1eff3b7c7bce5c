import type { Request } from 'express';
import { stepWords } from '../../domain/wording/steps.ts';
import { answersLately } from '../../store/answers.ts';
import { mostStays, spentLately } from '../../store/spent.ts';
import { timeCalendars } from '../../store/time-kept.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../session/language.ts';
import { pick, type Lang } from '../view/lang.ts';
import { paged, type Paged } from '../view/paged.ts';
import { pointTitle } from '../view/read/cards.ts';
import { houseNow, namesOf, timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';
import type { AnswerLine } from './answers.tsx';
import { brandsIn, scopeAsked } from './reach.ts';

/** Periods that can be looked at, in days. */
export const periods = [30, 90, 365] as const;

/** People whose answers stand on one page. */
const answersPerPage = 50;

/** One step of all jobs. */
export interface SpentStepLine {
  readonly name: string;
  readonly side: 'agency' | 'client';
  readonly stays: number;
  readonly medianMs: number;
  readonly longestMs: number;
  readonly sumMs: number;
  readonly late: number;
}

/** One client's jobs. */
export interface SpentClientLine {
  readonly name: string;
  readonly jobs: number;
  readonly agencyMs: number;
  readonly clientMs: number;
  readonly late: number;
}

/** Where time goes, per step and per client. */
export interface SpentView {
  readonly lang: Lang;
  readonly days: number;
  readonly stays: number;
  /** Set when only so many were counted. */
  readonly cut?: number;
  readonly steps: readonly SpentStepLine[];
  readonly clients: readonly SpentClientLine[];
  /** How people answered, who left most without an answer first. */
  readonly answers: Paged<AnswerLine>;
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  readonly brand: string;
}

/** Reads where time went lately. */
export async function readSpent(deps: ApiDeps, req: Request): Promise<SpentView> {
  const lang = languageOf(req);
  const { scope, narrowed, brand } = scopeAsked(req);
  const days = periods.find((one) => String(one) === req.query.days) ?? periods[0];
  const house = await houseNow(deps.store);
  const time = timeIn(house.calendars, deps);
  const calendars = timeCalendars(house.calendars.byId, time.calendar, zoneNamed);
  const asked = { scope: narrowed, now: time.now, days };
  const [found, answers] = await Promise.all([
    spentLately(deps.store, asked, calendars),
    answersLately(deps.store, asked),
  ]);
  const some = paged(answers, req.query.page, answersPerPage);
  const names = await namesOf(deps.store, house, {
    people: some.rows.map(({ personId }) => personId),
    clients: found.clients.map(({ clientId }) => clientId),
  });
  return {
    lang,
    days,
    stays: found.stays,
    ...(found.cut ? { cut: mostStays } : {}),
    // What was signed outside working hours took none of it.
    steps: found.steps
      .filter(({ sumMs }) => sumMs > 0)
      .map(({ point, step, side, stays, medianMs, longestMs, sumMs, late }) => ({
        name: `${pointTitle(point, lang)} · ${pick(stepWords(step), lang)}`,
        side,
        stays,
        medianMs,
        longestMs,
        sumMs,
        late,
      })),
    clients: found.clients.map(({ clientId, jobs, agencyMs, clientMs, late }) => ({
      name: names.client(clientId),
      jobs,
      agencyMs,
      clientMs,
      late,
    })),
    answers: {
      ...some,
      rows: some.rows.map(({ personId, ...counts }) => ({ name: names.person(personId), ...counts })),
    },
    brands: brandsIn(house.clients.all, scope),
    brand,
  };
}
