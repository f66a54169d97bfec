import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListedSetting, readLines } from '../../state/broker-lines.ts'
import { describedBy, FieldFrame } from '../../ui/field.tsx'

interface LinesFieldProps {
  readonly setting: ListedSetting
  readonly value: string
  onChange(value: string): void
}

/** A list of the broker's settings, a line each in the terminal's words. */
export function LinesField({ setting, value, onChange }: LinesFieldProps) {
  const { t } = useTranslation('backtest')
  const id = useId()
  const { badLine } = readLines(setting, value)
  const labels = {
    label: t(`broker.${setting}`),
    hint: t(`broker.about.${setting}`),
    error: badLine === null ? undefined : t('broker.badLine', { line: badLine }),
  }
  return (
    <FieldFrame {...labels} htmlFor={id}>
      <textarea
        id={id}
        className="tw-input backtest-lines"
        rows={2}
        spellCheck={false}
        value={value}
        {...describedBy(id, labels)}
        onChange={({ target }) => onChange(target.value)}
      />
    </FieldFrame>
  )
}
