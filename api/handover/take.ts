import { setTimeout as pause } from 'node:timers/promises';
import { ladderOf } from '../../domain/circulation/own-ladders.ts';
import {
  handOverWordsMax,
  signersOfHandOver,
  signsAs,
  type HandOver,
  type HandOverCause,
  type HandOverPart,
  type HandOverProblem,
  type HandOverSignature,
  type WantedHandOver,
} from '../../domain/people/hand-over.ts';
import { handOverRoute, signingStep } from '../../domain/people/hand-over-clock.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Proof } from '../../domain/process.ts';
import { handOvers } from '../../store/hand-overs.ts';
import { ladderSet } from '../../store/ladders.ts';
import { noteTelling } from '../../store/tellings.ts';
import { tellJobs } from '../admin/refresh.ts';
import type { ApiDeps } from '../deps.ts';
import { askDirector } from './ask.ts';
import { clocked } from './clock.ts';
import { brandIn, giverSignsOf, planHandOver, type HandOverBook, type HandOverEntry } from './read.ts';

/** How long signing waits for what moves, milliseconds; the rest goes on by itself. */
const tellWithinMs = 2_000;
/** How often a change by somebody else in between is taken in before it is a conflict. */
const tries = 3;

/** What became of starting, signing or ending a hand-over. */
export type HandOverTaken =
  | { readonly kind: 'saved'; readonly entry: HandOverEntry }
  | { readonly kind: 'wrong'; readonly problems: readonly HandOverProblem[] }
  /** Nobody waits for this any more, e.g. it was signed or withdrawn before. */
  | { readonly kind: 'conflict' };

async function post(
  deps: ApiDeps,
  about: { readonly entry: string; readonly revision: number; readonly by: string },
  kind: HouseLetter['kind'],
  to: readonly string[],
): Promise<void> {
  for (const personId of new Set(to)) {
    if (personId === about.by) continue;
    const letter: HouseLetter = {
      kind,
      register: 'handOvers',
      entry: about.entry,
      revision: about.revision,
      to: personId,
    };
    await noteTelling(deps.store, { kind: 'letter', letter }, deps.clock());
  }
}

const told = (deps: ApiDeps): Promise<unknown> => Promise.race([tellJobs(deps), pause(tellWithinMs)]);

/** Starts a hand-over: both are asked to sign, then the account director; nothing moves. The same id is the same hand-over. */
export async function startHandOver(
  deps: ApiDeps,
  starter: Person,
  book: HandOverBook,
  id: string,
  wanted: WantedHandOver,
): Promise<HandOverTaken> {
  const known = await handOvers.get(deps.store, id);
  if (known) return { kind: 'saved', entry: known };
  const plan = await planHandOver(deps, book, wanted, starter);
  if (plan.problems.length > 0) return { kind: 'wrong', problems: plan.problems };
  const by = starter.id;
  const at = deps.clock();
  const asked: HandOver = {
    ...wanted,
    clientId: brandIn(book, wanted.brandId)?.client.id ?? '',
    state: 'asked',
    startedBy: by,
    startedAt: at,
    giverSigns: giverSignsOf(book, wanted.from, starter),
    list: plan.lines,
    owns: plan.owns,
    ladder: ladderOf(await ladderSet(deps.store), handOverRoute, signingStep(wanted, 'giver')),
  };
  const value = await clocked(deps, asked, at);
  await post(deps, { entry: id, revision: 1, by }, 'handOverAsked', [value.giverSigns, value.to]);
  const saved = await handOvers.save(deps.store, id, 0, value, { by, at });
  if (!saved.saved) return saved.why === 'taken' ? already : { kind: 'conflict' };
  await told(deps);
  return { kind: 'saved', entry: { id, revision: 1, changed: { by, at }, value } };
}

/** Two started it at once; the one that is there counts. */
const already: HandOverTaken = { kind: 'wrong', problems: [{ field: 'from', code: 'alreadyRunning' }] };

/**
 * Signs as whoever is waited for. What stands against it by now is said instead of signing. Once both have signed the
 * account director is asked, where neither of the two is one (F-57). With the last signature everything moves: that is
 * noted before it is saved, so nothing is lost between the two.
 */
