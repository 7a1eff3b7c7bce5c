import type { JobEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { JobPhase } from '../../../domain/job/state.ts';
import type { Actor, Refusal } from '../../../domain/process.ts';
import type { AnyJobAct } from '../../../domain/job/acts.ts';
import type { TimedEntry } from '../../../domain/time-kept/walk.ts';
import { Agency, bookUntil } from '../job/agency.ts';

/** An agency that keeps its log, and in which everything takes some time, so that jobs lie on desks over nights and weekends. */
export class Diary extends Agency {
  readonly entries: TimedEntry[] = [];
  /** How long everybody takes, and how much longer the client does; milliseconds. */
  pauseMs = 25 * 60_000;
  clientPauseMs = 0;

  override send(actor: Actor, act: AnyJobAct, id?: string): Refusal | undefined {
    this.now += this.pauseMs + (actor.kind === 'person' && actor.side === 'client' ? this.clientPauseMs : 0);
    return id === undefined ? super.send(actor, act) : super.send(actor, act, id);
  }

  /** The clock reaches a rung of the desk where a point lies. */
  climb(point: string, step: string, n: number): void {
    const { id, round, stays } = this.running(point);
    const rung = stays.find((stay) => stay.step === step)?.rungs.find((one) => one.n === n);
    if (!rung) throw new Error(`no rung ${String(n)}`);
    this.now = Math.max(this.now, Date.parse(rung.at));
    this.send({ kind: 'system', name: 'clock' }, { type: 'rung', circulation: id, round, step, n, kind: rung.kind });
  }

  protected override seen(event: JobEvent, effects: readonly JobEffect[]): void {
    super.seen(event, effects);
    const { seq } = this.state;
    const stamp = { at: this.at, receivedAt: this.at, commandId: `c${String(seq)}` };
    this.entries.push({ event, stamp: { seq, ...stamp, actor: { kind: 'system', name: 'shell' } } });
  }
}

/** A job played by the book up to a phase, with its log as the recorder would have kept it. */
export function diary(until: JobPhase): { readonly agency: Diary; readonly entries: readonly TimedEntry[] } {
  const agency = new Diary();
  bookUntil(until, agency);
  return { agency, entries: agency.entries };
}
