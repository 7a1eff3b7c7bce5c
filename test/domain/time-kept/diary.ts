import type { JobEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { JobPhase } from '../../../domain/job/state.ts';
import type { Actor, Refusal } from '../../../domain/process.ts';
import type { AnyJobAct } from '../../../domain/job/acts.ts';
import type { TimedEntry } from '../../../domain/time-kept/walk.ts';
import { Agency, bookUntil } from '../job/agency.ts';

const pauseMs = 25 * 60_000;

/** An agency that keeps its log, and in which everything takes some time, so that jobs lie on desks over nights and weekends. */
class Diary extends Agency {
  readonly entries: TimedEntry[] = [];

  override send(actor: Actor, act: AnyJobAct, id?: string): Refusal | undefined {
    this.now += pauseMs;
    return id === undefined ? super.send(actor, act) : super.send(actor, act, id);
  }

  protected override seen(event: JobEvent, effects: readonly JobEffect[]): void {
    super.seen(event, effects);
    const { seq } = this.state;
    const stamp = { at: this.at, receivedAt: this.at, commandId: `c${String(seq)}` };
    this.entries.push({ event, stamp: { seq, ...stamp, actor: { kind: 'system', name: 'shell' } } });
  }
}

/** A job played by the book up to a phase, with its log as the recorder would have kept it. */
export function diary(until: JobPhase): { readonly agency: Agency; readonly entries: readonly TimedEntry[] } {
  const agency = new Diary();
  bookUntil(until, agency);
  return { agency, entries: agency.entries };
}
