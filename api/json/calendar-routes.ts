import { z } from 'zod';
import { checkCalendar } from '../../domain/calendar/check.ts';
import { calendarOwner } from '../../domain/calendar/desk.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { sayCalendarProblem } from '../../domain/wording/calendar.ts';
import { calendars } from '../../store/calendars.ts';
import { clients } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import { invalid, Problem, type FieldProblem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { timeIn } from '../view/read/house.ts';
import { isZoneName } from '../view/zone.ts';
import { basedOn, tagOf } from './revisions.ts';
import { route, type AnyRoute, type Answer } from './route.ts';
import { nothing } from './schemas.ts';

const time = z.string().max(5).meta({ example: '09:00' });
const hours = z.array(z.strictObject({ from: time, to: time })).max(6);
const name = z.strictObject({ zh: z.string().max(80), en: z.string().max(80) });
const weekly = z.strictObject({
  mon: hours,
  tue: hours,
  wed: hours,
  thu: hours,
  fri: hours,
  sat: hours,
  sun: hours,
});
const day = z.strictObject({
  kind: z.enum(['holiday', 'makeup', 'closed', 'short']),
  name,
  hours: hours.optional(),
});
const calendarSchema = z
  .strictObject({
    name,
    zone: z.string().max(60).meta({ description: 'IANA name', example: 'Asia/Shanghai' }),
    weekly: weekly.meta({ description: 'Hours of an ordinary week; an empty list is a day off' }),
    days: z
      .record(z.string().max(10), day)
      .default({})
      .meta({ description: 'Days that differ from their weekday, by date' }),
    publishedThrough: z.string().max(10).meta({ description: 'Last date whose holidays are published' }),
  })
  .meta({ id: 'Calendar' });
const shown = calendarSchema.extend({
  id: z.string(),
  revision: z.int().meta({ description: '0: its owner counts by the office’s' }),
});
const params = z.strictObject({ calendarId: z.string().max(100) });
const answers = { 200: { description: 'The calendar as it stands', schema: shown, headers: ['ETag'] } };

/** A calendar that this person may see, by its id in the register: of the office, of a person of ours, of a client in reach. */
async function openCalendar(deps: ApiDeps, who: SignedIn, calendarId: string) {
  if (scopeOf(who.viewer, 'people.read').kind !== 'all') throw new Problem('FORBIDDEN');
  const owner = calendarOwner(calendarId);
  if (owner.kind === 'client') {
    const client = (await clients.get(deps.store, owner.clientId))?.value;
    const scope = scopeOf(who.viewer, 'client.read');
    const reaches =
      scope.kind === 'all' ||
      (scope.kind === 'brands' && client?.brands.some(({ id }) => scope.brandIds.includes(id)) === true);
    if (client === undefined || !reaches) throw new Problem('NOT_FOUND');
  } else if (owner.kind === 'person') {
    if ((await people.get(deps.store, owner.personId))?.value.side !== 'agency') throw new Problem('NOT_FOUND');
  }
  const { revision, entry } = await calendars.standing(deps.store, calendarId);
  const office = timeIn(await calendars.now(deps.store), deps).calendar;
  return { revision, calendar: entry?.value ?? { ...office, id: calendarId } };
}

function answerOf({ revision, calendar }: { revision: number; calendar: SingleCalendar }): Answer {
  const { id, zone, days, publishedThrough } = calendar;
  const body = { id, revision, name: calendar.name, zone, weekly: calendar.weekly, days, publishedThrough };
  return { status: 200, headers: { ETag: tagOf(revision) }, body };
}

/** Everything wrong with a calendar that was sent, each with the sentence that says what to change. */
function wrongIn(calendar: SingleCalendar): readonly FieldProblem[] {
  const zone: FieldProblem[] = isZoneName(calendar.zone)
    ? []
    : [
        {
          field: 'calendar.zone',
          code: 'zoneUnknown',
          detail: `没有时区“${calendar.zone}”，请写成 Asia/Shanghai / there is no zone “${calendar.zone}”; write it like Asia/Shanghai`,
        },
      ];
  return [
    ...zone,
    ...checkCalendar(calendar).map((problem) => {
      const { zh, en } = sayCalendarProblem(problem);
      return { field: `calendar.${problem.field}`, code: problem.code, detail: `${zh} / ${en}` };
    }),
  ];
}

/** Routes about working calendars; running jobs hear of a change within half a minute. */
export const calendarRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/calendars/{calendarId}',
    id: 'getCalendar',
    tag: 'Calendars',
    summary: 'A working calendar: `office`, `person:<id>` or a client’s id',
    params,
    query: nothing,
    answers,
    handle: async ({ deps, who, params: { calendarId } }) => answerOf(await openCalendar(deps, who, calendarId)),
  }),
  route({
    method: 'put',
    path: '/calendars/{calendarId}',
    id: 'saveCalendar',
    tag: 'Calendars',
    summary: 'Save a working calendar; what is open on it is counted anew',
    headers: z.object({
      'if-match': z.string().meta({ description: 'The ETag the change is based on; `If-None-Match: *` for the first' }),
    }),
    params,
    query: nothing,
    body: z.strictObject({
      calendar: calendarSchema,
      words: z.string().trim().min(1).max(400).meta({ description: 'Why; kept with the version' }),
    }),
    answers,
    handle: async ({ deps, who, params: { calendarId }, body, req }) => {
      const seen = basedOn(req);
      const before = await openCalendar(deps, who, calendarId);
      if (scopeOf(who.viewer, 'calendar.write').kind !== 'all') throw new Problem('FORBIDDEN');
      const { absences } = before.calendar;
      const days: Record<string, SingleCalendar['days'][string]> = {};
      for (const [date, { kind, name: called, hours: open }] of Object.entries(body.calendar.days))
        days[date] = { kind, name: called, ...(open === undefined ? {} : { hours: open }) };
      const calendar: SingleCalendar = {
        ...body.calendar,
        days,
        id: calendarId,
        ...(absences === undefined ? {} : { absences }),
      };
      const wrong = wrongIn(calendar);
      if (wrong.length > 0) throw invalid(wrong);
      const change = { by: who.person.id, at: deps.clock(), words: body.words };
      await noteTelling(deps.store, { kind: 'calendar', calendarId, revision: seen + 1 }, change.at);
      const saved = await calendars.save(deps.store, calendarId, seen, calendar, change);
      if (!saved.saved) throw new Problem('PRECONDITION');
      return answerOf({ revision: saved.revision, calendar });
    },
  }),
];
