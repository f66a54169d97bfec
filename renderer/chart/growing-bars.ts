import type { WireColumns } from '../../core/contract/define.ts'
import { type ChartBars, chartBars } from './bars.ts'

const names = ['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume'] as const

/** Columns with room behind their end: bars are added by the thousand without copying what is there. */
export interface GrowingBars {
  readonly room: WireColumns
  readonly bars: ChartBars
}

/** The first bars of a chart that will grow. */
export function firstBars(columns: WireColumns): GrowingBars {
  return { room: columns, bars: chartBars(columns) }
}

/** Bars that were read whole and will grow. */
export function growingFrom(bars: ChartBars): GrowingBars {
  return { room: Object.fromEntries(names.map((name) => [name, bars[name]])), bars }
}

/** The bars with one that still forms as the last: `grown` is without it, and what comes next takes its place. */
export function withForming(
  before: GrowingBars,
  fresh: WireColumns,
): { readonly grown: GrowingBars; readonly shown: ChartBars } {
  const more = moreBars(before, fresh)
  return { grown: withoutLast(more), shown: more.bars }
}

/** The bars before the last one, whose place the next ones take. */
export function withoutLast({ room, bars }: GrowingBars): GrowingBars {
  const first = Object.fromEntries(names.map((name) => [name, bars[name].subarray(0, bars.length - 1)]))
  return { room, bars: chartBars(first) }
}

/** The same bars with more after them. */
export function moreBars({ room, bars }: GrowingBars, fresh: WireColumns): GrowingBars {
  const length = bars.length + (fresh.time?.length ?? 0)
  const isFull = length > (room.time?.length ?? 0)
  const columns = Object.fromEntries(
    names.map((name) => {
      const column = isFull ? longer(bars[name], length * 2) : (room[name] as Float64Array)
      column.set(fresh[name] ?? [], bars.length)
      return [name, column]
    }),
  )
  const shown = Object.fromEntries(names.map((name) => [name, (columns[name] as Float64Array).subarray(0, length)]))
  return { room: columns, bars: chartBars(shown) }
}

function longer(column: Float64Array, length: number): Float64Array {
  const grown = new Float64Array(length)
  grown.set(column)
  return grown
}
