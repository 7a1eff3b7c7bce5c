import type { FormField } from './fields.ts';
import { formFields } from './fields.ts';
import { canonical, type Content, type FormDefinition } from './form.ts';
import { prune } from './prune.ts';

/** One field that two versions of a paper say differently. An absent side is undefined. */
export interface Change {
  readonly field: FormField;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The fields two versions differ in, in the order of the form. Empty exactly when both freeze to the same hash.
 * Throws ZodError when a side has not the shape of the form.
 */
export function diffPapers(form: FormDefinition, before: Content, after: Content): Change[] {
  const old = form.draftSchema.parse(prune(before, { emptyLists: 'drop' }));
  const now = form.draftSchema.parse(prune(after, { emptyLists: 'drop' }));
  return formFields(form).flatMap((field) => {
    const same = canonical([old[field.key] ?? null]) === canonical([now[field.key] ?? null]);
    return same ? [] : [{ field, before: old[field.key], after: now[field.key] }];
  });
}
