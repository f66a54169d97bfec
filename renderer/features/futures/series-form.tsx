import { useTranslation } from 'react-i18next'
import type { Takes } from '../../../core/contract/contract.ts'
import type { Instrument } from '../../state/types.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'

type Definition = Takes<'futures.build'>['definition']
export type SeriesDraft = Omit<Definition, 'calendar'>

const adjustments = ['difference', 'ratio', 'forward-difference', 'forward-ratio', 'weighted', 'none'] as const
const intervals = ['1m', '5m', '15m', '1h', '1d'] as const

interface SeriesFormProps {
  readonly draft: SeriesDraft
  readonly contracts: readonly Instrument[]
  readonly stored: readonly Definition[]
  onChange(change: Partial<SeriesDraft>): void
  onChoose(definition: Definition): void
}

/** Which contracts, when each is left, and how the earlier ones are fitted to the last. */
export function SeriesForm({ draft, contracts, stored, onChange, onChoose }: SeriesFormProps) {
  const { t } = useTranslation('futures')
  const toggle = (id: string, isChosen: boolean) => {
    const others = draft.contracts.filter((each) => each !== id)
    onChange({ contracts: isChosen ? [...others, id] : others })
  }
  return (
    <div className="futures-form">
      {stored.length > 0 && (
        <Select
          label={t('stored')}
          value={stored.some(({ id }) => id === draft.id) ? draft.id : ''}
          options={[{ value: '', label: t('new') }, ...stored.map(({ id }) => ({ value: id, label: id }))]}
          onChange={(id) => {
            const found = stored.find((each) => each.id === id)
            if (found !== undefined) onChoose(found)
          }}
        />
      )}
      <Field label={t('id')} value={draft.id} maxLength={40} onChange={(id) => onChange({ id: id.trim() })} />
      <fieldset>
        <legend>{t('contracts')}</legend>
        {contracts.map(({ id }) => (
          <Checkbox
            key={id}
            label={id}
            checked={draft.contracts.includes(id)}
            onChange={(isChosen) => toggle(id, isChosen)}
          />
        ))}
      </fieldset>
      <Field label={t('roll')} hint={t('rollHint')} value={draft.roll} onChange={(roll) => onChange({ roll })} />
      <Select
        label={t('adjust')}
        value={draft.adjust}
        options={adjustments.map((value) => ({ value, label: t(`adjustment.${value}`) }))}
        onChange={(adjust) => onChange({ adjust })}
      />
      <Select
        label={t('interval')}
        value={draft.interval}
        options={intervals.map((value) => ({ value, label: value }))}
        onChange={(interval) => onChange({ interval })}
      />
      <Checkbox
        label={t('positions')}
        checked={draft.positions === 'rule'}
        onChange={(byRule) => onChange({ positions: byRule ? 'rule' : 'ask' })}
      />
      <Field
        label={t('product')}
        hint={t('productHint')}
        value={draft.product}
        onChange={(product) => onChange({ product: product.trim().toUpperCase() })}
      />
    </div>
  )
}
