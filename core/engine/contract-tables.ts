import type { Market } from '../broker/market.ts'
import { type RollTable, rollColumns } from '../broker/roll-table.ts'
import { sum } from '../reports/statistics.ts'
import { type ResultTable, recordsTable } from './result-table.ts'

/**
 * Fills of a run over continuous series with three more columns: the contract that was traded, what it cost there, and
 * the slippage in its points. The
 * price that every fill has is that of the series, where charts and orders have theirs.
 */
export function withContracts(fills: ResultTable, rolls: RollTable, markets: readonly Market[]): ResultTable {
  if (rolls.codes.length === 0) return fills
  const { instrument, time, price, slippage } = fills.columns
  const contract = new Float64Array(fills.rows)
  const contractPrice = new Float64Array(fills.rows)
  const contractSlippage = new Float64Array(fills.rows)
  for (let row = 0; row < fills.rows; row++) {
    const market = markets[instrument?.[row] as number] as Market
    const at = market.spanAt(time?.[row] as number)
    const span = market.spans[at]
    const scale = span === undefined ? market.commission : market.commission.at(span)
    contract[row] = span === undefined ? Number.NaN : rolls.codeOf(market, at)
    contractPrice[row] = scale.traded(price?.[row] as number)
    contractSlippage[row] = scale.traded(slippage?.[row] as number) - scale.traded(0)
  }
  const columns = { ...fills.columns, contract, contractPrice, contractSlippage }
  return { ...fills, columns, texts: { ...fills.texts, contract: rolls.codes } }
}

/** Positions that were carried from one contract to the next; undefined where the run is over no continuous series. */
export function rollsTable({ rows, codes }: RollTable, symbols: readonly string[]): ResultTable | undefined {
  if (codes.length === 0) return undefined
  return recordsTable(rows, rollColumns, { instrument: symbols, from: codes, to: codes })
}

/** Everything that was paid in fees: for orders, and for rolls. */
export function feesPaid({ fills, rolls }: { readonly fills: ResultTable; readonly rolls?: ResultTable }): number {
  const [ofFills, ofRolls] = [fills.columns.fee, rolls?.columns.fee]
  return (ofFills === undefined ? 0 : sum(ofFills)) + (ofRolls === undefined ? 0 : sum(ofRolls))
}
