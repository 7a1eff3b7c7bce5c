import { ScheduleAlreadyRunning, ScheduleClient, ScheduleOverlapPolicy } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { dailyId } from '../workflows/ids.ts';

/** What the daily Schedule needs. */
export interface ScheduleParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  readonly taskQueue: string;
  /** IANA name of the zone whose midnight begins the day. */
  readonly agencyZone: string;
}

// Shortly after midnight, so that a day's file holds everything the day before brought.
const spec = (timezone: string) => ({ calendars: [{ hour: 0, minute: 10 }], timezone });

/**
 * Makes the house's one daily Schedule where it is missing; several workers may start at once. A zone that was changed
 * in the configuration is taken over. A run missed while everything was off is made up for once, within a day.
 */
export async function ensureDailySchedule(parts: ScheduleParts): Promise<void> {
  const { connection, namespace, dataConverter, taskQueue, agencyZone } = parts;
  const schedules = new ScheduleClient({ connection, namespace, dataConverter });
  const scheduleId = dailyId(taskQueue);
  try {
    await schedules.create({
      scheduleId,
      spec: spec(agencyZone),
      action: { type: 'startWorkflow', workflowType: 'daily', workflowId: scheduleId, taskQueue },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = schedules.getHandle(scheduleId);
    const known = await handle.describe();
    if (known.spec.timezone !== agencyZone) await handle.update((now) => ({ ...now, spec: spec(agencyZone) }));
  }
}
