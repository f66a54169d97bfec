import { Save } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SizedFields } from '../../state/order-size.ts'
import { useStore } from '../../state/store.ts'
import { loadPresets, type Preset, presetOf, presetSlots, storePreset } from '../../state/ticket-presets.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { quantity } from '../../ui/format.ts'
import { stopUnit, targetUnit } from './exit-units.ts'

interface TicketPresetsProps {
  readonly instrument: string
  readonly fields: SizedFields
  change(more: Partial<SizedFields>): void
}

/** Tickets that are kept for an instrument: one press fills the fields, and sends nothing. */
export function TicketPresets({ instrument, fields, change }: TicketPresetsProps) {
  const { t } = useTranslation(['live', 'replay'])
  const [presets, setPresets] = useState<readonly (Preset | null)[]>(() =>
    Array.from({ length: presetSlots }, () => null),
  )
  const [isSaving, setSaving] = useState(false)
  useEffect(() => {
    let isCurrent = true
    loadPresets(instrument)
      .then((found) => isCurrent && setPresets(found))
      .catch((error: unknown) => useStore.getState().notifyError(error))
    return () => {
      isCurrent = false
    }
  }, [instrument])
  const press = async (slot: number) => {
    const preset = presets[slot] ?? null
    if (!isSaving && preset !== null) return change(preset)
    setSaving(false)
    try {
      setPresets(await storePreset(instrument, slot, presetOf(fields)))
    } catch (error) {
      useStore.getState().notifyError(error)
    }
  }
  const words = (preset: Preset | null) => {
    if (preset === null) return t('presets.empty')
    const exit = (name: 'target' | 'stop', unit: string | undefined) =>
      Number.isFinite(preset[name])
        ? [`${t(`replay:ticket.${name}`)} ${quantity(preset[name])} ${unit ?? ''}`.trim()]
        : []
    const size = preset.sizeBy === 'units' ? '' : `${t(`size.${preset.sizeBy}`)} `
    const parts = [`${t(`replay:type.${preset.kind}`)} ${size}${quantity(preset.quantity)}`]
    return [...parts, ...exit('target', targetUnit(preset)), ...exit('stop', stopUnit(preset))].join(' · ')
  }
  return (
    <fieldset className="live-presets" aria-label={t('presets.title')}>
      {presets.map((preset, slot) => (
        <button
          key={slot}
          type="button"
          className={classNames('tw-button', preset === null && 'is-empty')}
          aria-label={t('presets.slot', { number: slot + 1, words: words(preset) })}
          title={words(preset)}
          onClick={() => void press(slot)}
        >
          {slot + 1}
        </button>
      ))}
      <IconButton icon={Save} label={t('presets.save')} pressed={isSaving} onClick={() => setSaving(!isSaving)} />
    </fieldset>
  )
}
