import { addDays, isLocalDate } from '../../domain/calendar/dates.ts';
import type { Instant } from '../../domain/instant.ts';
import { brandsOf, may } from '../../domain/people/may.ts';
import { checkLeave, couldStandIn, type LeaveContext, type LeaveProblem } from '../../domain/people/leave.ts';
import type { Absence, BrandTeam } from '../../domain/people/types.ts';
import { leaveKinds } from '../../domain/people/types.ts';
import type { FormFields } from '../gate/form-body.ts';
import type { SignedIn } from '../session/identify.ts';
import { oneText } from '../staff/typed.ts';
import type { Lang } from '../view/lang.ts';
import { dateInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { absenceWords } from './words.ts';

/** Leave as it was typed; dates of the office's wall calendar, the last day included. */
export type TypedLeave = Readonly<Record<'personId' | 'kind' | 'from' | 'to' | 'standInId', string>>;

/** What was typed, whatever was sent. */
export function typedLeave(body: FormFields): TypedLeave {
  return {
    personId: oneText(body.personId),
    kind: oneText(body.kind),
    from: oneText(body.from).trim(),
    to: oneText(body.to).trim(),
    standInId: oneText(body.standInId),
  };
}

/** Whether somebody may announce any leave of a person: their own, that of their brands' people, or everybody's. */
export function mayAnnounce(
  { person, viewer }: Pick<SignedIn, 'person' | 'viewer'>,
  personId: string,
  teams: readonly BrandTeam[],
): boolean {
  return personId === person.id || mayAgree({ person, viewer }, personId, teams);
}

/**
 * Whether somebody may announce sick leave of a person: any leave, or that of a colleague who serves a brand with them, because
 * whoever is ill may not be able to (M-21). It waits for agreement like any other.
 */
export function mayAnnounceSick(
  who: Pick<SignedIn, 'person' | 'viewer'>,
  personId: string,
  teams: readonly BrandTeam[],
): boolean {
  const serve = (team: BrandTeam, id: string): boolean => team.members.some((member) => member.personId === id);
  return mayAnnounce(who, personId, teams) || teams.some((team) => serve(team, personId) && serve(team, who.person.id));
}

/** Whether somebody may end leave, or withdraw what waits: who may announce any of that person, and who announced it while it waits. */
export function mayEnd(
  who: Pick<SignedIn, 'person' | 'viewer'>,
  { personId, asked, announcedBy }: Pick<Absence, 'personId' | 'asked' | 'announcedBy'>,
  teams: readonly BrandTeam[],
): boolean {
  return mayAnnounce(who, personId, teams) || (asked === true && announcedBy === who.person.id);
}

/** What stands against somebody announcing leave of a person: nothing at all, only that it is not sick leave, or everything. */
export function whyNotAnnounce(
  who: Pick<SignedIn, 'person' | 'viewer'>,
  { personId, kind }: { readonly personId: string; readonly kind: string },
  teams: readonly BrandTeam[],
): 'onlySick' | 'forbidden' | undefined {
  if (mayAnnounce(who, personId, teams)) return undefined;
  if (!mayAnnounceSick(who, personId, teams)) return 'forbidden';
  return kind === 'sick' ? undefined : 'onlySick';
}

/** Whether somebody may agree to leave: who keeps the registers, and account managers and directors to that of others (M-21). */
export function mayAgree(
  { person, viewer }: Pick<SignedIn, 'person' | 'viewer'>,
  personId: string,
  teams: readonly BrandTeam[],
): boolean {
  // What names nobody and no brand is in reach of those only who may do it everywhere.
  if (may(viewer, 'absence.write', {})) return true;
  return (
    personId !== person.id && brandsOf(personId, teams).some((brandId) => may(viewer, 'absence.write', { brandId }))
  );
}

/** The days of leave as people say them: the first and the last. */
export function daysOf({ from, to }: Pick<Absence, 'from' | 'to'>, zone: string): { first: string; last: string } {
  const wall = zoneNamed(zone);
  const end = wall.toLocal(to);
  const first = wall.toLocal(from).date;
  const last = end.minutes === 0 ? addDays(end.date, -1) : end.date;
  return { first, last: last < first ? first : last };
}

/** A problem as the sentence under its field. */
export function sayProblem(
  problem: LeaveProblem,
  absent: string,
  context: LeaveContext,
  zone: string,
  lang: Lang,
): string {
  const t = words(lang, absenceWords);
  const name = (id: string | undefined): string => context.people.get(id ?? '')?.name ?? '';
  const days =
    problem.from === undefined || problem.to === undefined
      ? undefined
      : daysOf({ from: problem.from, to: problem.to }, zone);
  const values = {
    name: name(problem.personId),
    from: days ? dateInWords(days.first, lang) : '',
    to: days ? dateInWords(days.last, lang) : '',
  };
  if (problem.code !== 'mayNotStandIn') return t(problem.code, values);
  const person = context.people.get(absent);
  const could = [...context.people.values()]
    .filter((one) => person !== undefined && couldStandIn(one, person, context.teams))
    .slice(0, 3)
    .map((one) => one.name);
  const such = could.length === 0 ? '' : t('could', { names: could.join(lang === 'en' ? ', ' : '、') });
  return t('mayNotStandIn', { ...values, could: such });
}

/** Leave out of what was typed, or the sentence for each field that is wrong. */
export function readLeave(
  typed: TypedLeave,
  context: LeaveContext,
  zone: string,
  lang: Lang,
):
  | { readonly leave: Absence }
  | {
      readonly errors: Readonly<Record<string, string>>;
      /** The stable code behind each sentence. */
      readonly codes: Readonly<Record<string, string>>;
    } {
  const t = words(lang, absenceWords);
  const errors: Record<string, string> = {};
  const codes: Record<string, string> = {};
  const wrong = (field: string, code: string, sentence: string): void => {
    errors[field] ??= sentence;
    codes[field] ??= code;
  };
  for (const field of ['from', 'to'] as const) if (!isLocalDate(typed[field])) wrong(field, 'badDate', t('badDate'));
  const kind = leaveKinds.find((one) => one === typed.kind);
  if (kind === undefined) wrong('kind', 'badKind', t('badKind'));
  if (kind === undefined || Object.keys(errors).length > 0) return { errors, codes };
  const start = (date: string): Instant => zoneNamed(zone).toInstant(date, 0);
  const leave: Absence = {
    personId: typed.personId,
    from: start(typed.from),
    to: start(addDays(typed.to, 1)),
    ...(typed.standInId === '' ? {} : { standInId: typed.standInId }),
    kind,
  };
  const problems = checkLeave(leave, context);
  for (const problem of problems)
    wrong(problem.field, problem.code, sayProblem(problem, typed.personId, context, zone, lang));
  return problems.length === 0 ? { leave } : { errors, codes };
}
