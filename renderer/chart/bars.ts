import type { WireColumns } from '../../core/contract/define.ts'
import { upperBound } from '../../core/lib/columns.ts'

/** Everything the chart draws of an instrument: equal columns, ascending strictly by open time (epoch milliseconds). */
export interface ChartBars {
  readonly length: number
  readonly time: Float64Array
  readonly closeTime: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** NaN where the source has none. */
  readonly volume: Float64Array
}

const empty = new Float64Array(0)

export const noBars: ChartBars = {
  length: 0,
  time: empty,
  closeTime: empty,
  open: empty,
  high: empty,
  low: empty,
  close: empty,
  volume: empty,
}

/** The columns of `bars.read` as bars. Columns that did not come are empty. */
export function chartBars(columns: WireColumns): ChartBars {
  const column = (name: string) => columns[name] ?? empty
  return {
    length: column('time').length,
    time: column('time'),
    closeTime: column('closeTime'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  }
}

/** Index of the bar in which a moment lies: the last that opened at or before it; −1 before the first bar. */
export function indexOfTime(bars: ChartBars, time: number): number {
  return upperBound(bars.time, time) - 1
}
