import type { JSX } from 'preact';
import { fitted } from '../view/fit.ts';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { Lang } from '../view/lang.ts';
import type { StayView } from './model.ts';

const width = 780;
const left = 230;
const lane = 26;

/** Where the time went: a bar a stay on a desk, the agency's in ink, the client's in manila; the same as a table beside it. */
export function Timeline({ stays, lang }: { stays: readonly StayView[]; lang: Lang }): JSX.Element | null {
  const t = words(lang, boardWords);
  const first = stays[0];
  if (!first) return null;
  const from = Math.min(...stays.map(({ fromMs }) => fromMs));
  const span = Math.max(1, Math.max(...stays.map(({ untilMs }) => untilMs)) - from);
  const at = (ms: number): number => left + ((ms - from) / span) * (width - left - 10);
  const height = stays.length * lane + 12;
  return (
    <>
      <p class="legend" aria-hidden="true">
        <span>{t('agencyTime')}</span>
        <span class="legend-client">{t('clientTime')}</span>
      </p>
      <div class="timeline" tabIndex={0} role="group" aria-label={t('timeline')}>
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={t('timeline')}>
          {stays.map((stay, index) => {
            const y = index * lane + 8;
            return (
              <g>
                <line class="tl-line" x1={0} x2={width} y1={y + 20} y2={y + 20} />
                <text class="tl-text" x={0} y={y + 12}>
                  {fitted(stay.label, 12.5, left - 12)}
                </text>
                <rect
                  class={stay.side === 'client' ? 'tl-client' : 'tl-agency'}
                  x={at(stay.fromMs)}
                  y={y + 3}
                  width={Math.max(4, at(stay.untilMs) - at(stay.fromMs))}
                  height={11}
                  rx={3}
                >
                  <title>{`${stay.label}, ${stay.who}`}</title>
                </rect>
              </g>
            );
          })}
        </svg>
      </div>
      <details class="fold">
        <summary>{t('read')}</summary>
        <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('timeline')}>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">{t('step')}</th>
                <th scope="col">{t('holder')}</th>
                <th scope="col">{t('from')}</th>
                <th scope="col">{t('until')}</th>
              </tr>
            </thead>
            <tbody>
              {stays.map((stay) => (
                <tr>
                  <td>{stay.label}</td>
                  <td>{stay.who}</td>
                  <td class="num nowrap">{stay.from}</td>
                  <td class="num nowrap">
                    {stay.until ?? t('now')}
                    {stay.verdict ? ` · ${stay.verdict}` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
