import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'

const markets = ['spot', 'swap', 'future'] as const
const empty = {
  id: '',
  exchange: '',
  market: 'spot' as (typeof markets)[number],
  gateway: '',
  apiKey: '',
  secret: '',
  password: '',
}

/** A new account, or other keys for one that is there. Keys go into the vault and are never shown again. */
export function AccountForm({ onSaved }: { onSaved(): void }) {
  const { t } = useTranslation('settings')
  const [fields, setFields] = useState(empty)
  const [isBusy, setBusy] = useState(false)
  const set = (name: keyof typeof empty) => (value: string) => setFields((before) => ({ ...before, [name]: value }))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const { id, exchange, market, gateway } = fields
    try {
      const account = {
        kind: 'exchange' as const,
        id,
        exchange,
        market,
        gateway: gateway === '' ? null : gateway,
        pollMs: 1_000,
      }
      await bridge().call('account.put', { account })
      for (const name of ['apiKey', 'secret', 'password'] as const)
        if (fields[name] !== '') await bridge().call('account.secret', { account: id, name, secret: fields[name] })
      setFields(empty)
    } catch (error) {
      useStore.getState().notifyError(error)
    } finally {
      setBusy(false)
      onSaved()
    }
  }
  const field = (
    name: Exclude<keyof typeof empty, 'market'>,
    more: { readonly type?: 'password'; readonly hint?: string } = {},
  ) => <Field label={t(`accounts.field.${name}`)} value={fields[name]} onChange={set(name)} {...more} />
  return (
    <form onSubmit={(event) => void save(event)} aria-label={t('accounts.add')}>
      <div className="tw-settings-fields">
        {field('id', { hint: t('accounts.idHint') })}
        {field('exchange', { hint: t('accounts.exchangeHint') })}
        <Select
          label={t('accounts.field.market')}
          value={fields.market}
          options={markets.map((value) => ({ value, label: t(`accounts.market.${value}`) }))}
          onChange={set('market')}
        />
        {field('apiKey', { type: 'password' })}
        {field('secret', { type: 'password' })}
        {field('password', { type: 'password', hint: t('accounts.passwordHint') })}
        {field('gateway', { hint: t('accounts.gatewayHint') })}
      </div>
      <div className="tw-settings-buttons">
        <Button icon={Plus} type="submit" disabled={isBusy || fields.id === '' || fields.exchange === ''}>
          {t('accounts.add')}
        </Button>
      </div>
    </form>
  )
}
