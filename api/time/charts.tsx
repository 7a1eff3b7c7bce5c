import type { JSX } from 'preact';

/** One bar of a chart, made of parts laid behind each other. */
export interface ChartRow {
  readonly name: string;
  /** The amount in words, written behind the name. */
  readonly says: string;
  readonly parts: readonly { readonly kind: 'agency' | 'client'; readonly value: number }[];
}

/** Length of the longest bar in the units of the picture, whatever its width on the page. */
const longest = 1000;

/**
 * Bars, the longest as wide as the chart. Names stand above them as words of the page, not of the picture: they keep their
 * size on a phone and take a second line where they are long.
 */
export function BarChart({ label, rows }: { label: string; rows: readonly ChartRow[] }): JSX.Element {
  const sumOf = ({ parts }: ChartRow): number => parts.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(1, ...rows.map(sumOf));
  return (
    <div class="bar-chart" role="img" aria-label={label}>
      {rows.map((row) => (
        <div class="bar-row">
          <span>{row.name}</span>
          <span class="num muted">{row.says}</span>
          <Bar row={row} scale={longest / most} />
        </div>
      ))}
    </div>
  );
}

function Bar({ row, scale }: { row: ChartRow; scale: number }): JSX.Element {
  let x = 0;
  return (
    <svg
      class="bar"
      viewBox={`0 0 ${String(longest)} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {row.parts.map(({ kind, value }) => {
        const from = x;
        const long = value * scale;
        x += long;
        return (
          <rect
            class={kind === 'client' ? 'tl-client' : 'tl-agency'}
            x={from}
            y={0}
            width={value > 0 ? Math.max(4, long) : 0}
            height={10}
          />
        );
      })}
    </svg>
  );
}
