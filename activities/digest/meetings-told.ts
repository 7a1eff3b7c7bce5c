import type { Connection } from 'mongoose';
import type { Instant } from '../../domain/instant.ts';
import { meetingFrom } from '../../domain/job/project-meeting.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { headerText } from '../mail/clean.ts';
import { mailKinds } from '../mail/kinds.ts';
import type { ListLine } from '../mail/letter.ts';
import { lastMeetingWords } from '../mail/meeting-words.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit } from '../mail/when.ts';
import { jobsNow } from './parts.ts';
import { labels } from './words.ts';
import type { Reading } from './write.ts';

/** A job that still lacks its internal meeting. */
export interface ToldMeeting {
  readonly row: OutboxRow;
  /** The job as it stands now. */
  readonly state: JobState;
  readonly dueAt: Instant;
}

/**
 * Sorts reminders of internal meetings as they stand at this moment: a job that met meanwhile, rests or is over is left
 * out, because the period it was reminded of is not the one that runs now. What is due longest comes first.
 */
export async function meetingsTold(
  connection: Connection,
  rows: readonly OutboxRow[],
): Promise<{ readonly told: readonly ToldMeeting[]; readonly leftOut: readonly string[] }> {
  if (rows.length === 0) return { told: [], leftOut: [] };
  const jobs = await jobsNow(
    connection,
    rows.map(({ processId }) => processId),
  );
  const told = new Map<string, ToldMeeting>();
  const leftOut: string[] = [];
  for (const row of rows) {
    const { processId, input } = row;
    const state = jobs.get(processId);
    const { meeting } = input;
    if (!state || !meeting || meetingFrom(state) !== meeting.from) leftOut.push(row._id);
    else told.set(processId, { row, state, dueAt: meeting.dueAt });
  }
  const place = ({ dueAt, row }: ToldMeeting): string => `${dueAt} ${row._id}`;
  return { told: [...told.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1)), leftOut };
}

/** One line of a digest for a job that is due for an internal meeting, with the page on which one is called. */
export function meetingLine(
  deps: Pick<MailDeps, 'publicBaseUrl'>,
  { person, hours, now }: Reading,
  { state, dueAt }: ToldMeeting,
): ListLine {
  const { language } = person;
  const say = sayer(language);
  const { moment, left, over } = sayLimit(dueAt, now, undefined, hours, language);
  return {
    job: [state.jobNumber, headerText(state.title)].filter((one) => one !== undefined).join(' · '),
    about: say(mailKinds.meetingDue.title),
    who: lastMeetingWords(state, { now, calendar: hours, language }),
    due: `${moment} · ${left}`,
    late: over,
    link: { label: say(labels.callMeeting), href: `${deps.publicBaseUrl}/jobs/${state.processId}/acts/callMeeting` },
  };
}
