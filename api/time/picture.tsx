import type { JSX } from 'preact';
import { fitted } from '../view/fit.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { whoseWords } from './job-read.ts';
import type { TimePicture, Whose } from './model.ts';
import { timeWords } from './words.ts';

const width = 1180;
const left = 196;
const right = 30;
const top = 34;
const laneHeight = 38;
const barHeight = 12;

/** What the colours of the picture mean; only those that occur. */
export function Legend({ whose, lang }: { whose: readonly Whose[]; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <p class="time-legend">
      {whose.map((one) => (
        <span class={`time-key time-key-${one}`}>{t(whoseWords[one])}</span>
      ))}
    </p>
  );
}

/**
 * A job's time as a picture drawn on the server: a lane a phase, along it the working time that passed. Whoever cannot
 * see it reads the same in the tables below.
 */
export function TimeLine({ picture, lang }: { picture: TimePicture; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  const x = (at: number): number => Math.round((left + at * (width - left - right)) * 10) / 10;
  const bottom = top + picture.lanes.length * laneHeight;
  const order: readonly Whose[] = ['agency', 'client', 'both', 'between', 'hold'];
  return (
    <>
      <Legend whose={order.filter((one) => picture.bars.some(({ whose }) => whose === one))} lang={lang} />
      <div class="timeline" tabIndex={0} role="group" aria-label={t('picture')}>
        <svg
          class="time-line"
          viewBox={`0 0 ${String(width)} ${String(bottom + 34)}`}
          width={width}
          height={bottom + 34}
          role="img"
          aria-label={t('picture')}
        >
          {picture.ticks.map(({ at, label }) => (
            <g>
              <line class="tl-line" x1={x(at)} x2={x(at)} y1={18} y2={bottom} stroke-dasharray="2 4" />
              <text class="tl-text" x={x(at)} y={bottom + 20} text-anchor="middle">
                {label}
              </text>
            </g>
          ))}
          {picture.lanes.map((lane, place) => {
            const y = top + place * laneHeight;
            return (
              <g>
                <line class="tl-line" x1={0} x2={width} y1={y + 26} y2={y + 26} />
                <text class="tl-text" x={0} y={y + 17}>
                  {fitted(lane, 12.5, left - 12)}
                </text>
              </g>
            );
          })}
          {picture.bars.map((bar) => (
            <Stretch
              whose={bar.whose}
              says={bar.says}
              x={x(bar.from)}
              y={top + bar.lane * laneHeight + 7}
              width={Math.max(2.5, x(bar.to) - x(bar.from))}
            />
          ))}
          {placedMarks(picture.marks.map((mark) => ({ ...mark, x: x(mark.at) }))).map((mark) =>
            mark.kind === 'revision' ? (
              <g>
                <path class="time-mark" d={`M${String(mark.x)} 26l5 -8h-10z`} />
                {mark.label === '' ? null : (
                  <text class="time-name" x={mark.x + 8} y={25}>
                    {mark.label}
                  </text>
                )}
              </g>
            ) : (
              <g>
                <title>{mark.label}</title>
                <rect class="time-mark" x={mark.x - 4} y={bottom - 35} width={20} height={20} rx={3} />
                <text class="time-seal" x={mark.x + 6} y={bottom - 20} text-anchor="middle">
                  档
                </text>
              </g>
            ),
          )}
        </svg>
      </div>
    </>
  );
}

/** Marks too near to each other share the name of the first; their triangles stay. */
function placedMarks<M extends { readonly x: number; readonly label: string }>(marks: readonly M[]): readonly M[] {
  let free = 0;
  return marks.map((mark) => {
    if (mark.x < free) return { ...mark, label: '' };
    free = mark.x + 34;
    return mark;
  });
}

function Stretch(props: { whose: Whose; says: string; x: number; y: number; width: number }): JSX.Element {
  const { whose, says, x, y, width: long } = props;
  if (whose === 'both') {
    return (
      <g>
        <title>{says}</title>
        <rect class="tl-agency" x={x} y={y} width={long} height={barHeight / 2} rx={2} />
        <rect class="tl-client" x={x} y={y + barHeight / 2} width={long} height={barHeight / 2} rx={2} />
      </g>
    );
  }
  return (
    <rect class={barClass[whose]} x={x} y={y} width={long} height={barHeight} rx={3}>
      <title>{says}</title>
    </rect>
  );
}

const barClass = {
  agency: 'tl-agency',
  client: 'tl-client',
  between: 'time-between',
  hold: 'time-hold',
} as const satisfies Record<Exclude<Whose, 'both'>, string>;
