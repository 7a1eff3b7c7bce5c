import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** Beats within the time the engine waits for one: two may be lost on the way. */
const beatsInTime = 3;

/**
 * Lets every activity that has a heartbeat timeout tell the engine that it goes on, for as long as it runs. What a worker
 * that died or was stopped had in hand is then given to another after that short time, not after the long one the work
 * itself may take. Source: threats.md, a worker that dies at every step.
 */
export const heartbeats: ActivityInterceptorsFactory = (context) => {
  const withinMs = context.info.heartbeatTimeoutMs ?? 0;
  if (withinMs <= 0) return {};
  return {
    inbound: {
      async execute(input, next) {
        const beat = setInterval(() => context.heartbeat(), withinMs / beatsInTime);
        try {
          return await next(input);
        } finally {
          clearInterval(beat);
        }
      },
    },
  };
};
