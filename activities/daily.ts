import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import { dailyBody, newestDaily, signDailyHeads, type DailyHeads } from '../store/daily.ts';
import type { Keyring } from '../store/keyring.ts';
import { zoneNamed } from './calendar/zone.ts';
import type { DailyActivities } from './contract.ts';
import { planDecisions } from './digest/decisions-told.ts';
import { remindOfMeetings, type MeetingDeps } from './digest/meetings-due.ts';
import { planMornings } from './digest/standing.ts';
import { houseNow } from './house.ts';
import { holidayLetters } from './letters/holidays.ts';

/** What the day's own work needs. */
export interface DailyDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  /** The ring that heads are signed with. */
  readonly daily: Keyring;
  /** IANA name of the zone whose days are counted. */
  readonly agencyZone: string;
  /** Where the signed files lie, one a day: `YYYY-MM-DD.json`. */
  readonly headsDir: string;
  /** How digests are planned; a house that tells each rung by itself has none. */
  readonly planning?: Omit<MeetingDeps, 'connection' | 'clock'>;
}

/** What is done once a day whatever else happens. Doing it twice on one day gives the same file. */
export function createDailyActivities(deps: DailyDeps): DailyActivities {
  const dayOf = (at: string): string => zoneNamed(deps.agencyZone).toLocal(at).date;
  return {
    async signHeads() {
      const at = deps.clock();
      const day = dayOf(at);
      const newest = await newestDaily(deps.connection);
      const known = newest !== null && dayOf(dailyBody(newest).at) === day;
      const signed = known ? newest : await signDailyHeads(deps.connection, deps.daily, at, newest);
      await writeWhole(deps.headsDir, `${day}.json`, signed);
      return { day, no: signed.no };
    },
    holidayLetters: () => holidayLetters(deps.connection, deps.clock()),
    async planMornings() {
      const { connection, planning, clock } = deps;
      if (planning === undefined) return { directors: 0 };
      const house = await houseNow(connection);
      const directors = await planMornings({ connection, ...planning }, house, clock());
      // In the same activity: the workflow of the day stays as it was recorded.
      await remindOfMeetings({ connection, clock, ...planning }, house);
      await planDecisions({ connection, ...planning }, house, clock());
      return { directors };
    },
  };
}

/** A reader sees the whole file or none, also when the machine stops in the middle. */
async function writeWhole(folder: string, name: string, file: DailyHeads): Promise<void> {
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `.${name}.${randomUUID()}`);
  const handle = await open(beside, 'wx', 0o644);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 1)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, join(folder, name));
}
