/**
 * A failure whose message is meant for the person at the terminal: what happened, then what to do about it.
 * Callers print the message alone; a stack trace would only hide the sentence.
 */
export class StackFailure extends Error {
  override readonly name = 'StackFailure';
}

/** The words of anything that was thrown, on one line. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return words.replace(/\s+/g, ' ').trim();
}
