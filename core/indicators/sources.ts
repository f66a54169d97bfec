import { type PriceSource, priceSources } from '../domain/price-source.ts'
import type { IndicatorDefinition } from './definition.ts'
import type { BarColumns } from './graph.ts'

/** How many series of the caller's choice a definition reads. */
export function freeInputs({ inputs }: IndicatorDefinition): number {
  return inputs.filter((input) => input === 'line').length
}

/** The series a definition reads: those that are named, then its standard ones that are not. */
export function sourceLines(
  definition: IndicatorDefinition,
  named: readonly PriceSource[],
  bars: BarColumns,
): Float64Array[] {
  const rest = [...definition.sources, ...priceSources].filter((source) => !named.includes(source))
  return [...named, ...rest].slice(0, Math.max(1, freeInputs(definition))).map((source) => sourceColumn(source, bars))
}

function sourceColumn(source: PriceSource, bars: BarColumns): Float64Array {
  const { open, high, low, close } = bars
  const mean = (...columns: readonly Float64Array[]) =>
    close.map((_, i) => columns.reduce((sum, column) => sum + (column[i] as number), 0) / columns.length)
  switch (source) {
    case 'hl2':
      return mean(high, low)
    case 'hlc3':
      return mean(high, low, close)
    case 'ohlc4':
      return mean(open, high, low, close)
    default:
      return bars[source]
  }
}
