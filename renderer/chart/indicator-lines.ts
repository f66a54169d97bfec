import { lastBar } from './level-of-detail.ts'

/** One drawn output of an indicator, one value per bar; NaN while undefined. */
export interface IndicatorLine {
  readonly name: string
  readonly draw: 'line' | 'histogram' | 'dots'
  readonly values: Float64Array
  /** Position in the theme's series of colours. */
  readonly colour: number
}

/** An indicator on the chart with its values. */
export interface ShownIndicator {
  /** Identity on this chart. */
  readonly key: string
  /** `SMA 20`. */
  readonly title: string
  /** Of a run's strategy: what the line is; it cannot be changed here. */
  readonly about?: string
  readonly pane: 'price' | 'own'
  readonly guides: readonly number[]
  readonly lines: readonly IndicatorLine[]
  readonly hidden: boolean
  /** Decimals of its values in a pane of its own. */
  readonly decimals: number
}

/** Value of a line at a candle: that of the last bar it stands for, as its close is. */
export function valueAt(values: Float64Array, candle: number, factor: number): number {
  return values[lastBar(candle, factor, values.length)] ?? Number.NaN
}

/**
 * Values where a chart draws them: each `bars` later, negative: earlier (chikou, a turn told two bars after it). What
 * would lie beyond the last bar is not drawn.
 */
export function shifted(values: Float64Array, bars: number): Float64Array {
  if (bars === 0) return values
  const drawn = new Float64Array(values.length).fill(Number.NaN)
  if (bars < 0) drawn.set(values.subarray(-bars))
  else drawn.set(values.subarray(0, Math.max(0, values.length - bars)), Math.min(bars, values.length))
  return drawn
}

/** Values looked at to tell how large a line's figures are. */
const sampled = 500

/** Decimals that show three or four significant digits of values as large as these: 57.12, 0.439, 12,345. */
export function decimalsFor(columns: readonly Float64Array[]): number {
  let size = 0
  for (const values of columns) {
    const step = Math.max(1, Math.floor(values.length / sampled))
    for (let i = values.length - 1; i >= 0; i -= step) {
      const value = Math.abs(values[i] as number)
      if (value > size && Number.isFinite(value)) size = value
    }
  }
  if (size === 0 || (size >= 1 && size < 10_000)) return 2
  return size >= 10_000 ? 0 : Math.min(8, 2 - Math.floor(Math.log10(size)))
}

/** A value of an indicator, grouped and with a true minus; – while undefined. */
export function indicatorText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '–'
  const text = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text
}
