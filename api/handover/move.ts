import { canonical } from '../../domain/log/canonical.ts';
import { teamAfter, type HandOverCause, type HandOverLine } from '../../domain/people/hand-over.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { auditOf } from '../../store/audit.ts';
import { clientOfBrand } from '../../store/clients.ts';
import { handDraftsOver, handUnrequestedOver } from '../../store/drafts.ts';
import { handOvers, openCasesOf, openJobsOfBrand } from '../../store/hand-overs.ts';
import { wholeJob } from '../../store/jobs.ts';
import { brandTeams, people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import { linesOf } from './read.ts';

type Deps = Pick<ApiDeps, 'store' | 'clock'>;

/** Words under which a hand-over changes a team; by them it is known again. */
const teamWords = (handOverId: string): string => `hand-over ${handOverId}`;
/** How often somebody else may change the team in between before it is left to the next look. */
const triesForTeam = 5;

/**
 * The first thing a hand-over does: the team. Everything that opens from then on finds the taker. Once, also where the
 * team was changed by hand since; false while others keep changing it.
 */
export async function moveTeam({ store, clock }: Deps, cause: HandOverCause): Promise<boolean> {
  for (let attempt = 0; attempt < triesForTeam; attempt += 1) {
    const [entry] = await brandTeams.by(store, `brand:${cause.brandId}`);
    if (entry === undefined) return true;
    const words = teamWords(cause.handOverId);
    const after = teamAfter(entry.value, cause);
    if (entry.changed.words === words || canonical(after) === canonical(entry.value)) return true;
    if ((await auditOf(store, 'brandTeams', entry.id)).some((one) => one.words === words)) return true;
    const change = { by: cause.signed.taker, at: clock(), words };
    if ((await brandTeams.save(store, entry.id, entry.revision, after, change)).saved) return true;
  }
  return false;
}

/** Papers of a job that the giver has begun and not submitted; a paper the taker has begun too keeps the taker's words. */
export async function moveDrafts({ store }: Deps, cause: HandOverCause, processId: string): Promise<number> {
  const job = await wholeJob(store, processId);
  if (!job) return 0;
  const { papers, revisions, proposals, pieces } = job.state;
  const suffixes = [
    ...revisions.map(({ ordinal }) => `R${String(ordinal)}`),
    ...proposals.map(({ no }) => `P${String(no)}`),
    ...Object.keys(pieces),
  ];
  return handDraftsOver(store, { processId, from: cause.from, to: cause.to, papers: Object.keys(papers), suffixes });
}

/** Everything that must hear of a hand-over now: open jobs of the brand, and the giver's meetings and minutes in it. */
export async function reachedByHandOver({ store }: Deps, cause: HandOverCause): Promise<string[]> {
  const [jobs, cases] = await Promise.all([
    openJobsOfBrand(store, cause.brandId),
    openCasesOf(store, cause.brandId, cause.from),
  ]);
  return [...jobs, ...cases.map(({ _id }) => _id)];
}

/**
 * Writes down what goes over before it does, because afterwards nothing of it lies with the giver: what was signed, and
 * what has come to them since. Twice is once; false where the entry was changed by somebody else at this moment.
 */
export async function keepList({ store, clock }: Deps, cause: HandOverCause): Promise<boolean> {
  const entry = await handOvers.get(store, cause.handOverId);
  if (entry?.value.state !== 'signed') return true;
  const { value } = entry;
  const listed = new Set(value.list.map(({ processId }) => processId));
  const brand = (await clientOfBrand(store, cause.brandId))?.brands.find(({ id }) => id === cause.brandId);
  const { lines } = await linesOf({ store }, cause, brand);
  const more = lines.filter(({ processId }) => !listed.has(processId));
  if (more.length === 0) return true;
  const next = { ...value, list: [...value.list, ...more] };
  return (await handOvers.save(store, entry.id, entry.revision, next, { by: cause.signed.taker, at: clock() })).saved;
}

/** The end of a hand-over: drafts of no job yet follow, what moved is written under it, and both hear of it, as does the account director. */
export async function endHandOver(
  { store, clock }: Deps,
  cause: HandOverCause,
  { drafts }: { readonly drafts: number },
): Promise<boolean> {
  const entry = await handOvers.get(store, cause.handOverId);
  if (entry === null || entry.value.state === 'done') return true;
  const at = clock();
  const revision = entry.revision + 1;
  const [team] = await brandTeams.by(store, `brand:${cause.brandId}`);
  const directors = (team?.value.members ?? []).filter(({ roles }) => roles.includes('ACCOUNT_DIRECTOR'));
  const everybody = await people.now(store);
  const { giver, director } = cause.signed;
  const signed = director === undefined ? [giver] : [giver, director];
  const told = new Set([cause.from, cause.to, ...signed, ...directors.map(({ personId }) => personId)]);
  for (const to of told) {
    if (everybody.byId.get(to)?.active !== true) continue;
    const letter: HouseLetter = { kind: 'handOverDone', register: 'handOvers', entry: entry.id, revision, to };
    await noteTelling(store, { kind: 'letter', letter }, at);
  }
  const brand = (await clientOfBrand(store, cause.brandId))?.brands.find(({ id }) => id === cause.brandId);
  const begun = brand ? await handUnrequestedOver(store, { from: cause.from, to: cause.to, brand }) : 0;
  // Every open job of the brand is told; those count of which the list says that something went over.
  const listed = (kind: HandOverLine['kind']): number => entry.value.list.filter((line) => line.kind === kind).length;
  const moved = { at, jobs: listed('job'), cases: listed('case'), drafts: drafts + begun };
  const value = { ...entry.value, state: 'done' as const, moved };
  return (await handOvers.save(store, entry.id, entry.revision, value, { by: cause.signed.taker, at })).saved;
}
