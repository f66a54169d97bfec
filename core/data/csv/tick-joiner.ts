import { parseBarSpec } from '../../domain/bar-spec.ts'
import { createPeriods } from '../periods.ts'
import { zoneClock } from '../zone-offsets.ts'
import { joinPrint, putRow, type RowColumns, type RowValues } from './bar-columns.ts'
import type { CsvRecipe } from './recipe.ts'

/**
 * Joins prints into bars while they are read: a print belongs to the bar whose [open, close) holds its stamp. Prints of
 * an earlier bar than the last make a row of their own, which `finishBars` then reports as a repeated or late one.
 */
export function createTickJoiner(
  recipe: CsvRecipe,
  rows: RowColumns,
): (stamp: number, line: number, values: RowValues) => void {
  const periods = createPeriods(parseBarSpec(recipe.interval), zoneClock(recipe.zone))
  return (stamp, line, values) => {
    periods.seek(stamp)
    if (rows.length > 0 && rows.stamp[rows.length - 1] === periods.from) {
      joinPrint(rows, values)
      return
    }
    values.open = values.high = values.low = values.close
    putRow(rows, periods.from, line, values)
  }
}
