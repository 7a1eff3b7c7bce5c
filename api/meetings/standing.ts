import type { CaseDefinition, StateKey } from '../../domain/cases/definition.ts';
import type { Words } from '../../domain/process.ts';
import type { Tone } from '../view/parts.tsx';

const tones: Readonly<Partial<Record<StateKey, Tone>>> = {
  SENT: 'client',
  OBJECTED: 'law',
  CONFIRMED: 'done',
  FILED: 'done',
  MINUTED: 'done',
  CLOSED: 'done',
};

/** The state a case stands in as a chip: manila while it lies with the client, jade once it is confirmed. */
export function standingChip(
  definition: CaseDefinition | undefined,
  standing: StateKey,
): { readonly title: Words; readonly tone: Tone } {
  const title = definition?.states[standing]?.title ?? { zh: standing, en: standing };
  return { title, tone: tones[standing] ?? 'plain' };
}
