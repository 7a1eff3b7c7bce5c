import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logging.ts';
import type { JobAnswers, Possibility } from '../domain/job/answers.ts';
import type { HouseLetter } from '../domain/people/letter.ts';
import type { Blobs } from '../store/blobs.ts';
import type { Keyrings } from '../store/keyring.ts';
import type { DoorAnswer } from './door/answer.ts';
import type { Wish } from './door/door.ts';
import type { Engine } from './door/engine.ts';
import type { Asked } from './door/queries.ts';
import type { Limiter } from './gate/limits.ts';
import type { Metrics } from './metrics.ts';
import type { CodeMail } from './session/code-mail.ts';
import type { Tracing } from './tracing.ts';

/** The one door, bound to its engine, clock and records. */
export interface Door {
  /** Sends one command; never throws (`api/door/door.ts`). */
  send(processId: string, wish: Wish): Promise<DoorAnswer>;
  /** Hands a letter of the house to the engine; false while it does not answer (`api/door/letters.ts`). */
  post(letter: HouseLetter): Promise<boolean>;
  /** The five answers from the process itself. */
  state(processId: string): Promise<Asked<JobAnswers>>;
  /** What may happen now, from the process itself. */
  possible(processId: string): Promise<Asked<readonly Possibility[]>>;
}

/** What every router of the API is given. Nothing else is shared between readers. */
export interface ApiDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: Connection;
  /** Files by their hash. */
  readonly blobs: Blobs;
  /** The house's keys: links, form values, cookies. */
  readonly keys: Keyrings;
  readonly engine: Engine;
  readonly door: Door;
  readonly limiter: Limiter;
  readonly metrics: Metrics;
  readonly codeMail: CodeMail;
  /** Absent where no collector is configured. */
  readonly tracing?: Tracing;
}
