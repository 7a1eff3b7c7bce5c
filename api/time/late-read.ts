import type { Request } from 'express';
import type { Role } from '../../domain/people/roles.ts';
import type { BrandTeam } from '../../domain/people/types.ts';
import type { Rung } from '../../domain/circulation/types.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { dueFirst, type JobOnDesks } from '../../store/due-first.ts';
import { brandTeams } from '../../store/people.ts';
import type { StepRow } from '../../store/steps.ts';
import type { ApiDeps } from '../deps.ts';
import { signedIn } from '../session/identify.ts';
import { languageOf } from '../session/language.ts';
import { pick, type Lang } from '../view/lang.ts';
import { pointTitle } from '../view/read/cards.ts';
import { houseNow, namesOf, timeIn, type HouseNames } from '../view/read/house.ts';
import { rungViews } from '../view/rungs.tsx';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { lateEntries } from '../../store/late-entries.ts';
import { entryLines, entryPeople } from './late-entries.ts';
import { handOverLine, handOversWaiting, namedIn } from './late-hand-overs.ts';
import { readLateIssues } from './late-issues.ts';
import { nextOf, whyItStands, type LateLine, type LateView } from './late-model.ts';
import { brandsIn, scopeAsked } from './reach.ts';

/** Jobs the page carries: the late ones, and after them those that are due next; hand-overs that wait come on top. */
const linesShown = 40;

/** Reads what is late and why. */
export async function readLate(deps: ApiDeps, req: Request): Promise<LateView> {
  const lang = languageOf(req);
  const { scope, narrowed, brand } = scopeAsked(req);
  const now = deps.clock();
  const [house, found, teams, handOvers, issues, entries] = await Promise.all([
    houseNow(deps.store),
    dueFirst(deps.store, { scope: narrowed, now, limit: linesShown }),
    brandTeams.now(deps.store),
    handOversWaiting(deps, signedIn(req), brand),
    readLateIssues(deps, narrowed, lang),
    lateEntries(deps.store, { scope: narrowed, now }),
  ]);
  const time = timeIn(house.calendars, deps);
  const teamOf = new Map(teams.all.map((team) => [team.brandId, team]));
  const names = await namesOf(deps.store, house, {
    people: [
      ...found.jobs.flatMap(({ job, desks }) => [
        job.ownerId,
        ...job.holders,
        ...desks.flatMap(({ holders }) => holders),
      ]),
      ...namedIn(handOvers),
      ...entryPeople(entries),
      ...found.jobs.flatMap(({ job }) => teamOf.get(job.brandId)?.members.map(({ personId }) => personId) ?? []),
    ],
    clients: [
      ...found.jobs.map(({ job }) => job.clientId),
      ...handOvers.map(({ value }) => value.clientId),
      ...entries.map(({ job }) => job.clientId),
    ],
  });
  const beside = [
    ...handOvers.flatMap((one) => handOverLine(one, { lang, time, names })),
    ...(await entryLines(deps, entries, { lang, time, names })),
  ];
  const jobs = found.jobs.flatMap((one) => lateLine(one, { lang, time, names, team: teamOf.get(one.job.brandId) }));
  return {
    lang,
    issues,
    late: found.late + beside.filter(({ late }) => late).length,
    lines: [...jobs, ...beside].sort((a, b) => (a.due.at < b.due.at ? -1 : a.due.at > b.due.at ? 1 : 0)),
    brands: brandsIn(house.clients.all, scope),
    brand,
  };
}

interface Saying {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly names: HouseNames;
  readonly team: BrandTeam | undefined;
}

function lateLine({ job, desks }: JobOnDesks, saying: Saying): readonly LateLine[] {
  const { lang, time, names } = saying;
  const desk = desks.find(({ dueAt }) => dueAt === job.dueAt) ?? desks[0];
  if (!desk || job.dueAt === undefined) return [];
  const href = `/jobs/${encodeURIComponent(job.jobNumber ?? job._id)}`;
  const rungs = rungViews(desk, time, lang, {
    nameOf: (whom) => nameAt(whom, desk, saying),
    person: names.person,
    onHold: desk.onHold,
  });
  const { onItUntil = '' } = desk;
  const onIt = onItUntil > time.now ? momentInWords(time, onItUntil, lang) : '';
  return [
    {
      id: job._id,
      href,
      timeHref: `${href}/time`,
      ...(job.jobNumber ? { number: job.jobNumber } : {}),
      title: job.title,
      brand: names.brand(job.brandId),
      late: job.dueAt < time.now,
      side: desk.side,
      holder: inRow(desk.holders, names, lang) || names.person(job.ownerId),
      step: `${pointTitle(desk.point, lang)} · ${pick(stepWords(desk.step), lang)}`,
      since: momentInWords(time, desk.askedAt ?? desk.openedAt ?? job.since, lang),
      due: dueInWords(time, job.dueAt, lang, desk.provisional),
      why: whyItStands(desk, lang, onIt),
      rungs,
      ...nextOf(rungs),
      others: desks.length - 1,
    },
  ];
}

function inRow(ids: readonly string[], names: HouseNames, lang: Lang): string {
  return ids.map(names.person).join(lang === 'en' ? ', ' : '、');
}

const titleAt: Readonly<Partial<Record<Rung['whom'], Role>>> = {
  accountManager: 'ACCOUNT_MANAGER',
  accountDirector: 'ACCOUNT_DIRECTOR',
};

/** Who a rung would tell, by name, where that is known beforehand. */
function nameAt(whom: Rung['whom'], desk: StepRow, { lang, names, team }: Saying): string | undefined {
  if (whom === 'holder') return desk.holders.length > 0 ? inRow(desk.holders, names, lang) : undefined;
  if (whom === 'ae') return names.person(desk.ownerId);
  const role = titleAt[whom];
  if (role === undefined) return undefined;
  const id = team?.defaults[role] ?? team?.members.find(({ roles }) => roles.includes(role))?.personId;
  return id === undefined ? undefined : names.person(id);
}
