import { Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { msNumberToTs } from '@temporalio/common/lib/time.js';
import type { Config } from '../config/config.ts';
import { moveClockFile, offsetInFile } from '../config/clock.ts';

/** The clock of a time-skipping server. It runs with the machine's, at a distance that `sleep` makes longer. */
export interface SkippingClock {
  /** The server's time; milliseconds since 1970. */
  now(): Promise<number>;
  /**
   * Moves the server's clock by so many milliseconds, and everything that falls due on the way happens in its order; it
   * stands still for every task under way. Rejects when it has not come as far within `withinMs`.
   */
  sleep(ms: number, withinMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Differences below this are the journey of the question, not a moved clock; milliseconds. */
const journeyMs = 40;

/** Connects to the clock of a time-skipping server; rejects when none is there. */
export async function skippingClock(address: string): Promise<SkippingClock> {
  // The SDK speaks to this service only when a hidden option says so; its own test environment sets it the same way.
  const options: ConnectionOptions & { [InternalConnectionOptionsSymbol]: { supportsTestService: boolean } } = {
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const connection = await Connection.connect(options);
  const { testService } = connection;
  if (testService === undefined) throw new Error('the engine of a rehearsal must be the time-skipping server');
  return {
    async now() {
      const { time } = await testService.getCurrentTime({});
      return Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
    },
    async sleep(ms, withinMs) {
      await connection.withDeadline(Date.now() + withinMs, () =>
        testService.unlockTimeSkippingWithSleep({ duration: msNumberToTs(Math.round(ms)) }),
      );
    },
    close: () => connection.close(),
  };
}

/** Takes the server's time over into the file that moves all clocks of a rehearsal. */
export async function takeServerTime(clock: SkippingClock, file: string): Promise<void> {
  const offsetMs = (await clock.now()) - Date.now();
  const before = offsetInFile(file);
  if (before === undefined || Math.abs(offsetMs - before) > journeyMs) moveClockFile(file, offsetMs);
}

/** What a worker does in a rehearsal: the server holds its clock still for an activity, whose first question is what it shows. */
export async function joinRehearsal(
  config: Pick<Config, 'temporalAddress'>,
  file: string,
): Promise<{ takeTime(): Promise<void>; close(): Promise<void> }> {
  const clock = await skippingClock(config.temporalAddress);
  return { takeTime: () => takeServerTime(clock, file), close: () => clock.close() };
}
