import type { Connection } from 'mongoose';
import { limitOf, type CaseLimit } from '../../domain/cases/limit.ts';
import { stillReminds } from '../../domain/cases/telling.ts';
import { readEntry } from '../../domain/log/entry.ts';
import { taskStillOpen } from '../../domain/minutes/telling.ts';
import { entryLadder } from '../../domain/schedule/ladder.ts';
import { entryStillOpen } from '../../domain/schedule/telling.ts';
import { noticeWords } from '../../domain/wording/cases.ts';
import {
  areMinutes,
  casePath,
  casesById,
  isSchedule,
  pointOf,
  type CasePoint,
  type FoldedCase,
  type FoldedEvent,
} from '../../store/cases.ts';
import { entriesById, logId } from '../../store/log.ts';
import type { NoticeRow } from '../../store/notices.ts';
import { notForNow } from '../cases/schedule-told.ts';
import { tasksIn } from '../cases/tasks-told.ts';
import { peopleIn } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import type { ListLine } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit, sayWhen } from '../mail/when.ts';
import { labels } from './words.ts';
import type { Reading } from './write.ts';

/** A reminder of a case, or of a task from minutes, that still stands. */
export interface ToldCase {
  readonly row: NoticeRow;
  /** The case as it stands now, and the mark that was reached. */
  readonly point: CasePoint;
  /** By when it was to be done; absent where nothing says so. */
  readonly limit?: CaseLimit;
}

/**
 * Sorts reminders of cases as they stand at this moment: a clock that stopped, a task somebody answered, a schedule whose
 * job is over or on hold, and what lies with somebody else by now are left out; of several marks of one clock or task the
 * newest speaks. That a task of a schedule is not confirmed and that its date is near are two things, although both may
 * come on one morning.
 */
export async function casesTold(
  connection: Connection,
  rows: readonly NoticeRow[],
): Promise<{ readonly told: readonly ToldCase[]; readonly leftOut: readonly string[] }> {
  if (rows.length === 0) return { told: [], leftOut: [] };
  const [cases, entries] = await Promise.all([
    casesById(connection, [...new Set(rows.map(({ processId }) => processId))]),
    entriesById(
      connection,
      rows.map(({ processId, input }) => logId(processId, input.seq)),
    ),
  ]);
  const told = new Map<string, ToldCase>();
  const leftOut: string[] = [];
  for (const row of rows) {
    const { processId, input } = row;
    const kept = cases.get(processId);
    const body = entries.get(logId(processId, input.seq))?.body;
    // Only the process of the case writes its log, so the shape of its events is known.
    const event = body === undefined ? undefined : (readEntry(body)?.event as FoldedEvent | undefined);
    const meant = 'personId' in input.to ? input.to.personId : '';
    const still = kept && event && stands(pointOf(kept).state, event, meant);
    if (!kept || !event || !still) {
      leftOut.push(row._id);
      continue;
    }
    const { about, ...limit } = still;
    const point = { ...pointOf(kept), event };
    if ((await notForNow(connection, point)) !== undefined) {
      leftOut.push(row._id);
      continue;
    }
    const key = `${processId} ${about}`;
    if ((told.get(key)?.row.input.seq ?? 0) < input.seq) told.set(key, { row, point, ...limit });
  }
  return { told: [...told.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1)), leftOut };
}

/** What of a case a reminder is about, and by when; undefined where it waits no more. */
function stands(
  state: FoldedCase,
  event: FoldedEvent,
  personId: string,
): (Pick<ToldCase, 'limit'> & { readonly about: string }) | undefined {
  if (event.type === 'clockRang' && stillReminds(state, event, personId)) {
    const limit = limitOf(state);
    return { about: event.clock, ...(limit === undefined ? {} : { limit }) };
  }
  if (event.type === 'entryReminded') {
    const entry = isSchedule(state) ? entryStillOpen(state, event, personId) : undefined;
    const about = `${event.entry} ${entryLadder[event.rung]?.of ?? ''}`;
    return entry && { about, limit: { at: entry.node, provisional: false } };
  }
  const task = event.type === 'taskReminded' && areMinutes(state) ? taskStillOpen(state, event, personId) : undefined;
  const { dueAt: at, provisional = false } = task ?? {};
  return task && { about: task.id, ...(at === undefined ? {} : { limit: { at, provisional } }) };
}

const place = ({ limit, row }: ToldCase): string => `${limit?.at ?? '9999'} ${row._id}`;

/** One line of a digest for a reminder of a case: what is to be done, by when, and the page of the case. */
export async function caseLine(
  deps: MailDeps,
  { house, person, hours, now }: Reading,
  { row, point, limit }: ToldCase,
): Promise<ListLine> {
  const { language } = person;
  const { state } = point;
  const say = sayer(language);
  const known: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = noticeWords;
  const { notice, to } = row.input;
  const title = known[notice];
  const action = (await tasksIn(deps, point))[0]?.action ?? '';
  const meant = 'personId' in to && to.personId !== person.id ? to.personId : undefined;
  const due = limit && sayLimit(limit.at, now, limit.provisional || undefined, hours, language);
  const who = [
    ...(meant === undefined
      ? []
      : [say(labels.inFor, { name: nameText((await peopleIn(house, [meant])).get(meant)?.name ?? meant) })]),
    ...(action === '' ? [say(labels.since, { since: sayWhen(state.since, now, hours, language) })] : []),
  ];
  return {
    job: [say(state.definition.title), headerText(state.title)].join(' · '),
    about: [title === undefined ? notice : say(title), ...(action === '' ? [] : [headerText(action)])].join(' · '),
    who: who.join(say(labels.both)),
    due: due === undefined ? '' : `${due.moment} · ${due.left}`,
    late: due?.over ?? false,
    link: { label: say(labels.page), href: `${deps.publicBaseUrl}${casePath(state.processId)}` },
  };
}
