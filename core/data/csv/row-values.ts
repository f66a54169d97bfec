import type { RowValues } from './bar-columns.ts'
import type { RowFault } from './bar-rules.ts'
import { parseNumber, textOf } from './bytes.ts'
import type { CsvRecipe } from './recipe.ts'
import type { RowFields } from './row-scanner.ts'

const missingPattern = /^(|-|--|nan|null|none|n\/a|na|#n\/a)$/i
const infinitePattern = /^[+-]?inf(inity)?$/i
const noPrice: RowFault = { column: 'close', reason: 'no-price' }

/**
 * Reads a row's prices and sizes into `values`. Absent columns: open is the close, high and low enclose both, volume and
 * open interest are NaN. An empty size is NaN. A row without any price is `no-price`: nothing happened, nothing is wrong.
 */
export function createValueReader(
  recipe: CsvRecipe,
  fields: RowFields,
  values: RowValues,
): (bytes: Uint8Array) => RowFault | undefined {
  const { columns, priceDivisor } = recipe
  const decimal = recipe.decimal.charCodeAt(0)
  const ticks = recipe.shape === 'ticks'
  const prices = (['open', 'high', 'low', 'close'] as const).filter((name) => columns[name] !== null)
  const sizes = (['volume', 'openInterest'] as const).filter((name) => columns[name] !== null)
  const number = (bytes: Uint8Array, column: number) =>
    column < fields.count
      ? parseNumber(bytes, fields.starts[column] as number, fields.ends[column] as number, decimal)
      : Number.NaN
  const textAt = (bytes: Uint8Array, column: number) =>
    column < fields.count ? textOf(bytes, fields.starts[column] as number, fields.ends[column] as number) : ''

  const explain = (bytes: Uint8Array): RowFault => {
    const texts = prices.map((name) => textAt(bytes, columns[name] as number))
    if (texts.every((text) => missingPattern.test(text))) return noPrice
    const at = texts.findIndex((_, index) => Number.isNaN(number(bytes, columns[prices[index] as 'close'] as number)))
    const column = prices[at] as 'close'
    const text = texts[at] as string
    if (missingPattern.test(text)) return { column, reason: 'missing-price' }
    return { column, reason: infinitePattern.test(text) ? 'not-finite' : 'number' }
  }

  const readPrices = (bytes: Uint8Array): RowFault | undefined => {
    for (const name of prices) {
      const value = number(bytes, columns[name] as number)
      if (Number.isNaN(value)) return explain(bytes)
      values[name] = priceDivisor === 1 ? value : value / priceDivisor
    }
    return ticks && values.close === 0 ? noPrice : undefined
  }
  const readSizes = (bytes: Uint8Array): RowFault | undefined => {
    values.volume = values.openInterest = Number.NaN
    for (const name of sizes) {
      const value = number(bytes, columns[name] as number)
      const readable = !Number.isNaN(value) || missingPattern.test(textAt(bytes, columns[name] as number))
      if (!readable) return { column: name, reason: 'number' }
      values[name] = value
    }
    return undefined
  }
  return (bytes) => {
    const fault = readPrices(bytes)
    if (fault !== undefined) return fault
    if (columns.open === null) values.open = values.close
    if (columns.high === null) values.high = Math.max(values.open, values.close)
    if (columns.low === null) values.low = Math.min(values.open, values.close)
    return readSizes(bytes)
  }
}
