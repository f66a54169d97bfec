import { useTranslation } from 'react-i18next'

/** Every key of the panel, in the order in which it is written down. */
const keys = ['space', 'step', 'step10', 'event', 'speed', 'buy', 'quantity', 'flatten', 'cancel', 'chart'] as const

/** The keys of the panel. */
export function ReplayKeys() {
  const { t } = useTranslation('replay')
  return (
    <dl className="replay-keys" aria-label={t('keys.title')}>
      {keys.map((key) => (
        <div key={key}>
          <dt>{t(`keys.${key}.key`)}</dt>
          <dd>{t(`keys.${key}.does`)}</dd>
        </div>
      ))}
    </dl>
  )
}
