/** What an approver's page asks for, as a browser without JavaScript would send it back. */
export interface Form {
  readonly url: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly title: string;
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
};

/**
 * Opens a link as a person would and reads the form on the page. A program can be quicker than the read models are
 * written; then it looks again, as a person would press reload, for ten seconds at most.
 */
export async function openLink(url: string): Promise<Form> {
  for (let tries = 1; ; tries += 1) {
    const form = await readLink(url);
    if (form.fields.size > 0 || tries === 100) return form;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** One look at the page of a link, without waiting. */
export async function readLink(url: string): Promise<Form> {
  const answer = await fetch(url, { headers: { accept: 'text/html', 'accept-language': 'zh-CN' } });
  const page = await answer.text();
  // The page has a form for each thing a person can do; this one is where they sign or send back.
  const html =
    [...page.matchAll(/<form\b[\s\S]*?<\/form>/g)]
      .map(([form]) => form)
      .find((form) => form.includes('value="sign"')) ?? '';
  if (!answer.ok) throw new Error(`${answer.status} for a link out of the inbox`);
  const fields = new Map<string, string>();
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    if (!name) continue;
    if (type === 'hidden') fields.set(name, attribute(tag, 'value') ?? '');
    // The checklist: everything was looked at and passes.
    if (type === 'radio' && attribute(tag, 'value') === 'pass') fields.set(name, 'pass');
    if (type === 'checkbox' && name === 'sample') fields.set(name, 'true');
  }
  const title =
    /<h1[^>]*>([\s\S]*?)<\/h1>/
      .exec(page)?.[1]
      ?.replace(/<[^>]+>/g, '')
      .trim() ?? '';
  return { url, fields, title };
}

/** Presses a button of the form. Throws when the page does not answer with where to go on. */
export async function press(form: Form, more: Readonly<Record<string, string>>): Promise<void> {
  const body = new URLSearchParams(
    [...form.fields, ...Object.entries(more)].map(([name, value]): [string, string] => [name, value]),
  );
  for (const name of Object.keys(more)) {
    const all = body.getAll(name);
    if (all.length > 1) body.set(name, more[name] ?? '');
  }
  const answer = await fetch(form.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(form.url).origin,
      accept: 'text/html',
    },
    body,
  });
  if (answer.status !== 303 && answer.status !== 202) {
    const text = (await answer.text())
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    throw new Error(`${answer.status} when pressing ${more['verdict'] ?? ''}: ${text.slice(0, 400)}`);
  }
}
