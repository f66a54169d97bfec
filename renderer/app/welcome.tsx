import { FileUp, Play, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../bridge.ts'
import { runCommand } from '../state/commands.ts'
import { preferenceChoices } from '../state/preferences.ts'
import { useStore } from '../state/store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useOverlays } from './overlays.ts'
import { runSampleBacktest } from './sample-backtest.ts'

const welcomedKey = 'welcomed'

/** First run: see something alive with one button, bring own data, and settle language, theme and colours. */
export function Welcome() {
  const { open, show, hide } = useOverlays()
  useEffect(() => {
    // A service that cannot say whether this is the first run is no reason to greet again.
    bridge()
      .call('settings.get', { key: welcomedKey })
      .then(({ value }) => {
        if (value === null) show('welcome')
      })
      .catch(() => undefined)
  }, [show])

  function close() {
    hide()
    bridge()
      .call('settings.set', { key: welcomedKey, value: true })
      .catch((error: unknown) => useStore.getState().notifyError(error))
  }
  return open === 'welcome' ? <WelcomeCard onClose={close} /> : null
}

function WelcomeCard({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('app')
  const [starting, setStarting] = useState(false)

  async function start() {
    setStarting(true)
    const started = await runSampleBacktest()
    setStarting(false)
    if (started) onClose()
  }

  return (
    <section className="tw-welcome" aria-label={t('welcome.title')}>
      <header>
        <h2>{t('welcome.title')}</h2>
        <IconButton icon={X} label={t('ui:close')} onClick={onClose} />
      </header>
      <p>{t('welcome.text')}</p>
      <div className="tw-welcome-actions">
        <Button variant="primary" icon={Play} disabled={starting} onClick={() => void start()}>
          {t('welcome.run')}
        </Button>
        <Button
          icon={FileUp}
          onClick={() => {
            onClose()
            runCommand('data.import')
          }}
        >
          {t('welcome.import')}
        </Button>
      </div>
      <Choices />
      <p className="tw-welcome-foot">{t('welcome.foot')}</p>
    </section>
  )
}

const asked = ['language', 'theme', 'colours'] as const

function Choices() {
  const { t } = useTranslation('settings')
  const state = useStore()
  return (
    <dl className="tw-welcome-choices">
      {asked.map((key) => (
        <div key={key}>
          <dt>{t(`${key}.label`)}</dt>
          <dd>
            <Segmented
              label={t(`${key}.label`)}
              value={state[key]}
              options={preferenceChoices[key].map((value) => ({ value, label: t(`${key}.${value}`) }))}
              onChange={(value) => state.setPreference({ [key]: value })}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}
