import type { Connection } from 'mongoose';
import type { NumberEffect } from '../domain/job/effects.ts';
import { issueNumber as issue } from '../store/numbers.ts';
import { zoneNamed } from './calendar/zone.ts';

/** What issuing a number needs. */
export interface NumberDeps {
  readonly connection: Connection;
  /** IANA name of the zone whose calendar year stands in the number. */
  readonly agencyZone: string;
}

/** Issues the job number of a process; a retry gets the same one. The year is the agency's on the day of opening. */
export async function issueNumber(
  deps: NumberDeps,
  input: NumberEffect['input'],
): Promise<{ readonly jobNumber: string }> {
  const { processId, brandCode, lineCode, openedAt } = input;
  const year = Number(zoneNamed(deps.agencyZone).toLocal(openedAt).date.slice(0, 4));
  const { number } = await issue(deps.connection, { requestId: processId, brandCode, lineCode, year });
  return { jobNumber: number };
}
