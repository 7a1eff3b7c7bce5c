import type { JSX } from 'preact';
import { calendarOfDesk } from '../../domain/calendar/desk.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import { movedByCalendar, type MovedMoment } from '../../domain/circulation/calendar-effect.ts';
import { compareInstants, diffMs } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { movedInCase, type MovedCaseMoment } from '../../domain/cases/calendar-effect.ts';
import { affectedCases } from '../../store/affected-cases.ts';
import { affectedSteps, type AffectedStep } from '../../store/affected.ts';
import { calendars } from '../../store/calendars.ts';
import { casePath, pointOf, type FoldedCase } from '../../store/cases.ts';
import { jobsWithTimetable } from '../../store/timetables.ts';
import type { ApiDeps } from '../deps.ts';
import type { Staff } from '../staff/frame.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Chip } from '../view/parts.tsx';
import { houseNow } from '../view/read/house.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { calendarWords } from './calendars-words.ts';

/** One open desk that a change of a calendar moves. */
export interface MovedStep {
  readonly step: AffectedStep;
  readonly moved: readonly MovedMoment[];
}

/** What a change of a calendar would move, before it is saved. */
export interface CalendarEffect {
  /** Open desks that were counted. */
  readonly looked: number;
  readonly steps: number;
  readonly jobs: number;
  readonly people: number;
  /** The desks due first, as many as a page shows. */
  readonly first: readonly MovedStep[];
  /** Running meetings and minutes that were counted. */
  readonly casesLooked: number;
  readonly cases: number;
  /** Those that move, due first in front, as many as a page shows. */
  readonly firstCases: readonly MovedCase[];
  /** Running jobs with an accepted timetable whose notices are counted anew; the agreed dates stay. */
  readonly timetables: number;
  readonly nameOf: (personId: string) => string;
}

/** A meeting or minutes of which a change moves something. */
export interface MovedCase {
  readonly state: FoldedCase;
  readonly moved: readonly MovedCaseMoment[];
}

const shownSteps = 100;
/** Desks counted before others get a turn: pages stay quick while ten thousand are counted. */
const turnEvery = 20;

/**
 * Counts what a calendar, saved as `next`, would move of what runs now; without one, what dropping it would: its owner
 * then counts by the office's. Nothing is changed by asking.
 */
export async function effectOf(
  deps: ApiDeps,
  calendarId: string,
  next: SingleCalendar | undefined,
  office: SingleCalendar,
): Promise<CalendarEffect> {
  const [{ byId: kept }, house] = await Promise.all([calendars.now(deps.store), houseNow(deps.store)]);
  const then = new Map(kept);
  if (next === undefined) then.delete(calendarId);
  else then.set(calendarId, next);
  const now = deps.clock();
  const first: MovedStep[] = [];
  const [jobs, people] = [new Set<string>(), new Set<string>()];
  let [looked, steps] = [0, 0];
  for await (const step of affectedSteps(deps.store, { kind: 'calendar', calendarId })) {
    looked += 1;
    if (looked % turnEvery === 0) await new Promise((turn) => setImmediate(turn));
    const before = calendarOfDesk(step, kept, office);
    const moved = movedOf(step, before, calendarOfDesk(step, then, office), now);
    if (moved.length === 0) continue;
    steps += 1;
    jobs.add(step.processId);
    for (const holder of step.holders) people.add(holder);
    if (first.length < shownSteps) first.push({ step, moved });
  }
  let casesLooked = 0;
  let cases = 0;
  const firstCases: MovedCase[] = [];
  // Which version it will be does not matter here: what it moves is asked for, nobody is told.
  for await (const row of affectedCases(deps.store, { kind: 'calendar', calendarId, revision: 0 })) {
    casesLooked += 1;
    if (casesLooked % turnEvery === 0) await new Promise((turn) => setImmediate(turn));
    const { state } = pointOf(row);
    const after = (side: 'office' | 'client'): SingleCalendar =>
      calendarOfDesk(
        { side: side === 'client' ? 'client' : 'agency', clientId: row.clientId, holders: [] },
        then,
        office,
      );
    const moved = movedInCase(state, { calendarId, after, zones: zoneNamed });
    if (moved.length === 0) continue;
    cases += 1;
    for (const one of moved.flatMap((moment) => moment.people)) people.add(one);
    if (firstCases.length < shownSteps) firstCases.push({ state, moved });
  }
  return {
    casesLooked,
    cases,
    firstCases,
    timetables: (await jobsWithTimetable(deps.store, calendarId)).length,
    looked,
    steps,
    jobs: jobs.size,
    people: people.size,
    first,
    nameOf: (id) => house.people.byId.get(id)?.name ?? id,
  };
}

