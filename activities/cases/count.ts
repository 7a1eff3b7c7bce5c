import type { Connection } from 'mongoose';
import { countSpans } from '../../domain/cases/count.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { calendarOf } from '../house.ts';
import { zoneNamed } from '../calendar/zone.ts';
import type { CaseActivities, Counted } from './contract.ts';

/** What counting the clocks of a case needs. */
export interface CountDeps {
  readonly connection: Connection;
  /** The office's calendar while the register has none. */
  readonly office: Calendar;
}

/** The moments of a clock, on the office's calendar or the client's own (P-19, P-20). */
export async function countForCase(
  { connection, office }: CountDeps,
  input: Parameters<CaseActivities['countSpans']>[0],
): Promise<Counted> {
  const side = input.calendar === 'client' ? 'client' : 'agency';
  return countSpans(await calendarOf(connection, side, input.clientId, office), zoneNamed, input);
}
