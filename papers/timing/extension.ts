import type { LocalDate } from '../../domain/calendar/types.ts';
import type { Forecast } from '../../domain/timetable/forecast.ts';
import type { Lang } from '../../domain/wording/language.ts';
import { extensionReason } from '../../domain/wording/timetable.ts';
import type { TimetableContent } from './timetable.ts';

/**
 * The timetable that asks the client for a later date, drafted from the one that stands and its forecast: open
 * stages and nodes where they come now, the new date of delivery, and the extension with old date, new date and the
 * reason out of the accounting. A person checks it and sends it; until the client accepts, the old one stands.
 * Undefined while the client's delay moves nothing. `agreedBy`: whom it will be laid before.
 */
export function extensionDraft(
  before: TimetableContent,
  { extension, lateDesks, stages, nodes }: Forecast,
  { agreedBy, lang }: { readonly agreedBy: string; readonly lang: Lang },
): TimetableContent | undefined {
  if (!extension) return undefined;
  const { oldDate, newDate } = extension;
  const within = (date: LocalDate): LocalDate => (date > newDate ? newDate : date);
  return {
    ...before,
    rows: before.rows.map((row, place) => ({
      ...row,
      start: within(stages[place]?.forecastStart ?? row.start),
      end: within(stages[place]?.forecastEnd ?? row.end),
    })),
    keyNodes: before.keyNodes.map((row, place) => {
      const node = nodes[place];
      // What is reached keeps its day; what follows the delivery, as the start of media, is not bound by it.
      if (!node || node.state === 'reached') return row;
      return { ...row, date: row.date > oldDate ? node.forecastDate : within(node.forecastDate) };
    }),
    deliveryDate: newDate,
    changes: [
      ...(before.changes ?? []),
      { oldDate, newDate, reason: extensionReason(extension, lateDesks, lang), agreedBy },
    ],
  };
}
