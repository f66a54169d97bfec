import { Market } from '../broker/market.ts'
import { commissionFor } from './broker-config.ts'
import type { RunConfig } from './run-config.ts'
import type { RuntimeOptions } from './runtime.ts'
import { wholeDay } from './timer-schedule.ts'

const dayMs = 86_400_000

/** A market for each instrument of a run, before its first bar. */
export function openMarkets(config: RunConfig): Market[] {
  return config.instruments.map(({ record, bars }, index) => {
    const commission = commissionFor(config, record)
    return new Market({ index, commission, columns: bars, sessionEnd: dayMs, zone: record.zone })
  })
}

/** What a runtime takes from the configuration as it is. */
export function runtimeSettings(
  config: RunConfig,
): Pick<RuntimeOptions, 'params' | 'snaps' | 'wholeLots' | 'exitsOnce' | 'profile' | 'place'> {
  const [first] = config.instruments
  return {
    params: config.params,
    snaps: config.profile !== 'backtrader',
    wholeLots: config.broker?.lots === 'whole',
    exitsOnce: config.broker?.exits === 'once',
    profile: config.profile,
    place: { zone: first?.record.zone ?? 'UTC', hours: first?.hours ?? wholeDay },
  }
}
