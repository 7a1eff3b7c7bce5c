import { canonical } from '../../domain/log/canonical.ts';
import { teamAfter, type HandOverCause } from '../../domain/people/hand-over.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { auditOf } from '../../store/audit.ts';
import { clientOfBrand } from '../../store/clients.ts';
import { handDraftsOver, handUnrequestedOver } from '../../store/drafts.ts';
import { handOvers, openCasesOf, openJobsOfBrand } from '../../store/hand-overs.ts';
import { wholeJob } from '../../store/jobs.ts';
import { brandTeams, people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';

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

/** What a hand-over has come to. */
export interface Moved {
  readonly jobs: number;
  readonly cases: number;
  readonly drafts: number;
}

/** The end of a hand-over: drafts of no job yet follow, what moved is written under it, and both hear of it, as does the account director. */
export async function endHandOver({ store, clock }: Deps, cause: HandOverCause, moved: Moved): Promise<boolean> {
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
  const { jobs, cases } = moved;
  const value = { ...entry.value, state: 'done' as const, moved: { at, jobs, cases, drafts: moved.drafts + begun } };
  return (await handOvers.save(store, entry.id, entry.revision, value, { by: cause.signed.taker, at })).saved;
}
