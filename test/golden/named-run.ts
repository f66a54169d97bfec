import { tradeColumns } from '../../core/broker/trade-ledger.ts'
import { orderReasonCode } from '../../core/domain/order.ts'
import { statusCode } from '../../core/domain/order-state.ts'
import { journalColumns } from '../../core/engine/order-journal.ts'
import type { RunConfig } from '../../core/engine/run-config.ts'
import { Session } from '../../core/engine/session.ts'
import type { StepPhase } from '../../core/engine/strategy.ts'
import { ensureDefined } from '../../core/lib/assert.ts'
import { workloadInstrument } from '../bench/workloads.ts'
import type { NamedStrategy, StrategyClass } from './named-strategies.ts'
import { namedStrategy } from './named-strategies.ts'
import { type BarRow, type CommissionArguments, commissionOf, rulesOf, type Scenario } from './order-case.ts'
import { seriesOf } from './session-bars.ts'

/** The settings of a run as the files write them. */
export interface NamedSettings {
  readonly cash?: number
  /** Arguments of setcommission. */
  readonly commission?: CommissionArguments | null
  readonly broker?: Readonly<Record<string, unknown>>
  readonly cerebro?: Scenario['cerebro']
}

/** What a run left behind, in the rows of the reference files; times are milliseconds. */
export interface RecordedRun {
  /** time, status, size, price, commission, pnl; one for each order that ended. */
  readonly orders: readonly (readonly unknown[])[]
  /** open, close, barlen, long, price, pnl, pnlcomm, commission; one for each closed trade. */
  readonly trades: readonly (readonly unknown[])[]
  /** time, cash, value, position; one for each bar. */
  readonly bars: readonly (readonly [number, number, number, number])[]
  readonly finalValue: number
  readonly finalCash: number
  readonly session: Session
}

/** A run of the engine under profile backtrader with a file's settings. */
export function upstreamConfig(feeds: readonly (readonly BarRow[])[], settings: NamedSettings): RunConfig {
  const scenario = {
    ...{ id: '', data: [], actions: [], broker: settings.broker ?? {} },
    ...(settings.commission ? { commission: [settings.commission] } : {}),
    ...(settings.cerebro === undefined ? {} : { cerebro: settings.cerebro }),
  }
  return {
    params: {},
    instruments: feeds.map((rows, index) => ({
      record: workloadInstrument(`data${index}`),
      bars: seriesOf(rows),
      interval: '1d',
    })),
    ...{ cash: settings.cash ?? 10_000, commission: { kind: 'none' }, slippage: { kind: 'none' } },
    ...{ profile: 'backtrader', fillPolicy: 'backtrader', seed: 1 },
    exact: {
      terms: commissionOf(scenario).terms,
      rules: rulesOf(scenario),
      fundStart: Number(settings.broker?.fundstartval ?? 100),
    },
  }
}

/** Runs a strategy that a file names over one feed; throws when nobody knows the name. */
export function runNamed(named: NamedStrategy, settings: NamedSettings, rows: readonly BarRow[]): RecordedRun {
  const found = namedStrategy(named)
  if (found === undefined) throw new Error(`strategy ${named.strategy} is not known`)
  return recordRun(found, upstreamConfig([rows], settings))
}

/** Runs a strategy and keeps what the files keep. */
export function recordRun(make: StrategyClass, config: RunConfig): RecordedRun {
  const bars: [number, number, number, number][] = []
  class Recorded extends (make as StrategyClass) {
    override onStep(phase: StepPhase) {
      super.onStep?.(phase)
      bars.push([this.now, this.cash, this.equity, this.instruments[0]?.position ?? 0])
    }
  }
  const session = new Session(Recorded, { ...config, keepsJournal: true })
  session.run()
  const [, finalCash = session.initialCash, finalValue = session.initialCash] = bars.at(-1) ?? []
  return { orders: endedOrders(session), trades: closedTrades(session), bars, finalValue, finalCash, session }
}

const ended: Readonly<Record<number, string>> = {
  [statusCode.filled]: 'Completed',
  [statusCode.cancelled]: 'Canceled',
  [statusCode.expired]: 'Expired',
  [statusCode.rejected]: 'Rejected',
}

function endedOrders({ journal, broker: { orders } }: Session): unknown[][] {
  const rows: unknown[][] = []
  const changes = ensureDefined(journal, 'journal').rows
  for (let at = 0; at < changes.count; at++) {
    const value = (name: (typeof journalColumns)[number]) => changes.at(at, journalColumns.indexOf(name))
    const row = value('order') - 1
    const status = ended[value('status')]
    if (status === undefined) continue
    const shown = orders.reason[row] === orderReasonCode.margin ? 'Margin' : status
    rows.push([
      value('time'),
      shown,
      orders.executedSize[row],
      orders.averagePrice[row],
      orders.fees[row],
      orders.gain[row],
    ])
  }
  return rows
}

function closedTrades({ trades }: Session): unknown[][] {
  const rows: unknown[][] = []
  for (let row = 0; row < trades.rows.count; row++) {
    const value = (name: (typeof tradeColumns)[number]) => trades.rows.at(row, tradeColumns.indexOf(name))
    if (value('open') !== 0) continue
    const [bars, side, price] = [value('bars'), value('side'), value('entryPrice')]
    const [gross, net, fees] = [value('gross'), value('pnl'), value('fees')]
    rows.push([value('entryTime'), value('exitTime'), bars, side > 0, price, gross, net, fees])
  }
  return rows
}
