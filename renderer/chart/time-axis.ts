import type { ChartOptionsImpl, IHorzScaleBehavior, InternalHorzScaleItem } from 'lightweight-charts'
import { momentLabel, tickLabel, weightBetween } from './tick-marks.ts'
import type { ZoneClock } from './zone-clock.ts'

interface TimeAxisOptions {
  readonly clock: ZoneClock
  /** BCP 47. */
  readonly language: string
  readonly isIntraday: boolean
}

/** Epoch milliseconds as the library's opaque axis item. */
function item(ms: number): InternalHorzScaleItem {
  return ms as unknown as InternalHorzScaleItem
}

function milliseconds(value: InternalHorzScaleItem | number): number {
  return value as unknown as number
}

/**
 * The library's own time axis knows UTC only. This one takes epoch milliseconds and puts days, months and hours where
 * the exchange's clock has them, with both of the equal hours when clocks go back.
 */
export function timeAxis({ clock, language, isIntraday }: TimeAxisOptions): IHorzScaleBehavior<number> {
  let options: ChartOptionsImpl<number>
  return {
    options: () => options,
    setOptions: (next) => {
      options = next
    },
    preprocessData: () => undefined,
    convertHorzItemToInternal: item,
    createConverterToInternalObj: () => item,
    key: (value) => milliseconds(value) as never,
    cacheKey: milliseconds,
    updateFormatter: () => undefined,
    formatHorzItem: (value) => momentLabel(milliseconds(value), clock, language, isIntraday),
    formatTickmark: (mark) => tickLabel(clock.local(milliseconds(mark.time)), mark.weight, language),
    maxTickMarkWeight: (marks) => marks.reduce((most, mark) => Math.max(most, mark.weight), 0) as never,
    fillWeightsForPoints(points, startIndex) {
      for (let i = startIndex; i < points.length; i++) {
        const point = points[i]
        if (point === undefined) continue
        const now = clock.local(milliseconds(point.time))
        const previous = points[i - 1]
        // The first point has no neighbour: it weighs nothing, so that a moving window does not invent a boundary.
        const before = previous === undefined ? now : clock.local(milliseconds(previous.time))
        point.timeWeight = weightBetween(before, now) as never
      }
    },
  }
}
