import type { Connection } from 'mongoose';
import { publishedThroughAll } from '../../domain/calendar/day.ts';
import type { JobState } from '../../domain/job/state.ts';
import {
  isTimetableWarning,
  stillWarns,
  warnedDay,
  type TimetableWarning,
} from '../../domain/job/timetable-telling.ts';
import { readEntry } from '../../domain/log/entry.ts';
import { entriesById, logId } from '../../store/log.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { peopleIn } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import { mailKinds } from '../mail/kinds.ts';
import type { ListLine } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { ownerAway, standingIn } from '../mail/standing-in.ts';
import { timetableWords } from '../mail/timetable-words.ts';
import { sayLimit } from '../mail/when.ts';
import { dayClosesAt, jobsNow } from './parts.ts';
import { labels } from './words.ts';
import type { Reading } from './write.ts';

/** A warning of a timetable that still stands. */
export interface ToldWarning {
  readonly row: OutboxRow;
  /** The job as it stands now. */
  readonly state: JobState;
  readonly event: TimetableWarning;
}

/**
 * Sorts warnings of timetables as they stand at this moment: what the job has behind it, what a newer timetable replaced,
 * and a draft that was sent meanwhile are left out; of two warnings of one stage the later speaks.
 */
export async function warningsTold(
  connection: Connection,
  rows: readonly OutboxRow[],
): Promise<{ readonly told: readonly ToldWarning[]; readonly leftOut: readonly string[] }> {
  if (rows.length === 0) return { told: [], leftOut: [] };
  const [jobs, entries] = await Promise.all([
    jobsNow(
      connection,
      rows.map(({ processId }) => processId),
    ),
    entriesById(
      connection,
      rows.map(({ processId, input }) => logId(processId, input.seq)),
    ),
  ]);
  const told = new Map<string, ToldWarning>();
  const leftOut: string[] = [];
  for (const row of rows) {
    const { processId, input } = row;
    const state = jobs.get(processId);
    const body = entries.get(logId(processId, input.seq))?.body;
    const entry = body === undefined ? undefined : readEntry(body);
    const event = warningIn(entry?.event);
    if (!state || !entry || !event || !stillWarns(state, event, entry.stamp.at)) {
      leftOut.push(row._id);
      continue;
    }
    const about = event.type === 'stageWarned' ? `${event.end} ${event.stage}` : event.type;
    const key = `${processId} ${about}`;
    if ((told.get(key)?.row.input.seq ?? 0) < input.seq) told.set(key, { row, state, event });
  }
  return { told: [...told.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1)), leftOut };
}

// Only the process of the job writes its log, so what has the name of a warning has its shape.
function warningIn(event: unknown): TimetableWarning | undefined {
  const named = event as { readonly type: string } | undefined;
  return named && isTimetableWarning(named) ? named : undefined;
}

/** What must be read first comes first: by the day the warning is about. */
const place = ({ event, state, row }: ToldWarning): string => `${warnedDay(event, state) ?? '9999'} ${row._id}`;

/** One line of a digest for a warning: what it is, what it says of the dates, and the page its own mail leads to. */
export async function warningLine(
  deps: MailDeps,
  { house, person, hours, now }: Reading,
  { row, state, event }: ToldWarning,
): Promise<ListLine> {
  const { language } = person;
  const say = sayer(language);
  const { input } = row;
  const away = person.id === input.ownerId ? undefined : await ownerAway(house, input.ownerId, now);
  const owner = (await peopleIn(house, [input.ownerId])).get(input.ownerId)?.name ?? input.ownerId;
  const inFor = standingIn(input, person, away, hours.zone, nameText(owner));
  const closesAt = event.type === 'stageWarned' ? await dayClosesAt(house, deps.office, event.end) : undefined;
  const due = closesAt === undefined ? undefined : sayLimit(closesAt, now, undefined, hours, language);
  const { title, form } = mailKinds[input.kind];
  const page = `${deps.publicBaseUrl}/jobs/${input.processId}`;
  const words = timetableWords(event, language, publishedThroughAll(hours));
  return {
    job: [state.jobNumber, headerText(state.title)].filter((one) => one !== undefined).join(' · '),
    about: say(title),
    who: [headerText(words, 400), ...(inFor === undefined ? [] : [say(inFor)])].join(' '),
    due: due === undefined ? '' : `${due.moment} · ${due.left}`,
    late: due?.over ?? false,
    link:
      form === undefined
        ? { label: say(labels.job), href: page }
        : { label: say(form.button), href: `${page}/papers/${form.id}/edit` },
  };
}
