import { useTranslation } from 'react-i18next'
import { seriesOf } from '../../state/intervals.ts'
import { type Span, shareOf } from '../../state/period.ts'
import { useInstrument, useStore } from '../../state/store.ts'
import { date } from '../../ui/date-time.ts'
import { count } from '../../ui/format.ts'

interface CoverageBarProps {
  readonly instrument: string
  /** What all chosen instruments cover together: the bar's full length. */
  readonly all: { readonly from: number; readonly to: number } | null
  /** The chosen period. */
  readonly span: Span
}

/** Stored data of one instrument on the common time line (light), and the part a run would use (strong). */
export function CoverageBar({ instrument, all, span }: CoverageBarProps) {
  const { t } = useTranslation('backtest')
  const coverage = useStore((state) => state.coverage)
  const zone = useInstrument(instrument)?.zone ?? 'utc'
  const [series] = seriesOf(coverage, instrument)
  if (series === undefined || all === null) {
    return (
      <p className="backtest-coverage-line is-empty">
        {instrument} {t('coverage.none')}
      </p>
    )
  }
  const data = shareOf({ from: series.from, to: series.to }, all)
  const used = shareOf(
    { from: Math.max(series.from, span.from ?? series.from), to: Math.min(series.to, span.to ?? series.to) },
    all,
  )
  const words = t('coverage.line', {
    instrument,
    from: date(series.from, zone),
    to: date(series.to - 1, zone),
    bars: count(series.bars),
    interval: series.interval,
  })
  return (
    <div className="backtest-coverage-line">
      <svg viewBox="0 0 1000 6" preserveAspectRatio="none" role="img" aria-label={words}>
        <rect className="backtest-coverage-all" x={0} y={0} width={1000} height={6} />
        {data !== null && <Part className="backtest-coverage-data" share={data} />}
        {used !== null && <Part className="backtest-coverage-used" share={used} />}
      </svg>
      <span>{words}</span>
      {used === null && <span className="backtest-coverage-warning">{t('coverage.outside')}</span>}
    </div>
  )
}

function Part({ className, share }: { className: string; share: { readonly start: number; readonly end: number } }) {
  return (
    <rect
      className={className}
      x={share.start * 1000}
      y={0}
      width={Math.max(2, (share.end - share.start) * 1000)}
      height={6}
    />
  )
}
