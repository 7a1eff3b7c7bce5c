import type { WorkingSpan } from '../calendar/types.ts';
import type { Role } from '../people/roles.ts';
import type { Words } from '../process.ts';
import type { FormId } from '../wording/papers.ts';

/** Name of a state inside its definition, e.g. `AGENDA_SENT`. */
export type StateKey = string;
/** Name of a move inside its definition, e.g. `sendAgenda`. */
export type MoveKey = string;
/** Name of a clock inside its definition. */
export type ClockKey = string;
/** A part somebody plays in a case, e.g. `confirmer`, in lower case; titles are in upper case. `owner` always exists. */
export type Part = string;

/** Who acts or is written to: a part of the case, or a title of the house (`Role`) in the brand's team. */
export type Hand = string;

/** What is said of a part. */
export interface PartDefinition {
  readonly title: Words;
  readonly side: 'agency' | 'client' | 'both';
  /** How many people may have it; absent means any number. */
  readonly most?: number;
  /** May stay empty; every other part is filled when the case begins. */
  readonly optional?: true;
}

/** A mail that says what has happened, or asks. */
export interface Tell {
  /** Name of the mail's text. */
  readonly notice: string;
  /** Who gets it: people by their part, or holders of a title in the brand's team. */
  readonly to: readonly Hand[];
  /** It brings a link and waits for an answer; whether the mail server accepted it is reported back. */
  readonly asks?: true;
  /** The `report` move that is made when the mail server of one of those it asks accepted it. */
  readonly arrived?: MoveKey;
  /** The `report` move that is made when it could not be sent, or came back, and reached nobody else. */
  readonly lost?: MoveKey;
}

/** What a paper of the case must say before a move. */
export type FactDemand = { readonly form: FormId; readonly fact: string; readonly rule: string } & (
  | { readonly is: true }
  /** The fact is a list of people in which everybody of these parts is found. */
  | { readonly covers: readonly Part[] }
);

/** Where a case can stand. */
export interface StateDefinition {
  readonly title: Words;
  /** Nothing is waited for any more. A move may still lead out: the case is then taken up again. */
  readonly end?: true;
  /** Something counts as decided here: because somebody said so, or because nobody spoke. */
  readonly verdict?: 'said' | 'silent';
}

/** One way from state to state. */
export interface MoveDefinition {
  readonly title: Words;
  readonly from: readonly StateKey[];
  readonly to: StateKey;
  /** It leaves the case where it stands; `to` is then one of `from`. */
  readonly stays?: true;
  /** People with a part or a title who may make it; empty where the service makes it. */
  readonly by: readonly Hand[];
  /** Who makes it where no person does: a clock, the report of another part of the service, or a move it follows at once. */
  readonly service?: 'clock' | 'report' | 'follow';
  /** Moves whose maker may not make this one: nobody reviews their own work. */
  readonly apartFrom?: readonly MoveKey[];
  /** The paper it brings, complete, which becomes the newest version in the case. */
  readonly brings?: FormId;
  /** The paper it brings may still lack something. */
  readonly draft?: true;
  /** Papers that must lie in the case already. */
  readonly needs?: readonly FormId[];
  readonly facts?: readonly FactDemand[];
  /** The version it is about, named by its hash, or by the fact that names what the person was shown. */
  readonly about?: { readonly form: FormId; readonly fact?: string };
  /** Takes people for a part from a fact of the paper it brings. */
  readonly takes?: { readonly part: Part; readonly fact: string };
  /** Parts that may be filled anew with it. */
  readonly names?: readonly Part[];
  /** Parts in which somebody must be once it is made. */
  readonly fills?: readonly Part[];
  /** It is made in these states alone; in the others it comes from, this fact is what is missing. */
  readonly standing?: { readonly in: readonly StateKey[]; readonly fact: string };
  /** Checklists that must be done. */
  readonly lists?: readonly string[];
  /** A reason in words is mandatory. */
  readonly words?: true;
  /** It says when something happened; clocks of the case it begins count from there. */
  readonly when?: true;
  /** The move that follows at once. */
  readonly then?: MoveKey;
  readonly tells?: readonly Tell[];
  /** Kind of case it begins, about this one. */
  readonly begins?: string;
  /** The `report` move it makes in the case this one was begun by. */
  readonly informs?: MoveKey;
  /** The rule of the specification behind it. */
  readonly rule?: string;
}

/** One mark on a clock: when, and what happens then. Each is reached once. */
export interface RungDefinition {
  readonly when: { readonly after: WorkingSpan } | { readonly minutesBefore: number };
  readonly tells?: readonly Tell[];
  /** A `clock` move. */
  readonly move?: MoveKey;
  /** A mark that stays on the case, e.g. that the agenda was late. */
  readonly flag?: string;
}

/** A clock: in which states it runs, what it counts from, on whose calendar, and its marks. */
export interface ClockDefinition {
  readonly title: Words;
  readonly runsIn: readonly StateKey[];
  /**
   * `begin` counts once, from what the case began with; `entry` from coming into its states; `accepted` from the moment
   * the mail server accepted that asking mail; `fact` from the moment a paper names.
   */
  readonly from:
    | { readonly on: 'begin' | 'entry' }
    | { readonly on: 'accepted'; readonly notice: string }
    | { readonly on: 'fact'; readonly form: FormId; readonly fact: string };
  readonly calendar: 'office' | 'client';
  readonly rungs: readonly RungDefinition[];
  /** Place of the mark that is the limit, where those before it remind of it; absent: the first. */
  readonly limit?: number;
}

/** A kind of case as data: a table of states with who moves it, with which papers, and what the clock does (design §4). */
export interface CaseDefinition {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  /** Titles that may begin one; other processes may as well. */
  readonly by: readonly Role[];
  readonly parts: Readonly<Record<Part, PartDefinition>>;
  readonly first: StateKey;
  /** The paper it begins with, what that must say by then, and whom the beginning is told. */
  readonly opening?: { readonly brings: FormId; readonly says: readonly string[]; readonly tells: readonly Tell[] };
  readonly states: Readonly<Record<StateKey, StateDefinition>>;
  readonly moves: Readonly<Record<MoveKey, MoveDefinition>>;
  readonly clocks: Readonly<Record<ClockKey, ClockDefinition>>;
  /** Checklists by name: their items C-nn, ticked one by one. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** What the owner is told when an asking mail did not arrive. */
  readonly unreached: Tell;
}

/** Every tell of a move or of a mark on a clock. */
export function tellsOf(definition: CaseDefinition): readonly Tell[] {
  return [
    definition.unreached,
    ...(definition.opening?.tells ?? []),
    ...Object.values(definition.moves).flatMap((move) => move.tells ?? []),
    ...Object.values(definition.clocks).flatMap((clock) => clock.rungs.flatMap((rung) => rung.tells ?? [])),
  ];
}
