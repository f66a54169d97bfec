import { useEffect, useState } from 'react'
import type { Payload } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import type { ChartBars } from '../../chart/bars.ts'
import { growingFrom, moreBars, withForming, withoutLast } from '../../chart/growing-bars.ts'
import type { BarsShown } from './use-bars.ts'

type MarketBar = Payload<'market.bar'>

/** The bars of a chart with those that the blotter told since. */
export interface LiveBars {
  readonly shown: BarsShown
  /** The last one forms, when `isForming`. */
  readonly bars: ChartBars
  readonly isForming: boolean
  /** Bars that closed since they were read. */
  readonly closed: number
}

/** Follows a chart's instrument while the blotter collects its interval; null until something was told. */
export function useLiveBars(shown: BarsShown | null): LiveBars | null {
  const [live, setLive] = useState<LiveBars | null>(null)
  useEffect(() => {
    if (shown === null) return
    const growth = followGrowth(shown, setLive)
    return () => {
      growth.end()
      setLive(null)
    }
  }, [shown])
  return live !== null && live.shown === shown ? live : null
}

function followGrowth(shown: BarsShown, tell: (live: LiveBars) => void): { end(): void } {
  const { instrument, interval } = shown
  let grown = growingFrom(shown.bars)
  let closed = 0
  let isCurrent = true
  const lastTime = () => grown.bars.time[grown.bars.length - 1] ?? Number.NEGATIVE_INFINITY
  const show = (forming: MarketBar | null) => {
    let { bars } = grown
    if (forming !== null) ({ grown, shown: bars } = withForming(grown, columnsOf(forming)))
    tell({ shown, bars, isForming: forming !== null, closed })
  }
  const ends = [
    bridge().subscribe('market.bar', (bar) => {
      if (bar.instrument !== instrument || bar.interval !== interval || bar.time < lastTime()) return
      const isCorrection = bar.time === lastTime()
      // What was read is not ours to write into: a correction of it is there with the next reading
      if (isCorrection && closed === 0) return
      grown = moreBars(isCorrection ? withoutLast(grown) : grown, columnsOf(bar))
      closed += isCorrection ? 0 : 1
      show(null)
    }),
    bridge().subscribe('blotter.changed', ({ running }) => {
      if (!running) return
      bridge()
        .call('blotter.forming', { instrument, interval })
        .then(({ bar }) => {
          if (isCurrent && bar !== null && bar.time > lastTime()) show(bar)
        })
        .catch(() => undefined) // The next beat asks again
    }),
  ]
  return {
    end() {
      isCurrent = false
      for (const end of ends) end()
    },
  }
}

function columnsOf(bar: MarketBar) {
  const column = (value: number | null) => Float64Array.of(value ?? Number.NaN)
  return {
    ...{ time: column(bar.time), closeTime: column(bar.closeTime), open: column(bar.open), high: column(bar.high) },
    ...{ low: column(bar.low), close: column(bar.close), volume: column(bar.volume) },
  }
}
