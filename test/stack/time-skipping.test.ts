import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { timeSkippingServer } from '../../ops/stack/time-skipping.ts';

test('four months pass in a moment on the time-skipping server', async () => {
  const path = await timeSkippingServer();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  try {
    const taskQueue = 'four-months';
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
    });
    const startedAt = await environment.currentTimeMs();
    const result: unknown = await worker.runUntil(
      environment.client.workflow.execute('sleeper', { workflowId: taskQueue, taskQueue }),
    );
    expect(result).toBe('awake');
    expect((await environment.currentTimeMs()) - startedAt).toBeGreaterThanOrEqual(120 * 24 * 3_600_000);
  } finally {
    await environment.teardown();
  }
});
