import type { Route, RouteStep, Rung } from '../circulation/types.ts';
import { addDays } from '../calendar/dates.ts';
import type { Ladder } from '../calendar/ladders.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { Proof } from '../process.ts';
import { directorOf, type AskedDirector } from './hand-over-director.ts';
import { absenceOf } from './holders.ts';
import { manRoute } from './man.ts';
import { isAccountManagerOrAbove, isAccountService } from './roles.ts';
import type { Role } from './roles.ts';
import { teamRolesOf } from './team-roles.ts';
import type { Absence, BrandTeam, Person } from './types.ts';

/** A fact book older than this many days is no basis of a hand-over (S-132). */
export const factBookDays = 31;
/** Longest words to a hand-over, in characters. */
export const handOverWordsMax = 1_000;

/** One signature under a hand-over. */
export interface HandOverSignature {
  readonly by: string;
  readonly at: Instant;
  readonly proof: Proof;
  /** Whoever gives has left, or the account director is away; another signed in that place, and both are named. */
  readonly inPlaceOf?: string;
}

/** One open piece of work on the list that is signed (F-57): a job, a meeting or minutes, or a paper of no job yet. */
export interface HandOverLine {
  /** Of a draft of no job yet: the draft's own id. */
  readonly processId: string;
  readonly kind: 'job' | 'case' | 'draft';
  readonly jobNumber?: string;
  /** Of a draft of no job yet: the product line, where it names one. */
  readonly title: string;
  /** Where it stands: a state of the job or of the case, or the form that is being written. */
  readonly standing: string;
  /** The giver answers for it. */
  readonly owned: boolean;
  /** Open desks of the giver, by circulation and step. */
  readonly desks: readonly { readonly circulation: string; readonly step: string; readonly dueAt?: Instant }[];
  /** Opinions of the client nobody has answered, open revisions by ordinal, and papers begun and not submitted. */
  readonly opinions: number;
  readonly revisions: readonly number[];
  readonly drafts: number;
  /** Open tasks from minutes, and parts in a meeting or its minutes. */
  readonly tasks: number;
  readonly parts: readonly string[];
}

/** Where a hand-over stands. It moves nothing until everybody who has to has signed, then everything at once. */
export const handOverStates = ['asked', 'signed', 'done', 'declined', 'withdrawn'] as const;

/** As what a signature under a hand-over is given. */
export type HandOverPart = 'giver' | 'taker' | 'director';

/** One signature that is waited for, with its clock: by when it is wanted, and what its ladder does until then and after. */
export interface HandOverWait {
  readonly part: HandOverPart;
  readonly personId: string;
  /** When it was asked for; everything is counted from there. */
  readonly since: Instant;
  /** Absent where the signer's calendar has no working time left to count. */
  readonly dueAt?: Instant;
  /** `dueAt` rests on holidays that are not published yet. */
  readonly provisional?: true;
  readonly rungs: readonly Rung[];
}

/** The hand-over of a brand from one person to another (M-21, F-57). */
export interface HandOver {
  readonly brandId: string;
  readonly clientId: string;
  readonly from: string;
  readonly to: string;
  /** Titles in the brand's team that go over. */
  readonly roles: readonly Role[];
  readonly state: (typeof handOverStates)[number];
  readonly startedBy: string;
  readonly startedAt: Instant;
  /** Who signs as giver: the giver, or a manager in place of somebody who has left. */
  readonly giverSigns: string;
  /** When the fact book was last brought up to date. */
  readonly factBookOn: LocalDate;
  readonly words: string;
  readonly list: readonly HandOverLine[];
  readonly giver?: HandOverSignature;
  readonly taker?: HandOverSignature;
  /** Who is asked to sign as account director once both have; never where one of the two is the account director. */
  readonly directorAsked?: AskedDirector;
  readonly director?: HandOverSignature;
  /** What reminds of its signatures, as it stood when it was started; absent: the house's for internal signatures (§7.3). */
  readonly ladder?: Ladder;
  /** The signatures that are waited for now, each with its clock. */
  readonly waits?: readonly HandOverWait[];
  /** Jobs the giver answers for go over too: no account title of the giver's stays in the team. */
  readonly owns: boolean;
  /** Who ended it without moving anything, and why. */
  readonly ended?: { readonly by: string; readonly at: Instant; readonly words: string };
  readonly moved?: { readonly at: Instant; readonly jobs: number; readonly cases: number; readonly drafts: number };
}

