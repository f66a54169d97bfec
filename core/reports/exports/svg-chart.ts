import { isoDay } from './iso-time.ts'

/** One line of a chart. */
export interface SvgLine {
  readonly values: readonly (number | null)[]
  /** Class that gives it its colour. */
  readonly look: string
  /** Filled down to 0. */
  readonly fill?: boolean
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly bottom: number
}

const frame: Frame = { width: 720, height: 180, left: 56, bottom: 18 }

/** Lines over time with a scale on the left and dates below. */
export function lineChart(
  time: readonly number[],
  lines: readonly SvgLine[],
  { format, label, height = frame.height }: ChartLook,
): string {
  const values = lines.flatMap((line) => line.values.filter((value): value is number => value !== null))
  if (time.length < 2 || values.length === 0) return ''
  const own = { ...frame, height }
  const x = scale(time[0] as number, time.at(-1) as number, own.left, own.width - 4)
  const low = Math.min(...lines.map(({ fill }) => (fill === true ? 0 : Number.POSITIVE_INFINITY)), least(values))
  const high = Math.max(...lines.map(({ fill }) => (fill === true ? 0 : Number.NEGATIVE_INFINITY)), most(values))
  const y = scale(low, high === low ? low + 1 : high, own.height - own.bottom, 6)
  const drawn = lines.map((line) => drawnLine(line, time.map(x), y))
  const dates = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = (time[0] as number) + share * ((time.at(-1) as number) - (time[0] as number))
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle'
    return `<text x="${round(x(at))}" y="${own.height - 4}" text-anchor="${anchor}">${isoDay(at)}</text>`
  })
  return svg(own, label, [...grid(ticks(low, high), y, own, format), ...drawn, ...dates])
}

interface ChartLook {
  readonly format: (value: number) => string
  /** Read aloud instead of the picture. */
  readonly label: string
  readonly height?: number
}

/** Bars of equal width; those below 0 look otherwise. */
export function barChart(
  bars: { readonly from: number; readonly width: number; readonly counts: readonly number[] },
  { format, label }: ChartLook,
): string {
  const { counts, from, width } = bars
  if (counts.length === 0) return ''
  const top = most(counts)
  const x = scale(from, from + width * counts.length, frame.left, frame.width - 24)
  const y = scale(0, top, frame.height - frame.bottom, 6)
  const rects = counts.map((count, bin) => {
    const left = x(from + bin * width)
    const look = from + (bin + 0.5) * width < 0 ? 'loss' : 'profit'
    const size = `width="${round(Math.max(0.5, x(from + (bin + 1) * width) - left - 1))}" height="${round(y(0) - y(count))}"`
    return `<rect class="${look}" x="${round(left)}" y="${round(y(count))}" ${size}/>`
  })
  const labels = ticks(from, from + width * counts.length).map(
    (at) => `<text x="${round(x(at))}" y="${frame.height - 4}" text-anchor="middle">${format(at)}</text>`,
  )
  return svg(frame, label, [...grid(ticks(0, top), y, frame, String), ...rects, ...labels])
}

/** Points of two measures. */
export function scatterChart(
  points: readonly { readonly x: number; readonly y: number; readonly look: string }[],
  { format, label }: ChartLook,
): string {
  if (points.length === 0) return ''
  const own = { ...frame, height: 220 }
  const x = scale(0, Math.max(1e-9, most(points.map((point) => point.x))), own.left, own.width - 24)
  const y = scale(0, Math.max(1e-9, most(points.map((point) => point.y))), own.height - own.bottom, 6)
  const drawn = points.map(
    (point) => `<circle class="${point.look}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="2.2"/>`,
  )
  const labels = ticks(0, most(points.map((point) => point.x))).map(
    (at) => `<text x="${round(x(at))}" y="${own.height - 4}" text-anchor="middle">${format(at)}</text>`,
  )
  return svg(own, label, [...grid(ticks(0, most(points.map((point) => point.y))), y, own, format), ...drawn, ...labels])
}

/** Bands of a middle line: each pair encloses an area. */
export function bandChart(
  progress: readonly number[],
  bands: readonly (readonly (number | null)[])[],
  { format, label }: ChartLook,
): string {
  const values = bands.flat().filter((value): value is number => value !== null)
  if (progress.length < 2 || values.length === 0) return ''
  const x = scale(0, 1, frame.left, frame.width - 4)
  const y = scale(least(values), most(values), frame.height - frame.bottom, 6)
  const at = (band: readonly (number | null)[]) =>
    band.map((value, row) => `${round(x(progress[row] ?? 0))},${round(y(value ?? 1))}`)
  const areas = [0, 1].map((outer) => {
    const [low, high] = [bands[outer], bands[bands.length - 1 - outer]]
    return low === undefined || high === undefined
      ? ''
      : `<polygon class="band" points="${[...at(low), ...at(high).reverse()].join(' ')}"/>`
  })
  const middle = bands[Math.floor(bands.length / 2)] ?? []
  return svg(frame, label, [
    ...grid(ticks(least(values), most(values)), y, frame, format),
    ...areas,
    `<polyline class="line accent" points="${at(middle).join(' ')}"/>`,
  ])
}

function drawnLine({ values, look, fill }: SvgLine, xs: readonly number[], y: (value: number) => number): string {
  const parts: string[] = []
  let current: string[] = []
  const close = () => {
    if (current.length > 1) parts.push(current.join(' '))
    current = []
  }
  for (const [row, value] of values.entries()) {
    if (value === null) close()
    else current.push(`${round(xs[row] as number)},${round(y(value))}`)
  }
  close()
  const lines = parts.map((points) => `<polyline class="line ${look}" points="${points}"/>`)
  if (fill !== true) return lines.join('')
  const areas = parts.map((points) => {
    const first = points.slice(0, points.indexOf(','))
    const last = points.slice(points.lastIndexOf(' ') + 1).split(',')[0]
    return `<polygon class="area ${look}" points="${first},${round(y(0))} ${points} ${last},${round(y(0))}"/>`
  })
  return areas.join('') + lines.join('')
}

function grid(
  at: readonly number[],
  y: (value: number) => number,
  own: Frame,
  format: (value: number) => string,
): string[] {
  return at.map((value) => {
    const height = round(y(value))
    const line = `<line class="grid" x1="${own.left}" x2="${own.width - 4}" y1="${height}" y2="${height}"/>`
    return `${line}<text x="${own.left - 6}" y="${round(y(value) + 3)}" text-anchor="end">${format(value)}</text>`
  })
}

/** Round numbers between two ends, about four. */
function ticks(low: number, high: number): number[] {
  const span = high - low
  if (!(span > 0)) return [low]
  const power = 10 ** Math.floor(Math.log10(span / 4))
  const step = ([1, 2, 5, 10].find((factor) => span / (factor * power) <= 5) ?? 10) * power
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) => (first + at) * step)
}

function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from)
  return (value) => start + (value - from) * factor
}

function svg({ width, height }: Frame, label: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${parts.join('')}</svg>`
}

const round = (value: number) => Math.round(value * 10) / 10
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
