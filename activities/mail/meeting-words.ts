import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Language } from '../../domain/people/types.ts';
import { sayLimit, sayWhen } from './when.ts';

/** What the words about a meeting that is due are made from. */
export interface MeetingDueSource {
  readonly input: Pick<MailInput, 'meeting'>;
  readonly job: { readonly state: Pick<JobState, 'meetings'> };
  readonly now: Instant;
  readonly calendar: Calendar;
  readonly language: Language;
}

/** When a job had its last internal meeting: "上次内部会议：3月5日 14:00", "Last internal meeting: 5 Mar 14:00", or that it had none. */
export function lastMeetingWords(
  { meetings }: Pick<JobState, 'meetings'>,
  { now, calendar, language }: Pick<MeetingDueSource, 'now' | 'calendar' | 'language'>,
): string {
  const zh = language === 'zh-CN';
  const heldAt = meetings?.last?.heldAt;
  if (heldAt === undefined) return zh ? '还没有开过内部会议' : 'No internal meeting yet';
  const when = sayWhen(heldAt, now, calendar, language);
  return zh ? `上次内部会议：${when}` : `Last internal meeting: ${when}`;
}

/** What a mail says of an internal meeting that is due: the last one, and by when the next was to be held. */
export function meetingDueWords({ input, job, now, calendar, language }: MeetingDueSource): string {
  const last = lastMeetingWords(job.state, { now, calendar, language });
  if (input.meeting === undefined) return last;
  const { moment, left } = sayLimit(input.meeting.dueAt, now, undefined, calendar, language);
  return language === 'zh-CN' ? `${last}\n期限：${moment}，${left}` : `${last}\nDue: ${moment}, ${left}`;
}
