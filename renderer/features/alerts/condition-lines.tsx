import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'

interface ConditionLinesProps {
  readonly conditions: readonly string[]
  onChange(conditions: string[]): void
}

/** The conditions as text: what was built can be sharpened by typing. */
export function ConditionLines({ conditions, onChange }: ConditionLinesProps) {
  const { t } = useTranslation('alerts')
  return (
    <ol className="alerts-lines" aria-label={t('conditions')}>
      {conditions.map((condition, index) => (
        // The place is the identity: the text changes while it is typed
        <li key={index}>
          <input
            className="tw-input is-code"
            aria-label={t('condition', { number: index + 1 })}
            value={condition}
            onChange={(event) => onChange(conditions.with(index, event.target.value) as string[])}
          />
          <IconButton
            icon={Trash2}
            label={t('removeCondition', { number: index + 1 })}
            onClick={() => onChange(conditions.filter((_, other) => other !== index))}
          />
        </li>
      ))}
    </ol>
  )
}
