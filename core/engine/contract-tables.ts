import type { Market } from '../broker/market.ts'
import { type RollTable, rollColumns } from '../broker/roll-table.ts'
import { type ResultTable, recordsTable } from './result-table.ts'

/**
 * Fills of a run over continuous series with two more columns: the contract that was traded and what it cost there. The
 * price that every fill has is that of the series, where charts and orders have theirs.
 */
export function withContracts(fills: ResultTable, rolls: RollTable, markets: readonly Market[]): ResultTable {
  if (rolls.codes.length === 0) return fills
  const { instrument, time, price } = fills.columns
  const contract = new Float64Array(fills.rows)
  const contractPrice = new Float64Array(fills.rows)
  for (let row = 0; row < fills.rows; row++) {
    const market = markets[instrument?.[row] as number] as Market
    const at = market.spanAt(time?.[row] as number)
    const span = market.spans[at]
    contract[row] = span === undefined ? Number.NaN : rolls.codeOf(market, at)
    contractPrice[row] =
      span === undefined ? (price?.[row] as number) : market.commission.at(span).traded(price?.[row] as number)
  }
  const columns = { ...fills.columns, contract, contractPrice }
  return { ...fills, columns, texts: { ...fills.texts, contract: rolls.codes } }
}

/** Positions that were carried from one contract to the next; undefined where the run is over no continuous series. */
export function rollsTable({ rows, codes }: RollTable, symbols: readonly string[]): ResultTable | undefined {
  if (codes.length === 0) return undefined
  return recordsTable(rows, rollColumns, { instrument: symbols, from: codes, to: codes })
}
