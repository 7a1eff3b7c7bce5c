import { z } from 'zod';
import { timeKept, type TimeCalendars } from '../../domain/time-kept/account.ts';
import { dueFirst } from '../../store/due-first.ts';
import { handOversAsked } from '../../store/hand-overs.ts';
import { lateEntries } from '../../store/late-entries.ts';
import { loadNow } from '../../store/load.ts';
import { answersLately } from '../../store/answers.ts';
import { spentLately } from '../../store/spent.ts';
import { timeCalendars, walkOfJob } from '../../store/time-kept.ts';
import { calendars } from '../../store/calendars.ts';
import type { ApiDeps } from '../deps.ts';
import { mayRead } from '../handover/read.ts';
import { timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';
import { handOverSchema, handOverView } from './hand-over-schemas.ts';
import { jobSchema, jobView, stepSchema, stepView } from './job-views.ts';
import { brandScope, reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { deskEntry, deskEntrySchema } from './schedule-schemas.ts';
import { nothing, phase, processId } from './schemas.ts';
import { inWords, sayingFor } from './when.ts';

const side = z.enum(['agency', 'client']);
const ms = (description: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `${description}; milliseconds of working time` });
const shareMs = ms('Its part of the job’s time');

const jobTimeSchema = z
  .object({
    from: z.string().optional(),
    until: z.string().optional(),
    wholeMs: ms('The job’s time; the four below add up to it'),
    agencyMs: ms('On the agency’s desks'),
    clientMs: ms('On the client’s desks'),
    betweenMs: ms('On no desk'),
    holdMs: ms('On hold'),
    desks: z.array(
      z.object({
        circulation: z.string(),
        round: z.int(),
        point: z.string(),
        step: z.string(),
        role: z.string(),
        side,
        pieceId: z.string().optional(),
        openedAt: z.string(),
        closedAt: z.string().optional(),
        dueAt: z.string().optional(),
        verdict: z.string().optional(),
        holders: z.array(z.string()),
        decidedBy: z.array(z.string()),
        layMs: ms('How long it lay there by the desk’s own calendar'),
        overMs: ms('How long of that after its date'),
        shareMs,
      }),
    ),
    people: z.array(
      z.object({
        personId: z.string().meta({ description: 'Empty while the desk was being handed out' }),
        role: z.string(),
        side,
        shareMs,
      }),
    ),
    roles: z.array(z.object({ role: z.string(), side, shareMs })),
    between: z.array(z.object({ phase, ownerId: z.string(), shareMs })),
  })
  .meta({ id: 'JobTime' });

const late = z.int().meta({ description: 'Ended after their date' });

/** The calendars of the house as they stand now. */
async function houseCalendars(deps: ApiDeps): Promise<TimeCalendars> {
  const kept = await calendars.now(deps.store);
  return timeCalendars(kept.byId, timeIn(kept, deps).calendar, zoneNamed);
}

/** Routes about time: whose it was, what is late, what lies on the desks, where it goes. They only read. */
export const timeRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/time',
    id: 'timeOfJob',
    tag: 'Time',
    summary: 'Whose time it was: desks, people, titles, holds and what lay between, adding up to the whole',
    params: z.strictObject({ jobId: processId }),
    query: nothing,
    answers: { 200: { description: 'The job’s time up to now', schema: jobTimeSchema } },
    handle: async ({ deps, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const [walk, house] = await Promise.all([walkOfJob(deps.store, row._id), houseCalendars(deps)]);
      const { desks, ...sums } = timeKept(walk, row, house, deps.clock());
      return { status: 200, body: { ...sums, desks: desks.map(({ key: _key, ...desk }) => desk) } };
    },
  }),
  route({
    method: 'get',
    path: '/late',
    id: 'lateJobs',
    tag: 'Time',
    summary: 'Jobs by what is due first, late ones on top, with their desks and ladders',
    params: nothing,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(40) }),
    answers: {
      200: {
        description: 'Running jobs with a date; what is on hold is not among them',
        schema: z.object({
          late: z.int().meta({ description: 'How many are late in all' }),
          handOvers: z
            .array(handOverSchema)
            .meta({ description: 'Hand-overs of brands that wait for signatures; by when stands in `waits`' }),
          entries: z
            .array(deskEntrySchema)
            .meta({ description: 'Tasks of execution schedules past their time node, the longest first' }),
          jobs: z.array(
            z.object({
              job: jobSchema,
              desks: z.array(
                z.object({
                  step: stepSchema,
                  rungs: z.array(
                    z.object({
                      n: z.int(),
                      kind: z.string(),
                      whom: z.string(),
                      copy: z.array(z.string()).optional().meta({ description: 'Who hears it as well' }),
                      by: z.string().optional().meta({ description: 'Absent: by mail' }),
                      at: z.string(),
                      inWords: inWords.optional().meta({
                        description: 'While it lies ahead; one that has passed and was not climbed is going out now',
                      }),
                      firedAt: z.string().optional(),
                    }),
                  ),
                }),
              ),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, req, who, query }) => {
      const say = await sayingFor(deps, req);
      const { now } = say;
      const scope = brandScope(who, 'job.read') ?? [];
      const [found, overdue] = await Promise.all([
        dueFirst(deps.store, { scope, now, limit: query.limit }),
        lateEntries(deps.store, { scope, now }),
      ]);
      const jobs = found.jobs.map(({ job, desks }) => ({
        job: jobView(job, say),
        desks: desks.map((desk) => ({
          step: stepView(desk, say),
          rungs: desk.rungs.map((rung) => ({
            ...rung,
            ...(rung.firedAt === undefined && rung.at > now ? { inWords: say.due(rung.at) } : {}),
          })),
        })),
      }));
      const asked = (await handOversAsked(deps.store)).filter(({ value }) => mayRead(who, value));
      const handOvers = asked.map((entry) => handOverView(entry, say));
      const entries = overdue.map((one) => deskEntry(one, say));
      return { status: 200, body: { late: found.late, handOvers, entries, jobs } };
    },
  }),
  route({
    method: 'get',
    path: '/load',
    id: 'loadOfDesks',
    tag: 'Time',
    summary: 'What lies on every desk now and in the next ten working days',
    params: nothing,
    query: nothing,
    answers: {
      200: {
        description: 'Desks in reach; may be half a minute old',
        schema: z.object({
          dates: z.array(z.string()).meta({ description: 'The next working days of the office' }),
          jobs: z.int(),
          reckoned: z.int().meta({ description: 'Jobs whose way ahead was reckoned' }),
          nobody: z.int().meta({ description: 'Expected steps for which nobody is found yet' }),
          desks: z.array(
            z.object({
              personId: z.string(),
              side,
              roles: z.array(z.string()),
              now: z.int(),
              late: z.int(),
              later: z.int().meta({ description: 'Due after these days, or without a date' }),
              days: z.array(z.object({ due: z.int(), coming: z.int() })),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who }) => {
      const scope = brandScope(who, 'job.read') ?? [];
      return { status: 200, body: await loadNow(deps.store, { scope, now: deps.clock() }, await houseCalendars(deps)) };
    },
  }),
  route({
    method: 'get',
    path: '/spent',
    id: 'timeSpent',
    tag: 'Time',
    summary: 'Where time went lately, per step and per client',
    params: nothing,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    answers: {
      200: {
        description: 'Stays that ended in this time; may be a minute old',
        schema: z.object({
          from: z.string(),
          stays: z.int(),
          cut: z.boolean().meta({ description: 'There were more; only the newest are counted' }),
          steps: z.array(
            z.object({
              point: z.string(),
              step: z.string(),
              role: z.string(),
              side,
              stays: z.int(),
              sumMs: ms('In all'),
              medianMs: ms('The usual stay'),
              longestMs: ms('The longest stay'),
              late,
            }),
          ),
          clients: z.array(
            z.object({
              clientId: z.string(),
              jobs: z.int(),
              agencyMs: ms('On our desks'),
              clientMs: ms('On theirs'),
              stays: z.int(),
              late,
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who, query }) => {
      const scope = brandScope(who, 'job.read') ?? [];
      const asked = { scope, now: deps.clock(), days: query.days };
      return { status: 200, body: await spentLately(deps.store, asked, await houseCalendars(deps)) };
    },
  }),
  route({
    method: 'get',
    path: '/answers',
    id: 'answersOfPeople',
    tag: 'Time',
    summary: 'How people answered what they were asked lately; what was closed without an answer is counted by person',
    params: nothing,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    answers: {
      200: {
        description: 'Steps that ended and minutes with a verdict in this time; may be a minute old',
        schema: z.object({
          people: z.array(
            z.object({
              personId: z.string(),
              side,
              asked: z.int(),
              answered: z.int(),
              unanswered: z.int().meta({ description: 'Closed without an answer of anybody' }),
              overdue: z.int().meta({ description: 'Of those, closed after their date' }),
              deemed: z.int().meta({ description: 'Minutes that count as agreed because nobody objected' }),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who, query }) => {
      const scope = brandScope(who, 'job.read') ?? [];
      const people = await answersLately(deps.store, { scope, now: deps.clock(), days: query.days });
      return { status: 200, body: { people: people.map((one) => ({ ...one })) } };
    },
  }),
];
