import type { JSX } from 'preact';
import { Chain, type Seal } from '../view/chain.tsx';
import { Page, staffNav } from '../view/page.tsx';
import type { Lang } from '../view/lang.ts';
import { Button, Card, Chip, Empty, FormValue, Notice, Pagination, Sheet } from '../view/parts.tsx';
import type { CardView } from '../view/read/cards.ts';
import type { Frame } from '../view/read/staff.ts';
import type { DeskCase } from './cases.ts';
import { Opinions, type DeskOpinion } from './opinions.tsx';
import { Due, type DueWords } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';

/** One thing that waits on a desk. */
export interface DeskItem {
  readonly href: string;
  readonly number?: string;
  readonly title: string;
  readonly point: string;
  readonly round: string;
  readonly seals: readonly Seal[];
  readonly due?: DueWords;
  readonly late: boolean;
  /** The newest rung of its ladder that was told to whoever holds it, and when. */
  readonly told?: string;
  readonly button: string;
}

/** A job of mine that lies with somebody else, and the desk that can be pressed for by hand. */
export interface DeskOut {
  readonly card: CardView;
  readonly nudge?: {
    readonly href: string;
    readonly circulation: string;
    readonly round: number;
    readonly step: string;
    readonly formValue: string;
  };
}

/** A line of a short list: where it leads, what it is, when. */
export interface DeskLine {
  readonly href: string;
  readonly title: string;
  readonly when: string;
}

/** My desk as it is shown. */
export interface DeskView {
  /** One page of what waits, due first, and how much waits altogether. */
  readonly waiting: readonly DeskItem[];
  /** Tasks, meetings and minutes that wait; on the first page only. */
  readonly cases: readonly DeskCase[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  readonly out: readonly DeskOut[];
  /** A reminder was just sent from here. */
  readonly nudged?: true;
  /** What clients said that could not wait; on the desks of directors alone. */
  readonly opinions?: readonly DeskOpinion[];
  readonly drafts: readonly DeskLine[];
  readonly done: readonly DeskLine[];
}

function Lines({ lines, none }: { lines: readonly DeskLine[]; none: string }): JSX.Element {
  if (lines.length === 0) return <p class="muted small">{none}</p>;
  return (
    <ul class="small-list">
      {lines.map((line) => (
        <li>
          <a href={line.href}>{line.title}</a> <span class="muted small num">{line.when}</span>
        </li>
      ))}
    </ul>
  );
}

function CaseCard({ one }: { one: DeskCase }): JSX.Element {
  return (
    <Card href={one.href} number={one.kind} title={one.title} late={one.late} level={2}>
      <div class="desk-item">
        <div>
          <p class="card-line">{one.about}</p>
          {one.due || one.day ? <p class="card-line">{one.due ? <Due due={one.due} /> : one.day}</p> : null}
        </div>
        <span class="btn btn-plain" aria-hidden="true">
          {one.button}
        </span>
      </div>
    </Card>
  );
}

function ItemCard({ item, lang }: { item: DeskItem; lang: Lang }): JSX.Element {
  return (
    <Card href={item.href} number={item.number} title={`${item.title} · ${item.point}`} late={item.late} level={2}>
      <div class="desk-item">
        <div>
          <Chain seals={item.seals} lang={lang} size="tiny" />
          <p class="card-line">{item.round}</p>
          {item.due ? (
            <p class="card-line">
              <Due due={item.due} />
            </p>
          ) : null}
          {item.told === undefined ? null : <p class="card-line muted small">{item.told}</p>}
        </div>
        <span class="btn btn-ink" aria-hidden="true">
          {item.button}
        </span>
      </div>
    </Card>
  );
}

/** Steps, tasks and whatever else waits in one list: what is late on top, then what has no date of its own, then by date. */
function cardsOf({ cases, waiting }: DeskView, lang: Lang): readonly JSX.Element[] {
  const found = [
    ...cases.map((one) => ({ late: one.late, at: one.due?.at ?? '', card: <CaseCard one={one} /> })),
    ...waiting.map((item) => ({
      late: item.late,
      at: item.due?.at ?? '9999',
      card: <ItemCard item={item} lang={lang} />,
    })),
  ];
  const place = ({ late, at }: (typeof found)[number]): string => `${late ? '0' : '1'}${at}`;
  return found.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0)).map(({ card }) => card);
}

