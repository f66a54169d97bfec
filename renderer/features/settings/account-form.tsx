import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'

const markets = ['spot', 'swap', 'future'] as const
const empty = {
  ...{ kind: 'exchange' as 'exchange' | 'ib', id: '', exchange: '', market: 'spot' as (typeof markets)[number] },
  ...{
    gateway: '',
    apiKey: '',
    secret: '',
    password: '',
    host: '127.0.0.1',
    port: '7497',
    clientId: '40',
    account: '',
  },
}
type Fields = typeof empty
type Account = Takes<'account.put'>['account']

function accountOf({ kind, id, exchange, market, gateway, host, port, clientId, account }: Fields): Account {
  return kind === 'ib'
    ? { kind, id, host, port: Number(port), clientId: Number(clientId), account }
    : { kind, id, exchange, market, gateway: gateway === '' ? null : gateway, pollMs: 1_000 }
}

const secretNames = ['apiKey', 'secret', 'password'] as const
const ibNames = ['host', 'port', 'clientId', 'account'] as const

/** A new account, or other keys for one that is there. Keys go into the vault and are never shown again. */
export function AccountForm({ onSaved }: { onSaved(): void }) {
  const { t } = useTranslation('settings')
  const [fields, setFields] = useState(empty)
  const [isBusy, setBusy] = useState(false)
  const set = (name: keyof Fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }))
  const isExchange = fields.kind === 'exchange'
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await bridge().call('account.put', { account: accountOf(fields) })
      for (const name of isExchange ? secretNames : [])
        if (fields[name] !== '')
          await bridge().call('account.secret', { account: fields.id, name, secret: fields[name] })
      setFields(empty)
    } catch (error) {
      useStore.getState().notifyError(error)
    } finally {
      setBusy(false)
      onSaved()
    }
  }
  const field = (
    name: Exclude<keyof Fields, 'market' | 'kind'>,
    more: { readonly type?: 'password'; readonly hint?: string } = {},
  ) => <Field label={t(`accounts.field.${name}`)} value={fields[name]} onChange={set(name)} {...more} />
  return (
    <form onSubmit={(event) => void save(event)} aria-label={t('accounts.add')}>
      <div className="tw-settings-fields">
        <Select
          label={t('accounts.field.kind')}
          value={fields.kind}
          options={(['exchange', 'ib'] as const).map((value) => ({ value, label: t(`accounts.kind.${value}`) }))}
          onChange={set('kind')}
        />
        {field('id', { hint: t('accounts.idHint') })}
        {isExchange ? (
          <>
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
          </>
        ) : (
          ibNames.map((name) => (
            <Field key={name} label={t(`accounts.field.${name}`)} value={fields[name]} onChange={set(name)} />
          ))
        )}
      </div>
      <div className="tw-settings-buttons">
        <Button
          icon={Plus}
          type="submit"
          disabled={isBusy || fields.id === '' || (isExchange && fields.exchange === '')}
        >
          {t('accounts.add')}
        </Button>
      </div>
    </form>
  )
}
