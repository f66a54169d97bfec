/** Small pictures of the report; colours are the window's tokens. */

const width = 420
const height = 190
const left = 50
const bottom = 18

interface ChartProps {
  /** Read aloud. */
  readonly label: string
  format(value: number): string
}

interface HistogramProps extends ChartProps {
  readonly bins: { readonly from: number; readonly width: number; readonly counts: readonly number[] }
}

/** Bars of equal width; those left of 0 in the colour of loss. */
export function Histogram({ bins, label, format }: HistogramProps) {
  const { from, counts } = bins
  const to = from + bins.width * counts.length
  const top = Math.max(1, ...counts)
  const x = scale(from, to, left, width - 10)
  const y = scale(0, top, height - bottom, 6)
  return (
    <Frame label={label} y={y} ticks={ticks(0, top)} format={String}>
      {counts.map((amount, bin) => {
        const start = from + bin * bins.width
        return (
          <rect
            key={start}
            className={start + bins.width / 2 < 0 ? 'is-loss' : 'is-profit'}
            x={x(start)}
            y={y(amount)}
            width={Math.max(0.5, x(start + bins.width) - x(start) - 1)}
            height={y(0) - y(amount)}
          />
        )
      })}
      <Below at={ticks(from, to)} x={x} format={format} />
    </Frame>
  )
}

interface ScatterProps extends ChartProps {
  readonly points: readonly { readonly x: number; readonly y: number; readonly won: boolean }[]
}

/** Points of two measures; winners are discs, losers rings, so that colour is not all that tells them apart. */
export function Scatter({ points, label, format }: ScatterProps) {
  const most = (read: (point: ScatterProps['points'][number]) => number) =>
    points.reduce((best, point) => Math.max(best, read(point)), 1e-9)
  const x = scale(
    0,
    most((point) => point.x),
    left,
    width - 10,
  )
  const y = scale(
    0,
    most((point) => point.y),
    height - bottom,
    6,
  )
  return (
    <Frame
      label={label}
      y={y}
      ticks={ticks(
        0,
        most((point) => point.y),
      )}
      format={format}
    >
      {points.map((point, at) => (
        <circle
          // Points have no identity but their order.
          key={at.toString()}
          className={point.won ? 'is-profit' : 'is-loss is-ring'}
          cx={x(point.x)}
          cy={y(point.y)}
          r={2.2}
        />
      ))}
      <Below
        at={ticks(
          0,
          most((point) => point.x),
        )}
        x={x}
        format={format}
      />
    </Frame>
  )
}

interface BandsProps extends ChartProps {
  /** Share of the way, ascending to 1. */
  readonly progress: readonly number[]
  /** From the lowest to the highest; the middle one is drawn as a line. */
  readonly bands: readonly (readonly (number | null)[])[]
}

/** Areas around a middle line. */
export function Bands({ progress, bands, label, format }: BandsProps) {
  const values = bands.flat().filter((value): value is number => value !== null)
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const x = scale(0, 1, left, width - 10)
  const y = scale(low, high > low ? high : low + 1, height - bottom, 6)
  const points = (band: readonly (number | null)[]) =>
    band.map((value, row) => `${x(progress[row] ?? 0)},${y(value ?? 1)}`)
  const middle = bands[Math.floor(bands.length / 2)] ?? []
  if (values.length === 0) return null
  return (
    <Frame label={label} y={y} ticks={ticks(low, high)} format={format}>
      {[0, 1].map((outer) => (
        <polygon
          key={outer}
          className="is-band"
          points={[...points(bands[outer] ?? []), ...points(bands.at(-1 - outer) ?? []).reverse()].join(' ')}
        />
      ))}
      <polyline className="is-line" points={points(middle).join(' ')} />
    </Frame>
  )
}

interface FrameProps extends ChartProps {
  readonly y: (value: number) => number
  readonly ticks: readonly number[]
  readonly children: React.ReactNode
}

function Frame({ label, y, ticks: at, format, children }: FrameProps) {
  return (
    <svg className="report-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {at.map((value) => (
        <g key={value}>
          <line className="is-grid" x1={left} x2={width - 4} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 3} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {children}
    </svg>
  )
}

interface BelowProps {
  readonly at: readonly number[]
  readonly x: (value: number) => number
  format(value: number): string
}

function Below({ at, x, format }: BelowProps) {
  return at.map((value) => (
    <text key={value} x={x(value)} y={height - 4} textAnchor="middle">
      {format(value)}
    </text>
  ))
}

/** Round numbers between two ends, about four. */
function ticks(low: number, high: number): number[] {
  const span = high - low
  if (!(span > 0)) return []
  const power = 10 ** Math.floor(Math.log10(span / 4))
  const step = ([1, 2, 5, 10].find((factor) => span / (factor * power) <= 5) ?? 10) * power
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, row) => (first + row) * step)
}

function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from)
  return (value) => start + (value - from) * factor
}
