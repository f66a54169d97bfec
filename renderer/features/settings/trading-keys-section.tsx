import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  keyNames,
  keyOf,
  keyProblem,
  loadTradingKeys,
  standardKeys,
  storeTradingKeys,
  type TradingAct,
  tradingActs,
  useTradingKeys,
} from '../../state/trading-keys.ts'
import { Button } from '../../ui/button.tsx'

/** Which single keys trade while the ticket is armed: press one, then the key that it shall be. */
export function TradingKeysSection() {
  const { t } = useTranslation('settings')
  const keys = useTradingKeys()
  const names = keyNames(keys)
  const [waiting, setWaiting] = useState<TradingAct | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => void loadTradingKeys(), [])
  const press = (act: TradingAct) => (event: KeyboardEvent) => {
    if (waiting !== act) return
    const key = keyOf(event)
    if (key === 'Tab') return setWaiting(null)
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Escape') return setWaiting(null)
    const found = keyProblem(keys, act, key)
    setProblem(found === null ? '' : t(`tradingKeys.${found}`, { key: event.key }))
    if (found !== null) return
    setWaiting(null)
    void storeTradingKeys({ ...keys, [act]: key })
  }
  return (
    <section aria-label={t('tradingKeys.title')}>
      <h3>{t('tradingKeys.title')}</h3>
      <p className="tw-setting-about">{t('tradingKeys.about')}</p>
      {tradingActs.map((act) => (
        <div key={act} className="tw-setting">
          <p>{t(`tradingKeys.${act}`)}</p>
          <Button
            aria-label={t('tradingKeys.change', { act: t(`tradingKeys.${act}`), key: names[act] })}
            aria-pressed={waiting === act}
            onClick={() => {
              setProblem('')
              setWaiting(act)
            }}
            onBlur={() => setWaiting(null)}
            onKeyDown={press(act)}
          >
            {waiting === act ? t('tradingKeys.press') : names[act]}
          </Button>
        </div>
      ))}
      <p role="status" className="tw-setting-about">
        {problem}
      </p>
      <Button variant="quiet" onClick={() => void storeTradingKeys(standardKeys)}>
        {t('tradingKeys.standard')}
      </Button>
    </section>
  )
}
