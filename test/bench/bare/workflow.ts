import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

/** What the bare engine is asked to do beside taking decisions. */
export interface BareArgument {
  readonly stage: number;
  /** Activities that do nothing, one after another before every answer: prices the shape of Jobbag without its work. */
  readonly activities: number;
}

/** Number of stages on both sides of the comparison. */
export const stages = 6;

/** Signs a stage; answers with the next one. */
export const signUpdate = defineUpdate<number, [stage: number]>('sign');

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '20 seconds' });

/** Six stages, one Update each, refused by a validator when it is for another stage. Nothing is stored, nothing sent. */
export async function bare(argument: BareArgument): Promise<void> {
  let { stage } = argument;
  let under = 0;
  setHandler(
    signUpdate,
    async () => {
      under += 1;
      for (let done = 0; done < argument.activities; done += 1) await nothing();
      under -= 1;
      stage += 1;
      return stage;
    },
    {
      validator: (asked) => {
        if (asked !== stage || under > 0)
          throw ApplicationFailure.nonRetryable(`stage ${stage} is open`, 'STALE_STAGE');
      },
    },
  );
  await condition(() => stage >= stages && allHandlersFinished());
}
