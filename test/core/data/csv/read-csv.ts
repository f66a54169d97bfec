import { createBarParser, type ParsedBars } from '../../../../core/data/csv/bar-parser.ts'
import { inferRecipe } from '../../../../core/data/csv/infer-recipe.ts'
import type { CsvRecipe } from '../../../../core/data/csv/recipe.ts'

/** A recipe for `yyyy-MM-dd,open,high,low,close,volume` with a header, or a changed one. */
export function aRecipe(changes: Partial<CsvRecipe> = {}): CsvRecipe {
  return {
    separator: ',',
    encoding: 'utf-8',
    headerRows: 1,
    columns: { date: 0, time: null, open: 1, high: 2, low: 3, close: 4, volume: 5, openInterest: null },
    dateFormat: 'yyyy-MM-dd',
    decimal: '.',
    zone: 'UTC',
    stamp: 'day',
    interval: '1d',
    priceDivisor: 1,
    badRows: 'refuse',
    ...changes,
  }
}

export function infer(text: string, path = 'bars.csv') {
  return inferRecipe(text, { path, encoding: 'utf-8', whole: true })
}

/** Parses a text in pieces of `pieceBytes`. */
export function parse(text: string, recipe: CsvRecipe, pieceBytes = Number.POSITIVE_INFINITY): ParsedBars {
  const bytes = new TextEncoder().encode(text)
  const parser = createBarParser(recipe)
  for (let at = 0; at < bytes.length; at += pieceBytes) parser.push(bytes.subarray(at, at + pieceBytes))
  return parser.finish()
}

export const isoTimes = (times: Float64Array) => Array.from(times, (time) => new Date(time).toISOString().slice(0, 19))
