import type { Content } from './form.ts';

/** Fields and columns of a form that are for the house alone. */
const insideOnly: Readonly<Record<string, readonly string[]>> = { 'F-10': ['floatDays', 'internalOnly'] };

/** Keys of the fields and columns of a form that nobody outside is shown. */
export function hiddenOutside(form: string): readonly string[] {
  return Object.hasOwn(insideOnly, form) ? (insideOnly[form] ?? []) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/**
 * A paper as the client is shown it, complete or not: of a timetable the outside version, without rows that are internal
 * only and without the float; every other paper as it is. The signature binds the whole version all the same.
 */
export function outsideContent(form: string, content: Content): Content {
  const hidden = hiddenOutside(form);
  if (hidden.length === 0) return content;
  const rows: readonly unknown[] = Array.isArray(content['rows']) ? content['rows'] : [];
  const shown = rows.filter(isRecord).filter((row) => row['internalOnly'] !== true);
  return {
    ...without(content, hidden),
    version: 'external',
    ...(Array.isArray(content['rows']) ? { rows: shown.map((row) => without(row, hidden)) } : {}),
  };
}
