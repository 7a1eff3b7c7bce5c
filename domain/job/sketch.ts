import type { Command, PersonActor, Stamp } from '../process.ts';
import type { JobEvent } from './events.ts';
import { evolveJob } from './evolve.ts';
import type { JobState } from './state.ts';

/**
 * What a decision is about to cause, folded as it grows, so that a later event can look at the state the earlier ones
 * made. The command's own state is never touched.
 */
export interface Sketch {
  readonly command: Command<unknown>;
  readonly state: JobState;
  readonly events: readonly JobEvent[];
  add(...events: readonly JobEvent[]): void;
}

/** Begins a sketch on a state. */
export function beginSketch(state: JobState, command: Command<unknown>): Sketch {
  let now = state;
  const events: JobEvent[] = [];
  return {
    command,
    get state() {
      return now;
    },
    events,
    add(...more) {
      for (const event of more) {
        now = evolveJob(now, event, stampOf(now, command));
        events.push(event);
      }
    },
  };
}

/** The stamp of the next event that a command causes. */
export function stampOf(state: Pick<JobState, 'seq'>, command: Command<unknown>): Stamp {
  return {
    seq: state.seq + 1,
    at: command.at,
    receivedAt: command.receivedAt,
    commandId: command.id,
    actor: command.actor,
  };
}

/** A command whose actor is a person. */
export type PersonCommand<A> = Command<A> & { readonly actor: PersonActor };
