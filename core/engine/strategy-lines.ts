import { columnOf, displayOf, Line } from '../indicators/line.ts'
import type { InstrumentApi } from './instrument.ts'

/** A line that a strategy hung on an instrument, as a chart needs it. */
export interface StrategyLine {
  /** The strategy's word for it. */
  readonly name: string
  /** What it is, e.g. `sma(close, 30)`. */
  readonly title: string
  readonly pane: 'price' | 'own'
  readonly draw: 'line' | 'histogram' | 'points'
  readonly shift: number
  readonly guides: readonly number[]
  /** One value for each bar of the instrument, NaN where undefined. */
  readonly values: Float64Array<ArrayBuffer>
}

/** The lines hung on an instrument with `use`, in that order. */
export function strategyLines(instrument: InstrumentApi): StrategyLine[] {
  const closes = columnOf(instrument.close)
  return hung(instrument).map(([name, line]) => {
    const values = Float64Array.from(columnOf(line).subarray(0, closes.length))
    const { pane, draw, shift, guides } = displayOf(line) ?? {
      pane: looksLikePrice(values, closes) ? ('price' as const) : ('own' as const),
      draw: 'line' as const,
      shift: 0,
      guides: [],
    }
    return { name, title: line.name, pane, draw, shift, guides: [...guides], values }
  })
}

const barLines = new Set(['open', 'high', 'low', 'close', 'volume'])

function hung(instrument: InstrumentApi): [string, Line][] {
  return Object.entries(instrument).filter((entry): entry is [string, Line] => {
    return entry[1] instanceof Line && !barLines.has(entry[0])
  })
}

/** True when nearly all values are between half and twice the close of their bar. */
function looksLikePrice(values: Float64Array, closes: Float64Array): boolean {
  let known = 0
  let near = 0
  for (let i = 0; i < values.length; i++) {
    const ratio = (values[i] as number) / (closes[i] as number)
    if (Number.isNaN(ratio)) continue
    known++
    if (ratio > 0.5 && ratio < 2) near++
  }
  return known > 0 && near >= 0.95 * known
}
