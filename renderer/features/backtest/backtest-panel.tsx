import './backtest.css'
import { FlaskConical, RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { registerBacktestCommands } from '../../state/backtest-commands.ts'
import { type BacktestSetup, configOf, type SetupProblem, setupProblems } from '../../state/backtest-config.ts'
import { chosenInstruments, useBacktest, zoneOfFirst } from '../../state/backtest-setup.ts'
import { readParams } from '../../state/param-check.ts'
import { useStore } from '../../state/store.ts'
import { answered, useRequest } from '../../state/use-request.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { AccountFields } from './account-fields.tsx'
import { BrokerFields } from './broker-fields.tsx'
import { CostFields } from './cost-fields.tsx'
import { InstrumentPicker } from './instrument-picker.tsx'
import { ParamsForm } from './params-form.tsx'
import { PeriodFields } from './period-fields.tsx'
import { RunBar } from './run-bar.tsx'
import { SimulationFields } from './simulation-fields.tsx'

/** Configures and starts a backtest; the last configuration is kept. */
export function BacktestPanel() {
  const { t } = useTranslation('backtest')
  const loaded = useBacktest((state) => state.loaded)
  const strategies = useStore((state) => state.strategies)
  const catalogue = useStore((state) => state.catalogue.state)
  const openPanel = useStore((state) => state.openPanel)

  useEffect(() => {
    void useBacktest.getState().load()
    return registerBacktestCommands()
  }, [])

  if (!loaded || catalogue === 'loading') return <Loading />
  if (strategies.length === 0) {
    return (
      <Empty icon={FlaskConical} title={t('noStrategies.title')} text={t('noStrategies.text')}>
        <button type="button" className="tw-button tw-button-primary" onClick={() => openPanel('editor')}>
          {t('noStrategies.action')}
        </button>
      </Empty>
    )
  }
  return <BacktestForm />
}

function BacktestForm() {
  const { t } = useTranslation('backtest')
  const form = useForm()
  const { setup, patch, strategy, instruments, specs, reading } = form
  const setParam = useBacktest((state) => state.setParam)
  const resetParams = useBacktest((state) => state.resetParams)
  const strategies = useStore((state) => state.strategies)
  const problem = (name: SetupProblem) => (form.problems.includes(name) ? t(`problem.${name}`) : undefined)

  return (
    <form className="backtest" onSubmit={(event) => event.preventDefault()}>
      <div className="backtest-fields">
        <fieldset>
          <legend>{t('section.what')}</legend>
          <Select
            label={t('strategy')}
            value={strategy ?? ''}
            error={problem('strategy')}
            options={strategies.map(({ name, title }) => ({ value: name, label: strategyLabel(name, title) }))}
            onChange={(name) => useStore.setState({ strategy: name })}
          />
          <InstrumentPicker
            chosen={instruments}
            error={problem('instruments')}
            onChange={(ids) => patch({ instruments: ids })}
          />
          <PeriodFields setup={setup} instruments={instruments} error={problem('period')} onChange={patch} />
        </fieldset>
        <fieldset>
          <legend>
            {t('section.params')}
            {strategy !== null && specs.length > 0 && (
              <IconButton icon={RotateCcw} label={t('resetParams')} onClick={() => resetParams(strategy)} />
            )}
          </legend>
          <ParamsForm
            answer={form.check}
            typed={strategy === null ? {} : (setup.params[strategy] ?? {})}
            problems={reading.problems}
            onChange={(name, value) => strategy !== null && setParam(strategy, name, value)}
          />
        </fieldset>
        <fieldset>
          <legend>{t('section.money')}</legend>
          <CostFields setup={setup} problems={form.problems} onChange={patch} />
          <BrokerFields setup={setup} onChange={patch} />
          <AccountFields setup={setup} onChange={patch} />
        </fieldset>
        <fieldset>
          <legend>{t('section.simulation')}</legend>
          <SimulationFields
            setup={setup}
            instrument={instruments[0] ?? ''}
            seedProblem={problem('seed')}
            onChange={patch}
          />
        </fieldset>
      </div>
      <RunBar config={form.config} isReady={form.isReady} />
    </form>
  )
}

function strategyLabel(name: string, title: string): string {
  return title === '' || title === name ? name : `${title} · ${name}`
}

/** Everything the form shows, derived from the kept setup, the workspace and the strategy's declaration. */
function useForm() {
  const setup = useBacktest((state) => state.setup)
  const patch: (change: Partial<BacktestSetup>) => void = useBacktest((state) => state.patch)
  const { strategy, strategies, instrument, instruments: known, coverage } = useStore()
  const version = strategies.find((file) => file.name === strategy)?.updatedAt ?? 0
  const { answer: check } = useRequest(
    'strategy.check',
    strategy === null ? null : { strategy: { kind: 'saved', name: strategy } },
    version,
  )
  const instruments = chosenInstruments(setup, known, instrument)
  const zone = zoneOfFirst(instruments, known)
  const specs = answered(check)?.params ?? []
  const reading = readParams(specs, strategy === null ? {} : (setup.params[strategy] ?? {}))
  const problems = setupProblems(setup, { strategy, instruments })
  const isReady = problems.length === 0 && Object.keys(reading.problems).length === 0
  const config =
    strategy === null || instruments.length === 0
      ? null
      : configOf(setup, { strategy, instruments, params: reading.values, coverage, zone })
  return { setup, patch, strategy, instruments, specs, reading, problems, isReady, config, check }
}
