import { fillColumns } from '../broker/fill-table.ts'
import { tradeColumns } from '../broker/trade-ledger.ts'
import { orderReasons, orderTypes } from '../domain/order.ts'
import { orderStatuses } from '../domain/order-state.ts'
import type { RecordBuffer } from '../lib/record-buffer.ts'
import { computeMetrics, type MetricValues } from '../reports/metrics.ts'
import { sum } from '../reports/statistics.ts'
import { canonicalBytes } from './canonical-bytes.ts'
import { journalColumns } from './order-journal.ts'
import type { LogLine } from './run-log.ts'
import type { Session } from './session.ts'

/** Columns of equal length by name; `texts[column][code]` names the codes of a text column. */
export interface ResultTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** What a run leaves behind. */
export interface RunResult {
  readonly counts: { readonly bars: number; readonly orders: number; readonly fills: number; readonly trades: number }
  readonly metrics: MetricValues
  /** One row per step: time (open of the bar it belongs to), equity, cash, drawdown (ratio ≥ 0), exposure (ratio). */
  readonly equity: {
    /** Shares the instrument's column when there is only one. */
    readonly time: Float64Array
    readonly equity: Float64Array<ArrayBuffer>
    readonly cash: Float64Array<ArrayBuffer>
    readonly drawdown: Float64Array<ArrayBuffer>
    readonly exposure: Float64Array<ArrayBuffer>
  }
  readonly recorded: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly trades: ResultTable
  readonly orders: ResultTable
  readonly fills: ResultTable
  /** Every change of every order, in sequence. */
  readonly journal: ResultTable
  readonly log: readonly LogLine[]
  /** Orders, fills, trades and equity in a fixed order and form, to be hashed. */
  resultBytes(): Uint8Array<ArrayBuffer>
}

/** Collects a finished session. */
export function collectResult(session: Session): RunResult {
  const { broker, fills, trades, equity, log } = session
  const symbols = session.runtime.instruments.map(({ id }) => id)
  const curve = equityCurve(session)
  const tables = {
    orders: ordersTable(session, symbols),
    fills: recordsTable(fills.rows, fillColumns, { instrument: symbols }),
    trades: recordsTable(trades.rows, tradeColumns, { instrument: symbols }),
  }
  const recorded = Object.fromEntries(
    [...equity.recorded].map(([name, column]) => [name, toLength(column, equity.length)]),
  )
  return {
    counts: { bars: session.barsDone, orders: broker.orders.count, fills: fills.rows.count, trades: trades.rows.count },
    metrics: computeMetrics({
      equity: curve,
      trades: tables.trades.columns as Record<(typeof tradeColumns)[number], Float64Array>,
      fees: sum(tables.fills.columns.fee ?? new Float64Array()),
      initialCash: session.initialCash,
    }),
    equity: curve,
    recorded,
    ...tables,
    journal: recordsTable(session.journal.rows, journalColumns, { status: orderStatuses }),
    log: log.lines(),
    resultBytes: () =>
      canonicalBytes([
        ...Object.entries(tables).flatMap(([name, table]) =>
          Object.entries(table.columns).map(([column, values]) => [`${name}.${column}`, values] as const),
        ),
        ['equity.time', curve.time],
        ['equity.equity', curve.equity],
        ['equity.cash', curve.cash],
        ...Object.entries(recorded).map(([name, values]) => [`record.${name}`, values] as const),
      ]),
  }
}

/** A recorded column may be shorter (nothing written since it grew) or longer (spare capacity) than the run. */
function toLength(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const exact = new Float64Array(length).fill(Number.NaN)
  exact.set(column.subarray(0, length))
  return exact
}

/** The curve's columns, handed over without a copy when they were sized right from the start. */
function equityCurve({ equity, markets }: Session): RunResult['equity'] {
  const rows = equity.length
  const exact = (column: Float64Array<ArrayBuffer>) => (column.length === rows ? column : column.slice(0, rows))
  const only = markets[0]
  return {
    time: equity.time === undefined ? (only?.columns.time.subarray(0, rows) ?? new Float64Array()) : exact(equity.time),
    equity: exact(equity.equity),
    cash: exact(equity.cash),
    drawdown: exact(equity.drawdown),
    exposure: exact(equity.exposure),
  }
}

function ordersTable({ broker, runtime }: Session, symbols: readonly string[]): ResultTable {
  const { orders } = broker
  const rows = orders.count
  const column = (value: (row: number) => number) => {
    const values = new Float64Array(rows)
    for (let row = 0; row < rows; row++) values[row] = value(row)
    return values
  }
  const plain = (values: Float64Array | Int32Array | Int8Array) => new Float64Array(values.subarray(0, rows))
  const isMarket = (row: number) => (orders.type[row] as number) <= 1
  const hasLimit = (row: number) => [2, 4, 6].includes(orders.type[row] as number)
  const hasStop = (row: number) => [3, 4, 5, 6].includes(orders.type[row] as number)
  const filled = column((row) => Math.abs(orders.executedSize[row] as number))
  return {
    rows,
    columns: {
      id: column((row) => row + 1),
      instrument: plain(orders.instrument),
      type: plain(orders.type),
      side: plain(orders.side),
      quantity: plain(orders.quantity),
      filled,
      price: column((row) => (filled[row] === 0 ? Number.NaN : (orders.averagePrice[row] as number))),
      limit: column((row) => (hasLimit(row) ? limitOf(orders, row) : Number.NaN)),
      stop: column((row) => (hasStop(row) && !isMarket(row) ? (orders.price[row] as number) : Number.NaN)),
      createdTime: plain(orders.createdTime),
      updatedTime: plain(orders.updatedTime),
      status: plain(orders.status),
      parent: column((row) => ((orders.parent[row] as number) < 0 ? Number.NaN : (orders.parent[row] as number) + 1)),
      group: column((row) => groupOf(orders, row) + 1),
      reason: plain(orders.reason),
      tag: column((row) => (orders.tag[row] as number) + 1),
    },
    texts: {
      instrument: symbols,
      type: orderTypes,
      status: orderStatuses,
      reason: orderReasons,
      tag: ['', ...runtime.tags],
    },
  }
}

/** Orders that end together: a one-cancels-other group, else a bracket, named by its first order. */
function groupOf(orders: Session['broker']['orders'], row: number): number {
  const group = orders.group[row] as number
  const parent = orders.parent[row] as number
  if (group >= 0) return group
  return parent >= 0 ? parent : row
}

function limitOf(orders: Session['broker']['orders'], row: number): number {
  return (orders.type[row] === 2 ? orders.price[row] : orders.limit[row]) as number
}

/** A table of records as columns. */
function recordsTable(rows: RecordBuffer, names: readonly string[], texts: ResultTable['texts']): ResultTable {
  const columns = Object.fromEntries(names.map((name, index) => [name, rows.column(index)]))
  return { rows: rows.count, columns, texts }
}
