import type { NamedFilter } from '../data/filters/filter.ts'
import { filterColumns } from '../data/filters/filter-columns.ts'
import { withLocalTime } from '../data/local-time.ts'
import type { Replayed } from '../data/resample-columns.ts'
import { barSpecMs, isMeasureSpec, parseInterval } from '../domain/bar-spec.ts'
import { ClosedFeed, type OpenedFeed, ReplayedFeed } from './coarse-feed.ts'
import type { CoarseSource } from './coarse-rules.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** The bars that a filter makes of an instrument's. */
export function filteredFeed(source: CoarseSource, filter: NamedFilter, isUpstream: boolean): OpenedFeed {
  const make = () => filteredBars(source, filter, isUpstream)
  const made = make()
  // Bars that are still to come may repeat their numbers
  if (source.grows || repeats(made.number)) {
    const feed = new ReplayedFeed(made)
    return { feed, grow: () => feed.extend(make()) }
  }
  const { bars, deliveredAt } = made
  const feed = new ClosedFeed({ bars: withLocalTime(bars, source.record.zone), deliveredAt }, true)
  return { feed, grow: () => undefined }
}

function repeats(number: Int32Array): boolean {
  return number.length > 0 && (number.at(-1) as number) + 1 < number.length
}

function filteredBars(source: CoarseSource, filter: NamedFilter, isUpstream: boolean): Replayed {
  const { record, bars, hours } = source
  const {
    bars: made,
    number,
    deliveredAt,
  } = filterColumns(bars, filter, {
    profile: isUpstream ? 'backtrader' : 'default',
    feed: {
      zone: record.zone,
      sessionStart: hours.start,
      sessionEnd: hours.end,
      ...stepsOf(source.interval),
      stamp: isUpstream ? 'closeTime' : 'time',
    },
  })
  return { bars: made, number: denseNumbers(number), deliveredAt }
}

/** Bars counted without holes: upstream skips the number of a bar that nobody sees. */
function denseNumbers(numbers: Int32Array): Int32Array {
  let count = -1
  return numbers.map((number, row) => (row > 0 && number === numbers[row - 1] ? count : ++count))
}

function stepsOf(interval: string): { readonly stepMs: number; readonly unitMs: number } {
  const spec = parseInterval(interval)
  if (isMeasureSpec(spec)) return { stepMs: minuteMs, unitMs: minuteMs }
  const stepMs = barSpecMs(spec)
  return { stepMs, unitMs: stepMs >= dayMs ? dayMs : stepMs >= minuteMs ? minuteMs : 1_000 }
}
