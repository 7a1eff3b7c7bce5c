import type { JSX } from 'preact';
import { Chain } from '../view/chain.tsx';
import type { Lang } from '../view/lang.ts';
import { framed, Page } from '../view/page.tsx';
import { Button, ButtonLink, Card, Chip, Empty, Pagination } from '../view/parts.tsx';
import type { CardView } from '../view/read/cards.ts';
import type { Frame } from '../view/read/staff.ts';
import { Due } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { BoardPartView, BoardView, ColumnView, OneColumnView } from './model.ts';

const columnKey = {
  intake: 'intake',
  order: 'orderColumn',
  creative: 'creative',
  client: 'client',
  production: 'production',
  closing: 'closing',
} as const;

/** A job as a card: number, title, tiny chain, whose desk, which stage, due in words. */
export function JobCardView({ card, lang }: { card: CardView; lang: Lang }): JSX.Element {
  const t = words(lang, boardWords);
  return (
    <Card
      href={card.href}
      number={card.number ?? card.brand}
      title={card.title}
      late={card.late}
      chip={
        card.onHold ? (
          <Chip>{t('onHold')}</Chip>
        ) : card.withClient ? (
          <Chip tone="client">{t('withClient')}</Chip>
        ) : undefined
      }
    >
      {card.seals.length > 0 ? <Chain seals={card.seals} lang={lang} size="tiny" /> : null}
      <p class="card-line">
        <b>{card.holder}</b> · {card.stage}
      </p>
      {card.due ? (
        <p class="card-line">
          <Due due={card.due} />
        </p>
      ) : null}
    </Card>
  );
}

function Column({ column, lang }: { column: ColumnView; lang: Lang }): JSX.Element {
  const t = words(lang, boardWords);
  return (
    <section class={`column${column.cards.length === 0 ? ' column-empty' : ''}`} aria-labelledby={`col-${column.key}`}>
      <h2 id={`col-${column.key}`} class="column-head">
        {t(columnKey[column.key])}
        <span class="num muted">{column.count}</span>
      </h2>
      <div class="column-cards">
        {column.cards.map((card) => (
          <JobCardView card={card} lang={lang} />
        ))}
        {column.cards.length === 0 ? <p class="muted small column-none">{t('emptyColumn')}</p> : null}
        {column.more > 0 ? (
          <p class="small">
            <a href={column.href}>
              {t('moreCards', { n: column.more })}
              <span class="hidden"> · {t(columnKey[column.key])}</span>
            </a>
          </p>
        ) : null}
      </div>
    </section>
  );
}

/** The part of the board that refreshes itself: counts and columns. Nothing here can hold the focus of a form. */
export function BoardPart({ view }: { view: BoardPartView }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <div
      class="board-part"
      data-news={`${view.counts.late} ${t('lateCount')}, ${view.counts.withClient} ${t('clientCount')}, ${view.counts.open} ${t('openCount')}`}
    >
      <div class="board-top">
        <dl class="counts">
          <div class={view.counts.late > 0 ? 'count-late' : undefined}>
            <dd class="num">{view.counts.late}</dd>
            <dt>{t('lateCount')}</dt>
          </div>
          <div class={view.counts.withClient > 0 ? 'count-client' : undefined}>
            <dd class="num">{view.counts.withClient}</dd>
            <dt>{t('clientCount')}</dt>
          </div>
          <div>
            <dd class="num">{view.counts.open}</dd>
            <dt>{t('openCount')}</dt>
          </div>
        </dl>
        <p class="muted small">
          {t('order')} · {t('updated', { when: view.updated })}
        </p>
      </div>
      {view.counts.open === 0 ? (
        <Empty title={t('emptyBoard')}>
          <p>{t('emptyBoardText')}</p>
          <p>
            <ButtonLink href="/jobs/new" kind="ink">
              {t('newJob')}
            </ButtonLink>
          </p>
        </Empty>
      ) : (
        <div class="columns">
          {view.columns.map((column) => (
            <Column column={column} lang={view.lang} />
          ))}
        </div>
      )}
    </div>
  );
}

