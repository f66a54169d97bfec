import { useTranslation } from 'react-i18next'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { allZones, kinds, recordFaults } from './instrument-record.ts'

interface InstrumentFormProps {
  readonly record: Instrument
  onChange(patch: Partial<Instrument>): void
  /** The id names stored bars, so only a new instrument may choose it. */
  readonly fixedId?: boolean
}

/** The record of an instrument as controls. */
export function InstrumentForm({ record, onChange, fixedId = false }: InstrumentFormProps) {
  const { t } = useTranslation('data')
  const language = useStore((state) => state.language)
  const calendars = answered(useRequest('calendar.list', {}).answer)?.calendars ?? []
  const faults = recordFaults(record)
  const field = (name: keyof Instrument) => ({
    label: t(`instrument.${name}`),
    error: faults.includes(name) ? t(`instrument.fault.${name}`) : undefined,
  })
  return (
    <div className="tw-form-grid">
      <Field {...field('id')} value={record.id} disabled={fixedId} onChange={(id) => onChange({ id })} />
      <Field {...field('name')} value={record.name} maxLength={120} onChange={(name) => onChange({ name })} />
      <Field {...field('symbol')} value={record.symbol} onChange={(symbol) => onChange({ symbol })} />
      <Select
        {...field('kind')}
        value={record.kind}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <Field {...field('currency')} value={record.currency} onChange={(currency) => onChange({ currency })} />
      <Combobox
        {...field('zone')}
        value={record.zone}
        options={allZones().map((zone) => ({ value: zone, label: zone }))}
        onChange={(zone) => onChange({ zone })}
      />
      <Select
        {...field('calendar')}
        value={record.calendar ?? ''}
        options={[
          { value: '', label: t('instrument.noCalendar') },
          ...calendars.map(({ id, title }) => ({ value: id, label: `${id} · ${title[language]}` })),
        ]}
        onChange={(calendar) => onChange({ calendar: calendar === '' ? undefined : calendar })}
      />
      <NumberField {...field('tickSize')} value={record.tickSize} onChange={(tickSize) => onChange({ tickSize })} />
      <NumberField {...field('lotSize')} value={record.lotSize} onChange={(lotSize) => onChange({ lotSize })} />
      <NumberField
        {...field('multiplier')}
        value={record.multiplier}
        onChange={(multiplier) => onChange({ multiplier })}
      />
    </div>
  )
}
