import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/** A mail whose time has not come: the engine tries again after `delayMs`, and nobody counts it as a fault. */
export function later(type: string, message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(50, Math.ceil(delayMs)),
  });
}

/** The shortest and the longest pause between two tries of a mail that the server does not take. */
const shortestPauseMs = 2_000;
const longestPauseMs = 15 * 60_000;
/** What cannot be reached here is the house's own store: it comes back soon, or nothing goes on anyway. */
const ownPauseMs = 5_000;

/**
 * A mail that the server did not take: the older it is, the longer the pause, a quarter of its age. The engine's own
 * count of tries must not tell: waiting for other requests counts there too, and a mail that had waited a minute would
 * pause a quarter of an hour after the first real fault.
 */
export function serverFault(why: string, ageMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'MailServer',
    message: why,
    nextRetryDelay: Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.ceil(ageMs / 4))),
  });
}

/** Any fault that says nothing of its next try: soon, for the same reason. */
export function soon(error: unknown): unknown {
  if (error instanceof ApplicationFailure) return error;
  const known = error instanceof Error ? error : new Error(String(error));
  return ApplicationFailure.create({
    type: known.name,
    message: known.message,
    nextRetryDelay: ownPauseMs,
    cause: known,
  });
}
