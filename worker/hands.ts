import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority, setPriority } from 'node:os';

/** The argument that tells `worker/main.ts` that it is the half that carries out. */
export const asHands = '--hands';

/** The other half of a worker, as the half that decides knows it. */
export interface Hands {
  /** Resolves when it takes tasks; rejects when it ended before. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<void>;
  /** Takes no new task, lets those under way finish, ends. */
  stop(): Promise<void>;
}

/**
 * Starts the half of a worker that carries out what is decided (entries, mails, dossiers, digests) as a process of its own. On
 * one event loop a signature waited behind every mail that was being written. The two are one: whoever is left alone ends.
 */
export function forkHands(file: string): Hands {
  const child = fork(file, [asHands]);
  const ended = once(child, 'exit').then(() => undefined);
  const ready = Promise.race([once(child, 'message'), ended.then(() => undefined)]).then((said) => {
    if (said === undefined) throw new Error('the half of the worker that carries out ended before it was ready');
  });
  // Whoever waits for it hears; whoever stops before need not.
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * In that process, before it has any threads: on a machine whose cores are all taken it lets the half that decides go first.
 * Entries and mails may come a moment later; whoever signs is waiting.
 */
export function standBack(): void {
  const { PRIORITY_BELOW_NORMAL: behind } = constants.priority;
  // Whom the machine has put further back already may not come forward.
  if (getPriority() < behind) setPriority(behind);
}

/** In that process: tells the other half that tasks are taken, and ends with it, also where it was killed. */
export function beHands(): { readonly tellReady: () => void; readonly leave: () => void } {
  const alone = (): never => process.exit(1);
  process.on('disconnect', alone);
  // It may have gone while this one was still loading.
  if (!process.connected) alone();
  // Ctrl-C reaches both; the other half says when.
  process.on('SIGINT', () => undefined);
  return {
    tellReady: () => void process.send?.('ready'),
    leave: () => {
      process.off('disconnect', alone);
      process.disconnect();
    },
  };
}