/** One press and the holder has a mail; whether it is the hour for that, the job says. */
function NudgeButton(props: {
  nudge: NonNullable<DeskOut['nudge']>;
  /** The job, for who hears the button alone: every line of the list has one. */
  about: string;
  lang: Lang;
}): JSX.Element {
  const { nudge, about, lang } = props;
  const { href, circulation, round, step, formValue } = nudge;
  return (
    <form method="post" action={href}>
      <FormValue value={formValue} />
      <input type="hidden" name="circulation" value={circulation} />
      <input type="hidden" name="round" value={String(round)} />
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="back" value="desk" />
      <Button kind="quiet">
        {words(lang, boardWords)('nudge')}
        <span class="hidden"> · {about}</span>
      </Button>
    </form>
  );
}

/** The desk: what waits for me first, by due date; beside it what I sent out, my drafts, what I decided lately. */
export function DeskPage({
  view,
  frame,
}: {
  view: DeskView;
  frame: Pick<Frame, 'lang' | 'viewer' | 'deskCount' | 'signOutValue'>;
}): JSX.Element {
  const { lang } = frame;
  const t = words(lang, boardWords);
  const cards = cardsOf(view, lang);
  return (
    <Page
      lang={lang}
      title={t('deskTitle')}
      kind="wide"
      nav={staffNav(lang, frame.deskCount)}
      current="desk"
      viewer={frame.viewer}
      search=""
      signOutValue={frame.signOutValue}
    >
      <div class="desk">
        <section aria-labelledby="waits">
          <h1 id="waits">
            {t('waitsForMe')} <span class="muted num">{view.count}</span>
          </h1>
          {cards.length === 0 && view.count === 0 ? (
            <Sheet>
              <Empty title={t('nothingWaits')}>
                <p>{t('nothingWaitsText')}</p>
              </Empty>
            </Sheet>
          ) : (
            cards
          )}
          <Pagination
            page={view.page}
            pages={view.pages}
            hrefOf={(no) => (no === 1 ? '/desk' : `/desk?page=${String(no)}`)}
            lang={lang}
          />
        </section>
        <div>
          {view.nudged ? <Notice kind="accepted" title={t('nudged')} /> : null}
          {view.opinions ? <Opinions opinions={view.opinions} lang={lang} /> : null}
          <Sheet id="sent-out" title={t('sentOut')}>
            {view.out.length === 0 ? <p class="muted small">{t('sentOutNone')}</p> : null}
            <ul class="small-list">
              {view.out.map(({ card, nudge }) => (
                <li>
                  <a href={card.href}>{card.title}</a>{' '}
                  {card.withClient ? <Chip tone="client">{t('withClient')}</Chip> : null}
                  <p class="card-line">
                    {t('liesWith', { who: card.holder })} · {card.stage}
                  </p>
                  {card.due ? (
                    <p class="card-line small">
                      <Due due={card.due} />
                    </p>
                  ) : null}
                  {nudge ? <NudgeButton nudge={nudge} about={card.title} lang={lang} /> : null}
                </li>
              ))}
            </ul>
          </Sheet>
          <Sheet id="drafts" title={t('drafts')}>
            <Lines lines={view.drafts} none={t('draftsNone')} />
          </Sheet>
          <Sheet id="decided" title={t('decided')}>
            <Lines lines={view.done} none={t('none')} />
          </Sheet>
        </div>
      </div>
    </Page>
  );
}
