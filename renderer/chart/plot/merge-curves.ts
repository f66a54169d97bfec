/** Two curves over one common time axis; a curve has null where it has no row at that time. */
export interface MergedCurves {
  readonly time: number[]
  readonly a: (number | null)[]
  readonly b: (number | null)[]
}

interface Curve {
  readonly time: ArrayLike<number>
  readonly values: ArrayLike<number | null>
}

/** Joins two curves with ascending times on the union of their times. */
export function mergeCurves(a: Curve, b: Curve): MergedCurves {
  const merged: { time: number[]; a: (number | null)[]; b: (number | null)[] } = { time: [], a: [], b: [] }
  let left = 0
  let right = 0
  while (left < a.time.length || right < b.time.length) {
    const timeA = a.time[left] ?? Number.POSITIVE_INFINITY
    const timeB = b.time[right] ?? Number.POSITIVE_INFINITY
    const time = Math.min(timeA, timeB)
    merged.time.push(time)
    merged.a.push(timeA === time ? finite(a.values[left++]) : null)
    merged.b.push(timeB === time ? finite(b.values[right++]) : null)
  }
  return merged
}

function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : value
}
