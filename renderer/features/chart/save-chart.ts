import i18next from 'i18next'
import type { CandleChart } from '../../chart/candle-chart.ts'
import { readTheme } from '../../chart/chart-theme.ts'
import { indicatorText, type ShownIndicator, valueAt } from '../../chart/indicator-lines.ts'
import { zoneLabel } from '../../chart/zone-clock.ts'
import { intervalMs } from '../../state/intervals.ts'
import type { Instrument } from '../../state/types.ts'
import { dateTime, price, ratioPercent } from '../../ui/format.ts'
import { candleValues } from './candle-values.ts'
import { composePicture, savePicture } from './picture.ts'
import type { BarsShown } from './use-bars.ts'

interface SavedChart {
  readonly chart: CandleChart
  readonly shown: BarsShown
  readonly record: Instrument
  readonly zone: string
  readonly indicators: readonly ShownIndicator[]
  readonly factor: number
}

/** Saves what the chart shows as a PNG with its title, last values and how its times are to be read. */
export function saveChart({ chart, shown, record, zone, indicators, factor }: SavedChart): void {
  const { bars, interval } = shown
  const end = bars.length - 1
  const last = candleValues(bars, Math.floor(end / factor) * factor, end)
  const figures = (['open', 'high', 'low', 'close'] as const).map(
    (name) => `${i18next.t(`chart:ohlcShort.${name}`)} ${price(last?.[name], record.tickSize)}`,
  )
  const candle = Math.floor(end / factor)
  const lines = indicators
    .filter(({ hidden }) => !hidden)
    .map(({ title, lines, decimals }) => [
      title,
      ...lines.map(({ values }) => indicatorText(valueAt(values, candle, factor), decimals)),
    ])
  const simulated = record.simulated ? ' · SIM' : ''
  const moment = dateTime(last?.time, zone, intervalMs(interval) < 86_400_000 ? 'minute' : 'day')
  const words = {
    title: `${record.id} · ${interval} · ${record.name}${simulated}`,
    lines: [[...figures, ratioPercent(last?.change)].join('   '), ...lines.map((parts) => parts.join('   '))],
    footnote: i18next.t('chart:pictureFoot', { moment, zone: zoneLabel(zone, last?.time ?? 0) }),
    fileName: `${record.id}-${interval}-${moment.replace(/[^0-9]/g, '')}`,
  }
  const { background, text, muted, font } = readTheme(document.documentElement)
  savePicture(composePicture(chart.picture(), words, { background, text, muted, font }), words.fileName)
}
