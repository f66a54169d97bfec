import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { preferenceChoices } from '../../state/preferences.ts'
import { useStore } from '../../state/store.ts'
import type { Preferences } from '../../state/types.ts'
import { bytes, price, ratioPercent, signedMoney } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { AccountSection } from './account-section.tsx'
import { ArchiveSection } from './archive-section.tsx'
import { BackupSection } from './backup-section.tsx'
import './settings.css'
import { StoreSection } from './store-section.tsx'
import { TradingKeysSection } from './trading-keys-section.tsx'

const keys = ['language', 'theme', 'colours', 'density', 'zone'] as const

/** Preferences, each at work at once, and where this service keeps its files. */
export function SettingsPanel() {
  const { t } = useTranslation('settings')
  return (
    <div className="tw-settings">
      <section>
        <h3>{t('appearance')}</h3>
        {keys.map((key) => (
          <Preference key={key} name={key} />
        ))}
        <Sample />
      </section>
      <TradingKeysSection />
      <AccountSection />
      <StoreSection />
      <ArchiveSection />
      <BackupSection />
      <Service />
    </div>
  )
}

function Preference({ name }: { readonly name: keyof Preferences }) {
  const { t } = useTranslation('settings')
  const value = useStore((state) => state[name])
  const setPreference = useStore((state) => state.setPreference)
  return (
    <div className="tw-setting">
      <div>
        <p>{t(`${name}.label`)}</p>
        <p className="tw-setting-about">{t(`${name}.about`)}</p>
      </div>
      <Segmented<string>
        label={t(`${name}.label`)}
        value={value}
        options={preferenceChoices[name].map((choice) => ({ value: choice, label: t(`${name}.${choice}`) }))}
        onChange={(choice) => setPreference({ [name]: choice } as Partial<Preferences>)}
      />
    </div>
  )
}

/** Direction and money as they will look everywhere. */
function Sample() {
  const { t } = useTranslation('settings')
  return (
    <div className="tw-setting-sample" role="img" aria-label={t('sample')}>
      <span className="tone-profit">
        <ArrowUp size={12} aria-hidden="true" /> {price(3512.8, 0.1)} {ratioPercent(0.0342)}
      </span>
      <span className="tone-loss">
        <ArrowDown size={12} aria-hidden="true" /> {price(3398.2, 0.1)} {ratioPercent(-0.0127)}
      </span>
      <span className="tone-profit">{signedMoney(12430.5)}</span>
      <span className="tone-loss">{signedMoney(-1208)}</span>
    </div>
  )
}

function Service() {
  const { t } = useTranslation('settings')
  const info = useStore((state) => state.info)
  if (info === null) return null
  const facts = [
    ['version', info.version],
    ['engine', info.engineBuild],
    ['runtime', info.runtime],
    ['workers', String(info.engineWorkers)],
    ['home', info.home],
    ['size', bytes(info.storeBytes)],
  ] as const
  return (
    <section>
      <h3>{t('service')}</h3>
      <dl className="tw-facts is-selectable">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`facts.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
