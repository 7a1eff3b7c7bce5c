import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  log as workflowLog,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Actor, Command, Effect, Process, Refusal, Stamp } from '../domain/process.ts';
import { isRefusal, refuse } from '../domain/process.ts';
import type { Outcome, SentCommand } from './messages.ts';
import { actSignal, actUpdate } from './messages.ts';

/** What every durable process carries for the shell itself, whatever it is about. */
export interface ShellState {
  readonly processId: string;
  readonly seq: number;
  readonly head: { readonly seq: number; readonly hash: string };
  /** Entry that answers each command; negative where the answer was no. */
  readonly seen: Readonly<Record<string, number>>;
  readonly effects: readonly Effect[];
}

/** One entry on its way to the log. */
interface Entry<E> {
  readonly stamp: Stamp;
  readonly event: E;
}

/** What an append came to: the new head, and by name what the effects that rode along found out; null where nothing. */
export interface Recorded<S extends ShellState, A> {
  readonly head: S['head'];
  readonly found: Readonly<Record<string, A | null>>;
  /** When the clock wakes the process for what it was told is due next; absent: at that moment. */
  readonly turnAt?: string;
}

/** When the clock wakes a process for what is due: at that moment, or later where very many fall due in its minute. */
export interface Turn {
  readonly dueAt: string;
  readonly at: string;
}

/** How one process is run: its pure core and the hands it has. */
export interface Casing<S extends ShellState, A, E extends { readonly type: string }, F extends Effect> {
  readonly process: Process<S, A, E, F>;
  /**
   * Appends entries behind the head and returns the new one. Effects that ride along are tried once in the same breath;
   * those that are not among the answers are carried out on their own. `dueAt` is what the clock does next, where no turn
   * was taken for it yet.
   */
  readonly record: (
    after: S['head'],
    entries: readonly Entry<E>[],
    along: readonly F[],
    dueAt?: string,
  ) => Promise<Recorded<S, A>>;
  /** Effects so quick that they may ride along with an append: one journey through the engine less for each. */
  readonly rides: (effect: F) => boolean;
  /** The entry an effect speaks about; it starts when that is in the log. 0 for effects that speak about none. */
  readonly speaksOf: (effect: F) => number;
  /** Carries out one effect; what it found out comes back as an act of the system. */
  readonly carry: (effect: F) => Promise<A | undefined>;
  /** Effects that may take hours without holding up the clock, e.g. a mail server that is down. */
  readonly patient: (effect: F) => boolean;
  /** The refusal that a late command turned out to meet, as an event. */
  readonly refusedEvent: (command: SentCommand<A>, refusal: Refusal) => E;
  readonly isOver: (state: S) => boolean;
  /** What an operator reads in the engine's own screens; called after every change. */
  readonly show: (state: S, changed: boolean) => string;
  readonly again: (state: S, turn: Turn | undefined) => Promise<never>;
  /** Whether this run is long enough that rest starts a fresh one. */
  readonly longEnough: () => boolean;
}

/** Entries of one append, and what rides along with it; keeps the activity's argument under its budget of 32 KB. */
const bytesOfOneAppend = 12_000;

/** How long a process that had ended listens when it is started again; longer than the door takes on both its roads. */
const listeningMs = 60_000;

/**
 * Runs a process durably. 1. Handlers stand before anything is awaited. 2. A command id counts once, also across runs.
 * 3. Every effect is in the state until it is confirmed, so the next run starts what is left. 4. Entries reach the log
 * one append after another. 5. At rest the process becomes a fresh run with its state alone, so a later release
 * reads state and never replays old rules. 6. One timer, for the nearest thing the clock must do; in a crowded minute each process has its turn.
 */
