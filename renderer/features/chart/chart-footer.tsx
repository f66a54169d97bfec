import { useTranslation } from 'react-i18next'
import { zoneLabel } from '../../chart/zone-clock.ts'
import { count } from '../../ui/format.ts'
import type { BarsShown } from './use-bars.ts'

interface ChartFooterProps {
  readonly shown: BarsShown
  readonly zone: string
  /** The interval that was asked for. */
  readonly asked: string
  /** Bars per candle at this zoom. */
  readonly factor: number
}

/** How to read the axis: zone, what a bar's stamp means, how many bars there are and how many make a candle. */
export function ChartFooter({ shown, zone, asked, factor }: ChartFooterProps) {
  const { t } = useTranslation('chart')
  const { bars, interval, sourceInterval } = shown
  const last = bars.time[bars.length - 1] ?? 0
  const name = zone === 'local' ? t('foot.local') : zone === 'utc' ? 'UTC' : zone
  const short = zoneLabel(zone, last)
  return (
    <footer className="chart-footer">
      <span>{t('foot.zone', { zone: name === short ? name : `${name} (${short})` })}</span>
      <span>{t('foot.stamp')}</span>
      <span>{t('foot.bars', { bars: count(bars.length), interval })}</span>
      {sourceInterval !== interval && <span>{t('foot.resampled', { interval: sourceInterval })}</span>}
      {interval !== asked && <span className="is-warn">{t('foot.widened', { asked, interval })}</span>}
      {factor > 1 && <span>{t('foot.factor', { factor: count(factor), interval })}</span>}
      <a
        className="chart-credit"
        href="https://www.tradingview.com/"
        target="_blank"
        rel="noreferrer"
        title="TradingView Lightweight Charts™ Copyright (c) 2025 TradingView, Inc."
      >
        {t('foot.credit')}
      </a>
    </footer>
  )
}
