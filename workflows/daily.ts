import { proxyActivities } from '@temporalio/workflow';
import type { DailyActivities } from '../activities/contract.ts';

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
 * What the house does once a day, started by its one Schedule: signs the heads of the logs that moved, and plans the
 * mornings of directors for whom something stands. It has no door to any job.
 */
export async function daily(): Promise<void> {
  await house.signHeads.executeWithOptions({ summary: 'sign the heads of the day' }, []);
  await house.planMornings.executeWithOptions({ summary: 'plan the digests of directors' }, []);
}
