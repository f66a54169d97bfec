import { type BarSeries, barColumnNames, createBarSeries } from '../domain/bar-series.ts'
import { invariant } from '../lib/assert.ts'

export interface MergedBars {
  /** Base and incoming by open time, incoming winning; `base` itself when nothing is added or changed. */
  readonly bars: BarSeries
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** Fails on what cannot be a series: a time that is not finite or does not ascend, columns of unequal length. */
export function assertAscending(bars: BarSeries): void {
  for (const name of barColumnNames) {
    invariant(bars[name].length === bars.length, `column ${name} has ${bars[name].length} of ${bars.length} bars`)
  }
  let previous = Number.NEGATIVE_INFINITY
  for (let index = 0; index < bars.length; index++) {
    const time = bars.time[index] as number
    // Not `invariant` for each bar: building its message costs more than the whole write.
    if (!(time > previous && time < Number.POSITIVE_INFINITY))
      invariant(false, `time ${time} at bar ${index} does not ascend`)
    previous = time
  }
}

/** Merges two ascending series by open time; linear in both. */
export function mergeBars(base: BarSeries, incoming: BarSeries): MergedBars {
  const counts = countMerge(base, incoming)
  if (counts.added === 0 && counts.changed === 0) return { bars: base, ...counts }
  const bars = createBarSeries(base.length + counts.added)
  copyMerged(base, incoming, bars)
  return { bars, ...counts }
}

function countMerge(base: BarSeries, incoming: BarSeries) {
  let [added, changed, unchanged] = [0, 0, 0]
  let left = 0
  for (let right = 0; right < incoming.length; right++) {
    const time = incoming.time[right] as number
    while (left < base.length && (base.time[left] as number) < time) left++
    if (left === base.length || (base.time[left] as number) !== time) added++
    else if (sameBar(base, left, incoming, right)) unchanged++
    else changed++
  }
  return { added, changed, unchanged }
}

/** What a store of rows has to write so that `base` becomes the merge: bars that are new or differ; times of those that differ. */
export function barsToWrite(base: BarSeries, incoming: BarSeries): { written: BarSeries; replaced: Float64Array } {
  const rows: number[] = []
  const replaced: number[] = []
  let left = 0
  for (let right = 0; right < incoming.length; right++) {
    const time = incoming.time[right] as number
    while (left < base.length && (base.time[left] as number) < time) left++
    const isStored = left < base.length && (base.time[left] as number) === time
    if (isStored && sameBar(base, left, incoming, right)) continue
    rows.push(right)
    if (isStored) replaced.push(time)
  }
  if (rows.length === incoming.length) return { written: incoming, replaced: Float64Array.from(replaced) }
  const written = createBarSeries(rows.length)
  for (const name of barColumnNames) {
    for (const [at, row] of rows.entries()) written[name][at] = incoming[name][row] as number
  }
  return { written, replaced: Float64Array.from(replaced) }
}

/** Copies runs of bars rather than single bars: an append or a prepend is one copy per column. */
function copyMerged(base: BarSeries, incoming: BarSeries, into: BarSeries): void {
  let [left, right, at] = [0, 0, 0]
  const copy = (from: BarSeries, start: number, end: number) => {
    if (end === start) return
    for (const name of barColumnNames) into[name].set(from[name].subarray(start, end), at)
    at += end - start
  }
  while (left < base.length || right < incoming.length) {
    const older = left
    const until = right < incoming.length ? (incoming.time[right] as number) : Number.POSITIVE_INFINITY
    while (left < base.length && (base.time[left] as number) < until) left++
    copy(base, older, left)
    const newer = right
    const before = left < base.length ? (base.time[left] as number) : Number.POSITIVE_INFINITY
    while (right < incoming.length && (incoming.time[right] as number) < before) right++
    copy(incoming, newer, right)
    const same = right
    while (left < base.length && right < incoming.length && base.time[left] === incoming.time[right]) {
      left++
      right++
    }
    copy(incoming, same, right)
  }
}

function sameBar(a: BarSeries, i: number, b: BarSeries, j: number): boolean {
  return (
    Object.is(a.close[i], b.close[j]) &&
    Object.is(a.open[i], b.open[j]) &&
    Object.is(a.high[i], b.high[j]) &&
    Object.is(a.low[i], b.low[j]) &&
    Object.is(a.volume[i], b.volume[j]) &&
    Object.is(a.openInterest[i], b.openInterest[j]) &&
    Object.is(a.closeTime[i], b.closeTime[j])
  )
}
