import { isWhole } from '../broker/rules.ts'
import { MarginCall, type RunParts } from './margin-call.ts'
import { OrderHistory } from './order-history.ts'
import type { RunConfig } from './run-config.ts'

/** What happens around the broker's work in each step besides the strategy. */
export interface RunExtras {
  /** The markets have moved; the broker has not worked yet. */
  beforeBroker(step: number): void
  /** The account has been valued and its row written. */
  afterBroker(): void
}

/** True when a run asks for any of them, or looks into its bars: its broker then works in every step. */
export function wantsExtras({ broker, fillPolicy, explain, leadIn }: RunConfig): boolean {
  if (!isWhole(fillPolicy) || explain !== undefined || leadIn !== undefined) return true
  const { cashFlows = [], history = [], marginCall, fund } = broker ?? {}
  return cashFlows.length > 0 || history.length > 0 || marginCall !== undefined || fund !== undefined
}

/** Deposits, order history, margin calls, fund series; undefined when the run asks for none of them. */
export function createRunExtras(config: RunConfig, run: RunParts): RunExtras | undefined {
  const { cashFlows = [], history = [], marginCall, fund } = config.broker ?? {}
  if (!wantsExtras(config)) return undefined
  const { broker, markets, runtime } = run
  const { account } = broker
  const flows = [...cashFlows].sort((a, b) => a.time - b.time)
  const replay = new OrderHistory(history, broker, markets, runtime.instruments)
  const call = marginCall === undefined ? undefined : new MarginCall(marginCall.maintenance, run)
  const statements = [...(fund?.history ?? [])].sort((a, b) => a.time - b.time)
  let nextFlow = 0
  let nextStatement = 0
  return {
    beforeBroker(step) {
      for (let flow = flows[nextFlow]; flow !== undefined && flow.time <= runtime.now; flow = flows[++nextFlow]) {
        account.deposit(flow.amount)
        runtime.equity.flow(flow.amount)
      }
      let stated = statements[nextStatement]
      for (; stated !== undefined && stated.time <= runtime.now; stated = statements[++nextStatement])
        account.state(stated)
      replay.send(step)
    },
    afterBroker() {
      if (fund !== undefined) {
        runtime.record('fund-value', account.fundValue)
        runtime.record('fund-shares', account.fundShares)
      }
      run.trace?.look()
      call?.check()
    },
  }
}
