import type { JSX } from 'preact';
import { fitted } from './fit.ts';
import { words } from './words/index.ts';
import { timetableWords } from './words/timetable.ts';
import { langOfWords, type Lang } from './lang.ts';

/** One lane of the picture; places run from 0 to 1 along the calendar. */
export interface TimetableLane {
  readonly kind: 'stage' | 'node' | 'delivery';
  readonly label: string;
  /** What it says when somebody points at it. */
  readonly says: string;
  readonly base: readonly [number, number];
  readonly now?: readonly [number, number];
  /** Whose a move is. */
  readonly parts: readonly {
    readonly whose: 'client' | 'agency' | 'hold';
    readonly from: number;
    readonly to: number;
  }[];
  readonly reached: boolean;
}

/** A timetable as a picture. */
export interface TimetablePicture {
  readonly lanes: readonly TimetableLane[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Where today is, when it is in the picture. */
  readonly today?: number;
}

const width = 1120;
const left = 190;
const right = 26;
const top = 30;
const laneHeight = 34;

const x = (at: number): number => Math.round((left + Math.min(1, Math.max(0, at)) * (width - left - right)) * 10) / 10;

/** A diamond around a point. */
const diamond = (at: number, y: number, size: number): string =>
  `M${String(at)} ${String(y - size)}l${String(size)} ${String(size)}l-${String(size)} ${String(size)}l-${String(size)} -${String(size)}z`;

/** The picture of a timetable, drawn on the server. Whoever cannot see it reads the same in the tables below. */
export function TimetableChart({ picture, lang }: { picture: TimetablePicture; lang: Lang }): JSX.Element {
  const t = words(lang, timetableWords);
  const bottom = top + picture.lanes.length * laneHeight;
  const forecast = picture.lanes.some(({ now }) => now !== undefined);
  const label = t(forecast ? 'picture' : 'pictureOutside');
  const whose = new Set(picture.lanes.flatMap(({ parts }) => parts.map((part) => part.whose)));
  return (
    <>
      {forecast ? (
        <p class="time-legend">
          <span class="tt-key tt-key-base">{t('keyBase')}</span>
          <span class="tt-key tt-key-now">{t('keyNow')}</span>
          {whose.has('client') ? <span class="tt-key tt-key-client">{t('keyClient')}</span> : null}
          {whose.has('agency') ? <span class="tt-key tt-key-agency">{t('keyAgency')}</span> : null}
          {whose.has('hold') ? <span class="tt-key tt-key-hold">{t('keyHold')}</span> : null}
        </p>
      ) : null}
      <div class="timeline" tabIndex={0} role="group" aria-label={label}>
        <svg
          class="tt-chart"
          viewBox={`0 0 ${String(width)} ${String(bottom + 30)}`}
          width={width}
          height={bottom + 30}
          role="img"
          aria-label={label}
        >
          {picture.ticks.map(({ at, label: says }) => (
            <g>
              <line class="tl-line" x1={x(at)} x2={x(at)} y1={top - 10} y2={bottom} stroke-dasharray="2 4" />
              <text class="tl-text" x={x(at)} y={bottom + 20} text-anchor="middle">
                {says}
              </text>
            </g>
          ))}
          {picture.today === undefined ? null : (
            <g>
              <line class="tt-today" x1={x(picture.today)} x2={x(picture.today)} y1={top - 8} y2={bottom} />
              <text class="tt-today-name" x={x(picture.today)} y={top - 13} text-anchor="middle">
                {t('today')}
              </text>
            </g>
          )}
          {picture.lanes.map((lane, place) => (
            <Lane lane={lane} y={top + place * laneHeight} lang={lang} />
          ))}
        </svg>
      </div>
    </>
  );
}

function Lane({ lane, y, lang }: { lane: TimetableLane; y: number; lang: Lang }): JSX.Element {
  const middle = y + laneHeight / 2;
  return (
    <g>
      <title>{lane.says}</title>
      <line class="tl-line" x1={0} x2={width} y1={y + laneHeight} y2={y + laneHeight} />
      <text
        class={lane.kind === 'stage' ? 'tl-text' : 'tt-name'}
        x={0}
        y={middle + 4}
        lang={langOfWords(lane.label, lang)}
      >
        {fitted(lane.label, 12.5, left - 16)}
      </text>
      {lane.kind === 'stage' ? <StageBars lane={lane} middle={middle} /> : <Marks lane={lane} middle={middle} />}
    </g>
  );
}

function StageBars({ lane: { base, now }, middle }: { lane: TimetableLane; middle: number }): JSX.Element {
  const bar = ([from, to]: readonly [number, number], shape: string, y: number, height: number) => (
    <rect class={shape} x={x(from)} y={y} width={Math.max(2.5, x(to) - x(from))} height={height} rx={2.5} />
  );
  return now === undefined ? (
    bar(base, 'tt-stage', middle - 5, 10)
  ) : (
    <>
      {bar(base, 'tt-base', middle - 9, 8)}
      {bar(now, 'tt-stage', middle + 1, 8)}
    </>
  );
}

const moveClass = { client: 'tl-client', agency: 'tl-agency', hold: 'time-hold' } as const;

function Marks({
  lane: { base, now, parts, reached, kind },
  middle,
}: {
  lane: TimetableLane;
  middle: number;
}): JSX.Element {
  const size = kind === 'delivery' ? 8 : 6.5;
  const done = reached ? 'tt-mark tt-mark-done' : 'tt-mark';
  const at = now?.[0] ?? base[0];
  const movedAway = now !== undefined && Math.abs(now[0] - base[0]) > 0.001;
  return (
    <>
      {parts.map(({ whose, from, to }) => (
        <rect class={moveClass[whose]} x={x(from)} y={middle - 3} width={Math.max(1, x(to) - x(from))} height={6} />
      ))}
      {movedAway ? <path class="tt-mark-base" d={diamond(x(base[0]), middle, size)} /> : null}
      <path class={now === undefined && !reached ? 'tt-mark-base' : done} d={diamond(x(at), middle, size)} />
    </>
  );
}