export async function runProcess<S extends ShellState, A, E extends { readonly type: string }, F extends Effect>(
  casing: Casing<S, A, E, F>,
  carried: S,
  carriedTurn?: Turn,
): Promise<S> {
  const { process } = casing;
  let state = carried;
  const running = new Set<string>();
  const left: SentCommand<A>[] = [];
  let recording = false;
  let changes = 0;
  let turn = carriedTurn;

  const now = (): string => new Date().toISOString();
  const isEntry = (effect: Effect): effect is Effect<'record', Entry<E>> => effect.kind === 'record';
  const outward = (effect: Effect): effect is F => effect.kind !== 'record';
  const isFree = (effect: F): boolean => !running.has(effect.name) && casing.speaksOf(effect) <= state.head.seq;

  const commit = (events: readonly E[], command: Command<A>): void => {
    for (const [place, event] of events.entries()) {
      const stamp = {
        seq: state.seq + 1,
        at: command.at,
        receivedAt: command.receivedAt,
        commandId: command.id,
        actor: command.actor,
        ...(place === 0 && command.links ? { links: command.links } : {}),
      };
      state = process.evolve(state, event, stamp);
      const entry: Effect<'record', Entry<E>> = {
        kind: 'record',
        name: `record/${stamp.seq}`,
        input: { stamp, event },
      };
      state = { ...state, effects: [...state.effects, entry, ...process.effects(state, event, stamp)] };
      changes += 1;
    }
    if (events.length > 0) setCurrentDetails(casing.show(state, true));
    launch();
  };

  // Ids come from outside: `constructor` is a name like any other.
  const seenAt = (id: string): number | undefined => (Object.hasOwn(state.seen, id) ? state.seen[id] : undefined);

  const settle = (sent: SentCommand<A>, late: boolean): Outcome => {
    const known = seenAt(sent.id);
    if (known !== undefined && known >= 0) return { accepted: true, seq: known, repeated: true };
    const command: Command<A> = { ...sent, at: now() };
    const events = process.decide(state, command);
    // Its refusal is recorded and mailed already; a repeat is told no again, whatever would be possible by now.
    if (known !== undefined)
      return { accepted: false, refusal: isRefusal(events) ? events : refuse('ALREADY_DECIDED') };
    if (!isRefusal(events)) {
      commit(events, command);
      return { accepted: true, seq: state.seq };
    }
    if (late) commit([casing.refusedEvent(sent, events)], command);
    return { accepted: false, refusal: events };
  };

  const report = (name: Extract<Actor, { kind: 'system' }>['name'], id: string, act: A): void => {
    const at = now();
    const command: Command<A> = { id, actor: { kind: 'system', name }, receivedAt: at, at, act };
    const events = process.decide(state, command);
    if (!isRefusal(events)) commit(events, command);
  };

  const confirmed = (name: string): void => {
    state = { ...state, effects: state.effects.filter((effect) => effect.name !== name) };
  };

  /** Effects that ride along with an append up to entry `seq`: those that wait for none, and those it lets begin. */
  const ridersOf = (seq: number): F[] => {
    let bytes = 0;
    return state.effects.filter(outward).filter((effect) => {
      if (!casing.rides(effect) || running.has(effect.name) || casing.speaksOf(effect) > seq) return false;
      bytes += JSON.stringify(effect).length;
      return bytes <= bytesOfOneAppend;
    });
  };

  const appendAll = async (): Promise<void> => {
    recording = true;
    for (;;) {
      const entries: Entry<E>[] = [];
      let bytes = 0;
      for (const effect of state.effects) {
        if (!isEntry(effect)) continue;
        bytes += JSON.stringify(effect.input).length;
        if (entries.length > 0 && bytes > bytesOfOneAppend) break;
        entries.push(effect.input);
      }
      const last = entries.at(-1);
      if (!last) break;
      const along = ridersOf(last.stamp.seq);
      for (const { name } of along) running.add(name);
      const dueAt = process.due(state)?.at;
      const fresh = dueAt !== turn?.dueAt ? dueAt : undefined;
      const { head, found, turnAt } = await casing.record(state.head, entries, along, fresh);
      if (fresh !== undefined) turn = { dueAt: fresh, at: turnAt ?? fresh };
      const done = last.stamp.seq;
      state = {
        ...state,
        head,
        effects: state.effects.filter((effect) => !isEntry(effect) || effect.input.stamp.seq > done),
      };
      for (const effect of along) {
        const answer = found[effect.name];
        running.delete(effect.name);
        if (answer !== undefined) answered(effect, answer ?? undefined);
        // Tried once is enough; the others have their entry in the log by now and are launched below.
        else if (ridesNext(effect)) void carryOut(effect);
      }
      // What waited for its entry may start now.
      launch();
    }
    recording = false;
    launch();
  };

  const answered = (effect: F, found: A | undefined): void => {
    running.delete(effect.name);
    confirmed(effect.name);
    if (found !== undefined) report(actorOf(effect.kind), effect.name, found);
  };

  const carryOut = async (effect: F): Promise<void> => {
    running.add(effect.name);
    answered(effect, await casing.carry(effect));
  };

  /** One that waits for no entry rides with the append that follows the one under way; the others had theirs. */
  const ridesNext = (effect: F): boolean => recording && casing.rides(effect) && casing.speaksOf(effect) === 0;

  const launch = (): void => {
    if (!recording && state.effects.some(isEntry)) void appendAll();
    for (const effect of state.effects) {
      if (outward(effect) && isFree(effect) && !ridesNext(effect)) void carryOut(effect);
    }
  };

  setHandler(actUpdate, (sent) => settle(sent as SentCommand<A>, false), {
    validator: (asked) => {
      const sent = asked as SentCommand<A>;
      if (!isSent(sent)) throw ApplicationFailure.nonRetryable('This is no command', 'BAD_COMMAND');
      if (seenAt(sent.id) !== undefined) return;
      const refusal = process.decide(state, { ...sent, at: now() });
      if (isRefusal(refusal))
        throw ApplicationFailure.create({
          message: refusal.code,
          type: refusal.code,
          details: [refusal],
          nonRetryable: true,
        });
    },
  });
  setHandler(actSignal, (asked) => {
    const sent = asked as SentCommand<A>;
    if (!isSent(sent)) {
      workflowLog.warn('A signal that is no command was dropped');
      return;
    }
    left.push(sent);
  });

  // A signal and an update that reach one task can come in another order when that task is replayed. So updates are
  // settled as they come and signals behind all of them: the same story both times, whatever the order.
  const hearSignals = async (): Promise<never> => {
    for (;;) {
      await condition(() => left.length > 0 && allHandlersFinished());
      try {
        for (let sent = left[0]; sent !== undefined; sent = left[0]) {
          settle(sent, true);
          left.shift();
        }
      } catch (error) {
        // This one kind of error would end the job. As any other it stops the task: the command waits, and counts
        // once a release without the fault is there.
        throw error instanceof TemporalFailure ? new Error(error.message) : error;
      }
    }
  };
  void hearSignals();

  const atRest = (): boolean => state.effects.length === 0 && !recording && left.length === 0 && allHandlersFinished();
  const dueForRest = (): boolean => changes > 0 && atRest() && casing.longEnough();
  const busy = (): boolean => recording || state.effects.some((effect) => !outward(effect) || !casing.patient(effect));

  launch();
  // A process that had ended is started again by the very command that reopens it: that one is heard before anything else.
  if (casing.isOver(carried)) await condition(() => changes > 0, listeningMs);
  for (;;) {
    await condition(() => !busy());
    if (atRest() && casing.isOver(state)) return state;
    if (dueForRest()) await casing.again(state, turn);
    const due = process.due(state);
    const seq = state.seq;
    const moved = (): boolean => state.seq !== seq || busy() || dueForRest();
    if (!due) {
      await condition(moved);
      continue;
    }
    const wakeAt = turn?.dueAt === due.at ? turn.at : due.at;
    const waitMs = Date.parse(wakeAt) - Date.now();
    // What is due already needs no timer; a signal that is there by then is heard before it.
    const dueNow = waitMs <= 0 && left.length === 0;
    if (dueNow || !(await condition(moved, Math.max(waitMs, 1)))) {
      report('clock', `clock/${seq}`, due.act);
      // A due act that changes nothing would come round at once; look again in a minute instead.
      if (state.seq === seq) await condition(moved, 60_000);
    }
  }
}

/** Whether what came in can be taken up or refused by name at all. */
function isSent(asked: unknown): boolean {
  if (typeof asked !== 'object' || asked === null) return false;
  const { id, actor, act, receivedAt } = asked as Partial<Record<keyof SentCommand<unknown>, unknown>>;
  const names = (what: unknown, key: string): boolean =>
    typeof what === 'object' && what !== null && typeof (what as Record<string, unknown>)[key] === 'string';
  return typeof id === 'string' && typeof receivedAt === 'string' && names(actor, 'kind') && names(act, 'type');
}

function actorOf(kind: string): Extract<Actor, { kind: 'system' }>['name'] {
  switch (kind) {
    case 'open':
    case 'mail':
    case 'number':
      return kind;
    case 'seal':
      return 'files';
    default:
      return 'shell';
  }
}
