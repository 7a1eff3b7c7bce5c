import type { PinnedLadders } from './circulation/own-ladders.ts';
import type { Reach } from './circulation/reach.ts';
import type { Route } from './circulation/types.ts';
import type { Instant } from './instant.ts';
import type { Heads } from './log/linked.ts';
import type { Role } from './people/roles.ts';
import type { RefusalCode } from './wording/refusals.ts';

/** A text in both languages of the house. Chinese is the first language of every form and page. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** How a person proved who they are: a personal link, a signed-in session, an API token, or a mail that came back. */
export type Proof = 'link' | 'session' | 'api' | 'mail';

/** A person who acts, as the door proved it. Roles are those the person holds at that moment. */
export interface PersonActor {
  readonly kind: 'person';
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly side: 'agency' | 'client' | 'outside';
  readonly proof: Proof;
  /** The absent person for whom this one acts; both names are shown. */
  readonly standInFor?: string;
  /** Commitment to the network address the command came from; the address itself lies beside the log (design §7). */
  readonly network?: string;
}

/** A part of the service that reports what it found out: a holder, an accepted mail, a limit that passed. */
export interface SystemActor {
  readonly kind: 'system';
  readonly name: 'shell' | 'open' | 'mail' | 'clock' | 'number' | 'files' | 'tell' | 'operator';
}

/** Whoever stands behind a command. */
export type Actor = PersonActor | SystemActor;

/**
 * One wish to change a process. `id` makes it count once, whatever road it takes and however often.
 * `receivedAt` is stamped by the door when it arrived and is what limits are compared with;
 * `at` is when the process took it up.
 */
export interface Command<A> {
  readonly id: string;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  readonly at: Instant;
  readonly act: A;
  /** Heads of the chains this job is linked with, as they stood when the command came; the first entry takes them in. */
  readonly links?: Heads;
  /** Routes the house has drawn itself that this command may send a paper round; the door adds the newest (design §3). */
  readonly routes?: readonly Route[];
  /** Ladders of the house's own, which a job takes with it when it starts; the door adds the newest of each (M-22). */
  readonly ladders?: PinnedLadders;
  /** When the desk that is pressed for may be, as the calendar said when the command came. */
  readonly reach?: Reach;
}

/**
 * A clear no: a stable code, the field it is about, and what the sentence needs to say it well.
 * `params` hold values a person may read (names of fields, roles, counts); the sentence itself is in `wording/`.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number | readonly string[]>>;
  /** The rule of the specification behind the no, e.g. `R-36`. */
  readonly rule?: string;
}

/** Makes a refusal. */
export function refuse(
  code: RefusalCode,
  more: { field?: string; params?: Refusal['params']; rule?: string } = {},
): Refusal {
  return { refused: true, code, ...more };
}

/** Tells a refusal from anything else a decision can return. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
}

/** The next thing a process must do by itself, and when. */
export interface Due<A> {
  readonly at: Instant;
  readonly act: A;
}

/**
 * Work outside the process that an event asks for. The name makes doing it twice harmless: it holds the process,
 * what it is about and the round, never the number of an attempt.
 */
export interface Effect<K extends string = string, I = unknown> {
  readonly name: string;
  readonly kind: K;
  readonly input: I;
}

/** A durable process as plain functions; one thin shell runs any of them. */
export interface Process<S, A, E, F extends Effect> {
  /** What a command would cause, or why not. Asks only the state, so it also serves pages that show what is possible. */
  decide(state: S, command: Command<A>): readonly E[] | Refusal;
  /** The state after an event. Total: an event that was once accepted can always be folded again. */
  evolve(state: S, event: E, stamp: Stamp): S;
  /** The nearest thing the process must do by itself: a rung, a window that closes, a second look. */
  due(state: S): Due<A> | undefined;
  /** What an event asks of the world. `state` is the one after the event. */
  effects(state: S, event: E, stamp: Stamp): readonly F[];
}

/** When and through whom an event came to be; stands beside the event in the log. */
export interface Stamp {
  readonly seq: number;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly commandId: string;
  readonly actor: Actor;
  /** Heads of linked chains, on the first entry of a command that brought them (design §7). */
  readonly links?: Heads;
}
