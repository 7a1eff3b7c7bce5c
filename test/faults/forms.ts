/** One form of a page, as a browser without JavaScript would send it. */
export interface PageForm {
  /** What is sent anyhow: hidden fields, and every question of the checklist answered with "passes". */
  readonly fields: ReadonlyMap<string, string>;
  /** Values that buttons and lists offer, by name of the field. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

const entities: readonly (readonly [string, string])[] = [
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
];

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined
    ? undefined
    : entities.reduce((text, [written, meant]) => text.replaceAll(written, meant), found);
}

/** The forms of a page. */
export function formsOf(page: string): PageForm[] {
  return [...page.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([html]) => {
    const fields = new Map<string, string>();
    const choices = new Map<string, string[]>();
    const offer = (name: string, value: string): unknown => choices.set(name, [...(choices.get(name) ?? []), value]);
    for (const [tag] of html.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const name = attribute(tag, 'name');
      const type = attribute(tag, 'type');
      const value = attribute(tag, 'value') ?? '';
      if (name === undefined) continue;
      if (type === 'hidden') fields.set(name, value);
      if (type === 'radio' && value === 'pass') fields.set(name, value);
      if (type === 'checkbox' && name === 'sample') fields.set(name, 'true');
      if (type === 'radio' || tag.startsWith('<button')) offer(name, value);
    }
    for (const [list, name] of html.matchAll(/<select\b[^>]*\sname="([^"]+)"[\s\S]*?<\/select>/g)) {
      for (const [tag] of list.matchAll(/<option\b[^>]*>/g)) {
        const value = attribute(tag, 'value') ?? '';
        if (value !== '' && name !== undefined) offer(name, value);
      }
    }
    return { fields, choices };
  });
}
