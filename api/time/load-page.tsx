import type { JSX } from 'preact';
import { fitted } from '../view/fit.ts';
import { Empty, Pagination, Sheet } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { words } from '../view/words/index.ts';
import { hrefOfPage, TimePage } from './frame.tsx';
import type { LoadLine, LoadView } from './load-model.ts';
import { Rows, Side } from './tables.tsx';
import { timeWords } from './words.ts';

/** What lies on every desk now and what the next two weeks bring. */
export function LoadPage({ view, frame }: { view: LoadView; frame: Frame }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <TimePage page="load" frame={frame} brand={view.brand} brands={view.brands}>
      {view.lines.length === 0 ? (
        <Empty title={t('nothingOpen')}>
          <p>{t('nothingOpenText')}</p>
        </Empty>
      ) : (
        <>
          <Sheet class="stack">
            <p>{t('loadLead')}</p>
            <p class="time-legend">
              <span class="time-key time-key-agency">{t('nowKey')}</span>
              <span class="time-key time-key-late">{t('lateKey')}</span>
              <span class="time-key time-key-between">{t('comingKey')}</span>
            </p>
            <LoadPicture view={view} />
            <p class="muted small">
              {t('loadReckoned', { n: view.reckoned, all: view.jobs })}
              {view.nobody > 0 ? ` ${t('loadNobody', { n: view.nobody })}` : ''}
              {view.published === undefined ? '' : ` ${t('loadProvisional', { date: view.published })}`}
            </p>
          </Sheet>
          <Sheet id="numbers" title={t('loadTable')}>
            <LoadTable view={view} />
          </Sheet>
          <Pagination
            page={view.page}
            pages={view.pages}
            hrefOf={hrefOfPage('load', { brand: view.brand })}
            lang={lang}
          />
        </>
      )}
    </TimePage>
  );
}

const width = 1100;
const nameWidth = 210;
const nowWidth = 250;
const rowHeight = 40;
/** One thing on a desk is drawn no wider than this, or a single one looks like a heap. */
const widestThing = 36;

function LoadPicture({ view }: { view: LoadView }): JSX.Element {
  const t = words(view.lang, timeWords);
  const { lines } = view;
  const most = Math.max(1, ...lines.map(({ now }) => now));
  const fullest = Math.max(1, ...lines.flatMap(({ days }) => days.map(({ due, coming }) => due + coming)));
  const dayWidth = (width - nameWidth - nowWidth - 30) / Math.max(1, view.days.length);
  const dayX = (place: number): number => nameWidth + nowWidth + 30 + place * dayWidth;
  const height = 24 + lines.length * rowHeight;
  return (
    <div class="timeline" tabIndex={0} role="group" aria-label={t('loadPicture')}>
      <svg
        class="time-line"
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        width={width}
        height={height}
        role="img"
        aria-label={t('loadPicture')}
      >
        {view.days.map((day, place) => (
          <text class="tl-text" x={dayX(place) + dayWidth / 2} y={14} text-anchor="middle">
            {day}
          </text>
        ))}
        {lines.map((line, place) => (
          <LoadRow
            line={line}
            y={24 + place * rowHeight}
            scale={Math.min(widestThing, (nowWidth - 40) / most)}
            fullest={fullest}
            dayX={dayX}
            dayWidth={dayWidth}
          />
        ))}
      </svg>
    </div>
  );
}

function LoadRow(props: {
  line: LoadLine;
  y: number;
  /** Width of one thing on a desk. */
  scale: number;
  /** Most things of one day. */
  fullest: number;
  dayX: (place: number) => number;
  dayWidth: number;
}): JSX.Element {
  const { line, y, scale, fullest, dayX, dayWidth } = props;
  const calm = line.now - line.late;
  const bottom = y + rowHeight - 5;
  const one = (rowHeight - 12) / fullest;
  return (
    <g>
      <line class="tl-line" x1={0} x2={width} y1={y + rowHeight} y2={y + rowHeight} />
      <text class="tl-text time-strong" x={0} y={y + 17}>
        {fitted(line.name, 12.5, nameWidth - 14)}
      </text>
      <text class="tl-text" x={0} y={y + 32}>
        {fitted(line.titles, 12.5, nameWidth - 14)}
      </text>
      <rect class="time-late" x={nameWidth} y={y + 13} width={line.late * scale} height={14} rx={3} />
      <rect
        class={line.side === 'client' ? 'tl-client' : 'tl-agency'}
        x={nameWidth + line.late * scale}
        y={y + 13}
        width={Math.max(0, calm * scale)}
        height={14}
        rx={3}
      />
      <text class="tl-text time-strong" x={nameWidth + line.now * scale + 6} y={y + 25}>
        {line.now}
      </text>
      {line.days.map(({ due, coming }, place) => (
        <g>
          <rect class="tl-agency" x={dayX(place) + 8} y={bottom - due * one} width={dayWidth - 16} height={due * one} />
          <rect
            class="time-between"
            x={dayX(place) + 8}
            y={bottom - (due + coming) * one}
            width={dayWidth - 16}
            height={coming * one}
          />
        </g>
      ))}
    </g>
  );
}

function LoadTable({ view }: { view: LoadView }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <Rows
      label={t('loadTable')}
      heads={[
        { text: t('who') },
        { text: t('side') },
        { text: t('now'), number: true },
        { text: t('lateCount'), number: true },
        ...view.days.map((day) => ({ text: day, number: true })),
        { text: t('later'), number: true },
      ]}
    >
      <tbody>
        {view.lines.map((line) => (
          <tr>
            <td class="time-who">
              {line.name} <span class="muted small">{line.titles}</span>
            </td>
            <td>
              <Side side={line.side} lang={lang} />
            </td>
            <td class="num time-number">{line.now}</td>
            <td class={`num time-number${line.late > 0 ? ' late' : ''}`}>{line.late}</td>
            {line.days.map(({ due, coming }) => (
              <td class="num time-number">
                <span aria-hidden="true">{due + coming === 0 ? '–' : `${String(due)}+${String(coming)}`}</span>
                <span class="hidden">{t('dayCell', { due, coming })}</span>
              </td>
            ))}
            <td class="num time-number">{line.later}</td>
          </tr>
        ))}
      </tbody>
    </Rows>
  );
}
