import { isInstant } from '../../../domain/instant.ts';

/** How the words beside a moment are called: `dueAt` and `dueInWords`, `since` and `sinceInWords`, `at` and `inWords`. */
function wordsOf(key: string): string {
  return key === 'at' ? 'inWords' : `${key.replace(/At$/, '')}InWords`;
}

/** The places of an answer where a moment stands without its words; when an entry was last changed is said to machines alone. */
export function unsaidMoments(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown, n) => unsaidMoments(one, `${path}[${String(n)}]`));
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value);
  const known = new Set(fields.flatMap(([key, one]) => (typeof one === 'string' && one !== '' ? [key] : [])));
  return fields.flatMap(([key, one]) => {
    const isMoment = typeof one === 'string' && isInstant(one) && key !== 'updatedAt';
    if (isMoment) return known.has(wordsOf(key)) ? [] : [`${path}.${key}`];
    return unsaidMoments(one, `${path}.${key}`);
  });
}
