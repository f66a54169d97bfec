import { useTranslation } from 'react-i18next'
import { count, decimal, percent, ratioPercent } from '../../ui/format.ts'
import { Bands, Histogram, Scatter } from './sheet-charts.tsx'
import type { TearSheet } from './use-sheet.ts'

/** How returns are spread, what they could have become, and how far trades moved for and against their entry. */
export function SpreadTab({ sheet }: { readonly sheet: TearSheet }) {
  const { t } = useTranslation('report')
  const { distribution, monteCarlo, trips } = sheet
  const moved = distribution.counts.reduce((sum, amount) => sum + amount, 0)
  const [low, , middle, , high] = monteCarlo.returns
  return (
    <div className="report-spread">
      <figure>
        <figcaption>
          <h3>{t('sheet.distribution')}</h3>
          <span className="report-faint">{t('sheet.from.returns', { rows: count(moved) })}</span>
        </figcaption>
        <Histogram bins={distribution} label={t('sheet.distribution')} format={(value) => ratioPercent(value, 1)} />
      </figure>
      <figure>
        <figcaption>
          <h3>{t('sheet.monteCarlo', { paths: count(monteCarlo.paths) })}</h3>
          <span className="report-faint">
            {t('sheet.monteCarloEnds', {
              low: ratioPercent(low),
              middle: ratioPercent(middle),
              high: ratioPercent(high),
              drawdown: percent(monteCarlo.drawdowns[4]),
            })}
          </span>
        </figcaption>
        <Bands
          progress={monteCarlo.progress}
          bands={monteCarlo.bands.map(({ growth }) => growth)}
          label={t('sheet.monteCarlo', { paths: count(monteCarlo.paths) })}
          format={(value) => decimal(value, 2)}
        />
      </figure>
      <figure>
        <figcaption>
          <h3>{t('sheet.excursions')}</h3>
          <span className="report-faint">{t('sheet.excursionsAbout')}</span>
        </figcaption>
        <Scatter points={excursions(trips)} label={t('sheet.excursions')} format={(value) => percent(value)} />
      </figure>
    </div>
  )
}

/** Each trade as its farthest moves against and for the entry, ratios of the entry price. */
function excursions({ columns }: TearSheet['trips']) {
  const { mae = [], mfe = [], entryPrice = [], pnl = [] } = columns
  return mae.flatMap((against, at) => {
    const favour = mfe[at]
    const entry = Math.abs(entryPrice[at] ?? 0)
    if (against === null || favour === null || favour === undefined || entry === 0) return []
    return [{ x: against / entry, y: favour / entry, won: (pnl[at] ?? 0) > 0 }]
  })
}
