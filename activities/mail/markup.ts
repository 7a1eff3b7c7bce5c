/** A piece of HTML that is safe to send: made only by the `html` tag, which escapes whatever is put into it. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Part = Markup | string | number | undefined | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.source;
  if (typeof part === 'object') return part.map(escaped).join('');
  return String(part).replace(/[&<>"']/gu, (one) => entities[one] ?? one);
}

/** HTML with everything put into it escaped, unless it is markup itself. Lists are put in one behind the other. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((made, string, n) => made + escaped(parts[n - 1]) + string));
}

/** Words with their line breaks. */
export function lines(text: string): Markup {
  return new Markup(text.split('\n').map(escaped).join('<br>'));
}
