import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HistoryAndWorkflowId } from '@temporalio/client';
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;

/*
 * The SDK's own historyToJSON and historyFromJSON fail in this version (they meet two copies of protobufjs), so the
 * message's own conversion is used: names of enums, bytes in base64, long numbers as text.
 */

/** A history as plain JSON. */
export function toPlain(history: proto.temporal.api.history.v1.IHistory): Record<string, unknown> {
  return History.toObject(History.fromObject(history), { longs: String, bytes: String, enums: String });
}

/** Where recorded histories lie. */
export const historiesFolder = fileURLToPath(new URL('./histories/', import.meta.url));

/** One behaviour as it was recorded: every run of one job, oldest first, in the engine's own JSON. */
export interface Recorded {
  readonly behaviour: string;
  /** Release whose workflow code made it. */
  readonly release: string;
  /** How payloads lie in it: readable, so no key is needed. */
  readonly converter: 'plain';
  readonly workflowId: string;
  readonly runs: readonly Record<string, unknown>[];
}

/** All behaviours that were ever recorded. */
export function recordedBehaviours(): readonly Recorded[] {
  return readdirSync(historiesFolder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(`${historiesFolder}${file}`, 'utf8')) as Recorded);
}

/** One behaviour by its name and release. Throws when it was never recorded. */
export function recordedBehaviour(behaviour: string, release: string): Recorded {
  const found = recordedBehaviours().find((one) => one.behaviour === behaviour && one.release === release);
  if (!found) throw new Error(`${behaviour} was not recorded for ${release}`);
  return found;
}

/** The runs of a behaviour as the replayer takes them; a run's place in the chain is its name. */
export function runsOf(recorded: Recorded): HistoryAndWorkflowId[] {
  return recorded.runs.map((history, n) => ({
    workflowId: `${recorded.behaviour}-${recorded.release}-run${n + 1}`,
    history: History.fromObject(history),
  }));
}
