import { Play } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Takes } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { useBacktest } from '../../state/backtest-setup.ts'
import { liveSettings } from '../../state/live-settings.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { askIfLocked } from '../../state/vault-lock.ts'
import { errorText } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { MoneyBadge } from '../../ui/money-badge.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { useLive } from './use-live.ts'

type Config = Takes<'live.start'>
type Limits = Config['limits']

type Policy = Config['fillPolicy']
const policies: readonly Policy[] = ['pessimistic', 'optimistic', 'ohlc-path', 'backtrader', 'tick']
const limitNames = [
  ...(['orderQuantity', 'position', 'exposure', 'dailyLoss', 'ordersPerMinute', 'pricePercent', 'repeatMs'] as const),
]
const noLimits = Object.fromEntries(limitNames.map((name) => [name, Number.NaN])) as Record<keyof Limits, number>

/** A new session: which strategy, on what, with how much money and within which limits. Costs are the Backtest panel's. */
export function StartForm() {
  const { t } = useTranslation(['live', 'backtest', 'replay'])
  const form = useStartForm()
  const openPanel = useStore((state) => state.openPanel)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.start()
  }
  if (form.collected?.length === 0) return <NothingCollected />
  return (
    <form className="live-start" onSubmit={submit} aria-label={t('live:start.title')}>
      <header>
        <h2>{t('live:start.title')}</h2>
        <p>{t('live:start.about')}</p>
      </header>
      {form.failure !== null && (
        <p className="live-failure" role="alert">
          {errorText(form.failure)}
        </p>
      )}
      <div className="live-fields">
        <Combobox
          label={t('live:start.strategy')}
          value={form.strategy}
          options={form.strategies.map(({ name, title }) => ({ value: name, label: `${title} · ${name}` }))}
          onChange={form.setStrategy}
        />
        <Combobox
          label={t('live:column.instrument')}
          value={form.instrument}
          options={(form.collected ?? []).map(({ instrument }) => ({ value: instrument, label: instrument }))}
          onChange={form.setInstrument}
        />
        <Select
          label={t('replay:interval')}
          value={form.interval}
          options={form.intervals.map((value) => ({ value, label: value }))}
          onChange={form.setInterval}
        />
        <Select
          label={t('backtest:fill.label')}
          value={form.fillPolicy}
          disabled={form.isReal}
          hint={t(form.fillPolicy === 'tick' ? 'live:start.byTick' : 'live:start.byBar')}
          options={policies.map((value) => ({ value, label: t(`backtest:fill.kind.${value}`) }))}
          onChange={(policy: Policy) => form.setFillPolicy(policy)}
        />
        <Select
          label={t('live:start.account')}
          value={form.account}
          options={['paper', ...form.accounts].map((value) => ({
            value,
            label: value === 'paper' ? t('live:start.paperAccount') : value,
          }))}
          onChange={form.setAccount}
        />
        <NumberField grouped label={t('backtest:cash')} value={form.cash} min={1} step={1000} onChange={form.setCash} />
        <NumberField
          integer
          label={t('live:start.warmup')}
          value={form.warmupBars}
          min={0}
          max={100_000}
          step={100}
          onChange={form.setWarmup}
        />
        <Field label={t('live:start.name')} value={form.name} onChange={form.setName} />
      </div>
      <h3>{t('live:start.limits')}</h3>
      <div className="live-fields">
        {limitNames.map((name) => (
          <NumberField
            key={name}
            grouped
            label={t(`live:limit.${name}`)}
            value={form.limits[name]}
            min={0}
            onChange={(value) => form.setLimit(name, value)}
          />
        ))}
      </div>
      <p className="live-faint">
        {t('live:start.costs')}{' '}
        <Button variant="quiet" onClick={() => openPanel('backtest')}>
          {t('replay:changeCosts')}
        </Button>
      </p>
      {form.isReal && (
        <div className="live-real">
          <MoneyBadge real account={form.account} />
          <p>{t('live:start.realAbout')}</p>
          <Checkbox label={t('live:start.realSure')} checked={form.isSure} onChange={form.setSure} />
        </div>
      )}
      <div className="live-buttons">
        <Button onClick={() => useLive.setState({ isStarting: false })}>{t('live:start.back')}</Button>
        <Button variant="primary" icon={Play} type="submit" disabled={!form.isReady}>
          {t('live:start.go')}
        </Button>
      </div>
    </form>
  )
}

/** A session needs prices: the way to the panel that collects them. */
function NothingCollected() {
  const { t } = useTranslation('live')
  const openPanel = useStore((state) => state.openPanel)
  return (
    <div className="live-start">
      <p>{t('start.noFeed')}</p>
      <Button variant="primary" onClick={() => openPanel('blotter')}>
        {t('start.openBlotter')}
      </Button>
    </div>
  )
}

function useStartForm() {
  const setup = useBacktest((state) => state.setup)
  const { strategies, strategy: chosen } = useStore()
  const collected = answered(useRequest('blotter.config', {}).answer)?.config.instruments
  const [own, setOwn] = useState<Partial<Record<'strategy' | 'instrument' | 'interval', string>>>({})
  const accounts = answered(useRequest('account.list', {}).answer)?.accounts.map(({ account: { id } }) => id) ?? []
  const [account, setAccount] = useState('paper')
  const [isSure, setSure] = useState(false)
  const isReal = account !== 'paper'
  const [policy, setFillPolicy] = useState<Policy>('pessimistic')
  // Orders at a venue are watched with every print
  const fillPolicy = isReal ? 'tick' : policy
  const [cash, setCash] = useState(setup.cash)
  const [warmupBars, setWarmup] = useState(1_000)
  const [name, setName] = useState('')
  const [limits, setLimits] = useState(noLimits)
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const strategy = own.strategy ?? chosen ?? strategies[0]?.name ?? ''
  const instrument = own.instrument ?? collected?.[0]?.instrument ?? ''
  const intervals = collected?.find((each) => each.instrument === instrument)?.intervals ?? []
  const interval = own.interval ?? intervals[0] ?? '1m'
  const patch = (change: typeof own) => setOwn((before) => ({ ...before, ...change }))
  const start = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const { session } = await bridge().call('live.start', {
        ...liveSettings(setup, strategy),
        ...{ instruments: [instrument], interval, cash, fillPolicy, warmupBars, name },
        ...(isReal ? { account } : {}),
        limits: Object.fromEntries(
          limitNames.map((limit) => [limit, Number.isFinite(limits[limit]) ? limits[limit] : null]),
        ) as Limits,
      })
      useLive.setState({ isStarting: false })
      await useLive.getState().load()
      await useLive.getState().select(session)
    } catch (error) {
      if (!askIfLocked(error)) setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return {
    ...{ strategies, strategy, instrument, intervals, interval, fillPolicy, cash, warmupBars, name, limits, failure },
    ...{ account, accounts, isReal, isSure, setAccount, setSure },
    ...{ collected, start, setFillPolicy, setCash, setWarmup, setName },
    isReady: strategy !== '' && instrument !== '' && cash > 0 && !isBusy && (!isReal || isSure),
    setStrategy: (value: string) => patch({ strategy: value }),
    setInstrument: (value: string) => patch({ instrument: value }),
    setInterval: (value: string) => patch({ interval: value }),
    setLimit: (limit: keyof Limits, value: number) => setLimits((before) => ({ ...before, [limit]: value })),
  }
}
