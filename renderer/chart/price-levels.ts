import { type IPriceLine, type ISeriesApi, LineStyle } from 'lightweight-charts'
import type { ChartTheme } from './chart-theme.ts'

/** A price drawn across the chart: an order that waits there, or what a position was paid for. */
export interface PriceLevel {
  readonly price: number
  /** Word at the line, e.g. `Buy 10`. */
  readonly title: string
  readonly kind: 'buy' | 'sell' | 'target' | 'stop' | 'position'
  /** It does not work yet: dotted. */
  readonly sleeps: boolean
}

/** How far beyond the candles a level may lie, in heights of what they span, and still be shown. */
const reach = 0.75

/** The span of prices with the levels near it. */
export function spanWithLevels(
  span: { readonly minValue: number; readonly maxValue: number },
  levels: readonly PriceLevel[],
): { minValue: number; maxValue: number } {
  const room = (span.maxValue - span.minValue) * reach
  const near = levels
    .map(({ price }) => price)
    .filter((price) => {
      return price >= span.minValue - room && price <= span.maxValue + room
    })
  return { minValue: Math.min(span.minValue, ...near), maxValue: Math.max(span.maxValue, ...near) }
}

function colourOf(kind: PriceLevel['kind'], theme: ChartTheme): string {
  if (kind === 'target') return theme.profit
  if (kind === 'stop') return theme.loss
  return kind === 'position' ? theme.accent : theme[kind]
}

/** Puts these levels in the place of those before; returns what is drawn, to be handed in again. */
export function drawLevels(
  series: ISeriesApi<'Candlestick', number>,
  before: readonly IPriceLine[],
  levels: readonly PriceLevel[],
  theme: ChartTheme,
): IPriceLine[] {
  for (const line of before) series.removePriceLine(line)
  return levels.map(({ price, title, kind, sleeps }) =>
    series.createPriceLine({
      price,
      title,
      color: colourOf(kind, theme),
      lineWidth: 1,
      lineStyle: kind === 'position' ? LineStyle.Solid : sleeps ? LineStyle.Dotted : LineStyle.Dashed,
      lineVisible: true,
      axisLabelVisible: true,
    }),
  )
}
