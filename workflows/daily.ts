import { proxyActivities } from '@temporalio/workflow';
import type { DailyActivities } from '../activities/contract.ts';
import { letter } from './letter.ts';

/**
 * A store that is away for a morning must not cost the day its signature; after half a day the next day's run is near,
 * and its file lists everything that moved meanwhile.
 */
const house = proxyActivities<DailyActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/**
 * What the house does once a day, started by its one Schedule: signs the heads of the logs that moved, plans the mornings
 * of directors for whom something stands, and writes to whoever keeps the calendars while the next holidays are missing.
 * It has no door to any job.
 */
export async function daily(): Promise<void> {
  await house.signHeads.executeWithOptions({ summary: 'sign the heads of the day' }, []);
  await house.planMornings.executeWithOptions({ summary: 'plan the digests of directors' }, []);
  const due = await house.holidayLetters.executeWithOptions({ summary: 'look for missing holidays' }, []);
  // A mail server that is away for one reader keeps the letter from nobody else.
  await Promise.all(due.map(letter));
}
