import i18next from 'i18next'
import { bridge } from '../bridge.ts'
import { seriesOf } from '../state/intervals.ts'
import { useStore } from '../state/store.ts'

const sampleTemplate = 'sma-cross'
const sampleFile = 'sma-cross.ts'

/** The strategy of the sample run: one that is there, or the first template written to the strategies folder. */
async function sampleStrategy(): Promise<string | null> {
  const { strategies, templates } = useStore.getState()
  const present = strategies.find((file) => file.name === sampleFile) ?? strategies[0]
  if (present !== undefined) return present.name
  const template = templates.find((candidate) => candidate.id === sampleTemplate) ?? templates[0]
  if (template === undefined) return null
  const { name } = await bridge().call('strategy.create', { name: sampleFile, template: template.id })
  return name
}

/** The instrument of the sample run: real data rather than simulated, else whatever has bars. */
function sampleSeries() {
  const { instruments, coverage } = useStore.getState()
  const withBars = instruments.filter((record) => seriesOf(coverage, record.id).length > 0)
  const record = withBars.find((candidate) => !candidate.simulated) ?? withBars[0]
  return record === undefined ? undefined : seriesOf(coverage, record.id)[0]
}

/** Runs a strategy over the sample data with plain settings and opens its report. True when it was started. */
export async function runSampleBacktest(): Promise<boolean> {
  const { notify, notifyError, selectInstrument, openRun } = useStore.getState()
  try {
    const series = sampleSeries()
    const name = await sampleStrategy()
    if (series === undefined || name === null) {
      notify({ severity: 'warning', text: i18next.t('app:welcome.noSample') })
      return false
    }
    const { run } = await bridge().call('backtest.start', {
      strategy: { kind: 'saved', name },
      params: {},
      instruments: [series.instrument],
      interval: series.interval,
      from: null,
      to: null,
      cash: 1_000_000,
      commission: { kind: 'none' },
      slippage: { kind: 'none' },
      profile: 'default',
      fillPolicy: 'pessimistic',
      seed: 1,
    })
    useStore.setState({ strategy: name })
    selectInstrument(series.instrument)
    openRun(run)
    return true
  } catch (error) {
    notifyError(error)
    return false
  }
}
