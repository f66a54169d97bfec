import { type BacktestSetup, brokerOf } from './backtest-config.ts'

/** What a live session takes of the form: how the strategy trades, not on what and when. */
export function liveSettings(setup: BacktestSetup, strategy: string) {
  return {
    strategy: { kind: 'saved' as const, name: strategy },
    params: { ...setup.params[strategy] },
    ...{ commission: setup.commission, slippage: setup.slippage, seed: setup.seed },
    ...brokerOf(setup),
    ...(setup.sizer === null ? {} : { sizer: setup.sizer }),
    ...(setup.hours === null ? {} : { hours: setup.hours }),
  }
}
