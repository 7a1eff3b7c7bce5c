import type { Connection } from 'mongoose';
import type { Calendar } from '../domain/calendar/types.ts';
import type { RecountedAct } from '../domain/circulation/acts.ts';
import { recountedAct } from '../domain/circulation/counting.ts';
import type { RecountInput } from '../domain/job/effects.ts';
import { stepAt } from '../store/steps.ts';
import { zoneNamed } from './calendar/zone.ts';
import { calendarOf } from './house.ts';

/** What counting a desk's moments anew needs. */
export interface RecountDeps {
  readonly connection: Connection;
  /** The office's calendar while the register has none. */
  readonly office: Calendar;
}

/**
 * Counts a desk's rungs and date anew, on the calendar of its side, after a pause, a hold or a moved date shifted them:
 * no rung falls into closed hours (§7.3). The same input on the same calendar gives the same moments.
 */
export async function recountStep({ connection, office }: RecountDeps, input: RecountInput): Promise<RecountedAct> {
  const holders = (await stepAt(connection, input))?.holders ?? [];
  return recountedAct(await calendarOf(connection, input.side, input.clientId, office, holders), zoneNamed, input);
}
