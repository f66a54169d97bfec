/** Rows as they come, in columns that grow together. A stamp is UTC and not yet a bar's open time. */
export interface RowColumns {
  length: number
  stamp: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  openInterest: Float64Array
  /** 1-based line of the file. */
  line: Float64Array
}

const names = ['stamp', 'open', 'high', 'low', 'close', 'volume', 'openInterest', 'line'] as const

export function createRowColumns(capacity: number): RowColumns {
  const column = () => new Float64Array(Math.max(16, capacity))
  return {
    length: 0,
    stamp: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    openInterest: column(),
    line: column(),
  }
}

/** Makes room for one more row. */
export function reserveRow(rows: RowColumns): void {
  if (rows.length < rows.stamp.length) return
  const capacity = rows.stamp.length * 2
  for (const name of names) {
    const grown = new Float64Array(capacity)
    grown.set(rows[name])
    rows[name] = grown
  }
}

/** A bar of prices and sizes as it is read from a row. */
export interface RowValues {
  open: number
  high: number
  low: number
  close: number
  volume: number
  openInterest: number
}

export function putRow(rows: RowColumns, stamp: number, line: number, values: RowValues): void {
  reserveRow(rows)
  const at = rows.length++
  rows.stamp[at] = stamp
  rows.line[at] = line
  rows.open[at] = values.open
  rows.high[at] = values.high
  rows.low[at] = values.low
  rows.close[at] = values.close
  rows.volume[at] = values.volume
  rows.openInterest[at] = values.openInterest
}

/** A print joins the bar that `putRow` made last. */
export function joinPrint(rows: RowColumns, values: RowValues): void {
  const at = rows.length - 1
  const price = values.close
  if (price > (rows.high[at] as number)) rows.high[at] = price
  if (price < (rows.low[at] as number)) rows.low[at] = price
  rows.close[at] = price
  const before = rows.volume[at] as number
  if (!Number.isNaN(values.volume)) rows.volume[at] = Number.isNaN(before) ? values.volume : before + values.volume
  rows.openInterest[at] = values.openInterest
}
