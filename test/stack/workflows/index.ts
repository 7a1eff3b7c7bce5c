import { condition, defineSignal, setHandler, sleep } from '@temporalio/workflow';

const openSignal = defineSignal('open');

/** Waits for a signal, however long that takes. */
export async function waiter(): Promise<string> {
  let open = false;
  setHandler(openSignal, () => {
    open = true;
  });
  await condition(() => open);
  return 'opened';
}

/** Sleeps for four months. */
export async function sleeper(): Promise<string> {
  await sleep('120 days');
  return 'awake';
}
