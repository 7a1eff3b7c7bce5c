import type { HouseLetter } from '../../domain/people/letter.ts';

/** What letters of the house ask of the world. Safe to run twice; the key is the name of the letter. */
export interface LetterActivities {
  /** Sends one letter, or finds out what became of it; `moot` where what it would say is not so any more. */
  sendLetter(letter: HouseLetter): Promise<'sent' | 'failed' | 'moot'>;
}
