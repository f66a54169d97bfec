import type { TFunction } from 'i18next'
import { KeyRound, PlugZap, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gives } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { Button } from '../../ui/button.tsx'
import { count, duration, quantity } from '../../ui/format.ts'
import { AccountForm } from './account-form.tsx'

type Listed = Gives<'account.list'>['accounts'][number]
type State = Gives<'account.test'>

/** Real accounts: where they are, whether their keys are in the vault, and what the venue says of them. */
export function AccountSection() {
  const { t } = useTranslation('settings')
  const asked = useRequest('account.list', {})
  const accounts = answered(asked.answer)?.accounts
  if (accounts === undefined) return null
  return (
    <section aria-label={t('accounts.title')}>
      <h3>{t('accounts.title')}</h3>
      <p className="tw-setting-about">{t('accounts.about')}</p>
      <ul className="tw-accounts">
        {accounts.map((each) => (
          <Account key={each.account.id} listed={each} onChange={asked.reload} />
        ))}
      </ul>
      <AccountForm onSaved={asked.reload} />
    </section>
  )
}

function placeOf(account: Listed['account'], t: TFunction<'settings'>): string {
  return account.kind === 'ib'
    ? `Interactive Brokers · ${account.host}:${account.port}`
    : `${account.exchange} · ${t(`accounts.market.${account.market}`)}`
}

function Account({ listed: { account, secrets }, onChange }: { readonly listed: Listed; onChange(): void }) {
  const { t } = useTranslation('settings')
  const [state, setState] = useState<State | null>(null)
  const [isBusy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setState(null)
      useStore.getState().notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  const needsKeys = account.kind === 'exchange'
  const test = async () => setState(await bridge().call('account.test', { account: account.id }))
  const remove = async () => {
    await bridge().call('account.remove', { account: account.id })
    onChange()
  }
  return (
    <li aria-label={account.id}>
      <div className="tw-settings-buttons">
        <b>{account.id}</b>
        <span>{placeOf(account, t)}</span>
        {needsKeys && (
          <span className={secrets.length === 0 ? 'tone-warn' : 'tone-muted'}>
            <KeyRound size={12} aria-hidden="true" /> {t(secrets.length === 0 ? 'accounts.noKeys' : 'accounts.keys')}
          </span>
        )}
        <Button
          icon={PlugZap}
          disabled={isBusy || (needsKeys && secrets.length === 0)}
          onClick={() => void attempt(test)}
        >
          {t(isBusy ? 'accounts.asking' : 'accounts.test')}
        </Button>
        <Button icon={Trash2} disabled={isBusy} onClick={() => void attempt(remove)}>
          {t('accounts.remove')}
        </Button>
      </div>
      {state !== null && (
        <p role="status">
          {t('accounts.answered', { after: duration(state.latencyMs) })}{' '}
          {state.balances.map(({ currency, total }) => `${quantity(total)} ${currency}`).join(', ') ||
            t('accounts.nothing')}{' '}
          · {t('accounts.orders', { count: state.orders.length, shown: count(state.orders.length) })}
        </p>
      )}
    </li>
  )
}