/** What running processes are told of a hand-over that everybody has signed. */
export interface HandOverCause {
  readonly kind: 'handOver';
  readonly handOverId: string;
  readonly revision: number;
  readonly brandId: string;
  readonly from: string;
  readonly to: string;
  readonly roles: readonly Role[];
  readonly owns: boolean;
  /** Who signed as giver, as taker, and as account director where neither of the two is. */
  readonly signed: { readonly giver: string; readonly taker: string; readonly director?: string };
}

/** A hand-over as somebody wishes it. */
export type WantedHandOver = Pick<HandOver, 'brandId' | 'from' | 'to' | 'roles' | 'factBookOn' | 'words'>;

/** What must be known to judge a hand-over. */
export interface HandOverContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly team: BrandTeam | undefined;
  readonly clientId: string;
  /** Routes the brand's jobs take. */
  readonly routes: readonly Route[];
  readonly absences: readonly Absence[];
  /** Hand-overs of the brand that wait for signatures or are under way, without this one. */
  readonly running: readonly Pick<HandOver, 'from' | 'to'>[];
  readonly now: Instant;
  readonly today: LocalDate;
  readonly starter: Person;
  /** Who signs as giver, where that is settled already. */
  readonly giverSigns?: string;
}

/** What stands against a hand-over: a stable code, the field, and what the sentence names. */
export interface HandOverProblem {
  readonly field: 'brandId' | 'from' | 'to' | 'roles' | 'factBookOn' | 'words';
  readonly code:
    | 'unknownGiver'
    | 'clientSide'
    | 'notInTeam'
    | 'samePerson'
    | 'unknownTaker'
    | 'noTitle'
    | 'notGiversTitle'
    | 'lacksTitle'
    | 'takerAway'
    | 'giverLeft'
    | 'takerSignsBoth'
    | 'alreadyRunning'
    | 'teamShort'
    | 'noDirector'
    | 'factBookOld'
    | 'factBookAhead'
    | 'tooLong'
    /** A job's own reason: the taker would sign two steps of one round, or own work. */
    | 'twoSteps'
    | 'ownWork';
  readonly roles?: readonly Role[];
  readonly from?: Instant;
  readonly to?: Instant;
  readonly steps?: readonly RouteStep[];
  readonly route?: Route;
  /** The job or the minutes it is about. */
  readonly processId?: string;
  readonly step?: string;
}

/**
 * Whose signatures are waited for now (F-57): who gives and who takes in any order, the account director when both have
 * signed; nobody's where everything is signed or nothing will be.
 */
export function waitedFor(value: HandOver): readonly Pick<HandOverWait, 'part' | 'personId'>[] {
  const { state, giverSigns, giver, to, taker, directorAsked, director } = value;
  if (state !== 'asked') return [];
  const two = [
    ...(giver ? [] : [{ part: 'giver' as const, personId: giverSigns }]),
    ...(taker ? [] : [{ part: 'taker' as const, personId: to }]),
  ];
  if (two.length > 0 || director || !directorAsked) return two;
  return [{ part: 'director', personId: directorAsked.personId }];
}

/** As what somebody's signature is waited for now; undefined where it is not. */
export function signsAs(value: HandOver, personId: string): HandOverPart | undefined {
  return waitedFor(value).find((one) => one.personId === personId)?.part;
}

/** Everybody who is asked to sign, whether they have or not. */
export function signersOfHandOver({ giverSigns, to, directorAsked }: HandOver): readonly string[] {
  return [...new Set([giverSigns, to, ...(directorAsked ? [directorAsked.personId] : [])])];
}

/** Whether the jobs a person answers for go over with these titles: no title of account service stays with them. */
export function handsOwnership(team: BrandTeam | undefined, from: string, roles: readonly Role[]): boolean {
  const kept = teamRolesOf(team, from).filter((role) => !roles.includes(role));
  return isAccountService(roles) && !isAccountService(kept);
}

/** The team after a hand-over: the titles change hands, and with them the team's own choice for them. Twice is once. */
export function teamAfter(team: BrandTeam, { from, to, roles }: Pick<HandOver, 'from' | 'to' | 'roles'>): BrandTeam {
  const kept = teamRolesOf(team, from).filter((role) => !roles.includes(role));
  const taken = [...new Set([...teamRolesOf(team, to), ...roles])];
  const known = team.members.some(({ personId }) => personId === to);
  const members = team.members.flatMap((member) => {
    if (member.personId === to) return [{ ...member, roles: taken }];
    if (member.personId !== from) return [member];
    return [
      ...(known ? [] : [{ personId: to, roles: taken }]),
      ...(kept.length > 0 ? [{ ...member, roles: kept }] : []),
    ];
  });
  const there = members.some(({ personId }) => personId === to)
    ? members
    : [...members, { personId: to, roles: taken }];
  const defaults = Object.fromEntries(
    Object.entries(team.defaults).map(([role, personId]) => [
      role,
      personId === from && roles.some((one) => one === role) ? to : personId,
    ]),
  );
  return { ...team, members: there, defaults };
}

