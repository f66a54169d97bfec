import type { Broker } from '../broker/broker.ts'
import type { Market } from '../broker/market.ts'
import { orderReasonCode } from '../domain/order.ts'
import type { RunLog } from './run-log.ts'
import type { RunTrace } from './run-trace.ts'
import type { Runtime } from './runtime.ts'

/** The parts of a run that work around its broker. */
export interface RunParts {
  readonly broker: Broker
  readonly markets: readonly Market[]
  readonly runtime: Runtime
  readonly log: RunLog
  readonly trace?: RunTrace | undefined
}

/**
 * Closes everything when the account is worth less than `maintenance` times the margin that its positions need.
 * Needed margin: contracts their margin, positions paid in full their value over the leverage. Checked with each bar's
 * closes; the closing orders fill at the next open.
 */
export class MarginCall {
  readonly #maintenance: number
  readonly #run: RunParts

  constructor(maintenance: number, run: RunParts) {
    this.#maintenance = maintenance
    this.#run = run
  }

  check(): void {
    const { markets, broker } = this.#run
    let needed = 0
    for (const market of markets) if (market.size !== 0) needed += marginNeeded(market)
    if (needed === 0 || broker.account.value >= this.#maintenance * needed) return
    this.#liquidate(needed)
  }

  #liquidate(needed: number): void {
    const { markets, broker, runtime, log } = this.#run
    const { value } = broker.account
    const limit = this.#maintenance * needed
    log.add(runtime.now, 'engine', `Margin call: the account is worth ${value}, its positions need ${limit}.`)
    for (const row of broker.working()) broker.cancel(row, orderReasonCode.marginCall)
    for (const market of markets) {
      if (market.size === 0) continue
      const instrument = runtime.instruments[market.index]
      if (instrument === undefined) continue
      const order = runtime.draft(instrument, -Math.sign(market.size), Math.abs(market.size), true)
      broker.orders.reason[order.id - 1] = orderReasonCode.marginCall
    }
    runtime.flush()
  }
}

function marginNeeded({ size, close, commission }: Market): number {
  const { stockLike, leverage } = commission
  return stockLike ? Math.abs(commission.value(size, close)) / leverage : Math.abs(size) * commission.margin(close)
}
