import 'uplot/dist/uPlot.min.css'
import './plot.css'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import { dateTime } from '../../ui/date-time.ts'
import { useThemeVersion } from './theme-version.ts'

/** One drawn curve; `values` run along the plot's time. */
export interface Curve {
  readonly label: string
  /** Name of a colour token without dashes, e.g. `accent`, `down`. */
  readonly colour: string
  /** Area towards zero (or the lower edge), e.g. for drawdowns. */
  readonly fill?: boolean
  readonly dashed?: boolean
  /** How a value is written on the axis. */
  format(value: number): string
}

export interface PlotData {
  /** Ascending epoch milliseconds. */
  readonly time: readonly number[]
  /** One array per curve; null is a gap. */
  readonly values: readonly (readonly (number | null)[])[]
}

interface PlotProps {
  /** Read aloud. */
  readonly label: string
  /** Memoise: a new array rebuilds the plot. */
  readonly curves: readonly Curve[]
  readonly data: PlotData
  /** Zone of the time axis: IANA, `utc` or `local`. */
  readonly zone: string
  /** Visible time; null shows everything. Dragging asks for a new one, a double click for null. */
  readonly view?: { readonly from: number; readonly to: number } | null
  onView?(view: { readonly from: number; readonly to: number } | null): void
  /** Plots with the same key share their cursor. */
  readonly sync?: string
  /** Time under the cursor, null when it leaves. */
  onCursor?(index: number | null): void
  readonly hideTime?: boolean
}

/** Line curves over time on a canvas: brush to zoom, double click to see all, cursor shared between plots. */
export function Plot(props: PlotProps) {
  const { label, curves, data, zone, view = null, sync, hideTime = false } = props
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const calls = useRef(props)
  calls.current = props
  const theme = useThemeVersion()

  // biome-ignore lint/correctness/useExhaustiveDependencies: data and view are set on the living plot below; the theme changes colours that only a rebuild reads.
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const made = new UPlot(
      options({ element, curves, zone, sync, hideTime, calls: () => calls.current }),
      toPlotData(data),
      element,
    )
    plot.current = made
    applyView(made, view)
    const resized = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height: element.clientHeight })
    })
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [curves, zone, sync, hideTime, theme])

  useEffect(() => {
    const made = plot.current
    if (made === null) return
    made.batch(() => {
      made.setData(toPlotData(data), false)
      applyView(made, view)
    })
  }, [data, view])

  return <div ref={host} className="tw-plot" role="img" aria-label={label} />
}

function toPlotData(data: PlotData): UPlot.AlignedData {
  return [data.time, ...data.values] as unknown as UPlot.AlignedData
}

function applyView(plot: UPlot, view: { readonly from: number; readonly to: number } | null): void {
  const time = plot.data[0]
  const min = view?.from ?? time[0]
  const max = view?.to ?? time[time.length - 1]
  if (min === undefined || max === undefined) return
  plot.setScale('x', { min, max: max > min ? max : min + 1 })
}

interface OptionsInput {
  readonly element: HTMLElement
  readonly curves: readonly Curve[]
  readonly zone: string
  readonly sync: string | undefined
  readonly hideTime: boolean
  calls(): PlotProps
}

function options({ element, curves, zone, sync, hideTime, calls }: OptionsInput): UPlot.Options {
  // A plot behind another tab is out of the document and has no style of its own.
  const style = getComputedStyle(element.isConnected ? element : document.body)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const font = `${token('text-small')} ${style.fontFamily}`
  const axis = { stroke: token('text-faint'), font, grid: line(token('grid')), ticks: line(token('grid')) }
  return {
    width: Math.max(1, element.clientWidth),
    height: Math.max(1, element.clientHeight),
    ms: 1,
    tzDate: (ms) => zonedDate(ms, zone),
    legend: { show: false },
    padding: [8, 8, hideTime ? 4 : 0, 0],
    cursor: {
      ...(sync === undefined ? {} : { sync: { key: sync } }),
      drag: { x: true, y: false, setScale: false },
      points: { size: 5 },
    },
    scales: { x: { time: true }, y: { range: padded } },
    axes: [
      {
        ...axis,
        show: !hideTime,
        size: 26,
        space: 90,
        values: (_: UPlot, splits: number[], __: number, ___: number, step: number) =>
          splits.map((ms) => dateTime(ms, zone, step >= 86_400_000 ? 'day' : 'minute')),
      },
      {
        ...axis,
        size: 64,
        space: 28,
        side: 1,
        values: (_: UPlot, splits: number[]) => splits.map((value) => curves[0]?.format(value) ?? String(value)),
      },
    ],
    series: [{}, ...curves.map((curve) => drawn(curve, token(curve.colour)))],
    hooks: {
      setSelect: [(made) => brush(made, calls())],
      setCursor: [(made) => calls().onCursor?.(made.cursor.idx ?? null)],
      ready: [(made) => made.over.addEventListener('dblclick', () => calls().onView?.(null))],
    },
  }
}

/** A date whose local parts are the zone's wall clock, so that ticks fall on its midnights. */
function zonedDate(ms: number, zone: string): Date {
  if (zone === 'local') return new Date(ms)
  return UPlot.tzDate(new Date(ms), zone === 'utc' ? 'Etc/UTC' : zone)
}

function line(stroke: string) {
  return { stroke, width: 1 }
}

function drawn(curve: Curve, stroke: string): UPlot.Series {
  return {
    label: curve.label,
    stroke,
    width: 1.25,
    points: { show: false },
    spanGaps: true,
    ...(curve.dashed === true ? { dash: [4, 3] } : {}),
    ...(curve.fill === true ? { fill: `${stroke}33` } : {}),
  }
}

/** A little air above and below; a flat curve still gets a scale. */
function padded(_: UPlot, min: number | null, max: number | null): UPlot.Range.MinMax {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1]
  const air = max > min ? (max - min) * 0.05 : Math.abs(max) * 0.01 || 1
  return [min - air, max + air]
}

function brush(plot: UPlot, { onView }: PlotProps): void {
  const { left, width } = plot.select
  if (width < 4) return
  const from = plot.posToVal(left, 'x')
  const to = plot.posToVal(left + width, 'x')
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  onView?.({ from, to })
}
