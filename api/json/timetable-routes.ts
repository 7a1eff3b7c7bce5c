import { z } from 'zod';
import { publishedThroughAll } from '../../domain/calendar/day.ts';
import { periodOn, timetablePeriods, within } from '../../domain/timetable/period.ts';
import { milestones, nodeKey } from '../../domain/timetable/types.ts';
import { extensionDraft } from '../../papers/timing/extension.ts';
import { outsideContent } from '../../papers/outside.ts';
import { calendars } from '../../store/calendars.ts';
import { wholeJob } from '../../store/jobs.ts';
import { peopleById } from '../../store/people.ts';
import { timeCalendars } from '../../store/time-kept.ts';
import { timetableNow, type TimetableNow } from '../../store/timetables.ts';
import { timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';
import { reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { processId } from './schemas.ts';

const date = z.iso.date();
const instant = z.string();
const ms = (description: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `${description}; milliseconds of working time` });
const signedMs = z
  .int()
  .meta({ description: 'Later than planned, negative when earlier; milliseconds of working time' });
const baselineSchema = z
  .object({
    version: z.int(),
    hash: z.string(),
    acceptedAt: instant,
    deliveryDate: date,
    acceptedBy: z.string().optional(),
    countedFrom: instant
      .optional()
      .meta({ description: 'Since when the job’s clock counts it, where that is not since its acceptance' }),
  })
  .meta({ id: 'Baseline' });
const provisional = z.boolean().meta({
  description: 'Whether the date that is expected rests on holidays that are not published yet',
});
const moved = { at: instant, forecastAt: instant, forecastDate: date, movedMs: signedMs, provisional };
const forecastSchema = z
  .object({
    delayMs: ms('How far the work is behind; the three below add up to it'),
    clientMs: ms('Of this the client’s'),
    agencyMs: ms('Of this the agency’s'),
    holdMs: ms('Of this on hold'),
    floatMs: ms('The float as it was planned'),
    floatLeftMs: ms('What is left of it'),
    floatUsedUp: z.boolean(),
    lateNow: z.array(z.enum(['agency', 'client'])),
    lateDesks: z.array(
      z.object({
        circulation: z.string(),
        round: z.int(),
        point: z.string(),
        step: z.string(),
        role: z.string(),
        side: z.enum(['agency', 'client']),
        pieceId: z.string().optional(),
        ms: ms('Beyond its date'),
      }),
    ),
    nodes: z.array(
      z.object({
        key: z.string().meta({ description: 'What the act reachNode names it by' }),
        name: z.string(),
        date,
        clientApproval: z.boolean(),
        milestone: z.enum(milestones).optional(),
        state: z.enum(['reached', 'ahead', 'unseen']),
        reachedAt: instant.optional(),
        ...moved,
        floatMs: ms('How much later it may still come before the delivery moves').optional(),
      }),
    ),
    stages: z.array(
      z.object({
        stage: z.string(),
        owner: z.string(),
        internalOnly: z.boolean(),
        start: date,
        end: date,
        forecastStart: date,
        forecastEnd: date,
      }),
    ),
    delivery: z.object({
      date,
      reachedAt: instant.optional(),
      ...moved,
      clientMs: ms('What of the move there would not be without the client’s delay'),
    }),
  })
  .meta({ id: 'TimetableForecast' });
const extensionSchema = z
  .object({
    oldDate: date,
    newDate: date,
    provisional,
    clientMs: ms('What of the client’s delay moves the delivery'),
    draft: z.record(z.string(), z.unknown()).meta({
      description: 'F-10 to check and to submit at the point `timetable`; the old date stands until the client accepts',
    }),
  })
  .meta({ id: 'TimetableExtension' });
const answer = z
  .object({
    version: z.enum(['internal', 'external']),
    baseline: baselineSchema.optional().meta({ description: 'Absent until the client accepted a timetable' }),
    earlier: z.array(baselineSchema).optional(),
    pending: z.object({ version: z.int(), hash: z.string(), deliveryDate: date.optional() }).optional(),
    content: z.record(z.string(), z.unknown()).optional().meta({ description: 'F-10 as it stands' }),
    reached: z
      .array(z.object({ name: z.string(), date, reachedAt: instant }))
      .optional()
      .meta({ description: 'Key nodes that are reached' }),
    forecast: forecastSchema.optional(),
    extension: extensionSchema.optional(),
  })
  .meta({ id: 'JobTimetable' });

/** What a client may know: the agreed dates and what is reached. */
function outsideOf({ baseline, content, forecast }: TimetableNow) {
  return {
    version: 'external',
    baseline,
    content: outsideContent('F-10', { ...content }),
    reached: reachedIn(forecast),
  };
}

function reachedIn(forecast: TimetableNow['forecast']) {
  return (forecast?.nodes ?? []).flatMap(({ name, date: day, reachedAt }) =>
    reachedAt === undefined ? [] : [{ name, date: day, reachedAt }],
  );
}

function insideOf({ forecast }: TimetableNow, unsure: (expected: string) => boolean) {
  if (!forecast) return {};
  const { nodes, stages, lateDesks, delivery, extension: _asked, ...rest } = forecast;
  return {
    forecast: {
      ...rest,
      delivery: { ...delivery, provisional: delivery.movedMs > 0 && unsure(delivery.forecastDate) },
      nodes: nodes.map((node) => ({
        key: nodeKey(node),
        ...node,
        provisional: node.movedMs > 0 && unsure(node.forecastDate),
      })),
      stages: stages.map(({ from: _from, to: _to, forecastFrom: _begins, forecastTo: _ends, ...stage }) => stage),
      lateDesks: lateDesks.map(({ key: _key, ...desk }) => desk),
    },
  };
}

/** The route of a job's timetable. It only reads. */
export const timetableRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/timetable',
    id: 'timetableOfJob',
    tag: 'Time',
    summary: 'The timetable the client accepted, its forecast by whose delay it is, and the extension that is drafted',
    params: z.strictObject({ jobId: processId }),
    query: z.strictObject({
      version: z
        .enum(['internal', 'external'])
        .default('internal')
        .meta({ description: 'The external one is all that links given to the client show (R-46)' }),
      period: z
        .enum(timetablePeriods)
        .optional()
        .meta({ description: 'The weekly or monthly timetable: only what touches this week or month in `content`' }),
    }),
    answers: { 200: { description: 'The timetable as it stands now', schema: answer } },
    handle: async ({ deps, who, params, query }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const [job, kept] = await Promise.all([wholeJob(deps.store, row._id), calendars.now(deps.store)]);
      const state = job?.state;
      const house = timeCalendars(kept.byId, timeIn(kept, deps).calendar, zoneNamed);
      const { version } = query;
      const zone = zoneNamed(house.office.zone);
      const listed = query.period === undefined ? undefined : periodOn(zone.toLocal(deps.clock()).date, query.period);
      const newest = state?.papers['F-10'];
      const found = await timetableNow(
        deps.store,
        { processId: row._id, ...(state ? { state } : {}) },
        house,
        deps.clock(),
      );
      if (version === 'external')
        return {
          status: 200,
          body: found ? outsideOf({ ...found, content: within(found.content, listed) }) : { version },
        };
      const offered = newest?.facts['deliveryDate'];
      const pending =
        newest?.status === 'circulating'
          ? {
              pending: {
                version: newest.version,
                hash: newest.hash,
                ...(typeof offered === 'string' ? { deliveryDate: offered } : {}),
              },
            }
          : {};
      if (!found) return { status: 200, body: { version, ...pending } };
      const { baseline, content, forecast } = found;
      const { acceptedBy = '' } = baseline;
      const agreedBy = (await peopleById(deps.store, [acceptedBy])).get(acceptedBy)?.name ?? '';
      const published = publishedThroughAll(house.office);
      const unsure = (expected: string): boolean => expected > published;
      const draft = forecast && extensionDraft(content, forecast, { agreedBy, lang: 'zh' });
      return {
        status: 200,
        body: {
          version,
          baseline,
          earlier: state?.timetable?.earlier ?? [],
          ...pending,
          content: within(content, listed),
          reached: reachedIn(forecast),
          ...insideOf(found, unsure),
          ...(draft && forecast.extension
            ? { extension: { ...forecast.extension, provisional: unsure(forecast.extension.newDate), draft } }
            : {}),
        },
      };
    },
  }),
];
