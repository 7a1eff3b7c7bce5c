import type { Response } from 'express';
import { createContext, type ComponentChildren, type JSX, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { renderToString } from 'preact-render-to-string';
import { assetHref } from './assets.ts';
import { FormValue } from './parts.tsx';
import type { Lang } from './lang.ts';
import { otherLang } from './lang.ts';
import { words } from './words/index.ts';

/** Who looks at the page, as shown in the top bar. */
export interface Viewer {
  readonly name: string;
  /** Title in the language of the page. */
  readonly title?: string;
  /** How the reader proved who they are; a link cannot sign out. */
  readonly by: 'link' | 'session';
}

/** One entry of the main menu. */
export interface NavEntry {
  readonly key: string;
  readonly href: string;
  readonly label: string;
  readonly count?: number;
}

/** Everything the frame of a page needs. */
export interface PageProps {
  readonly lang: Lang;
  readonly title: string;
  readonly viewer?: Viewer;
  /** Name of the agency, which pages of a link carry instead of the product's: outside nobody knows the product. */
  readonly house?: string;
  /** Menu of staff pages; absent on pages of a link. */
  readonly nav?: readonly NavEntry[];
  /** Key of the menu entry this page is. */
  readonly current?: string;
  /** The words in the search box of the top bar; absent means no box. */
  readonly search?: string;
  /** Form value for signing out. */
  readonly signOutValue?: string;
  /** Names of client scripts under `api/assets/js`, without the ending. Pages work without them. */
  readonly scripts?: readonly string[];
  /** A class on the body, for the width and ground of a kind of page. */
  readonly kind?: 'reading' | 'wide' | 'approve';
  readonly children: ComponentChildren;
}

/** The mark of the house: a job bag with a seal on it. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path class="mark-bag" d="M3 7h18l-1.4 14H4.4z" />
      <path class="mark-line" d="M8.5 7V6a3.5 3.5 0 0 1 7 0v1" />
      <rect class="mark-seal" x="9" y="11" width="6" height="6" rx="1" />
    </svg>
  );
}

/** The menu of staff, the same on every staff page. `deskCount` is how many things wait on the viewer's desk. */
export function staffNav(lang: Lang, deskCount?: number): readonly NavEntry[] {
  const t = words(lang);
  return [
    { key: 'board', href: '/', label: t('board') },
    { key: 'desk', href: '/desk', label: t('desk'), count: deskCount },
    { key: 'newJob', href: '/jobs/new', label: t('newJob') },
    { key: 'meetings', href: '/meetings', label: t('meetings') },
    { key: 'time', href: '/late', label: t('time') },
    { key: 'people', href: '/people', label: t('people') },
    { key: 'clients', href: '/clients', label: t('clients') },
  ];
}

/** What stands around a staff page with the search in its top bar; `current` is the key of its menu entry. Goes into `Page` as it is. */
export function framed(
  frame: {
    readonly lang: Lang;
    readonly viewer: Viewer;
    readonly deskCount: number;
    readonly signOutValue: string;
  },
  current?: string,
): Pick<PageProps, 'lang' | 'nav' | 'current' | 'viewer' | 'search' | 'signOutValue'> {
  const { lang, viewer, deskCount, signOutValue } = frame;
  const here = current === undefined ? {} : { current };
  return { lang, viewer, signOutValue, nav: staffNav(lang, deskCount), search: '', ...here };
}

/** The query this page was asked for with, as it stood in its address. */
const AskedQuery = createContext('');

/** The address of the same page in another language: every other word of its query stays. */
function inLanguage(asked: string, language: Lang): string {
  const query = new URLSearchParams(asked);
  query.set('lang', language);
  return `?${query.toString()}`;
}

function TopBar(props: PageProps): JSX.Element {
  const t = words(props.lang);
  const asked = useContext(AskedQuery);
  const other = otherLang(props.lang);
  const staff = props.nav !== undefined;
  return (
    <header class={`top${staff ? ' top-staff' : ''}`}>
      <div class="top-in">
        {staff ? (
          <a class="brand" href="/">
            <Mark />
            <span>{t('product')}</span>
          </a>
        ) : (
          <span class="brand">
            <Mark />
            <span>{props.house ?? t('product')}</span>
          </span>
        )}
        {props.nav ? (
          <nav class="nav" aria-label={t('mainNav')}>
            {props.nav.map((entry) => (
              <a href={entry.href} aria-current={entry.key === props.current ? 'page' : undefined}>
                {entry.label}
                {entry.count ? <span class="count num">{entry.count}</span> : null}
              </a>
            ))}
          </nav>
        ) : null}
        {props.search === undefined ? null : (
          <form class="search" method="get" action="/" role="search">
            <label class="hidden" for="top-search">
              {t('search')}
            </label>
            <input
              id="top-search"
              type="search"
              name="q"
              value={props.search}
              placeholder={t('searchHint')}
              maxLength={80}
            />
          </form>
        )}
        <div class="who">
          {props.viewer ? (
            <span class="who-name">
              <b>{props.viewer.name}</b>
              {props.viewer.title ? <span class="who-title"> · {props.viewer.title}</span> : null}
            </span>
          ) : null}
          <a class="lang" href={inLanguage(asked, other)} hreflang={other} lang={other} rel="nofollow">
            {t('otherLanguage')}
          </a>
          {props.viewer?.by === 'session' && props.signOutValue ? (
            <form method="post" action="/sign-out">
              <FormValue value={props.signOutValue} />
              <button class="lang" type="submit">
                {t('signOut')}
              </button>
            </form>
          ) : null}
        </div>
      </div>
    </header>
  );
}

/** The frame of every page: language, title, skip link, top bar, main landmark. No inline style or script anywhere. */
export function Page(props: PageProps): JSX.Element {
  const t = words(props.lang);
  return (
    <html lang={props.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${props.title} · ${props.house ?? t('product')}`}</title>
        <link rel="icon" type="image/svg+xml" href={assetHref('icon.svg')} />
        <link rel="stylesheet" href={assetHref('app.css')} />
        {(props.scripts ?? []).map((name) => (
          <script type="module" src={assetHref(`${name}.js`)} />
        ))}
      </head>
      <body class={`page page-${props.kind ?? 'reading'}`}>
        <a class="skip" href="#main">
          {t('skip')}
        </a>
        <TopBar {...props} />
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
      </body>
    </html>
  );
}

/** A page or fragment as text; everything that is not written as markup in the source is escaped. */
export function html(node: VNode, options: { readonly fragment?: boolean } = {}): string {
  const text = renderToString(node);
  return options.fragment ? text : `<!doctype html>${text}`;
}

/**
 * Answers with a page. Personal pages are never cached; security headers are the app's. What the address of a page asked
 * for, a search for instance, stays when the language is changed; an address that failed or was posted to keeps nothing.
 */
export function sendPage(res: Response, node: VNode, status = 200): void {
  const asked = status === 200 && res.req.method === 'GET' ? (res.req.originalUrl.split('?')[1] ?? '') : '';
  const page = <AskedQuery.Provider value={asked}>{node}</AskedQuery.Provider>;
  res.status(status).type('html').set('Cache-Control', 'no-store').send(html(page));
}
