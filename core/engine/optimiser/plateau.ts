import type { SearchSpace } from './search-space.ts'

/** Neighbours that a point on axes of any number is compared with. */
const nearest = 8
/** More drawn points than this are not compared each with each. */
const maxCompared = 10_000

/**
 * How well a score holds when parameters are missed by a little: mean − sample deviation of the scores over the point
 * and its neighbours. On a grid neighbours are one step away on any axes; on axes of any number they are the eight
 * nearest trials. A lone peak scores far below its own score, a plateau close to it. NaN with fewer than two
 * neighbours that have a score.
 */
export function plateauScores(space: SearchSpace, points: readonly Float64Array[], scores: Float64Array): Float64Array {
  const isGrid = space.axes.every(({ values }) => values !== null)
  if (!isGrid && scores.length > maxCompared) return new Float64Array(scores.length).fill(Number.NaN)
  const neighbours = isGrid ? gridNeighbours(space, points) : nearestNeighbours(space, points)
  return scores.map((own, row) => {
    if (Number.isNaN(own)) return Number.NaN
    const around = [own]
    for (const other of neighbours(row)) {
      const score = scores[other] as number
      if (!Number.isNaN(score)) around.push(score)
    }
    return around.length < 3 ? Number.NaN : meanLessDeviation(around)
  })
}

function meanLessDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return mean - Math.sqrt(squares / (values.length - 1))
}

/** Trials whose coordinates differ by at most one step; `points` are columns of coordinates. */
function gridNeighbours({ axes }: SearchSpace, points: readonly Float64Array[]): (row: number) => number[] {
  const strides = axes.map((_, k) => axes.slice(k + 1).reduce((all, { values }) => all * (values?.length ?? 1), 1))
  const cellOf = (row: number) => strides.reduce((cell, stride, k) => cell + stride * (points[k]?.[row] as number), 0)
  const rows = points[0]?.length ?? 0
  const trialAt = new Map<number, number>()
  for (let row = 0; row < rows; row++) trialAt.set(cellOf(row), row)
  return (row) => {
    let cells = [0]
    for (const [k, { values }] of axes.entries()) {
      const at = points[k]?.[row] as number
      const stride = strides[k] as number
      // Order means nothing between switches or texts: each value is a neighbour of each
      const reach = values?.every((value) => typeof value === 'number') === true ? 1 : (values?.length ?? 1)
      const low = Math.max(0, at - reach)
      const high = Math.min((values?.length ?? 1) - 1, at + reach)
      cells = cells.flatMap((cell) => Array.from({ length: high - low + 1 }, (_, d) => cell + (low + d) * stride))
    }
    const own = cellOf(row)
    return cells.flatMap((cell) => (cell === own ? [] : (trialAt.get(cell) ?? [])))
  }
}

/** The nearest trials when every axis has length 1. */
function nearestNeighbours({ axes }: SearchSpace, points: readonly Float64Array[]): (row: number) => number[] {
  const rows = points[0]?.length ?? 0
  const widths = axes.map(({ from, to }) => to - from || 1)
  const distance = (a: number, b: number) => {
    let squares = 0
    for (const [k, width] of widths.entries()) {
      squares += (((points[k]?.[a] as number) - (points[k]?.[b] as number)) / width) ** 2
    }
    return squares
  }
  return (row) => {
    const best: { readonly other: number; readonly far: number }[] = []
    for (let other = 0; other < rows; other++) {
      if (other === row) continue
      const far = distance(row, other)
      if (best.length === nearest && far >= (best.at(-1)?.far as number)) continue
      const place = best.findIndex((one) => far < one.far)
      best.splice(place < 0 ? best.length : place, 0, { other, far })
      if (best.length > nearest) best.pop()
    }
    return best.map(({ other }) => other)
  }
}
