import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'

interface InstrumentPickerProps {
  readonly chosen: readonly string[]
  readonly error: string | undefined
  onChange(ids: readonly string[]): void
}

/** One or several instruments as removable tags, more by typing a part of a name. */
export function InstrumentPicker({ chosen, error, onChange }: InstrumentPickerProps) {
  const { t } = useTranslation('backtest')
  const instruments = useStore((state) => state.instruments)
  const coverage = useStore((state) => state.coverage)
  const withBars = new Set(coverage.map((series) => series.instrument))
  const others = instruments.filter((record) => !chosen.includes(record.id))

  return (
    <div className={error === undefined ? 'tw-field' : 'tw-field is-invalid'}>
      <span className="backtest-label">{t('instruments')}</span>
      <div className="backtest-tags">
        {chosen.map((name) => (
          <span key={name} className="backtest-tag">
            {name}
            {instruments.find((record) => record.id === name)?.simulated === true && (
              <span className="backtest-sim">SIM</span>
            )}
            {chosen.length > 1 && (
              <IconButton
                icon={X}
                label={t('removeInstrument', { instrument: name })}
                onClick={() => onChange(chosen.filter((other) => other !== name))}
              />
            )}
          </span>
        ))}
        {others.length > 0 && (
          <Combobox
            bare
            label={t('addInstrument')}
            placeholder={t('addInstrument')}
            value=""
            options={others.map((record) => ({
              value: record.id,
              label: record.name === '' ? record.id : `${record.id} · ${record.name}`,
              disabled: !withBars.has(record.id),
            }))}
            onChange={(next) => onChange([...chosen, next])}
          />
        )}
      </div>
      {error !== undefined && (
        <p className="tw-field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
