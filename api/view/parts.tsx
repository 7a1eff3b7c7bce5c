import type { ComponentChildren, JSX } from 'preact';
import { formValueName } from './forms.ts';
import type { Lang } from './lang.ts';
import { words } from './words/index.ts';

/** Tones of chips and notices. Red (`late`) means late and nothing else; manila (`client`) is time that lies with the client. */
export type Tone = 'plain' | 'client' | 'late' | 'done' | 'law';

/** A small label. */
export function Chip({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }): JSX.Element {
  return <span class={`chip chip-${tone}`}>{children}</span>;
}

/** A sheet of paper on the desk: the ground of everything that belongs together. `title` becomes its heading. */
export function Sheet(props: {
  title?: ComponentChildren;
  id?: string;
  level?: 2 | 3;
  aside?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}): JSX.Element {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  const headingId = props.id ? `${props.id}-title` : undefined;
  return (
    <section class={`sheet ${props.class ?? ''}`} id={props.id} aria-labelledby={props.title ? headingId : undefined}>
      {props.title || props.aside ? (
        <header class="sheet-head">
          {props.title ? <Heading id={headingId}>{props.title}</Heading> : null}
          {props.aside ? <div class="sheet-aside">{props.aside}</div> : null}
        </header>
      ) : null}
      {props.children}
    </section>
  );
}

/** A card in a column or list: one link covers it, so the whole card is one target. */
export function Card(props: {
  href: string;
  number?: string;
  title: string;
  chip?: ComponentChildren;
  late?: boolean;
  level?: 2 | 3 | 4;
  children?: ComponentChildren;
}): JSX.Element {
  const Heading = props.level === 2 ? 'h2' : props.level === 4 ? 'h4' : 'h3';
  return (
    <article class={`card${props.late ? ' card-late' : ''}`}>
      <p class="card-head">
        <span class="num">{props.number ?? ''}</span>
        {props.chip}
      </p>
      <Heading class="card-title">
        <a href={props.href}>{props.title}</a>
      </Heading>
      {props.children}
    </article>
  );
}

/** One line of a facts list. An empty value is left out, so pages need not ask first. */
export interface Fact {
  readonly label: string;
  readonly value: ComponentChildren;
}

/** Facts as a definition list: label left, value right, stacked on narrow screens. */
export function Facts({ facts, class: own }: { facts: readonly Fact[]; class?: string }): JSX.Element {
  return (
    <dl class={`facts ${own ?? ''}`}>
      {facts
        .filter(({ value }) => value !== undefined && value !== null && value !== '')
        .map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** The row of buttons of a form. `fixed` keeps it at the bottom of the screen on phones; `lead` is the line above it. */
export function Actions({
  lead,
  fixed,
  children,
}: {
  lead?: ComponentChildren;
  fixed?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`actions${fixed ? ' actions-fixed' : ''}`}>
      <div class="actions-in">
        {lead ? <p class="actions-lead">{lead}</p> : null}
        <div class="actions-row">{children}</div>
      </div>
    </div>
  );
}

/** A button that submits its form. One `seal` or `ink` button a screen: the primary act, and it says what it does. */
export function Button(props: {
  kind?: 'seal' | 'ink' | 'plain' | 'quiet';
  name?: string;
  value?: string;
  form?: string;
  formaction?: string;
  disabled?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <button
      type="submit"
      class={`btn btn-${props.kind ?? 'plain'}`}
      name={props.name}
      value={props.value}
      form={props.form}
      formaction={props.formaction}
      disabled={props.disabled}
    >
      {props.children}
    </button>
  );
}

/** A link that looks like a button, for going somewhere; never for an act. */
export function ButtonLink({
  href,
  kind = 'plain',
  children,
}: {
  href: string;
  kind?: 'ink' | 'plain' | 'quiet';
  children: ComponentChildren;
}): JSX.Element {
  return (
    <a class={`btn btn-${kind}`} href={href}>
      {children}
    </a>
  );
}

/** The hidden form value that is the id of the decision; every form that POSTs carries one. */
export function FormValue({ value }: { value: string }): JSX.Element {
  return <input type="hidden" name={formValueName} value={value} />;
}

/** What became of something: received (kept, outcome open), accepted, refused, or a remark. Announced to screen readers. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: 'received' | 'accepted' | 'refused' | 'remark';
  title?: ComponentChildren;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'refused' ? 'alert' : 'status'}>
      {title ? <p class="notice-title">{title}</p> : null}
      {children}
    </div>
  );
}

/** A place where nothing lies, said kindly, with what one can do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <svg class="empty-bag" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
        <path class="bag-line" d="M8 14h32l-3 28H11zM17 14v-3a7 7 0 0 1 14 0v3" />
      </svg>
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** Links to the neighbouring pages of a long list; `hrefOf` makes the address of page n (from 1). */
export function Pagination({
  page,
  pages,
  hrefOf,
  lang,
}: {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  lang: Lang;
}): JSX.Element | null {
  if (pages <= 1) return null;
  const t = words(lang);
  return (
    <nav class="pagination" aria-label={t('pages')}>
      {page > 1 ? (
        <a class="btn btn-plain" rel="prev" href={hrefOf(page - 1)}>
          {t('previous')}
        </a>
      ) : (
        <span />
      )}
      <span class="num">{t('pageOf', { n: page, of: pages })}</span>
      {page < pages ? (
        <a class="btn btn-plain" rel="next" href={hrefOf(page + 1)}>
          {t('next')}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

/** One line of a history. `key` entries stand out; `when` is already in words. */
export interface HistoryEntry {
  readonly when: string;
  readonly instant?: string;
  readonly who?: string;
  readonly what: ComponentChildren;
  readonly kind?: 'sign' | 'back' | 'mail' | 'phase' | 'plain';
  readonly words?: string;
}

/** A history as an ordered list with a line down its side. */
export function History({ entries }: { entries: readonly HistoryEntry[] }): JSX.Element {
  return (
    <ol class="history">
      {entries.map((entry) => (
        <li class={`history-${entry.kind ?? 'plain'}`}>
          <p class="history-when">
            <time class="num" datetime={entry.instant}>
              {entry.when}
            </time>
            {entry.who ? <span>{entry.who}</span> : null}
          </p>
          <p>{entry.what}</p>
          {entry.words ? <blockquote>{entry.words}</blockquote> : null}
        </li>
      ))}
    </ol>
  );
}
