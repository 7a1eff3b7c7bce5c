import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Question, Reply, Start } from './timed-caller-process.ts';

/**
 * People who ask from a process of their own. Who times answers in the process that also holds the inbox and looks at the
 * store measures its own pauses too.
 */
export class TimedCaller {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, { readonly done: (ms: number) => void; readonly failed: (why: Error) => void }>();

  /** `tokens` by person; `from` is the network address the callers seem to come from. */
  constructor(start: Start) {
    this.#child = fork(fileURLToPath(new URL('timed-caller-process.ts', import.meta.url)));
    this.#child.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('ms' in reply) waiting?.done(reply.ms);
      else waiting?.failed(new Error(reply.failed));
    });
    this.#child.once('exit', (code) => {
      for (const { failed } of this.#waiting.values()) failed(new Error(`the process that asks ended with ${code}`));
      this.#waiting.clear();
    });
    this.#child.send(start);
  }

  /** Posts as a person until it is answered with yes; how long that took, milliseconds. */
  post(who: string, path: string, body: unknown): Promise<number> {
    const id = crypto.randomUUID();
    return new Promise<number>((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#child.send({ id, who, path, body } satisfies Question);
    });
  }

  /** Ends the process; nothing may be under way any more. */
  close(): void {
    this.#child.disconnect();
  }
}