function movedOf(
  step: AffectedStep,
  before: SingleCalendar,
  after: SingleCalendar,
  now: Instant,
): readonly MovedMoment[] {
  const from = step.askedAt ?? step.openedAt;
  if (from === undefined) return [];
  const { dueAt, dueMoved, rungs, side } = step;
  try {
    return movedByCalendar(
      {
        // Rows folded before desks knew their ladder: the side's own is tried, and what does not fit it keeps its distance.
        ladder: step.ladder ?? (side === 'client' ? 'clientSignature' : 'internalSignature'),
        ...(step.own === undefined ? {} : { own: step.own }),
        from,
        rungs,
        ...(dueAt === undefined ? {} : { dueAt }),
        ...(dueMoved === undefined ? {} : { dueMoved }),
      },
      { before, after, zones: zoneNamed, now },
    );
  } catch (error) {
    // A desk older than a calendar looks: it is long past every moment that could move.
    if (error instanceof CalendarRefusal) return [];
    throw error;
  }
}

/** How far a moment moves, in the two largest units: "1 天 2 小时", "1 d 2 h". */
export function howFar(was: Instant, becomes: Instant, lang: Lang): string {
  const t = words(lang, calendarWords);
  const minutes = Math.round(Math.abs(diffMs(was, becomes)) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const said = [
    ...(days > 0 ? [t('days', { n: days })] : []),
    ...(hours > 0 ? [t('hoursOnly', { n: hours })] : []),
    ...(rest > 0 && days === 0 ? [t('minutes', { n: rest })] : []),
  ].join(' ');
  return t(compareInstants(becomes, was) > 0 ? 'later' : 'earlier', { by: said });
}

/** How the moments of an effect are told: what is provisional is marked by the calendar they were counted on, not by today's. */
const toldIn = ({ time }: Staff): Staff['time'] => ({
  ...time,
  calendar: { ...time.calendar, publishedThrough: '9999-12-31' },
});

function Moved({ moved, staff }: { moved: readonly MovedMoment[]; staff: Staff }): JSX.Element {
  const { lang } = staff;
  const time = toldIn(staff);
  const t = words(lang, calendarWords);
  // The date and the next rung tell it; those behind move alike.
  const due = moved.find(({ what }) => what === 'due');
  const rungs = moved.filter(({ what }) => what !== 'due');
  const told = [...(due ? [due] : []), ...rungs.slice(0, 1)];
  return (
    <ul class="moved">
      {told.map(({ what, n, was, becomes, provisional }) => (
        <li>
          <span class="muted">{what === 'due' ? t('due') : what === 'warn' ? t('warn', { n }) : t('rung', { n })}</span>{' '}
          <span class="num">{momentInWords(time, was, lang)}</span> →{' '}
          <b class="num">{momentInWords(time, becomes, lang)}</b>{' '}
          <span class="muted small">
            {howFar(was, becomes, lang)}
            {provisional ? ` · ${t('unsure')}` : ''}
            {what !== 'due' && compareInstants(becomes, time.now) <= 0 ? ` · ${t('atOnce')}` : ''}
          </span>
        </li>
      ))}
      {rungs.length > 1 ? <li class="muted small">{t('further', { n: rungs.length - 1 })}</li> : null}
    </ul>
  );
}

/** What a change would move, as a list of desks: which job, whose, from when to when. */
export function EffectView({ effect, staff }: { effect: CalendarEffect; staff: Staff }): JSX.Element {
  const { lang } = staff;
  const t = words(lang, calendarWords);
  const { looked, steps, jobs, people, first, nameOf } = effect;
  if (steps === 0)
    return (
      <>
        <p>{t('effectNone')}</p>
        <MovedCases effect={effect} staff={staff} />
        <Timetables effect={effect} lang={lang} />
      </>
    );
  return (
    <>
      <p>{t('effectSum', { looked, steps, jobs, people })}</p>
      {steps > first.length ? <p class="muted small">{t('effectFirst', { n: first.length })}</p> : null}
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('effect')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              <th scope="col">{t('job')}</th>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('holder')}</th>
              <th scope="col">{t('moves')}</th>
            </tr>
          </thead>
          <tbody>
            {first.map(({ step, moved }) => (
              <tr>
                <td data-label={t('job')}>
                  <a href={`/jobs/${step.processId}`}>{[step.jobNumber, step.title].filter(Boolean).join(' ')}</a>
                  {step.onHold ? <Chip>{t('onHold')}</Chip> : null}
                </td>
                <td data-label={t('step')}>{pick(stepWords(step.step), lang)}</td>
                <td data-label={t('holder')}>{step.holders.map(nameOf).join(lang === 'en' ? ', ' : '、')}</td>
                <td data-label={t('moves')}>
                  <Moved moved={moved} staff={staff} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <MovedCases effect={effect} staff={staff} />
      <Timetables effect={effect} lang={lang} />
    </>
  );
}

function Timetables({ effect, lang }: { effect: CalendarEffect; lang: Lang }): JSX.Element | null {
  const { timetables } = effect;
  return timetables === 0 ? null : <p>{words(lang, calendarWords)('effectTimetables', { n: timetables })}</p>;
}

function MovedCases({ effect, staff }: { effect: CalendarEffect; staff: Staff }): JSX.Element | null {
  const { lang } = staff;
  const time = toldIn(staff);
  const t = words(lang, calendarWords);
  const { casesLooked, cases, firstCases, nameOf } = effect;
  if (casesLooked === 0) return null;
  const sum = <p>{t('effectCases', { looked: casesLooked, n: cases })}</p>;
  if (cases === 0) return sum;
  return (
    <>
      {sum}
      {cases > firstCases.length ? <p class="muted small">{t('effectFirst', { n: firstCases.length })}</p> : null}
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('ofCase')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              <th scope="col">{t('ofCase')}</th>
              <th scope="col">{t('holder')}</th>
              <th scope="col">{t('moves')}</th>
            </tr>
          </thead>
          <tbody>
            {firstCases.map(({ state, moved }) => (
              <tr>
                <td data-label={t('ofCase')}>
                  <a href={casePath(state.processId)}>{state.title}</a>{' '}
                  <span class="muted small">{pick(state.definition.title, lang)}</span>
                </td>
                <td data-label={t('holder')}>
                  {[...new Set(moved.flatMap((moment) => moment.people))].map(nameOf).join(lang === 'en' ? ', ' : '、')}
                </td>
                <td data-label={t('moves')}>
                  <ul class="moved">
                    {moved.map(({ what, was, becomes, provisional }) => (
                      <li>
                        <span class="muted">{'task' in what ? t('task') : clockTitle(state, what.clock, lang)}</span>{' '}
                        <span class="num">{momentInWords(time, was, lang)}</span> →{' '}
                        <b class="num">{momentInWords(time, becomes, lang)}</b>{' '}
                        <span class="muted small">
                          {howFar(was, becomes, lang)}
                          {provisional ? ` · ${t('unsure')}` : ''}
                        </span>
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function clockTitle({ definition }: FoldedCase, clock: string, lang: Lang): string {
  const title = definition.clocks[clock]?.title;
  return title === undefined ? clock : pick(title, lang);
}
