import type { Connection } from 'mongoose';
import type { JobEvent } from '../domain/job/events.ts';
import type { Head, JobState } from '../domain/job/state.ts';

/** A job right after one entry of its log, as this process folded it when the log had taken the entry. */
export interface FoldPoint {
  readonly state: JobState;
  readonly head: Head;
  readonly event: JobEvent;
}

/** What is remembered at most: jobs, and characters of their newest states; about 60 MB when both are full. */
export const foldMemoryLimits = { jobs: 500, characters: 12_000_000, pointsOfOneJob: 24 } as const;

interface Kept {
  readonly points: readonly FoldPoint[];
  readonly characters: number;
}

interface Memory {
  /** In order of use, the longest unused first. */
  readonly jobs: Map<string, Kept>;
  characters: number;
}

const memories = new WeakMap<Connection, Memory>();

function memoryOf(connection: Connection): Memory {
  const memory = memories.get(connection) ?? { jobs: new Map<string, Kept>(), characters: 0 };
  memories.set(connection, memory);
  return memory;
}

function forget(memory: Memory, processId: string): void {
  const kept = memory.jobs.get(processId);
  if (!kept) return;
  memory.jobs.delete(processId);
  memory.characters -= kept.characters;
}

function pointsOf(connection: Connection, processId: string): readonly FoldPoint[] {
  const memory = memoryOf(connection);
  const kept = memory.jobs.get(processId);
  if (!kept) return [];
  memory.jobs.delete(processId);
  memory.jobs.set(processId, kept);
  return kept.points;
}

/**
 * Remembers a job after entries that the log has taken, so that the next append and the mails about these entries need
 * not read it again. A help and never a truth: what is remembered is named by the hash of its entry, which names the
 * whole chain before it, so it can be missing but not outdated; and any process can go on without it. `characters` is
 * the length of the newest state's text.
 */
export function rememberFold(
  connection: Connection,
  processId: string,
  points: readonly FoldPoint[],
  characters: number,
): void {
  const memory = memoryOf(connection);
  const before = (memory.jobs.get(processId)?.points ?? []).filter(
    (old) => !points.some((point) => point.head.seq <= old.head.seq),
  );
  forget(memory, processId);
  memory.jobs.set(processId, { points: [...before, ...points].slice(-foldMemoryLimits.pointsOfOneJob), characters });
  memory.characters += characters;
  for (const oldest of memory.jobs.keys()) {
    if (memory.jobs.size <= foldMemoryLimits.jobs && memory.characters <= foldMemoryLimits.characters) break;
    forget(memory, oldest);
  }
}

/** The job right after exactly this head; undefined where this process does not remember it. */
export function foldRemembered(connection: Connection, processId: string, head: Head): FoldPoint | undefined {
  const point = pointsOf(connection, processId).find((one) => one.head.seq === head.seq);
  return point?.head.hash === head.hash ? point : undefined;
}

/** The job right after entry `seq`, which this process saw the log take; undefined where it does not remember it. */
export function foldRememberedAt(connection: Connection, processId: string, seq: number): FoldPoint | undefined {
  return pointsOf(connection, processId).find((one) => one.head.seq === seq);
}
