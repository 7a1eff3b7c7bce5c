import { addMs, laterOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { noWords } from '../../domain/wording/acts.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { decidedSince, decidedWhere, decisionsToldTo, lastMorningOf } from '../../store/decided.ts';
import { brandTeams } from '../../store/people.ts';
import type { StepRow } from '../../store/steps.ts';
import { peopleIn, type HouseNow } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import type { ListLine } from '../mail/letter.ts';
import { sayer } from '../mail/sheet.ts';
import type { PlanDeps } from './parts.ts';
import { jobsNow } from './parts.ts';
import { planMorning } from './standing.ts';
import { labels } from './words.ts';
import type { Reading } from './write.ts';

const dayMs = 24 * 60 * 60_000;
/** How far behind its reader's last morning a digest looks for decisions that were recorded late, and how far at most. */
const behindMs = 3 * dayMs;
const furthestMs = 14 * dayMs;
/** Decisions one line names; further ones are counted. */
const namedInLine = 3;

const w = (zh: string, en: string): Words => ({ zh, en });

/** What was decided in one job, oldest first. */
export interface DecidedJob {
  readonly processId: string;
  readonly steps: readonly StepRow[];
}

/**
 * What was decided in the jobs of a person's teams, and in those they answer for, that no digest has told them yet (R-59,
 * S-45). Their own decisions they know: the receipt is their entry. Whoever is of no team of the house is told nothing here.
 */
export async function decisionsFor(house: HouseNow, person: Person, now: Instant): Promise<readonly DecidedJob[]> {
  if (person.side !== 'agency') return [];
  const { connection } = house;
  const [brandIds, last = now] = await Promise.all([brandsOf(house, person.id), lastMorningOf(connection, person.id)]);
  const from = laterOf(addMs(now, -furthestMs), addMs(last, -behindMs));
  const [steps, told] = await Promise.all([
    decidedSince(connection, { from, brandIds, ownerId: person.id }),
    decisionsToldTo(connection, person.id, from),
  ]);
  const jobs = new Map<string, StepRow[]>();
  for (const step of steps) {
    // A submission opens and closes its own desk in one moment; it is no decision.
    const submission = step.openedAt === step.closedAt;
    if (submission || told.has(step._id) || step.decidedBy.every((id) => id === person.id)) continue;
    const job = jobs.get(step.processId);
    if (job) job.push(step);
    else jobs.set(step.processId, [step]);
  }
  return [...jobs].map(([processId, decided]) => ({ processId, steps: decided }));
}

async function brandsOf(house: HouseNow, personId: string): Promise<readonly string[]> {
  const teams = house.teams.complete
    ? house.teams.all
    : (await brandTeams.by(house.connection, `person:${personId}`)).map(({ value }) => value);
  return teams
    .filter(({ members }) => members.some((member) => member.personId === personId))
    .map(({ brandId }) => brandId);
}

/** Plans the next morning of every team member of a brand in whose jobs something was decided lately; returns how many. */
export async function planDecisions(deps: PlanDeps, house: HouseNow, now: Instant): Promise<number> {
  const { connection } = house;
  const { brandIds, ownerIds } = await decidedWhere(connection, addMs(now, -behindMs));
  const teams = house.teams.complete
    ? house.teams.all
    : (await Promise.all(brandIds.map((brandId) => brandTeams.by(connection, `brand:${brandId}`)))).flatMap((found) =>
        found.map(({ value }) => value),
      );
  const members = teams
    .filter(({ brandId }) => brandIds.includes(brandId))
    .flatMap((team) => team.members.map(({ personId }) => personId));
  const readers = [...new Set([...members, ...ownerIds])].filter((id) => id !== '');
  for (const personId of readers) await planMorning(deps, house, personId, now);
  return readers.length;
}

/** One line of a digest: what was decided in a job, by whom, and where the job stands now. */
export async function decidedLines(
  base: string,
  { house, person }: Reading,
  jobs: readonly DecidedJob[],
): Promise<readonly ListLine[]> {
  const say = sayer(person.language);
  const [states, people] = await Promise.all([
    jobsNow(
      house.connection,
      jobs.map(({ processId }) => processId),
    ),
    peopleIn(
      house,
      jobs.flatMap(({ steps }) => steps.flatMap(({ decidedBy }) => decidedBy)),
    ),
  ]);
  const nameOf = (id: string): string => nameText(people.get(id)?.name ?? id);
  return jobs.flatMap(({ processId, steps }): readonly ListLine[] => {
    const newest = steps.at(-1);
    if (newest === undefined) return [];
    const shown = steps.slice(-namedInLine).map((step) => saidOf(step, say, nameOf));
    const more = steps.length - shown.length;
    return [
      {
        job: [newest.jobNumber, headerText(newest.title)].filter((one) => one !== undefined).join(' · '),
        about: [...shown, ...(more > 0 ? [say(w('另有 {n} 个', 'and {n} more'), { n: more })] : [])].join(
          say(w('；', '; ')),
        ),
        who: standingOf(states.get(processId), say),
        due: '',
        late: false,
        link: { label: say(labels.job), href: `${base}/jobs/${processId}` },
      },
    ];
  });
}

type Say = ReturnType<typeof sayer>;

function saidOf({ point, step, verdict, decidedBy }: StepRow, say: Say, nameOf: (id: string) => string): string {
  const nos: Readonly<Record<string, { readonly past: Words }>> = noWords;
  const past = say(nos[verdict ?? '']?.past ?? w('签字', 'signed'));
  const who = decidedBy.map(nameOf).join(say(w('、', ', ')));
  return `${say(circulationWords(point))} · ${say(stepWords(step))}${say(w('：', ': '))}${who}${say(w('', ' '))}${past}`;
}

function standingOf(state: JobState | undefined, say: Say): string {
  return state === undefined ? '' : say(w('现在：{phase}', 'now: {phase}'), { phase: say(phaseWords[state.phase]) });
}
