import { fillColumns } from '../broker/fill-table.ts'
import { tradeColumns } from '../broker/trade-ledger.ts'
import { drawdownColumn } from '../reports/curve-scan.ts'
import { computeMetrics, type MetricValues } from '../reports/metrics.ts'
import { sum } from '../reports/statistics.ts'
import { canonicalBytes } from './canonical-bytes.ts'
import { rollsTable, withContracts } from './contract-tables.ts'
import { explain } from './explain.ts'
import type { Explanation } from './explanation.ts'
import { ordersTable } from './orders-table.ts'
import { withOwners } from './owner-column.ts'
import { type ResultTable, recordsTable } from './result-table.ts'
import type { LogLine } from './run-log.ts'
import type { Session } from './session.ts'

/** Columns of a run's account, one row per step. */
export type EquityTable = {
  /** Open of the bar that the row belongs to. Shares the instrument's column when there is only one. */
  readonly time: Float64Array
  readonly equity: Float64Array<ArrayBuffer>
  readonly cash: Float64Array<ArrayBuffer>
  /** Ratio ≥ 0. */
  readonly drawdown: Float64Array<ArrayBuffer>
  /** Gross position value over equity. */
  readonly exposure: Float64Array<ArrayBuffer>
  /** Money paid in (> 0) or out that the row holds first; absent when there was none. */
  readonly flows?: Float64Array<ArrayBuffer>
}

/** The account over time; what follows from other columns is written out only when it is asked for. */
export interface RunCurve extends Pick<EquityTable, 'time' | 'equity'> {
  columns(): EquityTable
}

/** What a run leaves behind. */
export interface RunResult {
  readonly counts: {
    readonly bars: number
    readonly orders: number
    readonly fills: number
    readonly trades: number
    /** Bars before the strategy first decided. */
    readonly warmup: number
  }
  readonly metrics: MetricValues
  /** One row per step. */
  readonly equity: RunCurve
  readonly recorded: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  readonly trades: ResultTable
  readonly orders: ResultTable
  readonly fills: ResultTable
  /** Positions carried between contracts; runs over continuous series have it. */
  readonly rolls?: ResultTable
  readonly log: readonly LogLine[]
  /** Of runs that explain. */
  readonly explanation?: Explanation
  /** Orders, fills, trades and equity in a fixed order and form, to be hashed. */
  resultBytes(): Uint8Array<ArrayBuffer>
}

/** Collects a finished session. */
export function collectResult(session: Session): RunResult {
  const { broker, fills, trades, rolls, equity, log } = session
  const rolled = rollsTable(
    rolls,
    session.runtime.instruments.map(({ id }) => id),
  )
  const symbols = session.runtime.instruments.map(({ id }) => id)
  const curve = equityCurve(session)
  const roundTrips = withOwners(recordsTable(trades.rows, tradeColumns, { instrument: symbols }), session, 'entryOrder')
  const tables = {
    orders: once(() => withOwners(ordersTable(broker.orders, symbols, session.runtime.tags), session, 'id')),
    fills: once(() =>
      withContracts(recordsTable(fills.rows, fillColumns, { instrument: symbols }), rolls, session.markets),
    ),
    trades: () => roundTrips,
  }
  const recorded = Object.fromEntries(
    [...equity.recorded].map(([name, column]) => [name, toLength(column, equity.length)]),
  )
  return {
    counts: {
      bars: session.barsDone,
      orders: broker.orders.count,
      fills: fills.rows.count,
      trades: trades.rows.count,
      warmup: Math.max(0, ...session.runtime.instruments.map(({ warmup }) => warmup)),
    },
    metrics: computeMetrics({
      equity: curve,
      exposure: equity.exposure,
      trades: roundTrips.columns as Record<(typeof tradeColumns)[number], Float64Array>,
      fees: sum(fills.rows.column(fillColumns.indexOf('fee'))) + sum(rolled?.columns.fee ?? new Float64Array()),
      initialCash: session.initialCash,
      flows: equity.flowColumn(),
    }),
    equity: curve,
    recorded,
    get trades() {
      return tables.trades()
    },
    get orders() {
      return tables.orders()
    },
    get fills() {
      return tables.fills()
    },
    ...(rolled === undefined ? {} : { rolls: rolled }),
    log: log.lines(),
    ...(session.trace === undefined ? {} : { explanation: explain(session.trace, session.runtime.tags) }),
    resultBytes: () =>
      canonicalBytes([
        ...Object.entries(tables).flatMap(([name, table]) =>
          Object.entries(table().columns).map(([column, values]) => [`${name}.${column}`, values] as const),
        ),
        ['equity.time', curve.time],
        ['equity.equity', curve.equity],
        ['equity.cash', equity.cashColumn()],
        ...Object.entries(rolled?.columns ?? {}).map(([name, values]) => [`rolls.${name}`, values] as const),
        ...Object.entries(recorded).map(([name, values]) => [`record.${name}`, values] as const),
      ]),
  }
}

/** Written out on first demand: a sweep asks for metrics alone. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A recorded column may be shorter (nothing written since it grew) or longer (spare capacity) than the run. */
function toLength(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const exact = new Float64Array(length).fill(Number.NaN)
  exact.set(column.subarray(0, length))
  return exact
}

/** The curve, handed over without a copy when it was sized right from the start. */
function equityCurve({ equity, markets }: Session): RunCurve {
  const rows = equity.length
  const exact = (column: Float64Array<ArrayBuffer>) => (column.length === rows ? column : column.slice(0, rows))
  const bars = markets[0]?.columns.time.subarray(0, rows) ?? new Float64Array()
  const curve = { time: equity.time === undefined ? bars : exact(equity.time), equity: exact(equity.equity) }
  return {
    ...curve,
    columns: () => {
      const flows = equity.flowColumn()
      return {
        ...curve,
        cash: equity.cashColumn(),
        drawdown: drawdownColumn(curve.equity),
        exposure: equity.exposureColumn(),
        ...(flows === undefined ? {} : { flows }),
      }
    },
  }
}
