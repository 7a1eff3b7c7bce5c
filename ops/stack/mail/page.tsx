import { renderToString } from 'preact-render-to-string';
import type { ComponentChildren, VNode } from 'preact';
import type { MessageSummary } from './box.ts';
import type { MessageDetail, Person } from './message.ts';
import { wording } from './wording.ts';
import type { Lang, Wording } from './wording.ts';

/** What one page shows. */
export interface InboxPage {
  readonly lang: Lang;
  readonly q: string;
  readonly messages: readonly MessageSummary[];
  readonly total: number;
  /** The message being read; `missing` when its id leads nowhere. */
  readonly open?: MessageDetail | 'missing';
}

const SHOWN = 200;

/** The inbox as a document. Everything that came by mail is escaped by the renderer. */
export function renderInbox(page: InboxPage): string {
  return `<!doctype html>${renderToString(<Document page={page} />)}`;
}

function Document({ page }: { page: InboxPage }): VNode {
  const words = wording[page.lang];
  const reading = page.open !== undefined;
  return (
    <html lang={page.lang === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          {page.open === undefined || page.open === 'missing' ? words.title : page.open.subject || words.noSubject}
        </title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/inbox.css" />
        <script type="module" src="/inbox.js" />
      </head>
      <body>
        <div class={`frame ${reading ? 'reading' : 'listing'}`}>
          <Top page={page} words={words} />
          <nav class="side" aria-label={words.back}>
            <form class="find" role="search" action="/">
              <input type="search" name="q" value={page.q} placeholder={words.search} aria-label={words.search} />
              <input type="hidden" name="lang" value={page.lang} />
              <button>{words.find}</button>
            </form>
            <List page={page} words={words} />
          </nav>
          <main class="main">
            {page.open === undefined && <p class="pick">{words.pick}</p>}
            {page.open === 'missing' && <p class="pick">{words.missing}</p>}
            {typeof page.open === 'object' && <Message message={page.open} page={page} words={words} />}
          </main>
        </div>
      </body>
    </html>
  );
}

function address(page: InboxPage, id?: string, lang: Lang = page.lang): string {
  const query = new URLSearchParams({ ...(page.q === '' ? {} : { q: page.q }), lang });
  return `${id === undefined ? '/' : `/messages/${id}`}?${query.toString()}`;
}

function Top({ page, words }: { page: InboxPage; words: Wording }): VNode {
  const other: Lang = page.lang === 'zh' ? 'en' : 'zh';
  const id = typeof page.open === 'object' ? page.open.id : undefined;
  return (
    <header class="top">
      <h1>
        <a href={address({ ...page, q: '' })}>
          <i />
          {words.title}
        </a>
      </h1>
      <p>{words.about}</p>
      <a class="lang" href={address(page, id, other)} lang={other === 'zh' ? 'zh-CN' : 'en'}>
        {words.other}
      </a>
    </header>
  );
}

function List({ page, words }: { page: InboxPage; words: Wording }): VNode {
  const current = typeof page.open === 'object' ? page.open.id : '';
  return (
    <div id="list">
      <p class="count">{page.total > 0 ? words.count(page.total) : page.q === '' ? words.empty : words.nothing}</p>
      <ol class="list">
        {page.messages.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <a href={address(page, one.id)} {...(one.id === current ? { 'aria-current': 'true' as const } : {})}>
              <span class="row">
                <span>{one.to.join(', ')}</span>
                <Time iso={one.receivedAt} />
              </span>
              <div class="subject">{one.subject || words.noSubject}</div>
              <div class="preview">{one.preview}</div>
            </a>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Time({ iso }: { iso: string }): VNode {
  const at = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
  return <time dateTime={iso}>{text}</time>;
}

const who = (people: readonly Person[]): string =>
  people.map((one) => (one.name === '' ? one.address : `${one.name} <${one.address}>`)).join(', ');

function Message({ message, page, words }: { message: MessageDetail; page: InboxPage; words: Wording }): VNode {
  return (
    <article>
      <a class="back" href={address(page)}>
        ← {words.back}
      </a>
      <h2>{message.subject || words.noSubject}</h2>
      <dl>
        <dt>{words.from}</dt>
        <dd>{who([message.from])}</dd>
        <dt>{words.to}</dt>
        <dd>{message.to.length > 0 ? who(message.to) : message.envelopeTo.join(', ')}</dd>
        <dt>{page.lang === 'zh' ? '时间' : 'Received'}</dt>
        <dd>
          <Time iso={message.receivedAt} />
        </dd>
      </dl>
      {message.html !== '' && (
        <iframe
          title={words.html}
          src={`/messages/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerpolicy="no-referrer"
        />
      )}
      {message.html === '' && <pre>{message.text}</pre>}
      {message.links.length > 0 && (
        <Fold title={`${words.links} · ${message.links.length}`} open>
          <ul class="links">
            {message.links.map((link) => (
              <li key={link}>
                <a href={link} target="_blank" rel="noopener noreferrer">
                  {link}
                </a>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {message.html !== '' && message.text !== '' && (
        <Fold title={words.text}>
          <pre>{message.text}</pre>
        </Fold>
      )}
      {message.attachments.length > 0 && (
        <Fold title={`${words.attachments} · ${message.attachments.length}`}>
          <ul class="links">
            {message.attachments.map((one) => (
              <li key={one.filename}>{`${one.filename || one.mimeType} · ${Math.ceil(one.size / 1024)} KB`}</li>
            ))}
          </ul>
        </Fold>
      )}
      <Fold title={words.headers}>
        <table class="heads">
          <tbody>
            {message.headers.map((one, index) => (
              <tr key={index}>
                <td>{one.name}</td>
                <td>{one.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
      <a class="rawlink" href={`/api/messages/${message.id}/raw`}>
        {words.raw}
      </a>
    </article>
  );
}

function Fold({ title, open, children }: { title: string; open?: boolean; children: ComponentChildren }): VNode {
  return (
    <details open={open === true}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
