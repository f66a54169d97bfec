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
  readonly pane: 'price' | 'own'
  readonly guides: readonly number[]
  readonly lines: readonly IndicatorLine[]
  readonly hidden: boolean
}

/** Value of a line at a candle: that of the last bar it stands for, as its close is. */
export function valueAt(values: Float64Array, candle: number, factor: number): number {
  return values[lastBar(candle, factor, values.length)] ?? Number.NaN
}