export async function signHandOver(
  deps: ApiDeps,
  who: { readonly person: Person; readonly proof: Proof },
  book: HandOverBook,
  id: string,
): Promise<HandOverTaken> {
  const by = who.person.id;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const entry = await handOvers.get(deps.store, id);
    const as = entry && signsAs(entry.value, by);
    if (!entry || !as) return { kind: 'conflict' };
    const { value } = entry;
    const starter = book.people.get(value.startedBy);
    const plan = starter && (await planHandOver(deps, book, value, starter, id));
    if (!plan || plan.problems.length > 0) return { kind: 'wrong', problems: plan?.problems ?? [] };
    const at = deps.clock();
    const revision = entry.revision + 1;
    const signed: HandOver = { ...value, [as]: { by, at, proof: who.proof, ...inPlace(value, as, by) } };
    const both = signed.giver !== undefined && signed.taker !== undefined;
    const asked = both && as !== 'director' && plan.director?.kind === 'asked' ? plan.director : undefined;
    const whole = both && asked === undefined;
    // What everybody has signed is what lay there when the last of them signed.
    const list = { list: plan.lines, owns: plan.owns };
    const next: HandOver = whole
      ? { ...signed, state: 'signed' as const, ...list }
      : asked
        ? await askDirector(deps, { id, revision }, { ...signed, ...list }, asked)
        : signed;
    if (whole) await noteTelling(deps.store, causeOf(id, revision, next), at);
    const timed = await clocked(deps, next, at);
    const saved = await handOvers.save(deps.store, id, entry.revision, timed, { by, at });
    if (!saved.saved) continue;
    await told(deps);
    return {
      kind: 'saved',
      entry: (await handOvers.get(deps.store, id)) ?? { id, revision, changed: { by, at }, value: timed },
    };
  }
  return { kind: 'conflict' };
}

/** In whose place somebody signs: who has left, or the account director who is away; both names are kept. */
function inPlace(value: HandOver, as: HandOverPart, by: string): Pick<HandOverSignature, 'inPlaceOf'> {
  if (as === 'director') {
    const away = value.directorAsked?.inPlaceOf;
    return away === undefined ? {} : { inPlaceOf: away };
  }
  return as === 'giver' && by !== value.from ? { inPlaceOf: value.from } : {};
}

function causeOf(id: string, revision: number, value: HandOver): HandOverCause {
  const { brandId, from, to, roles, owns, giver, taker, director } = value;
  const third = director === undefined ? {} : { director: director.by };
  const signed = { giver: giver?.by ?? from, taker: taker?.by ?? to, ...third };
  return { kind: 'handOver', handOverId: id, revision, brandId, from, to, roles, owns, signed };
}

/** Ends a hand-over that moves nothing: somebody who is asked does not sign, or whoever started it withdraws it. Says why. */
export async function endHandOver(
  deps: ApiDeps,
  person: Person,
  found: HandOverEntry,
  words: string,
): Promise<HandOverTaken> {
  if ([...words].length > handOverWordsMax) return { kind: 'wrong', problems: [{ field: 'words', code: 'tooLong' }] };
  const by = person.id;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    // A rung that is told meanwhile changes the entry too, and is nobody's signature.
    const entry = attempt === 0 ? found : await handOvers.get(deps.store, found.id);
    if (entry?.value.state !== 'asked') return { kind: 'conflict' };
    const { value } = entry;
    const at = deps.clock();
    const signers = signersOfHandOver(value);
    const declines = by !== value.startedBy && signers.includes(by);
    const revision = entry.revision + 1;
    const next = await clocked(
      deps,
      { ...value, state: declines ? 'declined' : 'withdrawn', ended: { by, at, words } },
      at,
    );
    const kind = declines ? 'handOverDeclined' : 'handOverWithdrawn';
    await post(deps, { entry: entry.id, revision, by }, kind, [value.startedBy, ...signers]);
    const saved = await handOvers.save(deps.store, entry.id, entry.revision, next, { by, at, words });
    if (!saved.saved) continue;
    await told(deps);
    return { kind: 'saved', entry: { id: entry.id, revision, changed: { by, at }, value: next } };
  }
  return { kind: 'conflict' };
}
