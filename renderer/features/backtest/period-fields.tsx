import { useTranslation } from 'react-i18next'
import type { BacktestSetup } from '../../state/backtest-config.ts'
import { zoneOfFirst } from '../../state/backtest-setup.ts'
import { availableIntervals, isMeasured } from '../../state/intervals.ts'
import { coveredSpan, dayOf, dayText, parseDay, periodPresets, spanOf } from '../../state/period.ts'
import { useStore } from '../../state/store.ts'
import { Field } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { CoverageBar } from './coverage-bar.tsx'

interface PeriodFieldsProps {
  readonly setup: BacktestSetup
  readonly instruments: readonly string[]
  readonly error: string | undefined
  onChange(change: Partial<BacktestSetup>): void
}

/** Interval and period, with a bar per instrument that shows which part of its data is used. */
export function PeriodFields({ setup, instruments, error, onChange }: PeriodFieldsProps) {
  const { t } = useTranslation('backtest')
  const coverage = useStore((state) => state.coverage)
  const covered = coveredSpan(coverage, instruments)
  const zone = zoneOfFirst(
    instruments,
    useStore((state) => state.instruments),
  )
  const span = spanOf(setup.period, covered, zone)
  const { preset, from, to } = setup.period
  const offered = commonToAll(instruments.map((id) => availableIntervals(coverage, id)))
  const intervals = offered.includes(setup.interval) ? offered : [setup.interval, ...offered]
  const fits = offered.includes(setup.interval) || isMeasured(setup.interval)

  return (
    <>
      <Select
        label={t('interval')}
        value={setup.interval}
        hint={setup.interval.endsWith('renko') ? t('intervalHint.renko') : undefined}
        error={fits || offered.length === 0 ? undefined : t('problem.interval')}
        options={intervals.map((interval) => ({ value: interval, label: interval }))}
        onChange={(interval) => onChange({ interval })}
      />
      <div className="tw-field backtest-wide">
        <span className="backtest-label">{t('period')}</span>
        <Segmented
          label={t('period')}
          value={preset}
          options={periodPresets.map((name) => ({ value: name, label: t(`preset.${name}`) }))}
          onChange={(next) =>
            onChange({
              period:
                next === 'custom' && preset !== 'custom'
                  ? { preset: next, from: dayIn(zone, span.from ?? covered?.from), to: dayIn(zone, lastOf(covered)) }
                  : { ...setup.period, preset: next },
            })
          }
        />
      </div>
      {preset === 'custom' && (
        <div className="backtest-pair backtest-wide">
          <Field
            label={t('from')}
            type="date"
            value={dayText(from)}
            onChange={(text) => onChange({ period: { preset, from: parseDay(text), to } })}
          />
          <Field
            label={t('to')}
            type="date"
            value={dayText(to)}
            error={error}
            onChange={(text) => onChange({ period: { preset, from, to: parseDay(text) } })}
          />
        </div>
      )}
      <div className="backtest-coverage backtest-wide">
        {instruments.map((id) => (
          <CoverageBar key={id} instrument={id} all={covered} span={span} />
        ))}
      </div>
    </>
  )
}

function lastOf(covered: { readonly to: number } | null): number | undefined {
  return covered === null ? undefined : covered.to - 1
}

function dayIn(zone: string, ms: number | undefined): number | null {
  return ms === undefined ? null : dayOf(ms, zone)
}

/** Intervals every list has, in the order of the first; empty without lists. */
function commonToAll(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists
  return first.filter((interval) => others.every((list) => list.includes(interval)))
}
