import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { compareInstants, type Instant } from '../../domain/instant.ts';
import type { AbsenceCause } from '../../domain/job/acts.ts';
import { agreersOf, checkLeave, type LeaveContext, type LeaveProblem } from '../../domain/people/leave.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import type { Absence, BrandTeam, Person } from '../../domain/people/types.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import type { Registered } from '../../store/registers.ts';
import { noteTelling } from '../../store/tellings.ts';
import { tellJobs } from '../admin/refresh.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import { mayAgree, mayEnd } from './read.ts';

/** How long saving waits for the jobs that are told of it, milliseconds. */
const tellWithinMs = 2_000;

/** Leave as it stands, with everything it is judged by. */
export interface LeaveBook {
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: readonly BrandTeam[];
  /** Leave that is not over. */
  readonly leave: readonly Registered<Absence>[];
  readonly now: Instant;
}

/** Opens the book of leave. */
export async function leaveBook({ store, clock }: Pick<ApiDeps, 'store' | 'clock'>): Promise<LeaveBook> {
  const [everybody, teams, leave] = await Promise.all([people.now(store), brandTeams.now(store), absences.all(store)]);
  const now = clock();
  const ahead = leave.filter(({ value }) => compareInstants(value.to, now) > 0 && value.from < value.to);
  return { people: everybody.byId, teams: teams.all, leave: ahead, now };
}

/** What leave is judged by, without one entry that is judged itself. */
export function contextOf({ people: known, teams, leave, now }: LeaveBook, except = ''): LeaveContext {
  return {
    people: known,
    teams,
    absences: leave.filter(({ id }) => id !== except).map(({ value }) => value),
    now,
  };
}

/** Notes when jobs must hear of leave, before it is saved: nothing is lost between the two. */
async function noteMoves(store: Connection, id: string, revision: number, leave: Absence, at: Instant): Promise<void> {
  const { personId, from, to } = leave;
  const cause = (what: AbsenceCause['what']): AbsenceCause => ({
    kind: 'absence',
    absenceId: id,
    revision,
    personId,
    what,
  });
  // Leave that was withdrawn before it began moved nothing.
  if (compareInstants(from, to) >= 0) return;
  await noteTelling(store, cause('begins'), at, from);
  await noteTelling(store, cause('ends'), at, to);
}

/** Notes who hears of it by mail; nobody is written to about what they did themselves. */
async function noteLetters(
  store: Connection,
  about: { readonly id: string; readonly revision: number; readonly by: string; readonly at: Instant },
  kind: HouseLetter['kind'],
  to: readonly (string | undefined)[],
): Promise<void> {
  const { id: entry, revision, by, at } = about;
  for (const personId of new Set(to)) {
    if (personId === undefined || personId === by) continue;
    const letter: HouseLetter = { kind, register: 'absences', entry, revision, to: personId };
    await noteTelling(store, { kind: 'letter', letter }, at);
  }
}

const told = (deps: ApiDeps): Promise<unknown> => Promise.race([tellJobs(deps), pause(tellWithinMs)]);

/** What became of announcing or answering. */
export type LeaveTaken =
  | { readonly kind: 'saved'; readonly id: string; readonly revision: number; readonly value: Absence }
  /** Somebody else has changed it since. */
  | { readonly kind: 'conflict' }
  /** Much has happened since it was announced, and it would be refused now. */
  | { readonly kind: 'wrong'; readonly problems: readonly LeaveProblem[] };

/**
 * Announces leave that was checked; under the same id it is announced once. Whoever may agree to it has agreed with that,
 * otherwise those who must are asked by mail (M-21).
 */
export async function announceLeave(
  deps: ApiDeps,
  who: SignedIn,
  book: LeaveBook,
  id: string,
  leave: Absence,
): Promise<LeaveTaken> {
  const { store, clock } = deps;
  const by = who.person.id;
  const agreed = mayAgree(who, leave.personId, book.teams);
  const value: Absence = {
    ...leave,
    ...(by === leave.personId ? {} : { announcedBy: by }),
    ...(agreed ? { agreedBy: by } : { asked: true }),
  };
  const about = { id, revision: 1, by, at: clock() };
  if (agreed) {
    await noteMoves(store, id, 1, value, about.at);
    await noteLetters(store, about, 'leaveAgreed', [leave.personId]);
    await noteLetters(store, about, 'standIn', [leave.standInId]);
  } else await noteLetters(store, about, 'leaveAsked', agreersOf(leave.personId, contextOf(book)));
  const saved = await absences.save(store, id, 0, value, { by, at: about.at });
  await told(deps);
  if (saved.saved) return { kind: 'saved', id, revision: 1, value };
  // The same wish sent twice has announced it the first time.
  if (saved.why === 'changed' && saved.current !== null)
    return { kind: 'saved', id, revision: saved.current.revision, value: saved.current.value };
  return { kind: 'conflict' };
}

/** What can be said to leave: yes; that somebody is back, or is not going; `end` covers the no of whoever was asked. */
export type LeaveAct = 'agree' | 'end';

/** Whether somebody may say that about this leave. */
export function mayAnswer(who: SignedIn, act: LeaveAct, leave: Absence, book: LeaveBook): boolean {
  return act === 'agree' ? mayAgree(who, leave.personId, book.teams) : mayEnd(who, leave, book.teams);
}

/** Agrees to leave, or ends it: what has begun ends now, what has not never begins. Whoever announced it hears of it. */
export async function answerLeave(
  deps: ApiDeps,
  who: SignedIn,
  book: LeaveBook,
  entry: Registered<Absence>,
  act: LeaveAct,
): Promise<LeaveTaken> {
  const { store } = deps;
  const { id, value } = entry;
  const { asked, ...rest } = value;
  const by = who.person.id;
  const about = { id, revision: entry.revision + 1, by, at: book.now };
  const theirs = [value.announcedBy, value.personId];
  let next: Absence;
  if (act === 'agree') {
    const problems = asked ? checkLeave(value, contextOf(book, id)) : [];
    if (problems.length > 0) return { kind: 'wrong', problems };
    next = { ...rest, agreedBy: by };
    await noteLetters(store, about, 'leaveAgreed', theirs);
    await noteLetters(store, about, 'standIn', [value.standInId]);
  } else {
    const begun = !asked && compareInstants(value.from, book.now) < 0;
    next = { ...value, to: begun ? book.now : value.from };
    // Whoever may agree says no to what waits; anybody else takes back what they had announced, or what was never to begin.
    const no = asked && mayAgree(who, value.personId, book.teams);
    await noteLetters(store, about, begun ? 'leaveEnded' : no ? 'leaveDeclined' : 'leaveWithdrawn', [
      ...theirs,
      ...(asked ? [] : [value.standInId]),
    ]);
  }
  if (!next.asked) await noteMoves(store, id, about.revision, next, book.now);
  const saved = await absences.save(store, id, entry.revision, next, { by, at: book.now });
  if (!saved.saved) return { kind: 'conflict' };
  await told(deps);
  return { kind: 'saved', id, revision: about.revision, value: next };
}
