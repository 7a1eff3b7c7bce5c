import type { Request } from 'express';
import { z } from 'zod';
import { describeDue } from '../../domain/calendar/due.ts';
import { sayAfter, sayDue } from '../../domain/calendar/say-due.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import { calendars } from '../../store/calendars.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../session/language.ts';
import { timeIn } from '../view/read/house.ts';
import { momentInWords } from '../view/time.tsx';
import { zoneNamed } from '../view/zone.ts';

/** The same moment as the one beside it, for people. */
export const inWords = z.string().meta({
  description:
    'The date beside it in words, in the language asked for and the office’s working time; what rests on holidays not published yet says that it is provisional',
  example: 'Mon 16:00, 3 working hours left',
});

/** How an answer says its dates in words: in the language of whoever asks, by the office's calendar. */
export interface Saying {
  readonly now: Instant;
  /** `Mon 16:00, 3 working hours left`. Absent `provisional`: whether it lies beyond what the office has published. */
  readonly due: (at: Instant, provisional?: boolean) => string;
  /** `Mon 16:00`: a moment that nobody works towards, e.g. one that has passed. */
  readonly moment: (at: Instant) => string;
}

/** Makes ready to say dates in an answer to this request. */
export async function sayingFor(deps: Pick<ApiDeps, 'store' | 'clock' | 'config'>, req: Request): Promise<Saying> {
  const time = timeIn(await calendars.now(deps.store), deps);
  const { now, calendar } = time;
  const language = languageOf(req);
  return {
    now,
    moment: (at) => momentInWords(time, at, language),
    due: (dueAt, provisional) => sayDue(describeDue(calendar, zoneNamed, { dueAt, now, provisional }), language),
  };
}

/** A date in words beside itself; nothing where there is no date. */
export function dueInWords(
  say: Saying,
  dueAt: Instant | undefined,
  provisional?: boolean,
): { readonly dueInWords?: string } {
  return dueAt === undefined ? {} : { dueInWords: say.due(dueAt, provisional) };
}

/** A mark on a clock in words: while it lies ahead with the working time until then, else the moment alone. */
export function markInWords(say: Saying, at: Instant, provisional?: boolean): string {
  return at > say.now ? say.due(at, provisional) : say.moment(at);
}

/** A moment told from the one it was counted from: `Mon 16 Mar 16:00, 3 working hours later`. */
export function afterInWords(
  calendar: Calendar,
  { from, at, provisional }: { readonly from: Instant; readonly at: Instant; readonly provisional: boolean },
  req: Request,
): string {
  return sayAfter(describeDue(calendar, zoneNamed, { dueAt: at, now: from, provisional }), languageOf(req));
}
