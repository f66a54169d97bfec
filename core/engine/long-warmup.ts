import { DomainError } from '../domain/errors.ts'
import type { CoarseFeeds } from './coarse-feeds.ts'
import type { InstrumentApi } from './instrument.ts'
import type { RunLog } from './run-log.ts'

/**
 * Refuses a run whose lines need more bars than there are, on every instrument: nothing would ever be decided. Where
 * only some instruments are too short, the log says so. Throws `indicator.too-long`.
 */
export function refuseLongWarmup(instruments: readonly InstrumentApi[], feeds: CoarseFeeds, log: RunLog): void {
  const short = instruments.flatMap((instrument) => {
    const missing = missingBars(instrument, feeds)
    return missing === undefined ? [] : [{ instrument: instrument.symbol, ...missing }]
  })
  const [first] = short
  if (first === undefined) return
  if (short.length === instruments.length) throw new DomainError('indicator.too-long', first)
  for (const { instrument, need, bars } of short) {
    log.add(
      Number.NaN,
      'engine',
      `${instrument}: its lines need ${need} bars, there are ${bars}; onBar is never called.`,
    )
  }
}

function missingBars(instrument: InstrumentApi, feeds: CoarseFeeds): { need: number; bars: number } | undefined {
  const own = feeds.barsOf(instrument.index)
  if (own > 0 && instrument.warmup >= own) return { need: instrument.warmup + 1, bars: own }
  for (const { api, feed, instrument: index } of feeds.running) {
    const bars = feed.columns.length
    if (index === instrument.index && api.warmup >= bars) return { need: api.warmup + 1, bars }
  }
  return undefined
}
