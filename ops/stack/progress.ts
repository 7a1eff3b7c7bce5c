import type { WriteStream } from 'node:tty';

/** One thing worth telling about work that takes longer than a second, or about a choice that was made. */
export interface ProgressEvent {
  readonly task: string;
  readonly state: 'running' | 'done' | 'failed' | 'note';
  readonly text: string;
  readonly elapsedMs: number;
}

/** Where progress goes: a terminal, a log, or a list in a test. */
export type ProgressSink = (event: ProgressEvent) => void;

/** Tells a sink about slow work; whatever ends within a second stays silent. */
export class Progress {
  readonly #sink: ProgressSink;
  readonly #everyMs: number;

  constructor(sink: ProgressSink, everyMs = 1000) {
    this.#sink = sink;
    this.#everyMs = everyMs;
  }

  /** Says one sentence now. */
  note(task: string, text: string): void {
    this.#sink({ task, state: 'note', text, elapsedMs: 0 });
  }

  /** Runs `work` and keeps telling how long it has been going on. */
  async during<T>(task: string, text: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    let told = false;
    const timer = setInterval(() => {
      told = true;
      this.#sink({ task, state: 'running', text, elapsedMs: elapsed() });
    }, this.#everyMs);
    try {
      const result = await work();
      if (told) this.#sink({ task, state: 'done', text, elapsedMs: elapsed() });
      return result;
    } catch (error) {
      if (told) this.#sink({ task, state: 'failed', text, elapsedMs: elapsed() });
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
}

/** A sink that says nothing, for tests that do not look at progress. */
export const silent: ProgressSink = () => undefined;

const seconds = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(0)} s` : `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`;

/** A sink for a terminal (one line that is rewritten) or for a log (a plain line now and then). */
export function consoleSink(out: NodeJS.WriteStream | NodeJS.WritableStream = process.stderr): ProgressSink {
  return 'isTTY' in out && out.isTTY === true ? ttySink(out) : plainSink(out);
}

function plainSink(out: NodeJS.WritableStream): ProgressSink {
  const nextAt = new Map<string, number>();
  return (event) => {
    if (event.state === 'running') {
      // A log wants to know that it goes on, not to be filled by it: first word after a second, then every 15.
      if (event.elapsedMs < (nextAt.get(event.task) ?? 0)) return;
      nextAt.set(event.task, event.elapsedMs + 15_000);
      out.write(`… ${event.text} (${seconds(event.elapsedMs)})\n`);
      return;
    }
    nextAt.delete(event.task);
    out.write(closingLine(event));
  };
}

function ttySink(out: WriteStream): ProgressSink {
  const running = new Map<string, ProgressEvent>();
  return (event) => {
    out.write('\r\x1b[2K');
    if (event.state === 'running') running.set(event.task, event);
    else {
      running.delete(event.task);
      out.write(closingLine(event));
    }
    const line = [...running.values()].map((one) => `${one.text} (${seconds(one.elapsedMs)})`).join(' · ');
    if (line !== '') out.write(`… ${line}`.slice(0, Math.max(20, out.columns - 1)));
  };
}

function closingLine(event: ProgressEvent): string {
  if (event.state === 'note') return `· ${event.text}\n`;
  return `${event.state === 'done' ? '✓' : '✗'} ${event.text} (${seconds(event.elapsedMs)})\n`;
}
