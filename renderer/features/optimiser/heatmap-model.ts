import { figure, type OptimisationDetail, paramText, type Trials } from './use-stored.ts'

/** Cells along each side at most: an axis with more values is cut into as many parts. */
export const maxSide = 120

/** A table of the best trials over two parameters. */
export interface Heatmap {
  /** What stands along the axes; y from the top, its largest value first. */
  readonly x: readonly string[]
  readonly y: readonly string[]
  /** Row of the best trial of each cell, −1 where there is none; row by row from the top. */
  readonly rows: Int32Array
  /** The metric at that trial; NaN where there is none. */
  readonly values: Float64Array
  readonly least: number
  readonly most: number
}

interface Side {
  readonly labels: readonly string[]
  /** Place of a trial along this side. */
  placeOf(row: number): number
}

/** The best trial (by rank) in each cell of two parameters, and one of its figures. */
export function heatmapOf(
  detail: OptimisationDetail,
  trials: Trials,
  { x, y, metric }: { readonly x: string; readonly y: string; readonly metric: string },
): Heatmap {
  const [across, up] = [sideOf(detail, trials, x), sideOf(detail, trials, y)]
  const [width, height] = [across.labels.length, up.labels.length]
  const rows = new Int32Array(width * height).fill(-1)
  for (let row = 0; row < trials.reply.rows; row++) {
    const rank = figure(trials, 'rank', row)
    if (Number.isNaN(rank)) continue
    const cell = (height - 1 - up.placeOf(row)) * width + across.placeOf(row)
    const other = rows[cell] as number
    if (other < 0 || rank < figure(trials, 'rank', other)) rows[cell] = row
  }
  const values = Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : figure(trials, metric, row)))
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  return { x: across.labels, y: [...up.labels].reverse(), rows, values, least, most }
}

function sideOf(detail: OptimisationDetail, trials: Trials, name: string): Side {
  const axis = detail.axes.find((one) => one.name === name)
  if (axis?.values != null && axis.values.length <= maxSide) {
    const labels = axis.values.map(String)
    const places = new Map(labels.map((label, k) => [label, k]))
    return { labels, placeOf: (row) => places.get(paramText(trials, name, row)) ?? 0 }
  }
  return partsOf(trials, name, axis?.values == null ? 24 : maxSide)
}

/** An axis of any number, or of very many, in equal parts. */
function partsOf(trials: Trials, name: string, parts: number): Side {
  const column = trials.columns[`param:${name}`] ?? new Float64Array()
  const low = column.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = column.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const width = (high - low) / parts || 1
  const labels = Array.from({ length: parts }, (_, k) => String(Number((low + (k + 0.5) * width).toPrecision(4))))
  return { labels, placeOf: (row) => Math.min(parts - 1, Math.floor(((column[row] as number) - low) / width)) }
}
