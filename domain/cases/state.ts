import type { Instant } from '../instant.ts';
import type { Facts, Head } from '../job/state.ts';
import type { Effect } from '../process.ts';
import type { FormId } from '../wording/papers.ts';
import type { CalendarVersion } from './acts.ts';
import type { CaseDefinition, ClockKey, MoveKey, Part, StateKey } from './definition.ts';

/** A paper of the case at its newest version. */
export interface CasePaper {
  readonly form: FormId;
  readonly version: number;
  readonly hash: string;
  readonly facts: Facts;
  readonly by: string;
  readonly at: Instant;
}

/** A clock that runs. Its marks have no time until the calendar has answered. */
export interface RunningClock {
  readonly from: Instant;
  /** Entry that asked the calendar; an answer to an older question changes nothing. */
  readonly count: number;
  readonly rungs: readonly { readonly at?: Instant; readonly rangAt?: Instant }[];
  /** A date lies beyond the last published holiday list. */
  readonly provisional?: boolean;
  /** The change of a calendar it is being counted anew for. */
  readonly because?: CalendarVersion;
}

/** How an asking mail fared with one person. A mail that came back stays come back, whatever is heard of it later. */
export interface MailFate {
  readonly acceptedAt?: Instant;
  readonly failed?: true;
  readonly bouncedAt?: Instant;
  /** Who was asked instead, while the person is on leave. */
  readonly standInId?: string;
  /** Entry that asked once more, because leave began or ended, while nothing is known of that mail. */
  readonly again?: number;
}

/** The newest asking of one kind: the entry that sent it, and how it fared. */
export interface Asked {
  readonly sent: number;
  readonly people: Readonly<Record<string, MailFate>>;
}

/** Everything a case is. Plain JSON; the definition is pinned, so a case ends by the table it began with. */
export interface CaseState {
  readonly stateVersion: 1;
  readonly processId: string;
  readonly definition: CaseDefinition;
  readonly state: StateKey;
  readonly since: Instant;
  readonly title: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly ownerId: string;
  readonly jobId?: string;
  /** The case that began this one. */
  readonly origin?: string;
  /** What the first clocks count from, e.g. the end of the meeting. */
  readonly from: Instant;
  readonly parts: Readonly<Record<Part, readonly string[]>>;
  readonly papers: Readonly<Partial<Record<FormId, CasePaper>>>;
  /** Who made a move last. */
  readonly made: Readonly<
    Record<
      MoveKey,
      {
        readonly by?: string;
        readonly standInFor?: string;
        readonly at: Instant;
        /** When what it tells of happened; absent in what earlier releases kept. */
        readonly happenedAt?: Instant;
      }
    >
  >;
  readonly ticked: Readonly<
    Record<string, { readonly answer: 'pass' | 'na'; readonly by: string; readonly note?: string }>
  >;
  readonly clocks: Readonly<Record<ClockKey, RunningClock>>;
  readonly asked: Readonly<Record<string, Asked>>;
  /** Hand-overs of the brand that have reached the case. */
  readonly handedOver?: readonly string[];
  readonly flags: readonly string[];
  /** The newest version of each calendar that reached the case. */
  readonly refreshed?: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  readonly effects: readonly Effect[];
  readonly seq: number;
  readonly head: Head;
}

/** A case before anybody began it. */
export function initialCase(processId: string, definition: CaseDefinition): CaseState {
  return {
    stateVersion: 1,
    processId,
    definition,
    state: definition.first,
    since: '1970-01-01T00:00:00.000Z',
    title: '',
    clientId: '',
    brandId: '',
    ownerId: '',
    from: '1970-01-01T00:00:00.000Z',
    parts: {},
    papers: {},
    made: {},
    ticked: {},
    clocks: {},
    asked: {},
    flags: [],
    seen: {},
    effects: [],
    seq: 0,
    head: { seq: 0, hash: '' },
  };
}

/** Whether a case was ever begun. */
export function isBegun(state: Pick<CaseState, 'seq'>): boolean {
  return state.seq > 0;
}

/** Whether nothing is waited for any more. */
export function isOver(state: Pick<CaseState, 'seq' | 'state' | 'definition'>): boolean {
  return isBegun(state) && state.definition.states[state.state]?.end === true;
}

/** The people who have a part; the owner always has one. */
export function peopleOf(state: Pick<CaseState, 'parts' | 'ownerId'>, part: Part): readonly string[] {
  if (part === 'owner') return [state.ownerId];
  return Object.hasOwn(state.parts, part) ? (state.parts[part] ?? []) : [];
}