/**
 * What stands against a hand-over of a brand (M-21, R-69, R-99, S-132, S-147): judged when it is started and once more at
 * each signature, because the house goes on meanwhile. What single jobs have against it is judged by the jobs.
 */
export function checkHandOver(wanted: WantedHandOver, context: HandOverContext): readonly HandOverProblem[] {
  const { people, team, starter, absences, now, today } = context;
  const giver = people.get(wanted.from);
  const taker = people.get(wanted.to);
  if (!giver) return [{ field: 'from', code: 'unknownGiver' }];
  // The client names its own people, in writing; no list of ours moves their signature.
  if (giver.side !== 'agency') return [{ field: 'from', code: 'clientSide' }];
  if (taker && taker.side !== 'agency') return [{ field: 'to', code: 'clientSide' }];
  if (wanted.from === wanted.to) return [{ field: 'to', code: 'samePerson' }];
  if (taker?.active !== true) return [{ field: 'to', code: 'unknownTaker' }];
  const held = teamRolesOf(team, giver.id);
  if (team === undefined || held.length === 0) return [{ field: 'from', code: 'notInTeam' }];
  const problems: HandOverProblem[] = [];
  const strange = wanted.roles.filter((role) => !held.includes(role));
  if (wanted.roles.length === 0) problems.push({ field: 'roles', code: 'noTitle' });
  else if (strange.length > 0) problems.push({ field: 'roles', code: 'notGiversTitle', roles: strange });
  const lacking = wanted.roles.filter((role) => !taker.roles.includes(role));
  if (lacking.length > 0) problems.push({ field: 'to', code: 'lacksTitle', roles: lacking });
  const away = absenceOf(taker.id, absences, now);
  if (away) problems.push({ field: 'to', code: 'takerAway', from: away.from, to: away.to });
  if (!giver.active && !isManager(starter)) problems.push({ field: 'from', code: 'giverLeft' });
  else if (!giver.active && starter.id === taker.id) problems.push({ field: 'to', code: 'takerSignsBoth' });
  if (context.running.some((one) => one.from === giver.id || one.to === giver.id || one.from === taker.id))
    problems.push({ field: 'from', code: 'alreadyRunning' });
  if (wanted.factBookOn > today) problems.push({ field: 'factBookOn', code: 'factBookAhead' });
  else if (wanted.factBookOn < addDays(today, -factBookDays))
    problems.push({ field: 'factBookOn', code: 'factBookOld' });
  const giverSigns = context.giverSigns ?? (giver.active ? giver.id : starter.id);
  if (directorOf({ ...wanted, giverSigns }, context).kind === 'nobody')
    problems.push({ field: 'brandId', code: 'noDirector' });
  if ([...wanted.words].length > handOverWordsMax) problems.push({ field: 'words', code: 'tooLong' });
  return problems.length > 0 ? problems : newlyShort(wanted, team, context);
}

/** Whoever may sign for somebody who has left: account managers and above, and who keeps the registers. */
function isManager({ roles }: Person): boolean {
  return isAccountManagerOrAbove(roles) || roles.includes('MANAGEMENT') || roles.includes('ADMIN');
}

/** Routes the team could run before and could not after: two of their steps would be left to one person. */
function newlyShort(wanted: WantedHandOver, team: BrandTeam, context: HandOverContext): readonly HandOverProblem[] {
  const everybody = [...context.people.values()];
  const after = teamAfter(team, wanted);
  return context.routes.flatMap((route): HandOverProblem[] => {
    const before = manRoute(team, route, everybody, context.clientId).missing.map(({ key }) => key);
    const missing = manRoute(after, route, everybody, context.clientId).missing;
    const steps = missing.filter(({ side }) => side === 'agency');
    const was = before.filter((key) => route.steps.some((step) => step.key === key && step.side === 'agency'));
    return steps.length > was.length ? [{ field: 'to', code: 'teamShort', route, steps }] : [];
  });
}
