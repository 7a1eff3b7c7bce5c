import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clockOf, type Clock } from '../../config/clock.ts';

/** Where the running house is, as `npm start` wrote it down. */
export interface HousePlace {
  readonly baseUrl: string;
  readonly inboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The clock of a house: that of a rehearsal is moved by a file. */
export function clockIn({ environment }: Pick<HousePlace, 'environment'>): Clock {
  const clockFile = environment['CLOCK_FILE'];
  return clockOf({ clockOffsetMs: 0, ...(clockFile === undefined ? {} : { clockFile }) });
}

/** Name of the file in the data folder that says where the house is. Holds addresses, no keys. */
export const placeFile = 'house.json';

/** Finds the house that `npm start` runs; throws with the next step when there is none. */
export async function findHouse(): Promise<HousePlace> {
  const dataDir = process.env['JOBBAG_DATA_DIR'] ?? join(process.cwd(), '.jobbag');
  try {
    const place = JSON.parse(await readFile(join(dataDir, placeFile), 'utf8')) as HousePlace;
    if ((await fetch(`${place.baseUrl}/healthz`)).ok) return place;
  } catch {
    // Said below, with what to do.
  }
  throw new Error('No running house was found. Start one with `npm start` in another terminal, then run this again.');
}
