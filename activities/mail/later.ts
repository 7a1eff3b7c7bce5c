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
