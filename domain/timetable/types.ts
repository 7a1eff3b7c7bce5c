import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';

/** Moments of a job by which a key node is seen to be reached, in their order. */
export const milestones = [
  'orderAccepted',
  'proposal',
  'creativeApproval',
  'materialFinished',
  'delivery',
  'mediaStart',
] as const;

/** One of them. */
export type Milestone = (typeof milestones)[number];

/** A stage of a timetable. */
export interface PlannedStage {
  readonly stage: string;
  readonly owner: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
  /** Never shown outside. */
  readonly internalOnly: boolean;
}

/** A key node of a timetable; with a milestone the job itself shows that it is reached. */
export interface PlannedNode {
  readonly name: string;
  readonly date: LocalDate;
  readonly clientApproval: boolean;
  readonly milestone?: Milestone;
}

/** What a timetable (F-10) says. Every date is met when that day's business closes. */
export interface TimetablePlan {
  readonly stages: readonly PlannedStage[];
  readonly nodes: readonly PlannedNode[];
  /** Working days kept free before the delivery. */
  readonly floatDays: number;
  readonly deliveryDate: LocalDate;
}

/** A timetable that the client accepted; it stands until the client accepts another. */
export interface Baseline {
  readonly version: number;
  readonly hash: string;
  readonly acceptedAt: Instant;
  readonly deliveryDate: LocalDate;
  /** Who accepted it for the client; announcements go there. */
  readonly acceptedBy?: string;
  /** From when the job's clock counts it, where that is not from its acceptance: what had passed by then warns of nothing. */
  readonly countedFrom?: Instant;
}

/** A key node as the job's clock knows it. `at`: when its day closes. */
export interface NodeMoment {
  readonly name: string;
  readonly date: LocalDate;
  readonly at: Instant;
  readonly announceAt: Instant;
  readonly milestone?: Milestone;
}

/** A stage as the job's clock knows it: when which part of its time has passed. */
export interface StageMoment {
  readonly stage: string;
  readonly end: LocalDate;
  readonly warnings: readonly { readonly percent: number; readonly at: Instant }[];
}

/** The timetable in a job's state: what stands, what stood, and what the clock will do. */
export interface TimetableState {
  readonly baseline: Baseline;
  /** Baselines that held before, oldest first. */
  readonly earlier: readonly Baseline[];
  readonly nodes: readonly NodeMoment[];
  readonly stages: readonly StageMoment[];
  /** When the forecast is next looked at; absent while nothing can move it. */
  readonly lookAt?: Instant;
  /** What was announced or warned of, by its key. */
  readonly told: readonly string[];
  /** Nodes that a person marked as reached, by their key. */
  readonly done: Readonly<Record<string, Instant>>;
  /** When each milestone was first reached while a timetable stood. */
  readonly reached: Readonly<Partial<Record<Milestone, Instant>>>;
  /** The later date of delivery that the newest look found to be asked for; absent while none is. */
  readonly extension?: ExtensionDue;
}

/** Letters of a name that a job's clock keeps. */
const longestName = 60;

/** A name as a job's clock keeps it. */
export function shortName(name: string): string {
  const letters = [...name];
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : name;
}

/** The key of a node: what it is called and its date, so that a moved date is another thing to announce. */
export function nodeKey({ name, date }: { readonly name: string; readonly date: LocalDate }): string {
  return `${date} ${shortName(name)}`;
}

/** The key of a node in what was told. */
export const announcedKey = (node: { readonly name: string; readonly date: LocalDate }): string =>
  `node ${nodeKey(node)}`;

/** The key of a stage's warning in what was told. */
export const warnedKey = (
  { stage, end }: { readonly stage: string; readonly end: LocalDate },
  percent: number,
): string => `stage ${String(percent)} ${end} ${stage}`;

/** The keys of the two warnings of a whole baseline in what was told. */
export const floatKey = 'float';
export const extensionKey = 'extension';

/** How much of the delivery's move is whose, milliseconds of working time. */
export interface DelayParts {
  readonly clientMs: number;
  readonly agencyMs: number;
  readonly holdMs: number;
}

/** A later date of delivery that the client's delay asks for. */
export interface ExtensionDue {
  readonly oldDate: LocalDate;
  readonly newDate: LocalDate;
  /** What of the client's delay moves the delivery, milliseconds of working time. */
  readonly clientMs: number;
}
