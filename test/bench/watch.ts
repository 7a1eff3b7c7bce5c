import type { Connection } from 'mongoose';
import type { JobRow } from '../../store/jobs.ts';
import { jobTable } from '../../store/jobs.ts';
import { op } from '../../store/table.ts';

interface Waiting {
  readonly processId: string;
  readonly what: (row: JobRow) => boolean;
  readonly found: (row: JobRow) => void;
}

/** Longest anything of the bench waits for a job; then the bench fails instead of hanging. */
const patienceMs = 60_000;

/** Looks at jobs as pages do. One query for everybody who waits, so that looking costs the measured parts little. */
export class Watch {
  readonly #store: Connection;
  readonly #everyMs: number;
  readonly #waiting = new Set<Waiting>();
  #looking = false;

  constructor(store: Connection, everyMs: number) {
    this.#store = store;
    this.#everyMs = everyMs;
  }

  /** The job once it is so. */
  until(processId: string, what: (row: JobRow) => boolean): Promise<JobRow> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(one);
        reject(new Error(`${processId} never came to where the bench waited for it`));
      }, patienceMs);
      const one: Waiting = {
        processId,
        what,
        found: (row) => {
          clearTimeout(timer);
          resolve(row);
        },
      };
      this.#waiting.add(one);
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.size > 0) {
      const ids = [...new Set([...this.#waiting].map((one) => one.processId))];
      const rows = new Map(
        (
          await jobTable(this.#store)
            .find({ _id: op({ $in: ids }) })
            .lean<JobRow[]>()
        ).map((row) => [row._id, row]),
      );
      for (const one of this.#waiting) {
        const row = rows.get(one.processId);
        if (!row || !one.what(row)) continue;
        this.#waiting.delete(one);
        one.found(row);
      }
      if (this.#waiting.size > 0) await new Promise((wake) => setTimeout(wake, this.#everyMs));
    }
    this.#looking = false;
  }
}
