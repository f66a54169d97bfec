import { Market } from '../../core/broker/market.ts'
import { orderTypeCode } from '../../core/domain/order.ts'
import { ensureDefined } from '../../core/lib/assert.ts'
import {
  type BarRow,
  commissionOf,
  parseStamp,
  type Scenario,
  type SizerArguments,
  sessionEndOf,
  type Valid,
} from './order-case.ts'

/** Our codes of upstream's execution types. */
export const typeCodes: Readonly<Record<string, number>> = {
  Market: orderTypeCode.market,
  Close: orderTypeCode.close,
  Limit: orderTypeCode.limit,
  Stop: orderTypeCode.stop,
  StopLimit: orderTypeCode.stopLimit,
  StopTrail: orderTypeCode.trailingStop,
  StopTrailLimit: orderTypeCode.trailingStopLimit,
  Historical: orderTypeCode.historical,
}
const dayMs = 86_400_000

/** A feed of a scenario as a market; upstream's bars have one stamp, their end. */
export function marketOf(index: number, scenario: Scenario, rows: readonly BarRow[]): Market {
  const column = (position: number) => Float64Array.from(rows, (row) => row[position] as number)
  const time = Float64Array.from(rows, (row) => parseStamp(row[0]))
  const spec = ensureDefined(scenario.data[index], 'feed')
  return new Market({
    index,
    commission: commissionOf(scenario),
    sessionEnd: sessionEndOf(spec),
    zone: 'UTC',
    columns: {
      time,
      closeTime: time,
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    },
  })
}

/** Upstream's sizers (01 section 11); one unit without one. */
export function sizeOf(sizer: SizerArguments | undefined, market: Market, cash: number): number {
  const stake = sizer?.stake ?? 1
  switch (sizer?.type) {
    case 'FixedSize':
      return (sizer.tranches ?? 0) > 1 ? Math.trunc(stake / (sizer.tranches ?? 1)) : stake
    case 'FixedReverser':
      return market.size === 0 ? stake : stake * 2
    case 'FixedSizeTarget':
      return stake
    case 'PercentSizer':
    case 'PercentSizerInt':
    case 'AllInSizer':
    case 'AllInSizerInt': {
      const standard = sizer.type.startsWith('AllIn') ? 100 : 20
      const wanted = (cash / market.close) * ((sizer.percents ?? standard) / 100)
      const size = market.size === 0 ? wanted : market.size
      return sizer.type.endsWith('Int') ? Math.trunc(size) : size
    }
    default:
      return 1
  }
}

/** Upstream's meaning of `valid` (01 section 7.2), quirks included; NaN: no end. */
export function validUntil(valid: Valid | undefined, created: number): number {
  if (valid === undefined || valid === 0) return Number.NaN
  if ('date' in valid) return parseStamp(valid.date)
  const delta = 'days' in valid ? valid.days * dayMs : valid.minutes * 60_000
  if (delta !== 0) return created + delta
  // V-05: a day order ends 9.999 ms after 23:59:59
  return Math.floor(created / dayMs) * dayMs + parseStamp('1970-01-01T23:59:59.009999')
}
