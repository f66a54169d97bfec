import { Eye, EyeOff, Settings2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { indicatorText, type ShownIndicator, valueAt } from '../../chart/indicator-lines.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { compact, price, ratioPercent } from '../../ui/format.ts'
import type { CandleValues } from './candle-values.ts'

interface PriceLegendProps {
  readonly record: Instrument
  readonly interval: string
  readonly values: CandleValues | null
}

/** Open, high, low, close, change and volume of the candle under the cursor. */
export function PriceLegend({ record, interval, values }: PriceLegendProps) {
  const { t } = useTranslation('chart')
  const language = useStore((state) => state.language)
  const direction = values === null ? '' : values.close < values.open ? 'is-down' : 'is-up'
  const write = (value: number | undefined) => price(value, record.tickSize)
  return (
    <p className="chart-legend-price">
      <b>{record.id}</b>
      <span className="chart-legend-interval">{interval}</span>
      <span className={classNames('chart-ohlc', direction)}>
        {(['open', 'high', 'low', 'close'] as const).map((name) => (
          <span key={name}>
            <abbr title={t(`ohlc.${name}`)}>{t(`ohlcShort.${name}`)}</abbr>
            {write(values?.[name])}
          </span>
        ))}
        <span>{ratioPercent(values?.change)}</span>
      </span>
      <span className="chart-ohlc">
        <span>
          <abbr title={t('ohlc.volume')}>{t('ohlcShort.volume')}</abbr>
          {compact(values?.volume, language)}
        </span>
      </span>
    </p>
  )
}

interface IndicatorLegendProps {
  readonly indicator: ShownIndicator
  /** Candle under the cursor, in candles of `factor` bars. */
  readonly candle: number
  readonly factor: number
  readonly tickSize: number
  onHide(): void
  onEdit(): void
  onRemove(): void
}

/** One indicator's name and values, and what can be done with it. */
export function IndicatorLegend(props: IndicatorLegendProps) {
  const { indicator, candle, factor, tickSize, onHide, onEdit, onRemove } = props
  const { t } = useTranslation('chart')
  const write = (value: number) =>
    indicator.pane === 'price' ? price(value, tickSize) : indicatorText(value, indicator.decimals)
  return (
    <p className={classNames('chart-legend-indicator', indicator.hidden && 'is-hidden')}>
      <span title={indicator.about}>{indicator.title}</span>
      {!indicator.hidden &&
        indicator.lines.map((line) => (
          <span key={line.name} className={`chart-series-${(line.colour % 6) + 1}`} title={line.name}>
            {write(valueAt(line.values, candle, factor))}
          </span>
        ))}
      {indicator.about === undefined && (
        <span className="chart-legend-actions">
          <IconButton
            icon={indicator.hidden ? EyeOff : Eye}
            label={t(indicator.hidden ? 'legend.show' : 'legend.hide', { indicator: indicator.title })}
            onClick={onHide}
          />
          <IconButton icon={Settings2} label={t('legend.edit', { indicator: indicator.title })} onClick={onEdit} />
          <IconButton icon={X} label={t('legend.remove', { indicator: indicator.title })} onClick={onRemove} />
        </span>
      )}
    </p>
  )
}
