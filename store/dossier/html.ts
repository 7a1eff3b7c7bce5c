import type { FormDefinition } from '../../papers/form.ts';
import type { FormField } from '../../papers/fields.ts';
import { formFields } from '../../papers/fields.ts';

/** Escapes a text for HTML, in element and attribute alike. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

// A sealed page must read the same in thirty years: no script, no font, nothing fetched.
const STYLE =
  'body{font:15px/1.6 sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#222}' +
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.4em .6em;text-align:left;vertical-align:top}' +
  'th{width:14em;background:#f5f3ee;font-weight:600}td{white-space:pre-wrap;overflow-wrap:anywhere}code{font-size:.85em;overflow-wrap:anywhere}';

/** A whole page. `body` must be HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>\n<body><h1>${escapeHtml(title)}</h1>\n${body}\n</body></html>\n`;
}

/** A table of two columns. The second one must be HTML already. */
export function pairs(rows: readonly (readonly [label: string, html: string])[]): string {
  return `<table>${rows.map(([label, html]) => `<tr><th>${escapeHtml(label)}</th><td>${html}</td></tr>`).join('\n')}</table>`;
}

/** A table with a heading. Cells are plain text. */
export function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((one) => `<th>${escapeHtml(one)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table><tr>${head}</tr>\n${body}</table>`;
}

/** The content of a paper, field by field in the order of its form; what the form does not know comes after, by its key. */
export function contentHtml(form: FormDefinition | undefined, content: unknown): string {
  if (typeof content !== 'object' || content === null) return plain(content);
  const fields = form ? formFields(form) : [];
  const given = new Map(Object.entries(content));
  const known = fields.filter((field) => given.has(field.key));
  const unknown = [...given.keys()].filter((key) => !fields.some((field) => field.key === key));
  return pairs([
    ...known.map((field) => [`${field.zh} ${field.en}`, valueHtml(field, given.get(field.key))] as const),
    ...unknown.map((key) => [key, plain(given.get(key))] as const),
  ]);
}

function valueHtml(field: FormField, value: unknown): string {
  if (field.type === 'money' && typeof value === 'number') return escapeHtml(`¥${(value / 100).toFixed(2)}`);
  if (field.type === 'bool') return value === true ? '是 Yes' : '否 No';
  const option = field.options?.find((one) => one.value === value);
  if (option) return escapeHtml(`${option.zh} ${option.en}`);
  if (field.columns && Array.isArray(value)) {
    const columns = field.columns;
    const rows = value.map((row: unknown) =>
      columns.map((column) => {
        const cell = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[column.key] : row;
        return valueHtml(column, cell);
      }),
    );
    const head = columns.map((column) => `<th>${escapeHtml(`${column.zh} ${column.en}`)}</th>`).join('');
    return `<table><tr>${head}</tr>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
  }
  return plain(value);
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(plain).join('<br>');
  if (typeof value !== 'object') return '';
  return pairs(Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const));
}
