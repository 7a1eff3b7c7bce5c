import type { ComponentChildren, JSX } from 'preact';
import type { Lang } from '../view/lang.ts';
import { framed, Page } from '../view/page.tsx';
import { Button, ButtonLink } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { words } from '../view/words/index.ts';
import { timeWords } from './words.ts';

/** The pages about time, in the order of their row of links. */
export const timePages = {
  late: { href: '/late', title: 'latePage' },
  load: { href: '/load', title: 'loadPage' },
  spent: { href: '/spent', title: 'spentPage' },
} as const satisfies Readonly<Record<string, { readonly href: string; readonly title: keyof typeof timeWords }>>;

/** One of them. */
export type TimePageKey = keyof typeof timePages;

/** The address of page n of one of them, narrowed as it is; the first page needs no number. */
export function hrefOfPage(
  page: TimePageKey,
  asked: Readonly<Record<string, string | number>>,
  anchor = '',
): (no: number) => string {
  return (no) => {
    const known = Object.entries({ ...asked, page: no === 1 ? '' : no }).filter(([, value]) => value !== '');
    const query = new URLSearchParams(known.map(([name, value]): [string, string] => [name, String(value)])).toString();
    return `${timePages[page].href}${query === '' ? '' : `?${query}`}${anchor}`;
  };
}

/** The frame of a page about time: its title, the row of links to the others, and the brand it is narrowed to. */
export function TimePage(props: {
  page: TimePageKey;
  frame: Frame;
  brand: string;
  brands: readonly { readonly id: string; readonly name: string }[];
  /** More of the form that narrows the page. */
  filter?: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  const { frame, page, brand } = props;
  const { lang } = frame;
  const t = words(lang, timeWords);
  const title = t(timePages[page].title);
  const query = brand === '' ? '' : `?brand=${encodeURIComponent(brand)}`;
  return (
    <Page {...framed(frame, 'time')} title={title} kind="wide">
      <div class="time-head">
        <h1>{title}</h1>
        <nav class="time-pages" aria-label={t('pages')}>
          {Object.entries(timePages).map(([key, one]) => (
            <a class="chip" href={one.href + query} aria-current={key === page ? 'page' : undefined}>
              {t(one.title)}
            </a>
          ))}
        </nav>
        <Narrow {...props} lang={lang} action={timePages[page].href} />
      </div>
      {props.children}
    </Page>
  );
}

/** The frame of a page about one job's time: its number, the way back, and its title. */
export function JobPage(props: {
  frame: Frame;
  lang: Lang;
  title: string;
  job: { readonly number?: string | undefined; readonly jobHref: string };
  children: ComponentChildren;
}): JSX.Element {
  const { frame, lang, title, job } = props;
  return (
    <Page {...framed(frame)} title={title} kind="wide">
      <header class="work-head">
        <p class="head-job">
          {job.number ? <span class="code">{job.number}</span> : null}
          <a href={job.jobHref}>{words(lang, timeWords)('backToJob')}</a>
        </p>
        <h1>{title}</h1>
      </header>
      {props.children}
    </Page>
  );
}

function Narrow({
  lang,
  action,
  brand,
  brands,
  filter,
}: {
  lang: Lang;
  action: string;
  brand: string;
  brands: readonly { readonly id: string; readonly name: string }[];
  filter?: ComponentChildren;
}): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <details class="fold time-filter" open={brand !== ''}>
      <summary>{t('narrow')}</summary>
      <form method="get" action={action} class="filters-form">
        <label class="filter">
          <span>{t('brand')}</span>
          <select name="brand">
            <option value="">{t('allBrands')}</option>
            {brands.map(({ id, name }) => (
              <option value={id} selected={id === brand}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {filter}
        <Button kind="plain">{t('narrow')}</Button>
        {brand === '' ? null : (
          <ButtonLink href={action} kind="quiet">
            {t('clear')}
          </ButtonLink>
        )}
      </form>
    </details>
  );
}
