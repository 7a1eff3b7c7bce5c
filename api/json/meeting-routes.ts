import { z } from 'zod';
import { meetingDueAt } from '../../domain/calendar/meeting-period.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import type { Calendar, WorkingMoment } from '../../domain/calendar/types.ts';
import { meetingFrom, modulesOf } from '../../domain/job/project-meeting.ts';
import { moduleStandings } from '../../domain/job/state.ts';
import { calendars } from '../../store/calendars.ts';
import { wholeJob } from '../../store/jobs.ts';
import { meetingPeriods, overdueMeetings, periodOf } from '../../store/meetings.ts';
import { reportedLately } from '../../store/reported.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';
import { brandScope, reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { nothing, processId } from './schemas.ts';
import { dueInWords, inWords, sayingFor } from './when.ts';

const tag = 'Meetings';
const instant = z.string();
const people = z.array(z.string());
const workingDays = z.int().meta({ description: 'The set period in working days, of the brand or else of the house' });
const due = {
  dueAt: instant.optional().meta({ description: 'By when the next is to be held; absent while none is asked for' }),
  dueInWords: inWords.optional(),
};

const projectMeetingsSchema = z
  .object({
    workingDays,
    ...due,
    modules: z
      .array(z.object({ id: z.string(), workType: z.string(), name: z.string().optional() }))
      .meta({ description: 'What a meeting must say the progress of' }),
    called: z.object({ at: instant, place: z.string(), people, by: z.string() }).optional(),
    last: z
      .object({
        heldAt: instant,
        people,
        by: z.string(),
        progress: z.array(
          z.object({ module: z.string(), standing: z.enum(moduleStandings), words: z.string().optional() }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'ProjectMeetings' });

/** The office's calendar as pages count by it. */
async function officeOf(deps: ApiDeps): Promise<Calendar> {
  return timeIn(await calendars.now(deps.store), deps).calendar;
}

function dueIn(office: Calendar, from: string | undefined, days: number): WorkingMoment | undefined {
  try {
    return from === undefined ? undefined : meetingDueAt(office, zoneNamed, from, days);
  } catch (error) {
    if (error instanceof CalendarRefusal) return undefined;
    throw error;
  }
}

/** Routes about the internal meetings of projects, and about what clients said that could not wait. They only read. */
export const meetingRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/project-meetings',
    id: 'projectMeetingsOfJob',
    tag,
    summary: 'The internal meetings of a job: modules, the last one with their progress, the next (R-55)',
    description: 'Called and recorded by the acts `callMeeting` and `recordMeeting`.',
    params: z.strictObject({ jobId: processId }),
    query: nothing,
    answers: { 200: { description: 'As it stands now', schema: projectMeetingsSchema } },
    handle: async ({ deps, req, who, params }) => {
      // What a team says inside is for the house alone, also where somebody of the client holds a step of the job.
      const row = await reachableJob(deps, who, params.jobId, 'job.log');
      const [job, periods, say, office] = await Promise.all([
        wholeJob(deps.store, row._id),
        meetingPeriods(deps.store, deps.config.internalMeetingDays),
        sayingFor(deps, req),
        officeOf(deps),
      ]);
      if (!job) throw new Problem('NOT_FOUND');
      const { state } = job;
      const days = periodOf(periods, row.brandId);
      const moment = dueIn(office, meetingFrom(state), days);
      return {
        status: 200,
        body: {
          workingDays: days,
          ...(moment === undefined ? {} : { dueAt: moment.at, ...dueInWords(say, moment.at, moment.provisional) }),
          modules: modulesOf(state),
          ...state.meetings,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/project-meetings/overdue',
    id: 'projectsWithoutMeeting',
    tag,
    summary: 'Running jobs without an internal meeting in the set period, what is due longest first (R-55)',
    params: nothing,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(40) }),
    answers: {
      200: {
        description: 'Jobs in reach; what is on hold is not among them',
        schema: z.object({
          count: z.int().meta({ description: 'How many there are in all' }),
          jobs: z.array(
            z.object({
              jobId: z.string(),
              jobNumber: z.string().optional(),
              title: z.string(),
              brandId: z.string(),
              ownerId: z.string(),
              workingDays,
              from: instant.meta({
                description: 'When the period began: the opening, the last meeting, or the end of a hold',
              }),
              metAt: instant.optional().meta({ description: 'The last meeting' }),
              calledFor: instant.optional().meta({ description: 'When the one that is called is to be' }),
              ...due,
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, req, who, query }) => {
      const [periods, say, office] = await Promise.all([
        meetingPeriods(deps.store, deps.config.internalMeetingDays),
        sayingFor(deps, req),
        officeOf(deps),
      ]);
      const scope = brandScope(who, 'job.read') ?? [];
      const asked = { scope, periods, office, zones: zoneNamed, now: say.now, limit: query.limit };
      const { jobs, count } = await overdueMeetings(deps.store, asked);
      const lines = jobs.map((job) => {
        const days = periodOf(periods, job.brandId);
        const moment = dueIn(office, job.meetingFrom, days);
        return {
          jobId: job._id,
          ...(job.jobNumber === undefined ? {} : { jobNumber: job.jobNumber }),
          title: job.title,
          brandId: job.brandId,
          ownerId: job.ownerId,
          workingDays: days,
          from: job.meetingFrom ?? '',
          ...(job.metAt === undefined ? {} : { metAt: job.metAt }),
          ...(job.meetingAt === undefined ? {} : { calledFor: job.meetingAt }),
          ...(moment === undefined ? {} : { dueAt: moment.at, ...dueInWords(say, moment.at, moment.provisional) }),
        };
      });
      const longest = lines.sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1));
      return { status: 200, body: { count, jobs: longest } };
    },
  }),
  route({
    method: 'get',
    path: '/opinions/important',
    id: 'importantOpinions',
    tag: 'Jobs',
    summary: 'Important opinions of clients, newest first: of the last week, and older ones not answered yet (R-60)',
    description:
      'Marked with `important` in the acts `recordOpinion` and `holdProposal`, by `reportOpinion` later, or in a telephone record (F-16); the account director had a mail at once.',
    params: nothing,
    query: nothing,
    answers: {
      200: {
        description: 'Of jobs in reach',
        schema: z.object({
          opinions: z.array(
            z.object({
              jobId: z.string(),
              jobNumber: z.string().optional(),
              title: z.string(),
              words: z.string().meta({ description: 'Shortened where they are long; the log has all of them' }),
              from: z.string().optional().meta({ description: 'Who of the client said it' }),
              by: z.string().meta({ description: 'Who reported it' }),
              at: instant,
              opinionId: z.string().optional(),
              paper: z.string().optional().meta({ description: 'Key of the telephone record' }),
              waits: z.boolean().meta({ description: 'Not answered yet' }),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who }) => {
      const scope = brandScope(who, 'job.read') ?? [];
      const found = await reportedLately(deps.store, { scope, now: deps.clock() });
      const opinions = found.map(({ job, opinion, waits }) => ({
        jobId: job._id,
        ...(job.jobNumber === undefined ? {} : { jobNumber: job.jobNumber }),
        title: job.title,
        ...opinion,
        waits,
      }));
      return { status: 200, body: { opinions } };
    },
  }),
];
