import type { JSX } from 'preact';

/** One bar of a chart, made of parts laid behind each other. */
export interface ChartRow {
  readonly name: string;
  /** The amount in words, written behind the name. */
  readonly says: string;
  readonly parts: readonly { readonly kind: 'agency' | 'client'; readonly value: number }[];
}

const width = 520;
const rowHeight = 40;

/** Bars, the longest as wide as the chart; names stand above them, so that long ones have room on a phone too. */
export function BarChart({ label, rows }: { label: string; rows: readonly ChartRow[] }): JSX.Element {
  const sumOf = ({ parts }: ChartRow): number => parts.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(1, ...rows.map(sumOf));
  const height = rows.length * rowHeight;
  return (
    <svg class="bar-chart" viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-label={label}>
      {rows.map((row, place) => {
        const y = place * rowHeight;
        let x = 0;
        return (
          <g>
            <text class="chart-text" x={0} y={y + 15}>
              {row.name.length > 44 ? `${row.name.slice(0, 43)}…` : row.name}
            </text>
            <text class="chart-text chart-number" x={width} y={y + 15} text-anchor="end">
              {row.says}
            </text>
            {row.parts.map(({ kind, value }) => {
              const from = x;
              const long = (value / most) * width;
              x += long;
              return (
                <rect
                  class={kind === 'client' ? 'tl-client' : 'tl-agency'}
                  x={from}
                  y={y + 22}
                  width={value > 0 ? Math.max(2, long) : 0}
                  height={10}
                  rx={2}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
