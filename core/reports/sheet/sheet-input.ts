import type { ReturnSeries, YearBasis } from '../return-facts.ts'

/** A table of a run: columns of equal length; for a text column `texts` says which text each code stands for. */
export interface SheetTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** An instrument of the run, as far as the report needs it. */
export interface SheetInstrument {
  readonly id: string
  readonly multiplier: number
}

/** What a run is called and was made with, printed on the report. */
export interface SheetRun {
  readonly id: string
  readonly strategy: string
  readonly createdAt: number
  readonly interval: string
  readonly from: number
  readonly to: number
  readonly cash: number
  readonly currency: string
  readonly params: Readonly<Record<string, string | number | boolean>>
  readonly commission: string
  readonly slippage: string
  readonly profile: string
  readonly fillPolicy: string
  readonly seed: number
  readonly note: string
  readonly engineBuild: string
  readonly resultHash: string | null
}

/** Everything a tear sheet is made of. */
export interface SheetInput {
  readonly run: SheetRun
  readonly instruments: readonly SheetInstrument[]
  /** Columns time, equity, exposure. */
  readonly equity: SheetTable
  readonly trades: SheetTable
  readonly orders: SheetTable
  readonly fills: SheetTable
  /** Positions carried between contracts; no rows where there were none. */
  readonly rolls: SheetTable
  readonly benchmark: { readonly name: string; readonly series: ReturnSeries } | null
  readonly basis: YearBasis
  /** The exchange's clock of a moment, as if it were UTC. */
  readonly wallClock: (time: number) => number
  readonly zone: string
  readonly trials?: { readonly count: number; readonly variance: number } | null
}

/** A column of a table; NaN throughout where it is missing. */
export function columnOf(table: SheetTable, name: string): Float64Array {
  return table.columns[name] ?? new Float64Array(table.rows).fill(Number.NaN)
}

/** The text of a code column at a row; empty where there is none. */
export function textAt(table: SheetTable, name: string, row: number): string {
  const code = table.columns[name]?.[row]
  return code === undefined ? '' : (table.texts[name]?.[code] ?? '')
}