function Filters({ view }: { view: BoardView }): JSX.Element {
  const t = words(view.lang, boardWords);
  const choice = (
    name: 'brand' | 'owner',
    label: string,
    options: readonly { id: string; name: string }[],
  ): JSX.Element => (
    <label class="filter">
      <span>{label}</span>
      <select name={name}>
        <option value="">{t('all')}</option>
        {options.map((option) => (
          <option value={option.id} selected={view.filter[name] === option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
  const { shown } = view;
  const filtered = view.filter.brand !== '' || view.filter.owner !== '' || view.filter.late;
  return (
    <details class="fold filters" open={filtered}>
      <summary>{t('apply')}</summary>
      <form method="get" action="/" class="filters-form">
        {shown.kind === 'column' ? <input type="hidden" name="column" value={shown.key} /> : null}
        {choice('brand', t('brand'), view.brands)}
        {choice('owner', t('owner'), view.owners)}
        <label class="choice">
          <input type="checkbox" name="late" value="1" checked={view.filter.late} /> <span>{t('lateOnly')}</span>
        </label>
        <Button kind="plain">{t('apply')}</Button>
        {filtered ? (
          <ButtonLink href="/" kind="quiet">
            {t('clear')}
          </ButtonLink>
        ) : null}
        {shown.kind === 'board' ? (
          <ButtonLink href={shown.partHref.replace(/^\/board\/part/, '/')} kind="quiet">
            {t('reloadBoard')}
          </ButtonLink>
        ) : null}
      </form>
    </details>
  );
}

function Cards({ cards, lang }: { cards: readonly CardView[]; lang: Lang }): JSX.Element {
  return (
    <div class="found-cards">
      {cards.map((card) => (
        <JobCardView card={card} lang={lang} />
      ))}
    </div>
  );
}

function OneColumn({ column, lang }: { column: OneColumnView; lang: Lang }): JSX.Element {
  const t = words(lang, boardWords);
  return (
    <section class="found">
      <h2>
        {t(columnKey[column.key])} <span class="num muted">{column.count}</span>
      </h2>
      {column.cards.length === 0 ? <p class="muted">{t('emptyColumn')}</p> : <Cards cards={column.cards} lang={lang} />}
      <Pagination page={column.page} pages={column.pages} hrefOf={column.hrefOf} lang={lang} />
      <p>
        <ButtonLink href={column.boardHref}>{t('wholeBoard')}</ButtonLink>
      </p>
    </section>
  );
}

/** The board of the house, one of its columns, or what a search found. */
export function BoardPage({
  view,
  frame,
}: {
  view: BoardView;
  frame: Pick<Frame, 'viewer' | 'deskCount' | 'signOutValue'>;
}): JSX.Element {
  const { lang, shown } = view;
  const t = words(lang, boardWords);
  return (
    <Page
      {...framed({ ...frame, lang }, 'board')}
      title={t('title')}
      kind="wide"
      search={shown.kind === 'found' ? shown.q : ''}
      scripts={shown.kind === 'board' ? ['board'] : []}
    >
      <h1 class="hidden">{t('title')}</h1>
      {shown.kind === 'found' ? (
        <section class="found">
          <h2 class={shown.cards.length === 0 ? 'hidden' : undefined}>
            {shown.cards.length === 0
              ? t('foundNone', { q: shown.q })
              : t('found', { q: shown.q, n: shown.cards.length })}
          </h2>
          {shown.cards.length === 0 ? (
            <Empty title={t('foundNone', { q: shown.q })}>
              <p>{t('foundNoneText')}</p>
            </Empty>
          ) : (
            <Cards cards={shown.cards} lang={lang} />
          )}
          <p>
            <ButtonLink href="/">{t('wholeBoard')}</ButtonLink>
          </p>
        </section>
      ) : (
        <>
          <Filters view={view} />
          {shown.kind === 'column' ? (
            <OneColumn column={shown} lang={lang} />
          ) : (
            <>
              <p id="board-news" class="hidden" aria-live="polite" />
              <div id="board" data-part={shown.partHref}>
                <BoardPart view={shown} />
              </div>
            </>
          )}
          {view.demoJobs === undefined ? null : (
            <p class="demo-line small">
              <span class="muted">{t('demoHere', { n: view.demoJobs })}</span>{' '}
              <ButtonLink href="/demo" kind="quiet">
                {t('demoRemove')}
              </ButtonLink>
            </p>
          )}
        </>
      )}
    </Page>
  );
}
