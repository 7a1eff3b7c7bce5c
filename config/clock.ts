/** The one clock of a process: answers with the present moment as ISO-8601 in UTC with milliseconds (`domain/instant.ts`). */
export type Clock = () => string;

/** The machine's clock, moved by `offsetMs` (negative is back). Every limit, stamp and date of a process comes from it. */
export function clockWithOffset(offsetMs: number): Clock {
  return () => new Date(Date.now() + offsetMs).toISOString();
}
