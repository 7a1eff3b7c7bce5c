import { expect, test } from 'vitest';
import type { JobActivities } from '../../activities/contract.ts';
import { Hands, liveJob } from '../workflows/house.ts';

/** Hands whose sealing takes as long as a test wants. */
class SlowSeal extends Hands {
  sealed: () => void = () => undefined;
  private readonly gate = new Promise<void>((open) => {
    this.sealed = open;
  });

  override activities(): JobActivities {
    return {
      ...super.activities(),
      sealDossier: async () => {
        await this.gate;
        return { hash: 'sealed-hash' };
      },
    };
  }
}

test('R-202: while a large dossier is sealed the engine hears that it goes on; a worker that is gone would be missed soon', async () => {
  const hands = new SlowSeal();
  const job = await liveJob('slow-seal', hands, { from: 'CLOSING' });
  const handle = job.client.workflow.getHandle(job.processId);
  await job.working(async () => {
    await job.act('executive', { type: 'archive' });
    const heard = async (): Promise<unknown> =>
      (await handle.describe()).raw.pendingActivities?.find((one) => one.activityType?.name === 'sealDossier')
        ?.lastHeartbeatTime;
    await expect.poll(heard, { timeout: 90_000 }).toBeTruthy();
    hands.sealed();
    await job.until((state) => state.phase === 'ARCHIVED');
  });
});
