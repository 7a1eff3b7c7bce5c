import { z } from 'zod';
import { mostRungs } from '../../domain/calendar/check-ladder.ts';
import { ladderRecipients, rungChannels } from '../../domain/calendar/ladders.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import type { CalendarProblem } from '../../domain/calendar/types.ts';
import { ladderIds, stepScope } from '../../domain/circulation/own-ladders.ts';
import { isInstant } from '../../domain/instant.ts';
import { scopeOf, type ViewAct } from '../../domain/people/may.ts';
import { sayCalendarProblem } from '../../domain/wording/calendar.ts';
import { calendars } from '../../store/calendars.ts';
import { ladderInForce, ladderRegister, ladderSet, ladderVersions } from '../../store/ladders.ts';
import type { ApiDeps } from '../deps.ts';
import { invalid, Problem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { timeIn } from '../view/read/house.ts';
import {
  drawnFrom,
  inForceAt,
  ladderFrom,
  momentsOf,
  problemsAt,
  routesOfHouse,
  saveLadder,
  watchOf,
  type DrawnLadder,
  type Watch,
} from '../view/read/ladders.ts';
import { basedOn, tagOf } from './revisions.ts';
import { route, type AnyRoute, type Answer } from './route.ts';
import { nothing } from './schemas.ts';
import { afterInWords } from './when.ts';

const span = z.union([
  z.strictObject({ workingMinutes: z.number() }),
  z.strictObject({ workingDays: z.number() }),
  z.strictObject({ clockHours: z.literal(24) }),
]);
const ladderSchema = z
  .strictObject({
    limit: span.meta({ description: 'The time the step has' }),
    warnPercents: z.array(z.number()).max(20).default([]).meta({ description: 'Parts of the limit, ascending' }),
    warnBy: z.enum(rungChannels).default('mail'),
    rungs: z
      .array(
        z.strictObject({
          after: span.meta({ description: 'Counted from the accepted mail; each later than the one before' }),
          whom: z.enum(ladderRecipients),
          copy: z.array(z.enum(ladderRecipients)).max(ladderRecipients.length).default([]),
          by: z.enum(rungChannels).default('mail'),
        }),
      )
      .max(100)
      .meta({ description: `In order, 1 to ${String(mostRungs)}` }),
    quiet: z
      .strictObject({ from: z.string().max(5), to: z.string().max(5) })
      .optional()
      .meta({ description: 'No mail of this ladder in this part of the reader’s day, e.g. 18:00 to 09:30' }),
  })
  .meta({ id: 'Ladder' });

const shownSchema = z.object({
  scope: z.string().meta({ description: 'A kind, or a route and a step: `qcSeven/artDirector`' }),
  version: z.int().meta({ description: '0: nobody ever changed it here' }),
  own: z.boolean().meta({ description: 'Whether this scope has a ladder of its own' }),
  from: z.string().optional().meta({ description: 'The scope the ladder in force comes from; absent: the standard' }),
  ladder: ladderSchema,
});

const reason = z.string().trim().min(1).max(400).meta({ description: 'Why; kept with the version' });
const body = z.strictObject({ ladder: ladderSchema.nullable(), words: reason });
const kindParams = z.strictObject({ kind: z.string().max(80) });
const stepParams = z.strictObject({ route: z.string().max(80), step: z.string().max(80) });
const ifMatch = z.object({
  'if-match': z.string().meta({ description: 'The ETag the change is based on; `If-None-Match: *` for the first' }),
});

/** Ladders belong to the routes: whoever sees those, or draws them, sees these, and whoever draws those draws these. */
function demandReach(who: SignedIn, ...acts: readonly ViewAct[]): void {
  const reaches = acts.some((act) => ['all', 'brands'].includes(scopeOf(who.viewer, act).kind));
  if (!reaches) throw new Problem('FORBIDDEN');
}

async function watched(deps: ApiDeps, scope: string): Promise<Watch> {
  const routes = await routesOfHouse(deps.store);
  const watch = watchOf(scope, routes);
  if (watch !== undefined) return watch;
  const [routeId] = scope.split('/');
  const steps = routes.find(({ id }) => id === routeId)?.steps.filter(({ act }) => act !== 'submit');
  const known = steps?.map(({ key }) => key) ?? [...ladderIds, ...routes.map(({ id }) => id)];
  const what = steps
    ? ['这个流程没有这一步', 'this route has no such step']
    : ['没有这个流程', 'there is no such route'];
  throw new Problem('NOT_FOUND', {
    errors: [
      {
        field: steps ? 'step' : 'route',
        code: 'UNKNOWN',
        detail: `${what[0] ?? ''}，可选 / ${what[1] ?? ''}; choose ${known.join(', ')}`,
      },
    ],
  });
}

const said = (problem: CalendarProblem) => {
  const { zh, en } = sayCalendarProblem(problem);
  return { field: problem.field, code: problem.code, detail: `${zh} / ${en}` };
};

/** What was sent as it parsed: absent optional keys stay absent. */
function drawnIn(sent: z.output<typeof ladderSchema>): DrawnLadder {
  const { quiet, ...rest } = sent;
  return { ...rest, ...(quiet === undefined ? {} : { quiet }) };
}

async function read(deps: ApiDeps, who: SignedIn, scope: string): Promise<Answer> {
  demandReach(who, 'job.read', 'route.write');
  const watch = await watched(deps, scope);
  const [entry, own, versions] = await Promise.all([
    ladderInForce(deps.store, scope),
    ladderSet(deps.store),
    ladderVersions(deps.store, scope),
  ]);
  const { ladder, from } = inForceAt(watch, own);
  return {
    status: 200,
    headers: { ETag: tagOf(entry.version) },
    body: {
      scope,
      version: entry.version,
      own: entry.ladder !== null,
      ...(from === undefined ? {} : { from }),
      ladder: drawnFrom(ladder),
      versions: versions.map(({ ladder: kept, ...version }) => ({
        ...version,
        ladder: kept === null ? null : drawnFrom(kept),
      })),
    },
  };
}

async function write(
  { deps, who, seen }: { readonly deps: ApiDeps; readonly who: SignedIn; readonly seen: number },
  scope: string,
  sent: z.output<typeof body>,
): Promise<Answer> {
  demandReach(who, 'route.write');
  const watch = await watched(deps, scope);
  const ladder = sent.ladder === null ? null : ladderFrom(watch, drawnIn(sent.ladder));
  const office = timeIn(await calendars.now(deps.store), deps).calendar;
  const change = { by: who.person.id, at: deps.clock(), words: sent.words };
  const saved = await saveLadder(deps.store, watch, { seen, ladder, office }, change);
  switch (saved.kind) {
    case 'saved':
    case 'same':
      return read(deps, who, scope);
    case 'changed':
      throw new Problem('PRECONDITION');
    case 'bad':
      throw invalid(saved.problems.map((problem) => said({ ...problem, field: `ladder.${problem.field}` })));
    case 'tooMany':
      throw invalid([
        {
          field: 'ladder',
          code: 'tooManyLadders',
          detail: `最多 ${String(saved.most)} 份自己的阶梯，请先把一份改回标准 / ${String(saved.most)} ladders of your own at most; set one back to the standard first`,
        },
      ]);
  }
}

const momentSchema = z.object({
  key: z.string(),
  kind: z.enum(['warn', 'remind', 'escalate', 'due']),
  n: z.int(),
  whom: z.array(z.enum(ladderRecipients)),
  by: z.enum(rungChannels),
  at: z.string(),
  inWords: z.string().meta({
    description: 'The same in words, counted from the start',
    example: 'Mon 16 Mar 16:00, 3 working hours later',
  }),
  provisional: z.boolean(),
  inDigest: z.boolean().meta({ description: 'Told in the digest of a morning' }),
  leavesAt: z
    .string()
    .optional()
    .meta({ description: 'When the mail or the digest leaves, where that is not at once' }),
});

const one = {
  200: {
    description: 'The ladder that jobs started now get, and its versions',
    schema: shownSchema.extend({
      versions: z.array(
        z.object({
          version: z.int(),
          by: z.string(),
          at: z.string(),
          words: z.string().optional(),
          ladder: ladderSchema.nullable(),
        }),
      ),
    }),
    headers: ['ETag'],
  },
};

const example = {
  ladder: {
    limit: { workingMinutes: 240 },
    warnPercents: [50],
    rungs: [
      { after: { workingMinutes: 240 }, whom: 'holder' },
      { after: { workingMinutes: 480 }, whom: 'accountManager', copy: ['ae'] },
    ],
    quiet: { from: '18:00', to: '09:00' },
  },
  words: '客户要当天答复',
};

/** Routes about ladders as data: read, tried out, changed for jobs that start afterwards. */
export const ladderRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/ladders',
    id: 'listLadders',
    tag: 'Ladders',
    summary: 'The four kinds and every step with a ladder of its own, as jobs started now get them',
    params: nothing,
    query: nothing,
    answers: { 200: { description: 'Ladders in force', schema: z.object({ ladders: z.array(shownSchema) }) } },
    handle: async ({ deps, who }) => {
      demandReach(who, 'job.read', 'route.write');
      const [entries, own, routes] = await Promise.all([
        ladderRegister.all(deps.store),
        ladderSet(deps.store),
        routesOfHouse(deps.store),
      ]);
      const scopes = [...new Set([...ladderIds, ...Object.keys(own)])];
      const shown = scopes.flatMap((scope) => {
        const watch = watchOf(scope, routes);
        if (watch === undefined) return [];
        const { ladder, from } = inForceAt(watch, own);
        const version = entries.find(({ id }) => id === scope)?.revision ?? 0;
        const mine = Object.hasOwn(own, scope);
        return [{ scope, version, own: mine, ...(from ? { from } : {}), ladder: drawnFrom(ladder) }];
      });
      return { status: 200, body: { ladders: shown } };
    },
  }),
  route({
    method: 'post',
    path: '/ladders/try',
    id: 'tryLadder',
    tag: 'Ladders',
    summary: 'What would happen when? Counts a ladder, saved or not, and changes nothing',
    params: nothing,
    query: nothing,
    body: z.strictObject({
      scope: z.string().max(160),
      ladder: ladderSchema.optional().meta({ description: 'Absent: the one in force' }),
      from: z.string().max(40).meta({ description: 'When the asking mail is accepted, ISO-8601 in UTC' }),
      calendarId: z.string().max(100).default('office'),
    }),
    example: { scope: 'qcSeven/artDirector', from: '2026-12-31T08:30:00.000Z', calendarId: 'office' },
    answers: {
      200: { description: 'Moments in order', schema: z.object({ moments: z.array(momentSchema) }) },
    },
    handle: async ({ deps, req, who, body: asked }) => {
      demandReach(who, 'job.read', 'route.write');
      const watch = await watched(deps, asked.scope);
      if (!isInstant(asked.from))
        throw invalid([
          { field: 'from', code: 'NO_MOMENT', detail: '请写时刻 / write a moment like 2026-12-31T08:30:00.000Z' },
        ]);
      const kept = await calendars.now(deps.store);
      const office = timeIn(kept, deps).calendar;
      const calendar = asked.calendarId === 'office' ? office : kept.byId.get(asked.calendarId);
      if (calendar === undefined)
        throw invalid([{ field: 'calendarId', code: 'UNKNOWN', detail: '没有这份日历 / there is no such calendar' }]);
      const ladder = asked.ladder
        ? ladderFrom(watch, drawnIn(asked.ladder))
        : inForceAt(watch, await ladderSet(deps.store)).ladder;
      const problems = problemsAt(watch, ladder, office);
      if (problems.length > 0)
        throw invalid(problems.map((problem) => said({ ...problem, field: `ladder.${problem.field}` })));
      try {
        const { from } = asked;
        const moments = momentsOf(ladder, calendar, from).map((moment) => ({
          ...moment,
          inWords: afterInWords(calendar, { from, ...moment }, req),
        }));
        return { status: 200, body: { moments } };
      } catch (error) {
        if (!(error instanceof CalendarRefusal)) throw error;
        throw invalid([
          {
            field: 'calendarId',
            code: 'noWorkingTime',
            detail: '这份日历从那一刻起没有足够的工作时间 / this calendar holds too little working time from then on',
          },
        ]);
      }
    },
  }),
  route({
    method: 'get',
    path: '/ladders/{kind}',
    id: 'getKindLadder',
    tag: 'Ladders',
    summary: 'The ladder of every step of a kind that has none of its own',
    params: kindParams,
    query: nothing,
    answers: one,
    handle: ({ deps, who, params }) => read(deps, who, params.kind),
  }),
  route({
    method: 'get',
    path: '/ladders/{route}/{step}',
    id: 'getStepLadder',
    tag: 'Ladders',
    summary: 'The ladder of one step of a route',
    params: stepParams,
    query: nothing,
    answers: one,
    handle: ({ deps, who, params }) => read(deps, who, stepScope(params.route, params.step)),
  }),
  route({
    method: 'put',
    path: '/ladders/{kind}',
    id: 'saveKindLadder',
    tag: 'Ladders',
    summary: 'Save the ladder of a kind for jobs that start from now on; null goes back to the standard',
    headers: ifMatch,
    params: kindParams,
    query: nothing,
    body,
    example,
    answers: one,
    handle: ({ deps, who, params, body: sent, req }) => write({ deps, who, seen: basedOn(req) }, params.kind, sent),
  }),
  route({
    method: 'put',
    path: '/ladders/{route}/{step}',
    id: 'saveStepLadder',
    tag: 'Ladders',
    summary: 'Save the ladder of a step for jobs that start from now on; null goes back to its kind’s',
    headers: ifMatch,
    params: stepParams,
    query: nothing,
    body,
    example,
    answers: one,
    handle: ({ deps, who, params, body: sent, req }) =>
      write({ deps, who, seen: basedOn(req) }, stepScope(params.route, params.step), sent),
  }),
];
