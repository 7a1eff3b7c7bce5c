import type { Instant } from '../instant.ts';
import type { Verdict } from '../minutes/state.ts';

/** A desk that closed: who was asked there, who answered. */
export interface AskedStay {
  readonly side: 'agency' | 'client';
  readonly holders: readonly string[];
  readonly decidedBy: readonly string[];
  readonly dueAt?: Instant;
  readonly closedAt: Instant;
}

/** What minutes came to at the client: whom they asked, and every verdict, oldest first. */
export interface AskedMinutes {
  readonly confirmers: readonly string[];
  readonly verdicts: readonly Verdict[];
}

/** How one person answered what they were asked. */
export interface PersonAnswers {
  readonly personId: string;
  readonly side: 'agency' | 'client';
  /** Desks and minutes that asked this person and are over, however they ended. */
  readonly asked: number;
  readonly answered: number;
  /** Closed without an answer of anybody: withdrawn, cancelled, overtaken, or given up. */
  readonly unanswered: number;
  /** Of those, closed after their date. */
  readonly overdue: number;
  /** Minutes that count as agreed because nobody objected. */
  readonly deemed: number;
}

type Counts = { -readonly [K in keyof Omit<PersonAnswers, 'personId'>]: PersonAnswers[K] };

/**
 * Counts by person what was asked and how it ended since `from`, who left most without an answer first. Where somebody
 * else answered at a desk of several, the others owe nothing and are not counted there.
 */
export function answersOf(
  stays: readonly AskedStay[],
  minutes: readonly AskedMinutes[],
  from: Instant,
): readonly PersonAnswers[] {
  const people = new Map<string, Counts>();
  const of = (personId: string, side: 'agency' | 'client'): Counts => {
    const known = people.get(personId) ?? { side, asked: 0, answered: 0, unanswered: 0, overdue: 0, deemed: 0 };
    people.set(personId, known);
    return known;
  };
  for (const { side, holders, decidedBy, dueAt, closedAt } of stays) {
    for (const personId of holders) {
      const answered = decidedBy.includes(personId);
      if (!answered && decidedBy.length > 0) continue;
      const counts = of(personId, side);
      counts.asked += 1;
      if (answered) counts.answered += 1;
      else counts.unanswered += 1;
      if (!answered && dueAt !== undefined && dueAt < closedAt) counts.overdue += 1;
    }
  }
  for (const { confirmers, verdicts } of minutes) {
    for (const verdict of standing(verdicts).filter(({ at }) => at >= from)) {
      for (const personId of confirmers) {
        const counts = of(personId, 'client');
        counts.asked += 1;
        if (verdict.kind === 'deemed') counts.deemed += 1;
        else if (verdict.kind === 'unanswered') {
          counts.unanswered += 1;
          counts.overdue += 1;
        } else counts.answered += 1;
      }
    }
  }
  return [...people]
    .map(([personId, counts]) => ({ personId, ...counts }))
    .sort((a, b) => b.unanswered - a.unanswered || b.asked - a.asked || (a.personId < b.personId ? -1 : 1));
}

/** What each version came to in the end: a late signature takes the place of silence, and a bounce takes silence away. */
function standing(verdicts: readonly Verdict[]): readonly Verdict[] {
  const last = new Map<number, Verdict>();
  for (const verdict of verdicts) {
    if (verdict.kind === 'annulled') last.delete(verdict.version);
    else if (verdict.kind !== 'lateObjection') last.set(verdict.version, verdict);
  }
  return [...last.values()];
}
